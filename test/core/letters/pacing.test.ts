import { describe, expect, it } from 'vitest';
import { allot, type Bucket, fullBucket, refill, waitFor } from '../../../core/letters/pacing.ts';

const letters = (text: string) => [...text].map((shopId, index) => ({ shopId, index }));
const told = (list: { shopId: string; index: number }[]): string =>
  list.map(({ shopId, index }) => `${shopId}${index}`).join(' ');

const ALLOTMENTS: [name: string, queue: string, shops: [string, number][], whole: number, go: string][] = [
  ['everything where nothing is paced', 'aab', [], Number.POSITIVE_INFINITY, 'a0 a1 b2'],
  ['no more than the instance may', 'aaaa', [], 2.9, 'a0 a1'],
  ['one of each shop in turn', 'aaaabbbb', [], 4, 'a0 a1 b4 b5'],
  ['the longest waiting shop first', 'abc', [], 1, 'a0'],
  ['what one shop may not take the others do', 'aaabbb', [['a', 1]], 4, 'a0 b3 b4 b5'],
  ['nothing without a whole token', 'ab', [['a', 0.99]], 0.5, ''],
  ['a shop at its end beside one that is free', 'ab', [['a', 0.5]], Number.POSITIVE_INFINITY, 'b1'],
  ['nothing of nothing', '', [], 5, ''],
];

describe('allot', () => {
  it.each(ALLOTMENTS)('%s', (_, queue, shops, whole, go) => {
    const all = letters(queue);
    const given = allot(all, new Map(shops), whole);
    expect(told(given.go)).toBe(go);
    expect(given.go.length + given.wait.length).toBe(all.length);
  });
});

describe('the bucket', () => {
  const CASES: [name: string, bucket: Bucket, perSecond: number, now: number, tokens: number][] = [
    ['fills with time', { tokens: 0, at: 0 }, 10, 500, 5],
    ['is full after a second', { tokens: 0, at: 0 }, 10, 3_600_000, 10],
    ['holds a letter at the slowest', { tokens: 0, at: 0 }, 1, 1_000, 1],
    ['gives nothing for a clock that is behind', { tokens: 3, at: 1_000 }, 10, 500, 3],
    ['shrinks with its pace', { tokens: 50, at: 0 }, 5, 0, 5],
  ];
  it.each(CASES)('%s', (_, bucket, perSecond, now, tokens) => {
    expect(refill(bucket, perSecond, now).tokens).toBe(tokens);
  });

  it('never goes back in time', () => {
    expect(refill({ tokens: 0, at: 1_000 }, 10, 500).at).toBe(1_000);
  });

  it('tells when the next letter may go, and then it may', () => {
    for (const perSecond of [1, 3, 7, 100]) {
      const empty: Bucket = { ...fullBucket(perSecond, 0), tokens: 0.25 };
      const wait = waitFor(empty, perSecond);
      expect(refill(empty, perSecond, wait).tokens).toBeGreaterThanOrEqual(1);
      expect(refill(empty, perSecond, wait - 2).tokens).toBeLessThan(1);
    }
  });
});
