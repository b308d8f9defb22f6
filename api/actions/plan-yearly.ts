/** Looks some hours ahead for whose birthday comes, so that flows begin with them at their hour. */

import { nextKept } from '../../core/anniversary.ts';
import { localDay } from '../../core/calendar.ts';
import { durationMs } from '../../core/duration.ts';
import type { Tx } from '../../db/connect.ts';
import { flowByKey } from '../../db/flows.ts';
import { birthdaysOn, lockUnplannedFlow, planYearly as savePlan, type YearlyEntry } from '../../db/yearly.ts';
import type { Deps } from '../deps.ts';

const DAY_MS = 86_400_000;
/** How often a flow is planned, and how far ahead: the rest is for outages. */
const EVERY_MS = DAY_MS / 4;
const AHEAD_MS = 2 * DAY_MS;
/** A wish that is later than this is worse than none. */
const LATEST_MS = DAY_MS;
const USUAL_HOUR = '10:00';

/** Plans one flow in a transaction of its own; returns how many. */
export const planYearly = (deps: Deps): Promise<number> =>
  deps.db.engine(async (tx) => {
    const unplanned = await lockUnplannedFlow(tx);
    if (!unplanned) return 0;
    const { shopId, key, planAt } = unplanned;
    const flow = await flowByKey(tx, shopId, key);
    if (flow?.entry.on === 'date') {
      const { before = '0d', at = USUAL_HOUR } = flow.entry;
      const days = durationMs(before) / DAY_MS;
      // Who was to enter since the last plan was known then: from there on, as far as it is not stale.
      const from = Math.max(planAt, tx.now - LATEST_MS);
      const entries = await coming(tx, { shopId, before: days, at, from, until: tx.now + AHEAD_MS });
      await savePlan(tx, { shopId, key, planAt: tx.now + EVERY_MS, entries });
    }
    return 1;
  });

interface Span {
  shopId: string;
  before: number;
  at: string;
  from: number;
  until: number;
}

async function coming(tx: Tx, { shopId, before, at, from, until }: Span): Promise<YearlyEntry[]> {
  const entries: YearlyEntry[] = [];
  for (const { contactId, birthday, locale, zone } of await birthdaysOn(tx, shopId, daysBetween(from, until, before))) {
    const next = nextKept({ date: birthday, before, at, zone }, from);
    if (next && next.at < until)
      entries.push({ contactId, dueAt: next.at, about: `date:birthday:${next.year}`, locale });
  }
  return entries;
}

/** `MM-DD` of each day that it may be somewhere on earth; the 29th of February whenever it may be kept on the 28th. */
function daysBetween(from: number, until: number, before: number): string[] {
  const days = new Set<string>();
  for (let at = from - DAY_MS; at <= until + DAY_MS; at += DAY_MS / 2)
    days.add(localDay(at + before * DAY_MS, 'UTC').slice(5));
  if (days.has('02-28')) days.add('02-29');
  return [...days];
}
