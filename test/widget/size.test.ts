import { beforeAll, expect, test } from 'vitest';
import { isOver, type Size, sizeOf, sumOf, table } from '../../widget/build/size.ts';
import { buildWidget } from '../../widget/build.ts';

let sizes: Size[] = [];

beforeAll(async () => {
  sizes = await buildWidget({ quiet: true });
});

test('the widget weighs what the design allows', () => {
  expect(sizes.filter(isOver)).toEqual([]);
  expect(sizes.map(({ file, budget }) => [file.replace(/-[\da-f]{10}/g, ''), budget]).slice(0, 3)).toEqual([
    ['l.js', 4_096],
    ['judge.js', null],
    ['l.js + judge.js', 7_168],
  ]);
});

test('counts bytes, not characters, and says what is over', () => {
  const size = sizeOf('я.js', 'яяяя', 3);
  expect(size.raw).toBe(8);
  expect(isOver(size)).toBe(true);
  expect(sumOf([size, size], 1_000)).toMatchObject({ file: 'я.js + я.js', raw: 16 });
  expect(table([size])).toMatch(/я\.js .* 3 OVER$/);
});
