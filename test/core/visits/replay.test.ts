/** A rule tried on past visits: who would have seen it, who would have bought anyway, at what price. */

import { describe, expect, test } from 'vitest';
import type { Offer } from '../../../core/rules/offer.ts';
import { type PastVisit, type ReplayRule, type ReplayShop, startReplay } from '../../../core/visits/replay.ts';
import { newVisit, type VisitState } from '../../../core/visits/visit.ts';

const NOON = Date.parse('2026-11-27T12:00:00Z');
const DAY = 86_400_000;
const HOUR = 3_600_000;
const SHOP: ReplayShop = { currency: 'EUR', timezone: 'Europe/Berlin', limit: null };

const rule = (id: string, more: Partial<ReplayRule> = {}): ReplayRule => ({
  id,
  name: `Rule ${id}`,
  enabled: true,
  priority: 0,
  moment: 'exit',
  when: ['pages', '>=', 2],
  quietFor: { refused: '30d', shown: '1d' },
  offer: { kind: 'percent', value: 10 },
  ...more,
});

const scene = (at: number, more: Partial<VisitState> = {}) => ({
  at,
  visit: { ...newVisit(at), pages: 3, path: '/p', ...more },
});
const cart = (price: number | null) => ({
  cart: [{ id: 'i', title: 'I', price, currency: 'EUR', url: 'https://shop.example/i', quantity: 1 }],
});

const visit = (visitor: string, at: number, more: Partial<PastVisit> = {}): PastVisit => ({
  visitor,
  startedAt: at - 60_000,
  number: 1,
  daysSinceLast: null,
  subscribed: false,
  facts: { country: 'DE', device: 'mobile', browser: null, os: null },
  language: 'de',
  refusals: [],
  purchases: [],
  bought: [],
  scenes: [scene(at)],
  ...more,
});

function run(target: ReplayRule, visits: PastVisit[], others: ReplayRule[] = [], shop = SHOP) {
  const replay = startReplay(target, others, shop);
  const read = replay.reader();
  for (const one of visits) read(one);
  return replay.counts();
}

describe('who would have seen it', () => {
  test('is counted together over readers, each of which remembers its own visitor', () => {
    const replay = startReplay(rule('a', { quietFor: { refused: '30d', shown: '1d' } }), [], SHOP);
    const [one, other] = [replay.reader(), replay.reader()];
    for (const hour of [0, 2]) {
      one(visit('1', NOON + hour * HOUR));
      other(visit('2', NOON + hour * HOUR));
    }
    expect(replay.counts()).toMatchObject({ visits: 4, shown: 2, quiet: { shown: 2 } });
  });

  test('counts visits, moments, open gates and showings apart, and says why not', () => {
    const found = run(rule('a'), [
      visit('1', NOON),
      visit('2', NOON, { scenes: [] }),
      visit('3', NOON, { scenes: [scene(NOON, { pages: 1 })] }),
      visit('4', NOON, { refusals: [NOON - DAY] }),
      visit('5', NOON, { scenes: [scene(NOON, { purchased: true })] }),
    ]);
    expect(found).toMatchObject({
      visits: 5,
      reached: 4,
      eligible: 1,
      shown: 1,
      quiet: { when: 1, refused: 1, purchased: 1 },
    });
  });

  test('a rule that is off is run as if it were on, and other rules that are off are not', () => {
    const found = run(rule('a', { enabled: false }), [visit('1', NOON)], [rule('b', { enabled: false, priority: 9 })]);
    expect([found.shown, found.overlap]).toEqual([1, []]);
  });

  test('a visit with several moments counts once, by the gate that came closest', () => {
    const scenes = [scene(NOON, { pages: 1 }), scene(NOON + 60_000), scene(NOON + 120_000)];
    expect(run(rule('a'), [visit('1', NOON, { scenes })])).toMatchObject({
      reached: 1,
      eligible: 1,
      shown: 1,
      quiet: {},
    });
  });

  test('its quiet after a showing and a refusal runs from visit to visit, for one visitor at a time', () => {
    const visits = (gap: number) => [visit('1', NOON), visit('1', NOON + gap), visit('2', NOON + gap)];
    expect(run(rule('a'), visits(DAY)).shown).toBe(2);
    expect(run(rule('a'), visits(DAY + HOUR)).shown).toBe(3);
    const declined = visit('1', NOON, { refusals: [NOON + 1_000] });
    expect(run(rule('a'), [declined, visit('1', NOON + 29 * DAY)])).toMatchObject({ shown: 1, quiet: { refused: 1 } });
    expect(run(rule('a'), [declined, visit('1', NOON + 31 * DAY)]).shown).toBe(2);
  });

  test('a refusal that came later holds nothing back', () => {
    expect(run(rule('a'), [visit('1', NOON, { refusals: [NOON + DAY] })]).shown).toBe(1);
  });

  test('caps and the shop’s limit count its own showings', () => {
    const quietFor = { refused: '30d', shown: '0s' } as const;
    const three = [0, 1, 2].map((day) => visit('1', NOON + day * DAY));
    expect(run(rule('a', { quietFor, caps: { perVisitor: 2 } }), three)).toMatchObject({
      shown: 2,
      quiet: { caps: 1 },
    });
    const scenes = [scene(NOON), scene(NOON + 1_000)];
    expect(run(rule('a', { quietFor, caps: { perVisit: 1 } }), [visit('1', NOON, { scenes })]).shown).toBe(1);
    const limited = { ...SHOP, limit: { count: 1, days: 2 } };
    expect(run(rule('a', { quietFor }), three, [], limited)).toMatchObject({ shown: 2, quiet: { limit: 1 } });
  });

  test('the schedule and the facts of the hour are those of the moment, on the shop’s wall', () => {
    const schedule = { startsAt: '2026-11-27', endsAt: '2026-11-27', hours: { from: 13, to: 14 } };
    const visits = [visit('1', NOON), visit('2', NOON + HOUR), visit('3', NOON + DAY)];
    expect(run(rule('a', { schedule }), visits)).toMatchObject({ shown: 1, quiet: { schedule: 2 } });
    expect(run(rule('a', { when: ['hour', '=', 13] }), visits).shown).toBe(2);
    expect(run(rule('a', { when: ['weekday', '=', 6] }), visits).shown).toBe(1);
  });

  test('pages are asked for', () => {
    expect(run(rule('a', { pages: { exclude: ['/p'] } }), [visit('1', NOON)])).toMatchObject({ quiet: { when: 1 } });
  });

  test('days since a purchase count from before the moment', () => {
    const recent = rule('a', { when: ['purchasedWithinDays', '<=', 3] });
    const visits = [
      visit('1', NOON, { purchases: [NOON - 2 * DAY] }),
      visit('2', NOON, { purchases: [NOON + DAY] }),
      visit('3', NOON, { purchases: [NOON - 9 * DAY] }),
    ];
    expect(run(recent, visits).shown).toBe(1);
  });
});

describe('beside other rules', () => {
  const higher = rule('b', { priority: 5, when: ['pages', '>=', 3] });
  const lower = rule('c', { priority: -5 });

  test('a higher one goes first, a lower one gives way, and both overlap', () => {
    const visits = [visit('1', NOON), visit('2', NOON, { scenes: [scene(NOON, { pages: 2 })] })];
    expect(run(rule('a'), visits, [higher, lower])).toMatchObject({
      eligible: 2,
      shown: 1,
      overlap: [
        { rule: 'b', name: 'Rule b', visits: 1, first: 1 },
        { rule: 'c', name: 'Rule c', visits: 2, first: 0 },
      ],
    });
  });

  test('rules of other moments are no rivals', () => {
    expect(run(rule('a'), [visit('1', NOON)], [{ ...higher, moment: 'time' }])).toMatchObject({
      shown: 1,
      overlap: [],
    });
  });

  test('the higher one keeps quiet after it has spoken, and then this one speaks', () => {
    const visits = [visit('1', NOON), visit('1', NOON + HOUR)];
    expect(run(rule('a'), visits, [higher])).toMatchObject({ eligible: 2, shown: 1 });
  });

  test('the stored self of a changed rule is no rival', () => {
    expect(run(rule('a', { priority: 1 }), [visit('1', NOON)], [rule('a', { priority: 9 })])).toMatchObject({
      shown: 1,
      overlap: [],
    });
  });
});

describe('what it would have cost', () => {
  test('bought anyway: after the moment, in the visit; the discount on it was for nothing', () => {
    const found = run(rule('a'), [
      visit('1', NOON, { bought: [{ at: NOON + 1_000, total: 80 }], scenes: [scene(NOON, cart(80))] }),
      visit('2', NOON, { bought: [{ at: NOON - 1_000, total: 500 }], scenes: [scene(NOON, cart(20))] }),
      visit('3', NOON, { bought: [{ at: NOON + 1_000, total: null }], scenes: [scene(NOON, cart(null))] }),
      visit('4', NOON),
    ]);
    expect(found).toMatchObject({
      shown: 4,
      boughtAnyway: 2,
      discount: { boughtAnyway: 8, carts: 10, unknownPurchases: 1, unknownCarts: 1 },
    });
  });

  test('nothing is given below the minimum', () => {
    const offer = { kind: 'fixed', value: 5, minOrder: 50 } as const;
    const sold = (visitor: string, total: number) =>
      visit(visitor, NOON, { bought: [{ at: NOON, total }], scenes: [scene(NOON, cart(total))] });
    expect(run(rule('a', { offer }), [sold('1', 49.99), sold('2', 50)]).discount).toMatchObject({
      boughtAnyway: 5,
      carts: 5,
    });
  });

  test('each order costs what its tier gives', () => {
    const tiers = [{ from: 100, kind: 'percent' as const, value: 20 }];
    const sold = (visitor: string, total: number) =>
      visit(visitor, NOON, { bought: [{ at: NOON, total }], scenes: [scene(NOON, cart(total))] });
    const { discount } = run(rule('a', { offer: { kind: 'percent', value: 10, tiers } }), [
      sold('1', 99),
      sold('2', 100),
    ]);
    expect(discount).toMatchObject({ boughtAnyway: 29.9, carts: 29.9 });
  });

  test('on some things alone: what those cost, in the cart and in what was bought', () => {
    const thing = (id: string, price: number) => ({ id, price, title: id, currency: 'EUR', url: '', quantity: 1 });
    const [tea, mug] = [thing('tea', 20), thing('mug', 50)];
    const held = scene(NOON, { cart: [tea], cartTold: null, viewed: [mug] });
    const sold = (visitor: string, items: (typeof tea)[] | undefined) =>
      visit(visitor, NOON, { bought: [{ at: NOON, total: 70, items }], scenes: [held] });
    const visits = [sold('1', [tea, mug]), sold('2', undefined)];
    const cost = (offer: Partial<Offer>) =>
      run(rule('a', { offer: { kind: 'percent', value: 10, ...offer } }), visits).discount;
    expect([cost({}), cost({ on: 'cart' }), cost({ on: 'items' }), cost({ exclude: { reduced: true } })]).toEqual([
      { boughtAnyway: 14, carts: 4, unknownPurchases: 0, unknownCarts: 0 },
      { boughtAnyway: 2, carts: 4, unknownPurchases: 1, unknownCarts: 0 },
      { boughtAnyway: 7, carts: 4, unknownPurchases: 1, unknownCarts: 0 },
      { boughtAnyway: 7, carts: 4, unknownPurchases: 1, unknownCarts: 0 },
    ]);
  });

  test('a million sums are exact', () => {
    const visits = Array.from({ length: 3_000 }, (_, n) => visit(`${n}`, NOON, { scenes: [scene(NOON, cart(0.1))] }));
    expect(run(rule('a', { offer: { kind: 'percent', value: 100 } }), visits).discount.carts).toBe(300);
  });

  test('those who were not shown it cost nothing', () => {
    const early = visit('1', NOON, {
      bought: [{ at: NOON + 1, total: 80 }],
      scenes: [scene(NOON, { pages: 1, ...cart(80) })],
    });
    expect(run(rule('a'), [early]).discount).toMatchObject({ boughtAnyway: 0, carts: 0 });
  });
});
