/** Reads a feed into the catalogue, some hundred offers at a time. What is taken stays taken, however the file ends. */

import { followOffer, type Offered } from '../../../core/catalogue/product.ts';
import type { Tx } from '../../../db/connect.ts';
import type { FeedRemark, FeedReport } from '../../../db/documents.ts';
import { markNews } from '../../../db/product-news.ts';
import {
  countProducts,
  forgetArrivals,
  type Import,
  lockProducts,
  offeredOf,
  removeUnseen,
  type SavedProduct,
  saveProducts,
  touchProducts,
} from '../../../db/products.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { feedImage, feedUrl, productKey } from '../../feeds/feed-address.ts';
import { openFeed } from '../../feeds/open-feed.ts';
import { type FeedContext, type RawOffer, readOffer } from '../../feeds/read-offer.ts';
import { uncleanParts } from '../../http/clean.ts';
import { noteGoods } from '../letters/knows-goods.ts';

/** In one transaction. */
const BATCH = 500;
/** What is listed of those that are not taken: who made the file can put right no more at a time. */
const MOST_REMARKS = 1_000;
/** With less than this share of what was there a feed is taken for broken, not for a shop that sells no more. */
const LEAST_SHARE = 0.5;

export interface FeedUpload {
  body: ReadableStream<Uint8Array> | null;
  contentType: string | null;
  /** Null for what the shop's server uploads. */
  feedId: string | null;
  /** What the file doesn't name stays. */
  partial: boolean;
  /** What the file doesn't name goes, however much it is. */
  force: boolean;
}

export async function importFeed(deps: Deps, shop: ShopRow, upload: FeedUpload): Promise<FeedReport> {
  const { feedId, partial, force } = upload;
  const import_: Import = { shopId: shop.id, feedId, importId: deps.newId() };
  const { parser, encoding, pieces } = await openFeed({
    ...upload,
    cyrillic: /^(ru|uk|be|bg|sr|kk)\b/.test(shop.locale),
  });
  const { before, since } = await deps.db.shop(shop.id, async (tx) => ({
    before: await countProducts(tx, import_),
    since: tx.now,
  }));
  const report: FeedReport = { ...NOTHING_READ, format: parser.format, encoding, rejected: [], mended: [] };
  const context: FeedContext = {
    currency: shop.currency,
    category: (id) => parser.category(id),
    url: feedUrl,
    image: feedImage,
    now: since,
  };
  const { take, flush } = intake(deps, { import_, context, report, known: before > 0 });
  let cutOff = true;
  try {
    for await (const piece of pieces) await take(parser.write(piece));
    const rest = parser.end();
    cutOff = rest.cutOff;
    await take(rest.offers);
    await flush();
  } catch (error) {
    // What was read until then holds, and is news.
    await deps.db.shop(shop.id, (tx) => markNews(tx, import_, since));
    throw error;
  }
  await deps.db.shop(shop.id, async (tx) => {
    report.kept = keptWhy({ partial, force, cutOff, before, accepted: report.accepted });
    if (report.kept === null) report.gone = await removeUnseen(tx, import_, { since });
    if (before > 0 && report.added > before * LEAST_SHARE) await forgetArrivals(tx, import_, since);
    await markNews(tx, import_, since);
  });
  if (report.accepted > 0) noteGoods(deps, shop.id);
  deps.wake();
  return report;
}

const NOTHING_READ = { offers: 0, accepted: 0, added: 0, changed: 0, gone: 0, kept: null };

interface Intake {
  import_: Import;
  context: FeedContext;
  /** Counts what is taken. */
  report: FeedReport;
  /** There is a catalogue already: what is new in it is news. */
  known: boolean;
}

/** Takes offers as they come, a batch in a transaction; what is over when there are no more is taken by `flush`. */
function intake(deps: Deps, { import_, context, report, known }: Intake) {
  let batch: Read[] = [];
  const flush = async (): Promise<void> => {
    const taken = batch;
    batch = [];
    if (taken.length === 0) return;
    const merged = await deps.db.shop(import_.shopId, (tx) => merge(tx, import_, taken, known));
    report.accepted += merged.accepted;
    report.added += merged.added;
    report.changed += merged.changed;
    for (const one of merged.repeated) remark(report.rejected, one);
  };
  const take = async (raw: readonly RawOffer[]): Promise<void> => {
    for (const one of raw) {
      const read = readLine(one, context, report);
      if (read) batch.push(read);
      if (batch.length >= BATCH) await flush();
    }
  };
  return { take, flush };
}

interface Read {
  line: number;
  offer: Offered;
}

function readLine(raw: RawOffer, context: FeedContext, report: FeedReport): Read | null {
  report.offers += 1;
  const read = readOffer(raw, context);
  if ('rejected' in read) {
    remark(report.rejected, { id: read.id, line: raw.line, reason: read.rejected });
    return null;
  }
  const { offer, mended } = read;
  if (uncleanParts(offer, 4).length > 0) {
    remark(report.rejected, { id: null, line: raw.line, reason: 'bad_text' });
    return null;
  }
  for (const reason of mended) remark(report.mended, { id: offer.id, line: raw.line, reason });
  return { line: raw.line, offer };
}

const remark = (list: FeedRemark[], one: FeedRemark): void => {
  if (list.length < MOST_REMARKS) list.push(one);
};

interface Merged {
  accepted: number;
  added: number;
  changed: number;
  repeated: FeedRemark[];
}

/** An id that the file has twice is its first offer's. */
async function merge(tx: Tx, import_: Import, batch: readonly Read[], known: boolean): Promise<Merged> {
  const ids = batch.map(({ offer }) => offer.id);
  const before = new Map((await lockProducts(tx, import_.shopId, ids)).map((row) => [row.id, row]));
  const fresh = new Map<string, Offered>();
  const repeated: FeedRemark[] = [];
  for (const { line, offer } of batch) {
    const twice = fresh.has(offer.id) || before.get(offer.id)?.importId === import_.importId;
    if (twice) repeated.push({ id: offer.id, line, reason: 'repeated' });
    else fresh.set(offer.id, offer);
  }
  const same: string[] = [];
  const saved: SavedProduct[] = [];
  let added = 0;
  for (const offer of fresh.values()) {
    const row = before.get(offer.id);
    if (row && row.goneAt === null && JSON.stringify(offeredOf(row)) === JSON.stringify(offer)) {
      same.push(offer.id);
      continue;
    }
    if (!row) added += 1;
    saved.push({ ...followOffer(row ?? null, offer, { at: tx.now, known }), urlKey: productKey(offer.url) });
  }
  await saveProducts(tx, import_, saved);
  await touchProducts(tx, import_, same);
  return { accepted: fresh.size, added, changed: saved.length - added, repeated };
}

function keptWhy(outcome: {
  partial: boolean;
  force: boolean;
  cutOff: boolean;
  before: number;
  accepted: number;
}): FeedReport['kept'] {
  if (outcome.partial) return 'partial';
  if (outcome.cutOff) return 'cut_off';
  return !outcome.force && outcome.accepted < outcome.before * LEAST_SHARE ? 'shrunk' : null;
}
