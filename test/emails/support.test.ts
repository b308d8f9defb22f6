import { describe, expect, it } from 'vitest';
import { LETTER_KEYS } from '../../core/flows/flow.ts';
import { LOCALES } from '../../core/values/locale.ts';
import { ALLOWED_ELEMENTS } from '../../emails/own/allowed.ts';
import { renderLetter } from '../../emails/render-letter.ts';
import {
  CSS_PROPERTIES,
  ELEMENTS,
  FORBIDDEN,
  MAX_LETTER_BYTES,
  MAX_STYLE_BYTES,
  SAFE_MEDIA,
  SAFE_SELECTOR,
} from '../../emails/support.ts';
import caniemail from './caniemail.json' with { type: 'json' };
import { fullProps } from './letter-props.ts';

const logo = { brand: { logo: 'https://shop.example/logo.png', accent: '#b4552d' } };
const letters = LETTER_KEYS.flatMap((key) =>
  LOCALES.map((locale) => {
    const props = fullProps(locale);
    const shop = { ...props.shop, brand: { ...props.shop.brand, ...logo.brand } };
    return [`${key} ${locale}`, renderLetter(key, { ...props, shop }).html] as const;
  }),
);

const bytes = (text: string): number => new TextEncoder().encode(text).length;
const declarations = (css: string): string[] =>
  css.split(';').flatMap((one) => (one.trim() ? [one.split(':')[0]?.trim() ?? ''] : []));

describe.each(letters)('%s, where people read it', (_, html) => {
  const [style = ''] = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, css]) => css ?? '');
  const tags = [...html.replace(/<!--[\s\S]*?-->/g, '').matchAll(/<([a-z][a-z0-9]*)\b([^>]*)>/g)].map(
    ([, name = '', attributes = '']) => ({ name, attributes, style: /style="([^"]*)"/.exec(attributes)?.[1] ?? '' }),
  );

  it('is made of elements and properties that were looked up', () => {
    for (const { name } of tags) expect(Object.keys(ELEMENTS)).toContain(name);
    const used = tags.flatMap((tag) => declarations(tag.style.replace(/&#39;/g, '')));
    const sheet = [...style.matchAll(/\{([^{}]*)\}/g)].flatMap(([, css = '']) => declarations(css));
    for (const property of [...used, ...sheet]) expect(Object.keys(CSS_PROPERTIES)).toContain(property);
    for (const { what, pattern } of FORBIDDEN) expect(html.match(pattern)?.[0], what).toBeUndefined();
  });

  it('keeps its size', () => {
    expect(html.match(/<style>/g)).toHaveLength(1);
    expect(bytes(style)).toBeLessThan(MAX_STYLE_BYTES);
    expect(bytes(html)).toBeLessThan(MAX_LETTER_BYTES);
  });

  it('selects plainly, and asks only for width and darkness', () => {
    const heads = [...style.matchAll(/([^{};]+)\{/g)].map(([, head = '']) => head.trim());
    for (const head of heads) expect(head).toMatch(head.startsWith('@') ? SAFE_MEDIA : SAFE_SELECTOR);
  });

  it('says colours and sizes in attributes, too, for Outlook on Windows', () => {
    for (const { name, attributes, style: css } of tags) {
      const colour = /background-color:(#[0-9a-f]{6})/.exec(css)?.[1];
      if (colour && (name === 'td' || name === 'table')) expect(attributes).toContain(`bgcolor="${colour}"`);
      if (name === 'img') expect(attributes).toMatch(/\b(width|height)="\d+"/);
      if (name === 'img') expect(attributes).toMatch(/\balt="/);
      if (name === 'table')
        expect(attributes).toMatch(/role="presentation".*cellpadding="0" cellspacing="0" border="0"/);
    }
  });
});

describe('the table of what is drawn where', () => {
  const rows = Object.entries({ ...CSS_PROPERTIES, ...ELEMENTS });
  const told: Record<string, Record<string, string>> = caniemail.features;

  it('says what readers get where something is left out', () => {
    for (const [name, { gaps, instead }] of rows) expect([name, instead !== '']).toEqual([name, gaps.length > 0]);
  });

  it('says what caniemail.com says', () => {
    for (const [name, { slug, gaps, partly }] of rows) {
      if (slug === null) continue;
      expect(Object.keys(told)).toContain(slug);
      for (const [program, support] of Object.entries(told[slug] ?? {})) {
        const gap = (gaps as string[]).includes(program);
        // y: yes, a: almost, n: no, u: nobody knows.
        if (support === 'y') expect([name, program, gap]).toEqual([name, program, false]);
        if (support === 'n') expect([name, program, gap]).toEqual([name, program, true]);
        if (support === 'a') expect([name, program, gap || partly !== '']).toEqual([name, program, true]);
      }
    }
    expect(Object.keys(told).filter((slug) => !rows.some(([, row]) => row.slug === slug))).toEqual([]);
  });

  it('knows every element that a shop’s own markup may keep', () => {
    for (const name of ALLOWED_ELEMENTS) expect(Object.keys(ELEMENTS)).toContain(name);
  });

  it('takes Yandex Mail to leave out what other mailboxes on the web do', () => {
    for (const [name, { gaps }] of rows)
      expect([name, gaps.includes('yandex')]).toEqual([name, gaps.includes('gmail') || gaps.includes('mail-ru')]);
  });

  it.each(FORBIDDEN)('would catch $what', ({ pattern, example }) => {
    expect(example).toMatch(pattern);
  });
});
