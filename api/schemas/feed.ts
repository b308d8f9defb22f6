/** What a shop reads of its catalogue, and of the feeds that it comes from. */

import { z } from 'zod';
import { durationMs } from '../../core/values/duration.ts';
import type { FeedReport } from '../../db/documents.ts';
import type { FeedRow } from '../../db/feeds.ts';
import type { ProductRow } from '../../db/products.ts';
import { MENDINGS, REJECTIONS } from '../feeds/read-offer.ts';
import { iso } from './answers.ts';
import { duration, text, webUrl } from './common.ts';

const HOUR_MS = 3_600_000;
const LEAST_HOURS = 1;
const MOST_HOURS = 168;

/** Hours inside. */
const every = duration
  .transform((value) => durationMs(value) / HOUR_MS)
  .refine(
    (hours) => Number.isInteger(hours) && hours >= LEAST_HOURS && hours <= MOST_HOURS,
    'must be whole hours or days, from 1h to 7d',
  )
  .meta({ type: 'string', description: 'How often it is looked at: `1h` to `7d`.' });

const feedFields = { url: webUrl(), every, enabled: z.boolean() };

export const feedInput = z
  .strictObject({ ...feedFields, every: every.default(6), enabled: feedFields.enabled.default(true) })
  .meta({ id: 'FeedInput' });

export const feedPatch = z
  .strictObject({
    url: z.exactOptional(feedFields.url),
    every: z.exactOptional(every),
    enabled: z.exactOptional(feedFields.enabled),
  })
  .meta({ id: 'FeedPatch' });

const yesNo = z.enum(['true', 'false']).transform((value) => value === 'true');

const force = yesNo.default(false).meta({
  description: '`true`: what the file does not name goes, even if it is more than half of what there was.',
});

export const feedImportQuery = z.object({
  partial: yesNo
    .default(false)
    .meta({ description: '`true`: the file is a part of the catalogue, and what it does not name stays in it.' }),
  force,
});

export const feedFetchQuery = z.object({ force });

export const productsQuery = z.object({
  id: z.exactOptional(text(200)),
  group: z.exactOptional(
    text(200).meta({ description: 'Variants of one product: YML’s `group_id`, Google’s `item_group_id`' }),
  ),
  category: z.exactOptional(text(200).meta({ description: 'A category’s name, whichever its level' })),
  available: z.exactOptional(yesNo),
  gone: yesNo.default(false).meta({ description: '`true`: those that stand in no feed any more' }),
  cursor: z.exactOptional(text(200).meta({ description: '`next` of the page before' })),
  limit: z.coerce.number().pipe(z.int().min(1).max(200)).default(50),
});

const time = z.iso.datetime();

const remark = <const R extends readonly string[]>(reasons: R) =>
  z.object({ id: z.string().nullable(), line: z.int(), reason: z.enum(reasons) });

export const feedReportAnswer = z
  .object({
    format: z.enum(['yml', 'rss', 'atom', 'csv', 'tsv']),
    encoding: z.string(),
    offers: z.int().meta({ description: 'In the file.' }),
    accepted: z.int(),
    added: z.int().meta({ description: 'Of those accepted: new in the catalogue.' }),
    changed: z.int().meta({ description: 'Of those accepted: otherwise than before.' }),
    gone: z.int().meta({ description: 'What the file no longer names, and is no longer in the catalogue.' }),
    kept: z.enum(['partial', 'cut_off', 'shrunk']).nullable().meta({
      description:
        'Why what the file does not name stays: it was uploaded as a part, it breaks off, or it has less than half of what there was. Null where it went.',
    }),
    rejected: z
      .array(remark([...REJECTIONS, 'bad_text']))
      .meta({ description: 'Up to 1,000; `line` is where the offer begins.' }),
    mended: z.array(remark(MENDINGS)).meta({ description: 'Accepted, with something put right: up to 1,000.' }),
  })
  .meta({ id: 'FeedReport' });

export const feedAnswer = z
  .object({
    id: z.guid(),
    url: z.string(),
    every: z.string(),
    enabled: z.boolean(),
    nextAt: time.nullable().meta({ description: 'When it is looked at again.' }),
    triedAt: time.nullable(),
    takenAt: time.nullable().meta({ description: 'When the catalogue last was as the feed has it.' }),
    problem: z.string().nullable().meta({
      description:
        'What came of the latest look; null where all is well. `http_<status>`, `timeout`, `no_connection`, `blocked_address` (not a public address), `cut_off` or `shrunk` (see `report.kept`), or what is wrong with the file.',
    }),
    report: feedReportAnswer.nullable().meta({ description: 'Of the file that was read last.' }),
    createdAt: time,
  })
  .meta({ id: 'Feed' });

export const productAnswer = z
  .object({
    id: z.string(),
    group: z.string().nullable(),
    feed: z.guid().nullable().meta({ description: 'The feed that it stands in; null where it was uploaded.' }),
    title: z.string(),
    price: z.number(),
    oldPrice: z.number().nullable().meta({ description: 'What it cost before the shop lowered the price.' }),
    currency: z.string(),
    url: z.string(),
    image: z.string().nullable(),
    categories: z.array(z.string()).meta({ description: 'From the root to the leaf.' }),
    brand: z.string().nullable(),
    description: z.string().nullable().meta({ description: 'Its first sentences, as plain text.' }),
    available: z.boolean().nullable().meta({ description: 'Null where the feed does not say.' }),
    stock: z.int().nullable(),
    firstSeenAt: time,
    lastSeenAt: time,
    backAt: time.nullable().meta({ description: 'When it last came back: it had been sold out, or in no feed.' }),
    droppedAt: time
      .nullable()
      .meta({ description: 'When it last became cheaper than at any time in the 30 days before.' }),
    lowest: z.number().nullable().meta({ description: 'The lowest price of the 30 days before that.' }),
    goneAt: time.nullable(),
  })
  .meta({ id: 'Product' });

// The reasons that the database has are those that the importer writes.
export const describeReport = (report: FeedReport): z.infer<typeof feedReportAnswer> =>
  report as z.infer<typeof feedReportAnswer>;

const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

export const describeFeed = (row: FeedRow): z.infer<typeof feedAnswer> => ({
  id: row.id,
  url: row.url,
  every: row.every % 24 === 0 ? `${row.every / 24}d` : `${row.every}h`,
  enabled: row.enabled,
  nextAt: row.enabled ? iso(row.dueAt) : null,
  triedAt: isoOrNull(row.triedAt),
  takenAt: isoOrNull(row.takenAt),
  problem: row.problem,
  report: row.report && describeReport(row.report),
  createdAt: iso(row.createdAt),
});

export const describeProduct = (row: ProductRow): z.infer<typeof productAnswer> => ({
  id: row.id,
  group: row.groupId,
  feed: row.feedId,
  title: row.title,
  price: row.price,
  oldPrice: row.oldPrice,
  currency: row.currency,
  url: row.url,
  image: row.image,
  categories: row.categories,
  brand: row.brand,
  description: row.description,
  available: row.available,
  stock: row.stock,
  firstSeenAt: iso(row.firstSeenAt),
  lastSeenAt: iso(row.lastSeenAt),
  backAt: isoOrNull(row.backAt),
  droppedAt: isoOrNull(row.droppedAt),
  lowest: row.lowest,
  goneAt: isoOrNull(row.goneAt),
});
