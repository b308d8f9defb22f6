/** Builds `dist/widget`: the loader `l.js` and the chunks that it imports. As a command it prints sizes and fails over budget. */

import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, type Chunk } from './build/bundle.ts';
import { isOver, type Size, sizeOf, sumOf, table } from './build/size.ts';

/** Most bytes in brotli. */
const BUDGETS = {
  loader: 4_096,
  loaderAndJudge: 7_168,
  watch: 13_824,
  popup: 9_216,
  formats: 12_288,
  part: 2_048,
  words: 2_048,
  dialect: 2_560,
} as const;

/** What the watch imports when it is wanted, and where each begins. */
const JUDGING = {
  judge: 'judge/judge.ts',
  offer: 'judge/offer.ts',
  preview: 'preview.ts',
};

/** What the loader imports. */
const CHUNKS = {
  consent: 'consent/follow.ts',
  watch: 'watch.ts',
};

/** What an offer imports, and a preview; `formats` in place of `popup` where a rule has more than a plain dialog. */
const POPUPS = {
  popup: 'popup/popup.ts',
  'words-en': 'popup/texts/en.ts',
  'words-ru': 'popup/texts/ru.ts',
};

/** What the full popup imports where a rule or a hand wants it. */
const PARTS = {
  fields: 'popup/fields.tsx',
  steps: 'popup/steps.tsx',
  act: 'popup/acting.tsx',
  progress: 'popup/progress.tsx',
  opinions: 'popup/opinions.tsx',
  swipe: 'popup/swipe.ts',
  'more-en': 'popup/texts/more-en.ts',
  'more-ru': 'popup/texts/more-ru.ts',
};

/** What the page's reader imports where it sees that the page speaks so. */
const DIALECTS = [
  'attributes',
  'shopify',
  'woocommerce',
  'opencart',
  'bitrix',
  'magento',
  'insales',
  'tilda',
  'ecwid',
  'microdata',
  'pixels',
  'requests',
];

/** What it imports besides, where a page has something to be read. */
const READERS = {
  reviews: 'collect/reviews-read.ts',
  unread: 'collect/read-unread.ts',
  forms: 'forms.ts',
  panel: 'panel.ts',
  restore: 'restore.ts',
};

/** What is read on every page, or on every page that speaks so. */
const EAGER = new Set(['watch', ...DIALECTS]);

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'dist', 'widget');
const SOURCES = ['widget', 'core', 'package-lock.json'];

export interface BuildOptions {
  /** Build even where nothing has changed. */
  force?: boolean;
  quiet?: boolean;
}

/** Builds what is stale and returns what each file weighs. */
export async function buildWidget({ force = false, quiet = false }: BuildOptions = {}): Promise<Size[]> {
  if (force || (await isStale())) await write();
  const sizes = await measure();
  if (!quiet) console.log(table(sizes));
  return sizes;
}

async function write(): Promise<void> {
  const es = (name: string, source: string, define = {}): Promise<Chunk> =>
    bundle({ name, entry: join(root, 'widget', source), format: 'es', eager: EAGER.has(name), define });
  const readers = await Promise.all([
    ...DIALECTS.map((name) => es(name, `dialects/${name}.ts`)),
    ...Object.entries(READERS).map(([name, source]) => es(name, source)),
  ]);
  const parts = await Promise.all(Object.entries(PARTS).map(([name, source]) => es(name, source, { FULL: true })));
  // A file is named after its content: who imports is built after whom it imports.
  const popups = await Promise.all([
    es('formats', 'popup/formats.ts', { FULL: true, PARTS: fileNames(parts) }),
    ...Object.entries(POPUPS).map(([name, source]) => es(name, source, { FULL: false })),
  ]);
  const known = { POPUPS: fileNames(popups), DIALECTS: fileNames(readers) };
  const judging = await Promise.all(Object.entries(JUDGING).map(([name, source]) => es(name, source, known)));
  const ahead = { AHEAD: fileNames([...judging, ...popups, ...parts]) };
  const own = await Promise.all(
    Object.entries(CHUNKS).map(([name, source]) => es(name, source, { ...known, ...ahead })),
  );
  const chunks = [...readers, ...parts, ...popups, ...judging, ...own];
  const define = { CHUNKS: fileNames(own) };
  const loader = await bundle({
    name: 'l',
    entry: join(root, 'widget', 'main.ts'),
    format: 'iife',
    eager: true,
    define,
  });
  await mkdir(target, { recursive: true });
  for (const chunk of chunks) await put(fileName(chunk), chunk.code);
  // The loader last: whoever reads it finds the chunks it names.
  await put('l.js', taking('$config', loader.code));
  const wanted = new Set(['l.js', ...chunks.map(fileName)]);
  for (const file of await builtFiles()) if (!wanted.has(file)) await rm(join(target, file), { force: true });
}

/** The same function, called with nothing that it would know by this name: a server may put something there. */
function taking(name: string, code: string): string {
  const [, hint = '', body] = /^(\/\/.*\n)?!function\(\)\{([\s\S]*)\}\(\);?\s*$/.exec(code) ?? [];
  if (body === undefined) throw new Error('The loader is no function any more.');
  return `${hint}(${name}=>{${body}})()`;
}

/** Without the drafts of another build that may be under way. */
const builtFiles = async (): Promise<string[]> => (await readdir(target)).filter((file) => /^[\w-]+\.js$/.test(file));

const fileName = ({ name, hash }: Chunk): string => `${name}-${hash}.js`;

const fileNames = (chunks: readonly Chunk[]): Record<string, string> =>
  Object.fromEntries(chunks.map((chunk) => [chunk.name, fileName(chunk)]));

/** Whole or not at all: a server may be reading it at this moment. */
async function put(file: string, code: string): Promise<void> {
  const draft = join(target, `.${file}.${process.pid}`);
  await writeFile(draft, code);
  await rename(draft, join(target, file));
}

async function measure(): Promise<Size[]> {
  const files = (await builtFiles()).sort();
  const size = async (prefix: string, budget: number | null): Promise<Size> => {
    const file = files.find((name) => name.startsWith(prefix)) ?? '';
    return sizeOf(file, await readFile(join(target, file), 'utf8'), budget);
  };
  const loader = await size('l.js', BUDGETS.loader);
  const judge = await size('judge-', null);
  const sum = sumOf([loader, judge], BUDGETS.loaderAndJudge);
  const watch = await size('watch-', BUDGETS.watch);
  const popup = await size('popup-', BUDGETS.popup);
  return [
    loader,
    judge,
    sum,
    watch,
    popup,
    await size('formats-', BUDGETS.formats),
    ...(await Promise.all(
      ['fields', 'steps', 'act', 'progress', 'opinions', 'swipe'].map((name) => size(`${name}-`, BUDGETS.part)),
    )),
    ...(await Promise.all(
      ['words-en', 'words-ru', 'more-en', 'more-ru'].map((name) => size(`${name}-`, BUDGETS.words)),
    )),
    ...(await Promise.all(DIALECTS.map((name) => size(`${name}-`, BUDGETS.dialect)))),
  ];
}

/** Whether a source is newer than the loader, which is written last. */
async function isStale(): Promise<boolean> {
  const built = await stat(join(target, 'l.js')).catch(() => null);
  if (!built) return true;
  for (const source of SOURCES) {
    const path = join(root, source);
    const inside = (await stat(path)).isDirectory() ? await readdir(path, { recursive: true }) : [''];
    for (const file of inside) if ((await stat(join(path, file))).mtimeMs > built.mtimeMs) return true;
  }
  return false;
}

if (import.meta.main) {
  const sizes = await buildWidget({ force: true });
  if (sizes.some(isOver)) process.exitCode = 1;
}
