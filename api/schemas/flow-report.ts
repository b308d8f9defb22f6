/** The report on flows: what may be asked, and what is answered, as JSON and as a table. */

import { z } from 'zod';
import { TRIAL_MEASURES } from '../../core/flows/flow.ts';
import { meanOf } from '../../core/stats/difference.ts';
import type { GroupRow, LetterRow } from '../../db/flow-report.ts';
import type { ShopRow } from '../../db/shops.ts';
import type { FlowReport, HoldoutReport, TrialReport } from '../actions/reports/report-flows.ts';
import type { Cell } from '../csv.ts';
import { iso } from './answers.ts';
import { dayOrInstant, text } from './common.ts';
import { window } from './report.ts';

export const flowReportQuery = z.object({
  flow: z.exactOptional(text(63)).meta({ description: 'A flow’s key; all flows unless told.' }),
  from: z
    .exactOptional(dayOrInstant)
    .meta({ description: 'A time, or a day of the shop’s. 30 days before `to` unless told; at most 400.' }),
  to: z.exactOptional(dayOrInstant).meta({ description: 'The first moment beyond, or the last day. Now unless told.' }),
  window,
  by: z.exactOptional(z.enum(['day'])).meta({ description: '`day`: a row for each day in the shop’s zone.' }),
  format: z.exactOptional(z.enum(['json', 'csv'])),
});

const count = z.int();
const money = z.number();
const time = z.iso.datetime();
const told = count.nullable().meta({
  description: 'Null, which is not 0, where nobody ever told of it: a mail server tells of no delivery.',
});
const rate = z.number().nullable().meta({ description: '0 to 1; null where there is nothing to divide by.' });

const letterAnswer = z.object({
  day: z.iso.date().nullable().meta({ description: 'On which the letters left; null unless `by=day`.' }),
  flow: z.string(),
  step: count.meta({ description: 'Its place in the flow as it runs, from 0.' }),
  letter: z.string(),
  variant: count
    .nullable()
    .meta({ description: 'Which of the step’s `variants` or `subjects`, from 0; null where it tries none.' }),
  sent: count,
  delivered: told,
  opened: told.meta({
    description: 'Unsure: mail programs open letters that nobody reads, and hide that others were.',
  }),
  clicked: told.meta({ description: 'By people: scanners and prefetching are left out.' }),
  converted: count.meta({ description: 'Letters that an order is counted for.' }),
  orders: count,
  revenue: money.meta({ description: 'What was paid, in the shop’s currency.' }),
  discount: money.meta({ description: 'What codes of ours took off.' }),
  net: money.meta({ description: '`margin` × (revenue + discount) − discount; without a margin what was paid.' }),
  goals: count.nullable().meta({
    description:
      'Runs that came to the flow’s `goal` within its time, by their latest letter before; null where the flow has no goal.',
  }),
  unsubscribed: count,
  complained: told,
  bounced: told,
  deliveredRate: rate,
  openRate: rate,
  clickRate: rate.meta({ description: 'CTR: `clicked / sent`.' }),
  clickToOpenRate: rate.meta({ description: '`clicked / opened`; above 1 where opens are hidden.' }),
  conversionRate: rate,
  revenuePerLetter: z.number().nullable(),
  netPerLetter: z.number().nullable(),
  goalRate: rate,
  unsubscribeRate: rate,
  complaintRate: rate,
  bounceRate: rate,
});

type LetterAnswer = z.infer<typeof letterAnswer>;

const groupAnswer = z.object({
  people: count,
  waiting: count.meta({ description: 'Of them, those whose window is still open.' }),
  buyers: count,
  orders: count,
  revenue: money,
  discount: money,
  net: money,
  netPerPerson: z.number(),
});

const trialAnswer = z.object({
  flow: z.string(),
  step: count.meta({ description: 'Its place in the flow as it runs, as in `letters`.' }),
  path: z.string().meta({ description: 'The step, such as `steps.2`.' }),
  letter: z.string(),
  decideBy: z.enum(TRIAL_MEASURES),
  windowHours: z.number().meta({
    description: 'How long after a letter was planned what its reader does counts. People count once it is over.',
  }),
  startedAt: time.nullable(),
  verdict: z.enum(['winner', 'undecided', 'too_early']).meta({
    description:
      '`winner`: `winner` is better than each of the others beyond chance, and everybody gets it from `decidedAt` on; `too_early`: not enough data yet, fewer than 30 clicks or purchases a variant are to be expected; `undecided`: there are enough, and they are too close.',
  }),
  leader: count.nullable(),
  winner: count.nullable(),
  decidedAt: time.nullable(),
  needed: count.nullable().meta({ description: 'About how many more people it takes; null where nobody can say.' }),
  variants: z.array(
    z.object({
      variant: count,
      people: count.meta({ description: 'Each once, by the first letter, whatever became of it.' }),
      reached: count.meta({ description: 'Of them, those who clicked, or bought.' }),
      rate,
      behind: z
        .object({ value: z.number(), low: z.number(), high: z.number() })
        .nullable()
        .meta({ description: 'How far the leader’s rate lies beyond this one’s, with its interval.' }),
    }),
  ),
});

export const flowReportAnswer = z
  .object({
    from: time,
    to: time,
    timezone: z.string(),
    window: count,
    currency: z.string(),
    margin: z.number().nullable(),
    letters: z.array(letterAnswer),
    trials: z.array(trialAnswer).meta({
      description:
        'What the flows as they are now try, over all the time that these very variants have been tried. The verdict may be read as often as one likes: that one of equal variants is ever called the winner has a chance of at most 5 %.',
    }),
    holdouts: z.array(
      z.object({
        flow: z.string(),
        entered: groupAnswer.nullable(),
        held: groupAnswer.nullable(),
        difference: z
          .object({ value: z.number(), low: z.number(), high: z.number() })
          .nullable()
          .meta({ description: 'Net per person who entered beyond that of those held out, with its interval.' }),
        lift: z.number().nullable().meta({ description: 'The same as a share of what those held out leave.' }),
        verdict: z.enum(['more', 'less', 'undecided', 'too_early']),
        needed: count
          .nullable()
          .meta({ description: 'About how many more people it takes; null where nobody can say.' }),
      }),
    ),
  })
  .meta({ id: 'FlowReport' });

const ratio = (part: number | null, whole: number | null): number | null =>
  part === null || !whole ? null : part / whole;

const describeLetter = (row: LetterRow): LetterAnswer => ({
  day: row.day,
  flow: row.flow,
  step: row.step,
  letter: row.letter,
  variant: row.variant,
  sent: row.sent,
  delivered: row.delivered,
  opened: row.opened,
  clicked: row.clicked,
  converted: row.converted,
  orders: row.orders,
  revenue: row.revenue,
  discount: row.discount,
  net: row.net,
  goals: row.goals,
  unsubscribed: row.unsubscribed,
  complained: row.complained,
  bounced: row.bounced,
  deliveredRate: ratio(row.delivered, row.sent),
  openRate: ratio(row.opened, row.sent),
  clickRate: ratio(row.clicked, row.sent),
  clickToOpenRate: ratio(row.clicked, row.opened),
  conversionRate: ratio(row.converted, row.sent),
  revenuePerLetter: ratio(row.revenue, row.sent),
  netPerLetter: ratio(row.net, row.sent),
  goalRate: ratio(row.goals, row.sent),
  unsubscribeRate: ratio(row.unsubscribed, row.sent),
  complaintRate: ratio(row.complained, row.sent),
  bounceRate: ratio(row.bounced, row.sent),
});

const describeGroup = (group: GroupRow | undefined): z.infer<typeof groupAnswer> | null =>
  group
    ? {
        people: group.count,
        waiting: group.waiting,
        buyers: group.buyers,
        orders: group.orders,
        revenue: group.revenue,
        discount: group.discount,
        net: group.sum,
        netPerPerson: meanOf(group),
      }
    : null;

const describeHoldout = ({ flow, groups, comparison }: HoldoutReport) => ({
  flow,
  entered: describeGroup(groups.find(({ held }) => !held)),
  held: describeGroup(groups.find(({ held }) => held)),
  difference: comparison?.difference ?? null,
  lift: comparison?.lift ?? null,
  verdict: comparison?.verdict ?? ('too_early' as const),
  needed: comparison?.needed ?? null,
});

const describeTrial = (trial: TrialReport): z.infer<typeof trialAnswer> => ({
  flow: trial.flow,
  step: trial.place,
  path: trial.path,
  letter: trial.letter,
  decideBy: trial.by,
  windowHours: trial.plan.windowMs / 3_600_000,
  startedAt: trial.startedAt === null ? null : iso(trial.startedAt),
  verdict: trial.winner === null && trial.judgement.verdict === 'winner' ? 'undecided' : trial.judgement.verdict,
  leader: trial.judgement.leader,
  winner: trial.winner,
  decidedAt: trial.decidedAt === null ? null : iso(trial.decidedAt),
  needed: trial.judgement.needed,
  variants: trial.arms.map(({ people, reached }, variant) => ({
    variant,
    people,
    reached,
    rate: ratio(reached, people),
    behind: trial.judgement.beyond[variant] ?? null,
  })),
});

export const describeFlowReport = (
  report: FlowReport,
  shop: ShopRow,
  windowDays: number,
): z.infer<typeof flowReportAnswer> => ({
  from: iso(report.from),
  to: iso(report.to),
  timezone: shop.timezone,
  window: windowDays,
  currency: shop.currency,
  margin: shop.settings.margin,
  letters: report.letters.map(describeLetter),
  trials: report.trials.map(describeTrial),
  holdouts: report.holdouts.map(describeHoldout),
});

/** The letters as a table with names above. */
export const flowTable = ({ letters }: FlowReport): [names: readonly string[], rows: Cell[][]] => {
  const columns = Object.keys(letterAnswer.shape) as (keyof LetterAnswer)[];
  return [columns, letters.map(describeLetter).map((row) => columns.map((column) => row[column]))];
};
