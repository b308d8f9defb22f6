/** `npm run bench -- widget`: what each chunk weighs on its way to a visitor, beside what others send. Goals are the build's budgets. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Size, sizeOf, sumOf } from '../../widget/build/size.ts';
import { buildWidget } from '../../widget/build.ts';
import { type PeerScript, peerScripts } from './peers/scripts.ts';
import type { BenchReport, Goal } from './report/report.ts';
import { table } from './report/table.ts';

/** What the popup's first showing takes beside the loader and the judge. */
const SHOWN = ['l', 'judge', 'watch', 'page', 'popup', 'words-en'];

export async function bench(): Promise<BenchReport> {
  const budgeted = await buildWidget({ force: true, quiet: true });
  const sizes = [...budgeted, ...unbudgeted(budgeted)];
  const chunk = (name: string): Size => sizes.find(({ file }) => plain(file) === name) ?? sizeOf(name, '', null);
  const sums = [
    { ...sumOf(SHOWN.slice(0, 4).map(chunk), 0), file: 'every page: l, judge, watch, page', budget: null },
    { ...sumOf(SHOWN.map(chunk), 0), file: 'with a plain popup, in English', budget: null },
  ];
  const peers = Object.entries(await peerScripts()).map(([name, scripts]) => peerSize(name, scripts));
  const all = [...sizes, ...sums, ...peers];
  const figures = Object.fromEntries(all.map(({ file, brotli }) => [plain(file), brotli]));
  const budgets = sizes.filter(({ budget }) => budget !== null);
  const goals = Object.fromEntries(
    budgets.map(({ file, budget }): [string, Goal] => [plain(file), { most: Number(budget) }]),
  );
  const bytes = table(['file', 'raw', 'gzip', 'brotli', 'budget'], all.map(row));
  return { name: 'widget', tables: [bytes], figures, goals };
}

/** A file's name without its content's hash. */
const plain = (file: string): string => file.replace(/-[\da-f]{10}(?=\.js)/g, '').replaceAll('.js', '');

/** What the build weighs no further, as few visitors meet it. */
function unbudgeted(known: readonly Size[]): Size[] {
  const folder = fileURLToPath(new URL('../../dist/widget/', import.meta.url));
  const files = readdirSync(folder).filter((file) => file.endsWith('.js') && !known.some((size) => size.file === file));
  return files.map((file) => sizeOf(file, readFileSync(folder + file, 'utf8'), null));
}

function peerSize(name: string, scripts: readonly PeerScript[]): Size {
  const sizes = scripts.map(({ code }) => sizeOf(name, code, null));
  return { ...sumOf(sizes, 0), file: name, budget: null };
}

const row = ({ file, raw, gzip, brotli, budget }: Size): string[] => [
  plain(file),
  ...[raw, gzip, brotli].map((count) => count.toLocaleString('en')),
  budget?.toLocaleString('en') ?? '',
];
