/** Whether a code may be used: `[what, change of code, change of uses, purchase, expected]`, at 1,000,000. */

import type { CodeTerms } from '../../core/codes/code-plan.ts';
import type { Purchase, UsableCode, Uses, UseVerdict } from '../../core/codes/code-use.ts';

export const NOW = 1_000_000;
const strict: Partial<UsableCode> = { terms: { uses: 1, binding: 'strict', onRefund: 'reopen' } };
const uses = (count: CodeTerms['uses']): Partial<UsableCode> => ({
  terms: { uses: count, binding: 'loose', onRefund: 'reopen' },
});
const shipped: Partial<UsableCode> = {
  offer: { kind: 'percent', value: 10, tiers: [{ from: 100, kind: 'shipping' }] },
};
const stacking: Partial<UsableCode> = { offer: { kind: 'percent', value: 10, stacking: 'any' } };
const good = (discount: number | null, freeShipping: boolean | null = false): UseVerdict => ({
  discount,
  freeShipping,
  done: false,
});
const again: UseVerdict = { discount: 7, freeShipping: true, done: true };
const own = (status: 'reserved' | 'redeemed' | 'released', discount: number | null = 7): Partial<Uses> => ({
  own: { status, discount, freeShipping: true },
});

export const CODE_USES: [
  what: string,
  code: Partial<UsableCode>,
  uses: Partial<Uses>,
  purchase: Purchase & { asking?: boolean },
  expected: UseVerdict,
][] = [
  ['a fresh code takes off a tenth', {}, {}, { total: 50 }, good(5)],
  ['without a total it is good for what nobody knows', {}, {}, {}, good(null)],
  ['a total of null is not known', {}, {}, { total: null }, good(null)],
  ['used by this order it is the same again', {}, own('redeemed'), { total: 50 }, again],
  ['used by this order it is the same after its expiry', { expiresAt: 1 }, own('redeemed'), {}, again],
  [
    'used by this order it is the same below the minimum',
    { offer: { kind: 'percent', value: 10, minOrder: 99 } },
    own('redeemed'),
    { total: 1 },
    again,
  ],
  ['used by another it is used', {}, { redeemed: 1 }, { total: 50 }, { problem: 'already_redeemed' }],
  ['used by another and expired it is used', { expiresAt: 1 }, { redeemed: 1 }, {}, { problem: 'already_redeemed' }],
  ['of two uses one is left', uses(2), { redeemed: 1 }, { total: 50 }, good(5)],
  ['of two uses none is left', uses(2), { redeemed: 2 }, { total: 50 }, { problem: 'already_redeemed' }],
  ['of two uses one is used and one held', uses(2), { redeemed: 1, reserved: 1 }, {}, { problem: 'reserved' }],
  ['without end it is never used up', uses(null), { redeemed: 1e6, reserved: 1e6 }, { total: 50 }, good(5)],
  ['held by another it is held', {}, { reserved: 1 }, {}, { problem: 'reserved' }],
  ['held by this order it is good', {}, own('reserved'), { total: 50 }, good(5)],
  ['held in time it is good after its expiry', { expiresAt: NOW - 1 }, own('reserved'), { total: 50 }, good(5)],
  [
    'held by this order it still has its minimum',
    { offer: { kind: 'percent', value: 10, minOrder: 99 } },
    own('reserved'),
    { total: 50 },
    { problem: 'below_minimum' },
  ],
  ['an order that used another takes no second', {}, { other: true }, { total: 50 }, { problem: 'order_has_code' }],
  ['at its last millisecond it is good', { expiresAt: NOW + 1 }, {}, { total: 50 }, good(5)],
  ['at its expiry it is over', { expiresAt: NOW }, {}, { total: 50 }, { problem: 'code_expired' }],
  ['marked expired it is over', { status: 'expired' }, {}, {}, { problem: 'code_expired' }],
  ['expired and held by another it is over', { expiresAt: NOW }, { reserved: 1 }, {}, { problem: 'code_expired' }],
  ['given back for good it is used', { status: 'released' }, {}, {}, { problem: 'already_redeemed' }],
  [
    'given back for good by this order it may be taken up again',
    { status: 'released' },
    own('released'),
    { total: 50 },
    good(5),
  ],
  ['loose it is anybody’s', {}, {}, { total: 50, canonical: 'bob@example.com' }, good(5)],
  ['strict it is its owner’s', strict, {}, { total: 50, canonical: 'ann@example.com' }, good(5)],
  ['strict it is nobody else’s', strict, {}, { canonical: 'bob@example.com' }, { problem: 'code_bound' }],
  ['strict it needs an address', strict, {}, { total: 50 }, { problem: 'code_bound' }],
  ['strict it may be asked about without an address', strict, {}, { total: 50, asking: true }, good(5)],
  [
    'strict it may not be asked about with another',
    strict,
    {},
    { canonical: 'bob@example.com', asking: true },
    { problem: 'code_bound' },
  ],
  [
    'strict and nobody’s it is bound',
    { ...strict, canonical: null },
    {},
    { canonical: 'ann@example.com' },
    { problem: 'code_bound' },
  ],
  ['beside another it is not', {}, {}, { total: 50, codes: ['SPRING'] }, { problem: 'not_combinable' }],
  ['beside none it is good', {}, {}, { total: 50, codes: [] }, good(5)],
  ['beside another, where it may be, it is good', stacking, {}, { total: 50, codes: ['SPRING', 'Club'] }, good(5)],
  [
    'beside another of ours it never is',
    stacking,
    { beside: true },
    { codes: ['BACK-2'] },
    { problem: 'not_combinable' },
  ],
  ['used by this order it is the same beside others', {}, own('redeemed'), { codes: ['SPRING'] }, again],
  [
    'held by this order it still is not for others beside it',
    {},
    own('reserved'),
    { codes: ['SPRING'] },
    { problem: 'not_combinable' },
  ],
  [
    'expired it is over, whatever else there is',
    { expiresAt: 1 },
    {},
    { codes: ['SPRING'] },
    { problem: 'code_expired' },
  ],
  ['in the shop’s currency it is good', {}, {}, { total: 50, currency: 'EUR' }, good(5)],
  ['in another it is not', {}, {}, { total: 50, currency: 'USD' }, { problem: 'currency_mismatch' }],
  ['at its minimum it is good', { offer: { kind: 'percent', value: 10, minOrder: 50 } }, {}, { total: 50 }, good(5)],
  [
    'a cent below it is not',
    { offer: { kind: 'percent', value: 10, minOrder: 50 } },
    {},
    { total: 49.99 },
    { problem: 'below_minimum' },
  ],
  ['a fixed one takes off no more than there is', { offer: { kind: 'fixed', value: 20 } }, {}, { total: 5 }, good(5)],
  ['free shipping takes nothing off the goods', { offer: { kind: 'shipping' } }, {}, { total: 5 }, good(0, true)],
  ['free shipping needs no total', { offer: { kind: 'shipping' } }, {}, {}, good(null, true)],
  ['free shipping from a tier on', shipped, {}, { total: 100 }, good(10, true)],
  ['and not below it', shipped, {}, { total: 99.99 }, good(10, false)],
  ['and nobody knows without a total', shipped, {}, {}, good(null, null)],
  [
    'on some things alone it takes off what those cost',
    { offer: { kind: 'percent', value: 10, on: 'cart', claimed: { items: ['a'] } } },
    {},
    { total: 50, items: [{ id: 'a', price: 20, quantity: 1 }] },
    good(2),
  ],
  [
    'which nobody knows without them',
    { offer: { kind: 'percent', value: 10, on: 'cart' } },
    {},
    { total: 50 },
    good(null),
  ],
  [
    'what is ordered must come to the minimum, too',
    { offer: { kind: 'percent', value: 10, minOrder: 50 } },
    {},
    { items: [{ id: 'a', price: 24.99, quantity: 2 }] },
    { problem: 'below_minimum' },
  ],
];
