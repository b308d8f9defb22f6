import { describe, expect, it } from 'vitest';
import { latelySent } from '../../api/lately-sent.ts';

const SENT: {
  calls: [network: string | null, count: number, at: number][];
  asked: [string, number];
  greedy: boolean;
  why: string;
}[] = [
  {
    calls: [
      ['a', 101, 0],
      ['b', 1, 0],
    ],
    asked: ['a', 0],
    greedy: true,
    why: 'it sent nearly all',
  },
  {
    calls: [
      ['a', 100, 0],
      ['b', 1, 0],
    ],
    asked: ['a', 0],
    greedy: false,
    why: 'a hundred are not many',
  },
  { calls: [['a', 500, 0]], asked: ['a', 0], greedy: false, why: 'it is alone' },
  {
    calls: [
      ['a', 120, 0],
      ['b', 360, 0],
    ],
    asked: ['a', 0],
    greedy: false,
    why: 'a quarter is not more than a quarter',
  },
  {
    calls: [
      ['a', 121, 0],
      ['b', 360, 0],
    ],
    asked: ['a', 0],
    greedy: true,
    why: 'it is more than a quarter',
  },
  {
    calls: [
      ['a', 500, 0],
      [null, 1, 0],
    ],
    asked: ['a', 0],
    greedy: true,
    why: 'others may be nobody knows who',
  },
  {
    calls: [
      ['a', 500, 0],
      ['b', 1, 0],
    ],
    asked: ['b', 0],
    greedy: false,
    why: 'the other sent one',
  },
  {
    calls: [
      ['a', 500, 0],
      ['b', 1, 0],
    ],
    asked: ['a', 4_999],
    greedy: true,
    why: 'it is not long ago',
  },
  {
    calls: [
      ['a', 500, 0],
      ['b', 1, 5_000],
    ],
    asked: ['a', 9_999],
    greedy: true,
    why: 'the window before counts as well',
  },
  {
    calls: [
      ['a', 500, 0],
      ['b', 1, 5_000],
    ],
    asked: ['a', 10_000],
    greedy: false,
    why: 'it is two windows ago',
  },
  {
    calls: [
      ['a', 500, 0],
      ['b', 1, 0],
    ],
    asked: ['a', 10_000],
    greedy: false,
    why: 'nothing was sent for two windows',
  },
  {
    calls: [
      ['a', 500, 9_000],
      ['b', 1, 9_000],
    ],
    asked: ['a', 3_000],
    greedy: false,
    why: 'the clock was set back',
  },
];

describe('a network that lately sent', () => {
  it.each(SENT)('is greedy ($greedy): $why', ({ calls, asked: [network, at], greedy }) => {
    let time = 0;
    const sent = latelySent(() => time);
    for (const [from, count, when] of calls) {
      time = when;
      for (let number = 0; number < count; number += 1) sent.count(from);
    }
    time = at;
    expect(sent.greedy(network)).toBe(greedy);
  });
});
