/** Looks some hours ahead for whose date comes, and for the days that everybody keeps, so that flows begin with them at their hour. */

import { type Entry, USUAL_HOUR } from '../../../core/flows/flow.ts';
import { type HolidayEntry, holidayMoments, holidayThing } from '../../../core/holidays/holiday-moments.ts';
import { calendarOf } from '../../../core/holidays/holiday-settings.ts';
import { nextKept } from '../../../core/values/anniversary.ts';
import { localDay } from '../../../core/values/calendar.ts';
import { durationMs } from '../../../core/values/duration.ts';
import type { Tx } from '../../../db/connect.ts';
import { flowByKey, type StoredFlow } from '../../../db/flows.ts';
import { type PlannedEntry, planEntries } from '../../../db/pending-entries.ts';
import { shopById } from '../../../db/shops.ts';
import { beginPlan, type KeptDate, keptOn, lockUnplannedFlow, planForZone, zonesOf } from '../../../db/yearly.ts';
import type { Deps } from '../../deps.ts';
import { planFlowOfEnds } from './plan-endings.ts';

const DAY_MS = 86_400_000;
const YEAR_MS = 366 * DAY_MS;
/** How often a flow is planned, and how far ahead: the rest is for outages. */
const EVERY_MS = DAY_MS / 4;
export const AHEAD_MS = 2 * DAY_MS;
/** A wish that is later than this is worse than none. */
const LATEST_MS = DAY_MS;

/** Plans one flow in a transaction of its own; returns how many. */
export const planYearly = (deps: Deps): Promise<number> =>
  deps.db.engine(async (tx) => {
    const unplanned = await lockUnplannedFlow(tx);
    if (!unplanned) return 0;
    const { shopId, key, planAt } = unplanned;
    const flow = await flowByKey(tx, shopId, key);
    if (flow?.entry.on === 'ends') {
      // What is told of later is planned when it is told.
      await beginPlan(tx, { shopId, key, planAt: null });
      await planFlowOfEnds(tx, shopId, key, flow.entry);
    }
    if (flow?.entry.on === 'date') {
      // Who was to enter since the last plan was known then: from there on, as far as it is not stale.
      const from = Math.max(planAt, tx.now - LATEST_MS);
      const entries = await coming(tx, { shopId, entry: flow.entry, from, until: tx.now + AHEAD_MS });
      await beginPlan(tx, { shopId, key, planAt: tx.now + EVERY_MS });
      await planEntries(tx, { shopId, flowKey: key }, entries);
    }
    if (flow?.entry.on === 'holiday') await planHolidays(tx, shopId, flow, flow.entry, planAt);
    return 1;
  });

/** Everybody who may be written to, on each day of the calendar that comes near. */
async function planHolidays(
  tx: Tx,
  shopId: string,
  flow: StoredFlow,
  entry: HolidayEntry,
  planAt: number,
): Promise<void> {
  const shop = await shopById(tx, shopId);
  if (!shop) return;
  const { key } = flow;
  const calendar = calendarOf(shop.settings.holidays, shop.locale);
  const from = Math.max(planAt, tx.now - LATEST_MS);
  const moments = (zone: string, until: number) => holidayMoments(entry, calendar, { zone, from, until });
  const [next] = moments(shop.timezone, tx.now + YEAR_MS);
  // Zones are a day apart at most. Long before the day nobody need be looked for.
  const soonest = next ? next.at - AHEAD_MS - DAY_MS : tx.now + YEAR_MS;
  await beginPlan(tx, { shopId, key, planAt: Math.max(tx.now + EVERY_MS, soonest) });
  if (soonest > tx.now) return;
  for (const zone of await zonesOf(tx, shopId)) {
    for (const moment of moments(zone, tx.now + AHEAD_MS)) {
      const thing = holidayThing(moment);
      const audience = { shopId, flowKey: key, zone, subscribed: flow.purpose === 'marketing' };
      await planForZone(tx, audience, { thing, about: `holiday:${thing}`, dueAt: moment.at });
    }
  }
}

interface Span {
  shopId: string;
  entry: Extract<Entry, { on: 'date' }>;
  from: number;
  until: number;
}

async function coming(tx: Tx, { shopId, entry, from, until }: Span): Promise<PlannedEntry[]> {
  const { field, before: ahead = '0d', at = USUAL_HOUR } = entry;
  const before = durationMs(ahead) / DAY_MS;
  return (await keptOn(tx, shopId, field, daysBetween(from, until, before))).flatMap((kept) => {
    const next = nextKept({ date: kept.date, before, at, zone: kept.zone }, from);
    return next && next.at < until ? [plannedOn(kept, next)] : [];
  });
}

/** Once a year, however often the date is told anew; and not if it is another when the moment comes. */
export const plannedOn = (
  { contactId, field, date, locale }: KeptDate,
  { at: dueAt, year }: { at: number; year: number },
): PlannedEntry => ({ contactId, thing: date, dueAt, about: `date:${field}:${year}`, items: [], locale });

/** `MM-DD` of each day that it may be somewhere on earth; the 29th of February whenever it may be kept on the 28th. */
function daysBetween(from: number, until: number, before: number): string[] {
  const days = new Set<string>();
  for (let at = from - DAY_MS; at <= until + DAY_MS; at += DAY_MS / 2)
    days.add(localDay(at + before * DAY_MS, 'UTC').slice(5));
  if (days.has('02-28')) days.add('02-29');
  return [...days];
}
