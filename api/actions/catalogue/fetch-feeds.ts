/** Looks whether feeds have changed, and takes what they say. Apart from letters and errands: a big catalogue takes its time. */

import { type FeedOutcome, type FeedRow, feedById, settleFeed, takeDueFeed, takeFeed } from '../../../db/feeds.ts';
import { type ShopRow, shopById } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { describeError } from '../../log.ts';
import { Problem } from '../../problem.ts';
import { failureOf } from '../shops/call-endpoint.ts';
import type { TickOptions } from '../tick.ts';
import { importFeed } from './import-feed.ts';

/** For the headers, and then for the whole file. */
const TIMEOUT_MS = 600_000;
/** Longer than that, so that no two workers are at one feed. */
const HELD_MS = 2 * TIMEOUT_MS;
const HOUR_MS = 3_600_000;
/** After a failure, twice as long after each next one, but never longer than usual. */
const FIRST_RETRY_MS = 900_000;

/** One turn, until nothing is due or time is up; returns how many it looked at. Any number may overlap. */
export async function fetchFeeds(deps: Deps, { deadline }: Pick<TickOptions, 'deadline'>): Promise<number> {
  for (let looked = 0; ; looked += 1) {
    if (deps.now() >= deadline) return looked;
    const feed = await deps.db.engine((tx) => takeDueFeed(tx, tx.now + HELD_MS));
    const shop = feed && (await deps.db.engine((tx) => shopById(tx, feed.shopId)));
    if (!shop) return looked;
    await look(deps, shop, feed, { anew: false, force: false });
  }
}

/** Fetches one now, whatever its schedule. Null where there is none; as it is where somebody is at it. */
export async function fetchFeed(
  deps: Deps,
  shop: ShopRow,
  id: string,
  { force }: { force: boolean },
): Promise<FeedRow | null> {
  const feed = await deps.db.shop(shop.id, (tx) => takeFeed(tx, shop.id, id, tx.now + HELD_MS));
  if (feed) await look(deps, shop, feed, { anew: true, force });
  return deps.db.shop(shop.id, (tx) => feedById(tx, shop.id, id));
}

async function look(deps: Deps, shop: ShopRow, feed: FeedRow, how: { anew: boolean; force: boolean }): Promise<void> {
  const outcome = await read(deps, shop, feed, how);
  await deps.db.shop(shop.id, (tx) => {
    const usual = feed.every * HOUR_MS;
    const retry = Math.min(usual, FIRST_RETRY_MS * 2 ** Math.min(feed.failures, 10));
    return settleFeed(tx, feed, { ...outcome, dueAt: tx.now + (outcome.taken ? usual : retry) });
  });
}

type Read = Omit<FeedOutcome, 'dueAt'>;

const failed = (problem: string): Read => ({ report: null, taken: false, problem, version: undefined });

async function read(
  deps: Deps,
  shop: ShopRow,
  feed: FeedRow,
  { anew, force }: { anew: boolean; force: boolean },
): Promise<Read> {
  try {
    const response = await deps.fetch(feed.url, {
      headers: { accept: '*/*', 'accept-encoding': 'gzip', ...(anew ? {} : sinceThen(feed)) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 304) return { report: null, taken: true, problem: null, version: undefined };
    if (!response.ok) {
      await response.body?.cancel();
      return failed(`http_${response.status}`);
    }
    const report = await importFeed(deps, shop, {
      body: response.body,
      contentType: response.headers.get('content-type'),
      feedId: feed.id,
      partial: false,
      force,
    });
    const version = { etag: response.headers.get('etag'), lastModified: response.headers.get('last-modified') };
    // What was not believed is read again, should it be the same.
    return report.kept === null
      ? { report, taken: true, problem: null, version }
      : { report, taken: false, problem: report.kept, version: undefined };
  } catch (error) {
    if (error instanceof Problem) return failed(error.errors[0]?.message ?? error.code);
    deps.log('warn', 'a feed could not be fetched', { shop: shop.id, error: describeError(error) });
    return failed(failureOf(error));
  }
}

const sinceThen = ({ etag, lastModified }: FeedRow): Record<string, string> => ({
  ...(etag ? { 'if-none-match': etag } : {}),
  ...(lastModified ? { 'if-modified-since': lastModified } : {}),
});
