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
  page: 7_424,
  watch: 4_096,
  popup: 9_216,
  formats: 12_288,
  words: 2_048,
  dialect: 2_560,
} as const;

/** What the loader imports when it is wanted, and where each begins. */
const CHUNKS = {
  judge: 'judge/judge.ts',
  watch: 'watch.ts',
  panel: 'panel.ts',
  preview: 'preview.ts',
  popup: 'popup/popup.ts',
  formats: 'popup/formats.ts',
  'words-en': 'popup/texts/en.ts',
  'words-ru': 'popup/texts/ru.ts',
};

/** What the page's reader imports where it sees that the page speaks so. */
const DIALECTS = [
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
];

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
    bundle({ name, entry: join(root, 'widget', source), format: 'es', define });
  const dialects = await Promise.all(DIALECTS.map((name) => es(name, `dialects/${name}.ts`)));
  // A file is named after its content: who imports is built after whom it imports.
  const own = await Promise.all([
    es('page', 'page.ts', { DIALECTS: fileNames(dialects) }),
    ...Object.entries(CHUNKS).map(([name, source]) => es(name, source, { FULL: name === 'formats' })),
  ]);
  const chunks = [...dialects, ...own];
  const define = { CHUNKS: fileNames(own) };
  const loader = await bundle({ name: 'l', entry: join(root, 'widget', 'main.ts'), format: 'iife', define });
  await mkdir(target, { recursive: true });
  for (const chunk of chunks) await put(fileName(chunk), chunk.code);
  // The loader last: whoever reads it finds the chunks it names.
  await put('l.js', loader.code);
  const wanted = new Set(['l.js', ...chunks.map(fileName)]);
  for (const file of await builtFiles()) if (!wanted.has(file)) await rm(join(target, file), { force: true });
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
  const page = await size('page-', BUDGETS.page);
  const watch = await size('watch-', BUDGETS.watch);
  const popup = await size('popup-', BUDGETS.popup);
  return [
    loader,
    judge,
    sum,
    page,
    watch,
    popup,
    await size('formats-', BUDGETS.formats),
    await size('words-en-', BUDGETS.words),
    await size('words-ru-', BUDGETS.words),
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
