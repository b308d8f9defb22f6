/** Reports on rules: what may be asked, and what is answered. */

import { z } from 'zod';
import type { ArmSample } from '../../core/experiments/experiment.ts';
import { meanOf } from '../../core/stats/difference.ts';
import type { FunnelRow } from '../../db/funnel.ts';
import type { ShopRow } from '../../db/shops.ts';
import type { ExperimentReport } from '../actions/reports/report-experiment.ts';
import type { FunnelReport } from '../actions/reports/report-funnel.ts';
import type { Cell } from '../csv.ts';
import { iso } from './answers.ts';
import { dayOrInstant, text, uuid } from './common.ts';

const period = {
  from: z
    .exactOptional(dayOrInstant)
    .meta({ description: 'A time, or a day of the shop’s. 30 days before `to` unless told; at most 400.' }),
  to: z.exactOptional(dayOrInstant).meta({ description: 'The first moment beyond, or the last day. Now unless told.' }),
};

export const window = z
  .string()
  .regex(/^([1-9]|[1-5]\d|60)$/, 'must be 1 to 60')
  .transform(Number)
  .default(7)
  .meta({ description: 'Times 24 hours in which an order counts.' });

export const experimentQuery = z.object({
  rule: uuid,
  ...period,
  window,
  against: z
    .exactOptional(text(40))
    .meta({ description: 'The arm that the others are compared with; `holdout` where there is one.' }),
});

export const funnelQuery = z.object({
  rule: z.exactOptional(uuid),
  ...period,
  window,
  format: z.exactOptional(z.enum(['json', 'csv'])),
});

const count = z.int();
const money = z.number();
const time = z.iso.datetime();
const arm = z
  .string()
  .nullable()
  .meta({ description: 'A variant’s key, `holdout`, or null where the rule has no variants.' });

export const experimentAnswer = z
  .object({
    rule: z.guid(),
    name: z.string(),
    from: time,
    to: time,
    window: count,
    currency: z.string(),
    margin: z.number().nullable(),
    arms: z.array(
      z.object({
        arm,
        eligible: count.meta({ description: 'People to whom the rule would have spoken, whichever arm they drew.' }),
        waiting: count.meta({ description: 'Of them, those whose window is still open.' }),
        buyers: count,
        orders: count,
        revenue: money.meta({ description: 'What was paid, in the shop’s currency.' }),
        discount: money.meta({ description: 'What codes of ours took off those orders.' }),
        net: money.meta({
          description: '`margin` × (revenue + discount) − discount; without a margin what was paid.',
        }),
        netPerEligible: z.number(),
      }),
    ),
    comparisons: z.array(
      z.object({
        arm: z.string().nullable().meta({ description: 'An arm, or `all` for those of an adaptive rule together.' }),
        against: arm,
        difference: z
          .object({ value: z.number(), low: z.number(), high: z.number() })
          .nullable()
          .meta({ description: 'Net revenue per eligible person beyond that of `against`, with its interval.' }),
        lift: z.number().nullable().meta({ description: 'The same as a share of what `against` leaves.' }),
        verdict: z.enum(['more', 'less', 'undecided', 'too_early']),
        needed: count.nullable().meta({
          description:
            'About how many more eligible people it takes at today’s difference and shares; null where nobody can say.',
        }),
      }),
    ),
    ratio: z.object({ statistic: z.number(), p: z.number(), ok: z.boolean() }).nullable().meta({
      description:
        'Chi-square test of the arms’ sizes against their shares. Where `ok` is false (p < 0.001), don’t trust the comparisons. Null: too few to tell.',
    }),
    orders: z.object({ placed: count, tied: count }).meta({
      description:
        'Orders of the whole shop in the time, and those tied to a known browser: only these can be counted for an arm.',
    }),
  })
  .meta({ id: 'Experiment' });

export const describeExperiment = (
  report: ExperimentReport,
  shop: ShopRow,
  windowDays: number,
): z.infer<typeof experimentAnswer> => ({
  rule: report.rule.id,
  name: report.rule.name,
  from: iso(report.from),
  to: iso(report.to),
  window: windowDays,
  currency: shop.currency,
  margin: report.margin,
  arms: report.arms.map(({ count: eligible, sum, squares, ...one }) => ({
    arm: one.arm,
    eligible,
    waiting: one.waiting,
    buyers: one.buyers,
    orders: one.orders,
    revenue: one.revenue,
    discount: one.discount,
    net: sum,
    netPerEligible: meanOf({ count: eligible, sum, squares } satisfies Omit<ArmSample, 'arm' | 'buyers'>),
  })),
  comparisons: report.comparisons,
  ratio: report.ratio,
  orders: report.orders,
});

const read = (what: string) =>
  count.nullable().meta({
    description: `Letters ${what} for the first time; null, which is not 0, where no provider ever told of it.`,
  });

export const funnelAnswer = z
  .object({
    from: time,
    to: time,
    timezone: z.string(),
    window: count,
    currency: z.string(),
    margin: z.number().nullable(),
    rows: z.array(
      z.object({
        day: z.iso.date().meta({ description: 'In the shop’s time zone.' }),
        rule: z.guid(),
        name: z.string(),
        arm,
        eligible: count.meta({ description: 'Visitors to whom the rule would have spoken for the first time.' }),
        shown: count.meta({ description: 'Visitors who saw it.' }),
        accepted: count.meta({ description: 'Visitors who took it.' }),
        sent: count.meta({ description: 'Letters of the chains that it began.' }),
        opened: read('opened'),
        clicked: read('clicked'),
        redeemed: count.meta({ description: 'Codes.' }),
        orders: count,
        revenue: money,
        discount: money,
        net: money,
      }),
    ),
  })
  .meta({ id: 'Funnel' });

type FunnelLine = z.infer<typeof funnelAnswer>['rows'][number];

const describeRow = ({ ruleId, ...row }: FunnelRow): FunnelLine => ({
  day: row.day,
  rule: ruleId,
  name: row.name,
  arm: row.arm,
  eligible: row.eligible,
  shown: row.shown,
  accepted: row.accepted,
  sent: row.sent,
  opened: row.opened,
  clicked: row.clicked,
  redeemed: row.redeemed,
  orders: row.orders,
  revenue: row.revenue,
  discount: row.discount,
  net: row.net,
});

export const describeFunnel = (
  report: FunnelReport,
  shop: ShopRow,
  windowDays: number,
): z.infer<typeof funnelAnswer> => ({
  from: iso(report.from),
  to: iso(report.to),
  timezone: shop.timezone,
  window: windowDays,
  currency: shop.currency,
  margin: shop.settings.margin,
  rows: report.rows.map(describeRow),
});

const COLUMNS = [
  'day',
  'rule',
  'name',
  'arm',
  'eligible',
  'shown',
  'accepted',
  'sent',
  'opened',
  'clicked',
  'redeemed',
  'orders',
  'revenue',
  'discount',
  'net',
] as const satisfies readonly (keyof FunnelLine)[];

/** The same rows as a table with names above. */
export const funnelTable = ({ rows }: FunnelReport): [names: readonly string[], rows: Cell[][]] => [
  COLUMNS,
  rows.map(describeRow).map((row) => COLUMNS.map((column) => row[column])),
];
