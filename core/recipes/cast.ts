/** The people, things and days of the recipes' scenarios, and what recipes ask of everybody. */

import { LOST } from '../admission.ts';
import type { ContactCondition } from '../flow.ts';
import type { Item } from '../item.ts';
import { UNHAPPY } from '../resting.ts';
import type { ExpectedLine, ScenarioPerson } from '../scenario.ts';

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

/** The teapot arrives on the first day. */
export const DELIVERED = {
  at: day(0),
  on: 'ordered',
  order: '1001',
  status: 'delivered',
  total: 42,
  items: [TEAPOT],
} as const;
