/** The moments of past visits: the kept state must tell them as the events do, or not at all. */

import { describe, expect, test } from 'vitest';
import { visitFacts } from '../../../core/visits/facts.ts';
import { foldedScenes, keptScenes, type Scene } from '../../../core/visits/scenes.ts';
import { foldVisit, newVisit, type VisitState } from '../../../core/visits/visit.ts';
import { seeded } from '../../support/random.ts';
import { randomVisit } from '../../support/random-visit.ts';

const factsAt = ({ at, visit }: Scene) =>
  visitFacts({
    visit,
    visitor: {
      visits: 1,
      daysSinceLastVisit: null,
      subscribed: false,
      facts: { country: null, device: null, browser: null, os: null },
    },
    purchasedAt: null,
    refusedAt: null,
    language: null,
    currency: 'EUR',
    wall: null,
    now: at,
  });

const stateOf = (events: ReturnType<typeof randomVisit>): VisitState =>
  events.reduce(foldVisit, newVisit(events[0]?.at ?? 0));

test.each(['exit', 'time'] as const)(
  'for %s, over 20,000 random visits: what is kept tells the same facts as the events',
  (moment) => {
    const random = seeded(21);
    let told = 0;
    for (let run = 0; run < 20_000; run += 1) {
      const events = randomVisit(random, 12);
      const kept = keptScenes(stateOf(events), moment);
      if (kept === null) continue;
      const folded = foldedScenes(events, moment);
      // Of several leavings with nothing between them the first stands for all.
      expect(kept.length).toBe(Math.min(1, folded.length));
      const [one, other] = [kept[0], folded[0]];
      if (!one || !other) continue;
      told += 1;
      expect(one.at).toBe(other.at);
      const { seconds: late, ...facts } = factsAt(one);
      const { seconds, ...others } = factsAt(other);
      expect(facts).toEqual(others);
      expect(one.visit.trail).toEqual(other.visit.trail);
      // Time that was told together with the leaving counts for it.
      expect(Number(late) - Number(seconds)).toBeLessThanOrEqual(40);
    }
    expect(told).toBeGreaterThan(1_000);
  },
);

describe('scenes', () => {
  const page = {
    type: 'page_view',
    url: 'https://shop.example/',
    path: '/',
    title: '',
    referrer: '',
    kind: 'other',
  } as const;
  const item = { id: 'i', title: 'I', price: 5, currency: 'EUR', url: 'https://shop.example/i' };
  const at = (seconds: number) => ({ at: 1_000_000 + seconds * 1_000 });
  const leave = { type: 'exit_intent', signal: 'pointer' } as const;
  const buy = { type: 'purchase' as const, orderId: 'o', value: 5, currency: 'EUR', codes: [], items: [] };

  test('a visit without a signal of leaving has none for exit', () => {
    expect(keptScenes(stateOf([{ ...page, ...at(0) }]), 'exit')).toEqual([]);
    expect(foldedScenes([{ ...page, ...at(0) }], 'exit')).toEqual([]);
  });

  test('who leaves and goes on has one as it was at the leaving', () => {
    const events = [
      { ...page, ...at(0) },
      { ...leave, ...at(5) },
      { ...page, ...at(9) },
      { ...leave, ...at(12) },
    ];
    expect(keptScenes(stateOf(events), 'exit')).toBe(null);
    expect(foldedScenes(events, 'exit').map(({ visit }) => visit.pages)).toEqual([1, 2]);
  });

  test('a buyer’s cart is known before the purchase that emptied it', () => {
    const events = [
      { ...page, ...at(0) },
      { type: 'add_to_cart' as const, item, quantity: 2, ...at(1) },
      { ...leave, ...at(5) },
      { ...buy, ...at(60) },
    ];
    expect(keptScenes(stateOf(events), 'exit')).toBe(null);
    for (const moment of ['exit', 'idle'] as const) {
      const [scene] = foldedScenes(events, moment);
      expect([scene?.visit.cart.length, scene?.visit.purchased]).toEqual([1, false]);
    }
    expect(foldedScenes(events, 'idle')[0]?.at).toBe(at(60).at);
  });

  test('a trail that may have lost its beginning tells nothing', () => {
    const events = Array.from({ length: 70 }, (_, n) => ({ ...page, ...at(n) }));
    expect(keptScenes(stateOf([...events, { ...leave, ...at(71) }]), 'exit')).toBe(null);
  });

  test('staying long after the leaving is going on', () => {
    const stay = { type: 'engagement' as const, ms: 20_000, ...at(30) };
    expect(keptScenes(stateOf([{ ...page, ...at(0) }, { ...leave, ...at(5) }, stay]), 'exit')).toBe(null);
  });
});
