/** Registers where a shop's catalogue is fetched from. */

import { type FeedRow, feedById, insertFeed, listFeeds, changeFeed as saveFeed } from '../../../db/feeds.ts';
import type { Deps } from '../../deps.ts';
import { urlComplaint } from '../../outgoing.ts';
import { Problem } from '../../problem.ts';

const MOST_FEEDS = 20;

export interface FeedSettings {
  url: string;
  /** Hours. */
  every: number;
  enabled: boolean;
}

export async function createFeed(deps: Deps, shopId: string, settings: FeedSettings): Promise<FeedRow> {
  needPublic(deps, settings.url);
  return deps.db.shop(shopId, async (tx) => {
    if ((await listFeeds(tx, shopId)).length >= MOST_FEEDS)
      throw new Problem('invalid', { errors: [{ path: '', message: `a shop has at most ${MOST_FEEDS} feeds` }] });
    return (await insertFeed(tx, { shopId, id: deps.newId(), ...settings })) ?? taken();
  });
}

/** Null where there is none. */
export async function changeFeed(
  deps: Deps,
  shopId: string,
  id: string,
  change: Partial<FeedSettings>,
): Promise<FeedRow | null> {
  if (change.url !== undefined) needPublic(deps, change.url);
  return deps.db.shop(shopId, async (tx) => {
    const feed = await feedById(tx, shopId, id);
    return feed && ((await saveFeed(tx, feed, { ...feed, ...change })) ?? taken());
  });
}

function taken(): never {
  throw new Problem('exists', { errors: [{ path: 'url', message: 'is a feed of the shop already' }] });
}

function needPublic({ settings }: Deps, url: string): void {
  const complaint = urlComplaint(url, { loopback: settings.loopbackCalls });
  if (complaint) throw new Problem('invalid', { errors: [{ path: 'url', message: complaint }] });
}
