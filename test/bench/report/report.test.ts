import { expect, test } from 'vitest';
import { seeded } from '../../support/random.ts';
import { quartiles, rounded } from './quartiles.ts';
import { type BenchReport, isMet, printReport } from './report.ts';
import { shuffled } from './shuffled.ts';
import { table } from './table.ts';

const report = (changes: Partial<BenchReport> = {}): BenchReport => ({
  name: 'things',
  tables: ['a table'],
  figures: { ms: 12, rate: 1_000 },
  goals: { ms: { most: 12 }, rate: { least: 1_000 } },
  ...changes,
});

test('a goal is met up to and with its bound', () => {
  expect(isMet(report())).toBe(true);
  expect(isMet(report({ figures: { ms: 12.1, rate: 1_000 } }))).toBe(false);
  expect(isMet(report({ figures: { ms: 12, rate: 999 } }))).toBe(false);
});

test('a figure that is missing or is no number misses its goal', () => {
  expect(isMet(report({ figures: { ms: 12 } }))).toBe(false);
  expect(isMet(report({ figures: { ms: Number.NaN, rate: 1_000 } }))).toBe(false);
});

test('the last line is for machines', () => {
  const lines: string[] = [];
  printReport(report({ figures: { ms: 13, rate: 1_000 } }), (line) => lines.push(line));
  expect(lines.join('\n')).toMatch(/ms +13 +≤ 12 +MISSED/);
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual({
    name: 'things',
    figures: { ms: 13, rate: 1_000 },
    goals: { ms: { most: 12 }, rate: { least: 1_000 } },
    met: false,
  });
});

test('quartiles lie between the nearest values', () => {
  expect(quartiles([4, 1, 3, 2])).toEqual({ q1: 1.75, median: 2.5, q3: 3.25 });
  expect(quartiles([7])).toEqual({ q1: 7, median: 7, q3: 7 });
  expect(quartiles([]).median).toBeNaN();
  expect(rounded(1.26)).toBe(1.3);
});

test('a seed decides the order, and nothing gets lost in it', () => {
  const things = [1, 2, 3, 4, 5, 6];
  expect(shuffled(things, seeded(7))).toEqual(shuffled(things, seeded(7)));
  expect(shuffled(things, seeded(7)).toSorted()).toEqual(things);
  const firsts = Array.from({ length: 200 }, (_, seed) => shuffled(things, seeded(seed))[0]);
  expect(new Set(firsts).size).toBe(6);
});

test('figures stand to the right', () => {
  expect(
    table(
      ['what', 'ms'],
      [
        ['one', '1'],
        ['other', '10'],
      ],
    ),
  ).toBe('what   ms\none     1\nother  10');
});
