/** Friends and rewards, by tables; and that every order ends in a verdict. */

import { describe, expect, test } from 'vitest';
import { confirmedAt, isOpen, judgeFriend, judgeReward, REFERRAL } from '../../../core/codes/referral.ts';
import { CONFIRMATIONS, DAY, FRIEND, FRIENDS, OPEN, ORDER, PAID, REWARDS } from '../../cases/referrals.ts';

describe('a friend', () => {
  test.each(FRIENDS)('%s', (_what, change, expected) => {
    expect(judgeFriend({ ...FRIEND, ...change })).toEqual(expected);
  });
});

describe('a reward', () => {
  test.each(REWARDS)('%s', (_what, change, expected) => {
    expect(judgeReward({ ...ORDER, ...change })).toEqual(expected);
  });

  test('is never given before the term of a paid order, nor beside any obstacle', () => {
    const obstacles = ['sameAddress', 'sameVisitor', 'samePhone', 'earlierOrder', 'senderGone'] as const;
    for (let mask = 0; mask < 2 ** obstacles.length; mask += 1) {
      const change = Object.fromEntries(obstacles.map((name, bit) => [name, (mask & (1 << bit)) !== 0]));
      for (const days of [0, 13, 14, 100]) {
        const verdict = judgeReward({ ...ORDER, ...change, now: PAID + days * DAY });
        expect([mask, days, 'reward' in verdict]).toEqual([mask, days, mask === 0 && days >= 14]);
      }
    }
  });
});

describe('the return term', () => {
  test.each(CONFIRMATIONS)('%s', (_what, before, status, expected) => {
    expect(confirmedAt(before, status, PAID + DAY)).toBe(expected);
  });
});

test.each(OPEN)('%s (%s) is open to news of the order: %s', (status, reason, open) => {
  expect(isOpen(status, reason)).toBe(open);
});

test('a program says nothing until it is switched on', () => {
  expect(REFERRAL.enabled).toBe(false);
});
