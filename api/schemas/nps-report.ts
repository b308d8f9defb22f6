/** The report on how likely people are to recommend the shop: what may be asked, and what is answered, as JSON and as a table. */

import { z } from 'zod';
import { type NpsCounts, netScore } from '../../core/stats/net-score.ts';
import type { NpsRow } from '../../db/nps-report.ts';
import type { ShopRow } from '../../db/shops.ts';
import type { NpsReport } from '../actions/reports/report-nps.ts';
import type { Cell } from '../csv.ts';
import { iso } from './answers.ts';
import { dayOrInstant } from './common.ts';

export const npsQuery = z.object({
  from: z
    .exactOptional(dayOrInstant)
    .meta({ description: 'A time, or a day of the shop’s. 365 days before `to` unless told; at most 400.' }),
  to: z.exactOptional(dayOrInstant).meta({ description: 'The first moment beyond, or the last day. Now unless told.' }),
  format: z.exactOptional(z.enum(['json', 'csv'])),
});

const count = z.int();
const share = z.number().nullable().meta({ description: '0 to 1; null where nobody answered.' });

const counts = {
  answers: count,
  promoters: count.meta({ description: '9 and 10.' }),
  passives: count.meta({ description: '7 and 8.' }),
  critics: count.meta({ description: '0 to 6.' }),
  promotersShare: share,
  passivesShare: share,
  criticsShare: share,
  index: z
    .number()
    .nullable()
    .meta({ description: '−100 to 100: percentage of promoters less that of critics; null where nobody answered.' }),
  low: z.number().nullable().meta({ description: 'The interval’s ends.' }),
  high: z.number().nullable(),
};
const month = z.string().meta({ description: '“2026-11”, in the shop’s time zone.' });
const category = z.string().nullable().meta({ description: 'Of the things in the order; null where it isn’t known.' });

export const npsAnswer = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    timezone: z.string(),
    interval: z.object({ method: z.string(), level: z.number() }),
    total: z.object(counts),
    months: z.array(z.object({ month, ...counts })),
    categories: z.array(z.object({ category, ...counts })),
    monthsOfCategories: z.array(z.object({ month, category, ...counts })),
  })
  .meta({ id: 'NpsReport' });

const INTERVAL = { method: 'Bonett–Price adjusted Wald', level: 0.95 };

const describeCounts = ({ promoters, passives, critics }: NpsCounts) => {
  const answers = promoters + passives + critics;
  const score = netScore({ promoters, passives, critics });
  const of = (some: number): number | null => (answers === 0 ? null : some / answers);
  return {
    answers,
    promoters,
    passives,
    critics,
    promotersShare: of(promoters),
    passivesShare: of(passives),
    criticsShare: of(critics),
    index: score?.index ?? null,
    low: score?.low ?? null,
    high: score?.high ?? null,
  };
};

const NOBODY: NpsCounts = { promoters: 0, passives: 0, critics: 0 };

export function describeNps({ from, to, rows }: NpsReport, { timezone }: ShopRow): z.infer<typeof npsAnswer> {
  const total = rows.find((row) => row.month === null && row.everyCategory) ?? NOBODY;
  return {
    from: iso(from),
    to: iso(to),
    timezone,
    interval: INTERVAL,
    total: describeCounts(total),
    months: rows.flatMap((row) =>
      row.month !== null && row.everyCategory ? [{ month: row.month, ...describeCounts(row) }] : [],
    ),
    categories: rows.flatMap((row) =>
      row.month === null && !row.everyCategory ? [{ category: row.category, ...describeCounts(row) }] : [],
    ),
    monthsOfCategories: rows.flatMap((row) =>
      row.month !== null && !row.everyCategory
        ? [{ month: row.month, category: row.category, ...describeCounts(row) }]
        : [],
    ),
  };
}

const COLUMNS = [
  'answers',
  'promoters',
  'passives',
  'critics',
  'promotersShare',
  'passivesShare',
  'criticsShare',
  'index',
  'low',
  'high',
] as const;

/** What stands in a column that sums up all of them. */
const ALL = 'all';

/** The same as one table: an `all` in the first columns for the sum over months or categories. */
export const npsTable = ({ rows }: NpsReport): [names: readonly string[], rows: Cell[][]] => [
  ['month', 'category', ...COLUMNS],
  rows.map((row: NpsRow) => {
    const described = describeCounts(row);
    return [row.month ?? ALL, row.everyCategory ? ALL : row.category, ...COLUMNS.map((column) => described[column])];
  }),
];
