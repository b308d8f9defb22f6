import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../api/app.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

const DOCS = readdirSync(path.join(ROOT, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []));
const PAGES = ['README.md', 'README.ru.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', ...DOCS];
const PAIRS = PAGES.filter((page) => page.endsWith('.ru.md')).map((ru) => [ru.replace('.ru.md', '.md'), ru] as const);

/** What stands outside of code. */
const prose = (text: string): string => text.replace(/```.*?```/gs, '').replace(/`[^`]*`/g, '');

/** As GitHub makes them: lower case, no punctuation, spaces as dashes. */
const anchorsOf = (text: string): string[] =>
  [...text.replace(/```.*?```/gs, '').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );

/** What the script of the page hears (`widget/collect/manual.ts`, `widget/main.ts`, `widget/watch.ts`). */
const HEARD = 'item cart order share identify open consent visitor form on restore'.split(' ');

describe.each(PAGES)('%s', (page) => {
  const text = read(page);

  it('calls linger() with what it hears', () => {
    const called = [...text.matchAll(/\blinger\('(\w+)'/g)].map(([, name = '']) => name);
    expect(called.filter((name) => !HEARD.includes(name))).toEqual([]);
  });

  it('names only calls that there are', () => {
    const named = [...text.matchAll(/\b(GET|POST|PUT|PATCH|DELETE) (\/v1\/[\w:{}/-]+)/g)];
    const lost = named.filter(([, method = '', called = '']) => {
      const parts = called.replace(/\/$/, '').split('/');
      return !ENDPOINTS.some(({ spec }) => {
        const own = spec.path.split('/');
        const fits = own.length === parts.length && own.every((part, at) => part.startsWith(':') || part === parts[at]);
        return fits && spec.method === method.toLowerCase();
      });
    });
    expect(lost.map(([call]) => call)).toEqual([]);
  });

  it('links to what there is', () => {
    const links = [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const lost = links.filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? page : path.join(path.dirname(page), file);
      return !existsSync(path.join(ROOT, target)) || (anchor && !anchorsOf(read(target)).includes(anchor));
    });
    expect(lost).toEqual([]);
  });

  it('stays in its language', () => {
    const [ours, other] = page.endsWith('.ru.md') ? ['.ru.md', /^(?!.*\.ru\.md)[a-z-]+\.md/] : ['.md', /\.ru\.md/];
    const own = path.basename(page).replace(/(\.ru)?\.md$/, '');
    const strays = [...prose(text).matchAll(/\]\(([^)\s#]+\.md)[^)]*\)/g)]
      .map(([, link = '']) => path.basename(link))
      .filter((name) => DOCS.includes(`docs/${name}`) && other.test(name) && !name.startsWith(`${own}.`));
    // The map of the pages names both.
    if (page !== 'README.md') expect([ours, strays]).toEqual([ours, []]);
  });
});

describe('the pages in English and in Russian', () => {
  it('come in pairs', () => {
    for (const page of DOCS.filter((name) => !name.endsWith('.ru.md'))) expect(PAIRS.map(([en]) => en)).toContain(page);
  });

  it.each(PAIRS)('%s and %s have the same chapters and examples, and lead to each other', (en, ru) => {
    const [english, russian] = [read(en), read(ru)];
    const shape = (text: string) => ({
      chapters: [...text.replace(/```.*?```/gs, '').matchAll(/^(#+) /gm)].map(([, level]) => level),
      blocks: [...text.matchAll(/^ *```(\w*)/gm)].map(([, kind]) => kind),
    });
    // What only builders of Linger read is in English alone.
    if (en !== 'README.md') expect(shape(russian)).toEqual(shape(english));
    expect(english).toContain(`(${path.basename(ru)})`);
    expect(russian).toContain(`(${path.basename(en)})`);
  });

  it('all stand on the map', () => {
    for (const page of DOCS) {
      expect(read('README.md')).toContain(`(${page})`);
      if (page.endsWith('.ru.md')) expect(read('README.ru.md')).toContain(`(${page})`);
    }
  });
});
