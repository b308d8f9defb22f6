/** Replays a shop's past through a flow: who would have entered, when, what they would have got, at what cost. Nothing is sent. */

import type { Entry, Flow } from '../../core/flow.ts';
import {
  type FlowReplayCounts,
  type PastContact,
  type ReplayedEntry,
  startFlowReplay,
} from '../../core/flow-replay.ts';
import type { ScenarioEvent, ScenarioPerson } from '../../core/scenario.ts';
import { countContacts, happeningsOf, type PastContactRow, pageOfContacts } from '../../db/past-contacts.ts';
import type { ShopRow } from '../../db/shops.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';

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
  /** The latest entries first, at most `most`. */
  sample: ReplayedEntry[];
}

/** Entries whose occasions leave nothing behind to replay. */
const TRACELESS: readonly Entry['on'][] = [
  'letter_clicked',
  'item_back',
  'item_price_dropped',
  'items_arrived',
  'segment_left',
  'date',
  'ends',
  'runs_out',
];

const DAY_MS = 86_400_000;
const PAGE = 200;

/** Yields how far it is, and returns what it found, with up to `most` entries. Throws `invalid` for an entry that can't be replayed. */
export async function* replayFlow(
  deps: Deps,
  shop: ShopRow,
  flow: Flow,
  { days, most }: { days: number; most: number },
): AsyncGenerator<FlowReplayProgress, ReplayedFlow> {
  if (TRACELESS.includes(flow.entry.on)) {
    const message = `what lets people in on ${flow.entry.on} can’t be told afterwards`;
    throw new Problem('invalid', { errors: [{ path: 'entry.on', message }] });
  }
  const { to, people } = await deps.db.shop(shop.id, async (tx) => ({
    to: tx.now,
    people: await countContacts(tx, shop.id),
  }));
  const from = to - days * DAY_MS;
  const { dailyCap, quietHours } = shop.settings.sending;
  const { currency, timezone: zone } = shop;
  const replay = startFlowReplay({ flow, shop: { zone, dailyCap, quietHours, usual: null }, currency, from, to });
  let sample: ReplayedEntry[] = [];
  let contacts = 0;
  yield { contacts, of: people.all };
  for (let page = await readPage(deps, shop, null, from); page.length > 0; ) {
    for (const contact of page) {
      const entry = replay.add(contact);
      if (entry) sample.push(entry);
    }
    sample = sample.sort((one, other) => other.at - one.at).slice(0, most);
    contacts += page.length;
    yield { contacts, of: people.all };
    page = page.length < PAGE ? [] : await readPage(deps, shop, page.at(-1)?.id ?? null, from);
  }
  return { from, to, currency, audience: people.subscribed, sample, ...replay.counts() };
}

/** As far before the period as a wait for somebody's absence may begin. */
const BEFORE_MS = 90 * DAY_MS;

const readPage = (deps: Deps, shop: ShopRow, after: string | null, from: number): Promise<PastContact[]> =>
  deps.db.shop(shop.id, async (tx) => {
    const rows = await pageOfContacts(tx, shop.id, { after, limit: PAGE });
    const ids = rows.map(({ id }) => id);
    const events = await happeningsOf(tx, shop.id, ids, from - BEFORE_MS);
    return rows.map((row) => {
      const own = events.get(row.id) ?? [];
      return { id: row.id, email: row.email, person: personOf(row, own), events: own };
    });
  });

/** As they were when it begins, as far as that is known: what leaves no trace is as of today. */
function personOf(row: PastContactRow, events: readonly ScenarioEvent<number>[]): ScenarioPerson<number> {
  const { id, locale, timezone, muted, tags, city, source, nps, reason, birthday } = row;
  const word = events.find(({ on }) => on === 'subscribed' || on === 'unsubscribed');
  const before = word?.on === 'subscribed' ? 'none' : 'subscribed';
  return {
    id,
    locale,
    ...(timezone ? { timezone } : {}),
    marketing: word ? before : row.marketing,
    muted,
    facts: {
      tags,
      ...(city ? { city } : {}),
      ...(source ? { source } : {}),
      ...(nps === null ? {} : { nps }),
      ...(reason ? { reason } : {}),
      ...(birthday ? { birthday } : {}),
    },
  };
}
