/** Replays a shop's past through a flow: who would have entered, when, what they would have got, at what cost. Nothing is sent. */

import type { Flow } from '../../../core/flows/flow.ts';
import { type FlowReplayCounts, type ReplayedEntry, startFlowReplay } from '../../../core/flows/flow-replay.ts';
import { gapsOf } from '../../../core/flows/replay-gaps.ts';
import { calendarOf } from '../../../core/holidays/holiday-settings.ts';
import { countContacts } from '../../../db/past-contacts.ts';
import { segmentByKey } from '../../../db/segments.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { pastPeople } from './read-past-people.ts';
import { usualTimeOf } from './usual-time-of.ts';

export interface FlowReplayProgress {
  contacts: number;
  of: number;
}

export interface ReplayedFlow extends FlowReplayCounts {
  from: number;
  to: number;
  currency: string;
  /** Contacts who may be written to by a flow that sells. */
  audience: number;
  /** What the past doesn't tell, and how that was taken: whole sentences. */
  gaps: string[];
  /** The latest entries first, at most `most`. */
  sample: ReplayedEntry[];
}

const DAY_MS = 86_400_000;

/** Yields how far it is, and returns what it found, with up to `most` entries. */
export async function* replayFlow(
  deps: Deps,
  shop: ShopRow,
  flow: Flow,
  { days, most }: { days: number; most: number },
): AsyncGenerator<FlowReplayProgress, ReplayedFlow> {
  const { currency, timezone: zone } = shop;
  const { to, people, usual, segment } = await deps.db.shop(shop.id, async (tx) => ({
    to: tx.now,
    people: await countContacts(tx, shop.id),
    usual: await usualTimeOf(tx, shop),
    segment: 'segment' in flow.entry ? await segmentByKey(tx, shop.id, flow.entry.segment) : null,
  }));
  const from = to - days * DAY_MS;
  const { dailyCap, quietHours } = shop.settings.sending;
  const past = pastPeople(deps, shop, { flow, from, to });
  const holidays = calendarOf(shop.settings.holidays, shop.locale);
  const known = { zone, dailyCap, quietHours, usual, rhythms: past.rhythms, holidays };
  const replay = startFlowReplay({
    flow,
    shop: known,
    currency,
    ...(segment ? { condition: segment.condition } : {}),
    from,
    to,
  });
  let sample: ReplayedEntry[] = [];
  let contacts = 0;
  yield { contacts, of: people.all };
  for await (const page of past.pages()) {
    for (const contact of page) {
      const entry = replay.add(contact);
      if (entry) sample.push(entry);
    }
    sample = sample.sort((one, other) => other.at - one.at).slice(0, most);
    contacts += page.length;
    yield { contacts, of: people.all };
  }
  const gaps = gapsOf(flow.entry);
  return { from, to, currency, audience: people.subscribed, gaps, sample, ...replay.counts() };
}
