/** Reports: what the numbers say. */

import { z } from 'zod';
import { LEAVING_REASONS } from '../../core/rules/popup.ts';
import { reportExitSignals } from '../actions/reports/report-exit-signals.ts';
import { reportLeavingReasons } from '../actions/reports/report-leaving-reasons.ts';
import { reportReplenishment } from '../actions/reports/report-replenishment.ts';
import { endpoint } from '../http/endpoint.ts';
import { iso } from '../schemas/answers.ts';
import { leavingQuery, periodQuery } from '../schemas/queries.ts';

const count = z.int();

const replenishmentAnswer = z
  .object({
    leastGaps: z.int().meta({ description: 'Fewer gaps, or fewer than three people, are no rhythm.' }),
    items: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        category: z.string().nullable(),
        rhythm: z
          .object({
            days: z.int(),
            from: z.enum(['product', 'category', 'shop', 'orders']),
            gaps: z.int().optional(),
            people: z.int().optional(),
          })
          .nullable()
          .meta({ description: 'What counts; null: nobody knows yet, and no letter is sent.' }),
        measured: z.object({ days: z.number(), gaps: z.int(), people: z.int() }),
      }),
    ),
  })
  .meta({ id: 'Replenishment' });

const exitSignals = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    signals: z.array(
      z.object({
        signal: z.string(),
        visits: count.meta({ description: 'Visits in which it came; each counts once.' }),
        shown: count.meta({ description: 'An offer was shown on it.' }),
        ghost: count.meta({ description: 'No offer was shown: held out, not eligible, quiet.' }),
        left: count.meta({ description: 'Of the ghosts, those after which the visitor did nothing more.' }),
        leftShare: z.number().nullable().meta({ description: '`left / ghost`; null where no ghost came.' }),
      }),
    ),
  })
  .meta({ id: 'ExitSignals' });

const leavingReasons = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    rules: z.array(
      z.object({
        rule: z.string(),
        answers: count,
        reasons: z.array(
          z.object({
            reason: z.enum(LEAVING_REASONS),
            count: count.meta({ description: 'Visits that gave it; each counts once.' }),
            share: z.number().meta({ description: 'Of all answers that the rule got, 0 to 1.' }),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'LeavingReasons' });

export const reportRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/reports/exit-signals',
      access: 'shop',
      tag: 'Reports',
      summary: 'How often each signal of leaving meant leaving',
      description:
        'Judged by the visits in which no offer interfered. The last 30 days unless `from` and `to` say otherwise; visits that may still go on are left out.',
      query: periodQuery,
      answers: { 200: { description: 'Each signal with its counts', schema: exitSignals } },
      problems: ['unauthorized', 'invalid'],
    },
    async ({ deps, shop, query }) => {
      const report = await reportExitSignals(deps, shop, query);
      return { status: 200, body: { ...report, from: iso(report.from), to: iso(report.to) } };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/reports/leaving-reasons',
      access: 'shop',
      tag: 'Reports',
      summary: 'Why visitors said they were leaving',
      description:
        'What visitors answered to a popup with the step `reason`, by rule, the most frequent first. The last 30 days unless `from` and `to` say otherwise.',
      query: leavingQuery,
      answers: { 200: { description: 'Each rule that asked, with its answers', schema: leavingReasons } },
      problems: ['unauthorized', 'invalid'],
    },
    async ({ deps, shop, query }) => {
      const report = await reportLeavingReasons(deps, shop, query);
      return { status: 200, body: { ...report, from: iso(report.from), to: iso(report.to) } };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/reports/replenishment',
      access: 'shop',
      tag: 'Reports',
      summary: 'How long things last',
      description:
        'What people bought again, the most often first: the rhythm by which flows that begin on `runs_out` wait, where it is from, and what the orders of a year say (the median of days between two orders of a thing by one person).',
      answers: { 200: { description: 'Each thing with its rhythm', schema: replenishmentAnswer } },
      problems: ['unauthorized'],
    },
    async ({ deps, shop }) => ({ status: 200, body: await reportReplenishment(deps, shop) }),
  ),
];
