/** What a file weighs on its way to a visitor, and the table that says so. */

import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

export interface Size {
  /** A file's name, or a sum of files that are loaded together. */
  file: string;
  raw: number;
  gzip: number;
  brotli: number;
  /** Most bytes in brotli, or null where only a sum is bounded. */
  budget: number | null;
}

export function sizeOf(file: string, code: string, budget: number | null): Size {
  const bytes = Buffer.from(code);
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return {
    file,
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
    budget,
  };
}

export function sumOf(sizes: readonly Size[], budget: number): Size {
  const sum = (key: 'raw' | 'gzip' | 'brotli'): number => sizes.reduce((total, size) => total + size[key], 0);
  return {
    file: sizes.map(({ file }) => file).join(' + '),
    raw: sum('raw'),
    gzip: sum('gzip'),
    brotli: sum('brotli'),
    budget,
  };
}

export const isOver = ({ brotli, budget }: Size): boolean => budget !== null && brotli > budget;

/** One line a file, bytes. */
export function table(sizes: readonly Size[]): string {
  const rows = [['file', 'raw', 'gzip', 'brotli', 'budget'], ...sizes.map(row)];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return rows.map(line).join('\n');
}

const row = (size: Size): string[] => [
  size.file,
  ...[size.raw, size.gzip, size.brotli].map((bytes) => bytes.toLocaleString('en')),
  size.budget === null ? '' : `${size.budget.toLocaleString('en')}${isOver(size) ? ' OVER' : ''}`,
];
