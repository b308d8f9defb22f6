/** The people, things and days of the recipes' scenarios, and what recipes ask of everybody. */

import type { Item } from '../catalogue/item.ts';
import { LOST } from '../flows/admission.ts';
import type { ContactCondition } from '../flows/flow.ts';
import type { Tried } from '../flows/recipe.ts';
import { UNHAPPY } from '../flows/resting.ts';
import type { ExpectedLine, Occurrence, Scenario, ScenarioPerson } from '../simulation/scenario.ts';
import { civilDay, daysFromCivil } from '../values/calendar.ts';

export const ANN: ScenarioPerson<string> = { name: 'Ann', timezone: 'Europe/Berlin' };

export const TEAPOT: Item = {
  id: 'teapot',
  title: 'Teapot',
  price: 42,
  currency: 'EUR',
  url: 'https://shop.example/teapot',
  category: 'Tea',
};

/** Of the months of 2027. */
const DAYS = [31, 28, 31, 30, 31, 30];

/** A day counted from Monday, 4 January 2027, at noon in London. */
export function day(number: number): string {
  let date = number + 4;
  let month = 0;
  for (const days of DAYS) {
    if (date <= days) break;
    date -= days;
    month += 1;
  }
  return `2027-${two(month + 1)}-${two(date)}T12:00:00Z`;
}
const two = (number: number): string => String(number).padStart(2, '0');

export const sends = (what: string): ExpectedLine<string> => ({ do: 'send', what });
export const stops = (reason: string): ExpectedLine<string> => ({ do: 'stop', reason });
export const keptOut = (reason: string): ExpectedLine<string> => ({ do: 'keep_out', reason });
export const FINISHES: ExpectedLine<string> = { do: 'finish', reason: 'finished' };

/** Whom the shop has let down enters nothing that sells. */
export const CONTENT: ContactCondition = { not: ['tags', 'contains', UNHAPPY] };
/** Reacted to nothing for so long that nothing is sold to them any more. */
export const GIVEN_UP: ScenarioPerson<string> = { ...ANN, facts: { tags: [LOST] } };
export const CRITIC: ScenarioPerson<string> = { ...ANN, facts: { tags: [UNHAPPY] } };
/** Known by an address, and has agreed to nothing yet. */
export const STRANGER: ScenarioPerson<string> = { ...ANN, marketing: 'none' };
/** An order of the same day, before anything else. */
export const ORDERED = { at: day(0), on: 'ordered', order: '0999', total: 42, items: [TEAPOT] } as const;
/** An offer that was asked for, without a code; the letters about it run beside. */
export const asksForOffer = (at: string) =>
  ({ at, on: 'offer_accepted', flow: 'discount-reminder', items: [TEAPOT] }) as const;

/** So many days after a moment of the scenario's, at the same time in London. */
function later(at: string, days: number): string {
  const [year = 0, month = 0, day = 0] = at.slice(0, 10).split('-').map(Number);
  return `${civilDay(daysFromCivil(year, month, day) + days)}${at.slice(10)}`;
}

/** Held from then on. */
const RESTS: ExpectedLine<string> = { do: 'hold', reason: 'unhappy' };

/** The same with what may change on the way at this moment, after these letters; `letDown`: what then becomes of somebody let down. */
export function onTheWay(
  base: Scenario,
  at: string,
  first: readonly string[] = [],
  letDown: ExpectedLine<string> = RESTS,
): Record<string, Scenario> {
  const begun = first.map(sends);
  const also = (event: Occurrence<string>): Scenario => ({ ...base, events: [...base.events, { at, ...event }] });
  return {
    'address is none any more on the way': {
      ...also({ on: 'bounced' }),
      expect: [...begun, { do: 'stop', reason: 'bounced' }],
    },
    // What is told stays the same; in which language is the letters' business.
    'language is another on the way': also({ on: 'changed', locale: 'ru' }),
    'is let down on the way': {
      ...base,
      events: [
        ...base.events,
        { at, on: 'changed', tags: [...(base.person.facts?.tags ?? []), UNHAPPY] },
        // It would be looked at again each day.
        ...(letDown === RESTS ? [{ at: later(at, 8), on: 'unsubscribed' } as const] : []),
      ],
      expect: [...begun, letDown],
    },
  };
}

/** Where `onTheWay` has tried what changes. */
export const CHANGES = {
  'address changed': 'address is none any more on the way',
  'language changed': 'language is another on the way',
  'segment changed': 'is let down on the way',
} as const;

const AT_ONCE: Tried = {
  none: 'its one letter leaves at once, so that there is no way on which anything could change',
};
export const NO_WAY = { 'address changed': AT_ONCE, 'language changed': AT_ONCE, 'segment changed': AT_ONCE } as const;

const ASKS_NOTHING: Tried = { none: 'it tells something and waits for no act' };
export const NO_ACT = { 'act done': ASKS_NOTHING, 'act not done': ASKS_NOTHING } as const;

export const ONLY_BUYERS: Tried = { none: 'it begins with an order, so that its reader has bought' };

/** The teapot arrives on the first day. */
export const DELIVERED = {
  at: day(0),
  on: 'ordered',
  order: '1001',
  status: 'delivered',
  total: 42,
  items: [TEAPOT],
} as const;
