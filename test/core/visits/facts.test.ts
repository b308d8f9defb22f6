/** How a visit’s facts are read. */

import { describe, expect, test } from 'vitest';
import type { EventBody } from '../../../core/visits/event.ts';
import { type FactsInput, type FactType, VISIT_FACTS, type VisitFact, visitFacts } from '../../../core/visits/facts.ts';
import { foldVisit, newVisit } from '../../../core/visits/visit.ts';
import { factsCases, type Known } from '../../cases/facts.ts';

function inputOf(events: EventBody[], known: Known): FactsInput {
  const { visitor, ...rest } = known;
  return {
    visit: events.reduce((visit, event, n) => foldVisit(visit, { ...event, at: n }), newVisit(0)),
    visitor: {
      visits: 1,
      daysSinceLastVisit: null,
      subscribed: false,
      facts: { country: null, device: null, browser: null, os: null },
      ...visitor,
    },
    purchasedAt: null,
    refusedAt: null,
    language: null,
    currency: 'RUB',
    wall: { hour: 12, weekday: 1 },
    now: 1_000_000,
    ...rest,
  };
}

describe('facts', () => {
  test.each(factsCases)('%s', (_name, events, known, expected) => {
    const facts = visitFacts(inputOf(events, known));
    for (const name of Object.keys(expected) as VisitFact[]) expect(facts[name], name).toEqual(expected[name]);
  });

  test('every fact has the type that the list says', () => {
    const known: Known = {
      language: 'ru',
      visitor: {
        daysSinceLastVisit: 3,
        segments: [],
        facts: { country: 'RU', device: 'mobile', browser: 'Safari', os: 'iOS' },
      },
    };
    const facts = visitFacts(
      inputOf([{ type: 'page_view', url: '', path: '/', title: '', referrer: '', kind: 'other' }], known),
    );
    const typeOf = (value: unknown): FactType | 'none' => {
      if (Array.isArray(value)) return 'list';
      if (typeof value === 'string') return 'text';
      return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'none';
    };
    const types = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, typeOf(value)]));
    expect(types).toEqual(VISIT_FACTS);
  });
});
