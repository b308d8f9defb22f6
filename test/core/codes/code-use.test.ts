/** Who may use a code, by a table; and what a plan makes of its terms. */

import { describe, expect, test } from 'vitest';
import { needsStock, poolOf, termsOf } from '../../../core/codes/code-plan.ts';
import { judgeUse, type UsableCode, type Uses } from '../../../core/codes/code-use.ts';
import { CODE_USES, NOW } from '../../cases/code-uses.ts';

const CODE: UsableCode = {
  status: 'issued',
  expiresAt: null,
  offer: { kind: 'percent', value: 10 },
  terms: { uses: 1, binding: 'loose', onRefund: 'reopen' },
  canonical: 'ann@example.com',
};
const USES: Uses = { redeemed: 0, reserved: 0, own: null, other: false, beside: false };

describe('a code', () => {
  test.each(CODE_USES)('%s', (_what, code, uses, { asking = false, ...purchase }, expected) => {
    const question = {
      code: { ...CODE, ...code },
      uses: { ...USES, ...uses },
      purchase,
      currency: 'EUR',
      now: NOW,
      asking,
    };
    expect(judgeUse(question)).toEqual(expected);
  });
});

describe('a plan', () => {
  test.each([
    [{ mode: 'unique' }, { uses: 1, binding: 'loose', onRefund: 'reopen' }],
    [{ mode: 'pool' }, { uses: 1, binding: 'loose', onRefund: 'reopen' }],
    [{ mode: 'static' }, { uses: null, binding: 'loose', onRefund: 'reopen' }],
    [
      { mode: 'static', uses: 5 },
      { uses: 5, binding: 'loose', onRefund: 'reopen' },
    ],
    [{ mode: 'platform' }, { uses: 1, binding: 'loose', onRefund: 'void' }],
    [
      { mode: 'unique', uses: 3, binding: 'strict', onRefund: 'void' },
      { uses: 3, binding: 'strict', onRefund: 'void' },
    ],
  ] as const)('%o has these terms', (plan, terms) => {
    expect(termsOf({ reveal: 'email', ...plan })).toEqual(terms);
  });

  test('takes from stock what its mode says, a platform’s by offer', () => {
    const offer = { kind: 'percent', value: 10, minOrder: 20 } as const;
    const of = (plan: object, of: Parameters<typeof poolOf>[2] = offer) =>
      poolOf('r', { mode: 'unique', reveal: 'email', ...plan }, of);
    expect([of({}), of({ mode: 'static' }), of({ mode: 'pool' }), of({ mode: 'pool', pool: 'x' })]).toEqual([
      null,
      null,
      'default',
      'x',
    ]);
    expect(of({ mode: 'platform' })).toBe('r:percent:10:20');
    expect(of({ mode: 'platform' }, { ...offer, value: 5 })).not.toBe(of({ mode: 'platform' }));
    expect(of({ mode: 'platform' }, { ...offer, stacking: 'none' })).toBe(of({ mode: 'platform' }));
    expect(
      of({ mode: 'platform' }, { ...offer, stacking: 'any', exclude: { reduced: true, categories: ['B', 'a '] } }),
    ).toBe('r:percent:10:20:any:full-price:not a | b');
    expect(of({ mode: 'platform' }, { ...offer, expiresIn: '7d' })).toBe(of({ mode: 'platform' }));
  });

  test('can offer nothing without stock only where nothing stands in', () => {
    const needs = (plan: object) => needsStock({ mode: 'pool', reveal: 'email', ...plan });
    expect([
      needs({}),
      needs({ fallback: 'unique' }),
      needs({ fallback: 'static' }),
      needs({ mode: 'unique' }),
    ]).toEqual([true, false, false, false]);
  });
});
