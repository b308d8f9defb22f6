/** Pages by glob, said in the language of conditions. */

import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../core/rules/condition.ts';
import { PAGE_GLOB, pageCondition } from '../../../core/rules/page-glob.ts';
import { pageGlobCases } from '../../cases/page-globs.ts';

describe('pages', () => {
  test.each(pageGlobCases)('%s', (_name, filter, path, expected) => {
    const condition = pageCondition(filter);
    const facts = path === undefined ? {} : { path };
    expect(condition === null ? true : evaluate(condition, { facts, trail: [] })).toBe(expected);
    for (const glob of [...(filter.include ?? []), ...(filter.exclude ?? [])]) expect(glob).toMatch(PAGE_GLOB);
  });

  test('a filter that lets everything through is no condition', () => {
    expect([pageCondition({}), pageCondition({ include: [], exclude: [] })]).toEqual([null, null]);
  });
});

test('the longest hostile glob is refused, and the longest good one judged, in a moment', () => {
  const began = performance.now();
  expect(PAGE_GLOB.test(`/${'a*'.repeat(50_000)}b`)).toBe(false);
  expect(PAGE_GLOB.test(`*${'a'.repeat(100_000)}`)).toBe(false);
  const condition = pageCondition({ include: Array(50).fill(`*${'a'.repeat(190)}b*`) });
  expect(condition && evaluate(condition, { facts: { path: `/${'a'.repeat(1_000)}` }, trail: [] })).toBe(false);
  expect(performance.now() - began).toBeLessThan(500);
});
