/** What lies ahead of a simulated person by the calendar: their days of the year, and the ends of what they have. */

import type { Item } from '../catalogue/item.ts';
import { CODE, endMoments, watches } from '../flows/ending.ts';
import { USUAL_HOUR } from '../flows/flow.ts';
import { holidayMoments, holidayThing } from '../holidays/holiday-moments.ts';
import { calendarOf, NO_HOLIDAYS } from '../holidays/holiday-settings.ts';
import { nextKept } from '../values/anniversary.ts';
import { durationMs } from '../values/duration.ts';
import { noteFlow, planPending, type SimulatedCode, type Simulation } from './simulation.ts';

const DAY_MS = 86_400_000;

/** Which of the person's codes it is. */
export const aboutCode = ({ codes }: Simulation, code: SimulatedCode): string => `code:${codes.indexOf(code)}`;

/** Plans when flows begin with the date of this name, from `from` (ms) on; what was planned before is over. */
export function planDate(sim: Simulation, field: string, from: number): void {
  for (const { flow } of sim.flows) {
    const { entry, key } = flow;
    if (entry.on !== 'date' || entry.field !== field) continue;
    sim.pending.delete(`${key}:${field}`);
    const { before = '0d', at = USUAL_HOUR } = entry;
    const date = sim.dates.get(field) ?? '';
    const next = nextKept({ date, before: durationMs(before) / DAY_MS, at, zone: sim.person.zone }, from);
    if (!next) continue;
    const about = `date:${field}:${next.year}`;
    planPending(sim, { flow: key, dueAt: next.at, about, order: null, items: [], locale: null }, field);
  }
}

/** Plans the days that the whole shop keeps, from now until `until` (ms). */
export function planHolidays(sim: Simulation, until: number): void {
  const calendar = sim.shop.holidays ?? calendarOf(NO_HOLIDAYS, 'en');
  for (const { flow } of sim.flows) {
    const { entry, key } = flow;
    if (entry.on !== 'holiday') continue;
    const moments = holidayMoments(entry, calendar, { zone: sim.person.zone, from: sim.now, until: until + 1 });
    if (moments.length === 0 && entry.of === 'last_order' && calendar.deliveryDays === null)
      noteFlow(sim, key, { do: 'keep_out', what: entry.on, reason: 'no_delivery_days' });
    for (const moment of moments) {
      const thing = holidayThing(moment);
      const about = `holiday:${thing}`;
      planPending(sim, { flow: key, dueAt: moment.at, about, order: null, items: [], locale: null, thing }, thing);
    }
  }
}

export function planEndOfCode(sim: Simulation, code: SimulatedCode, items: readonly Item[]): void {
  if (code.expiresAt !== null)
    planEnd(sim, { id: aboutCode(sim, code), what: CODE, endsAt: code.expiresAt, items, code });
}

export interface SimulatedEnd {
  id: string;
  what: string;
  endsAt: number;
  items: readonly Item[];
  code?: SimulatedCode;
}

/** Plans when flows begin that watch over this end. */
export function planEnd(sim: Simulation, { id, what, endsAt, items, code }: SimulatedEnd): void {
  for (const { flow } of sim.flows) {
    const { entry, key } = flow;
    if (entry.on !== 'ends' || !watches(entry, what)) continue;
    for (const { before, at: dueAt } of endMoments(entry, endsAt, sim.person.zone, sim.now)) {
      const of = code ? { code } : { thing: id };
      const about = `ends:${before}:${id}:${endsAt}`;
      planPending(sim, { flow: key, dueAt, about, order: null, items, locale: null, ...of }, `${before}:${id}`);
    }
  }
}
