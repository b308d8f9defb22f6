/** Flows as an admin writes them, with the defaults filled in. */

import { z } from 'zod';
import { trialsOf } from '../../core/experiments/trial.ts';
import {
  ENTRY_EVENTS,
  type Entry,
  type Flow,
  NPS_GROUPS,
  ORDER_STATUSES,
  STOP_EVENTS,
  type StopEvent,
  WHOM,
} from '../../core/flows/flow.ts';
import { HOLIDAY_KEYS } from '../../core/holidays/holiday.ts';
import { durationMs } from '../../core/values/duration.ts';
import { FORM_KINDS, SHARE_ACTS } from '../../core/visits/event.ts';
import { duration, endingKind, text, timeOfDay } from './common.ts';
import { contactCondition } from './condition.ts';
import { step } from './step.ts';

const flowKey = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1 to 63 of a–z, 0–9 and -, not beginning with -');

const days = duration.refine((value) => /[dw]$/.test(value), 'must be days or weeks, such as 3d');

/** As far back as visits are asked about what somebody likes. */
const MOST_INTEREST_MS = 90 * 86_400_000;

/** What narrows an entry down, by its event; the other events take nothing. */
const DETAILS: { [on in Entry['on']]?: z.ZodRawShape } = {
  absent: { after: duration.default('30d') },
  cart_abandoned: { after: duration.default('1h') },
  browse_abandoned: { after: duration.default('4h') },
  form_submitted: { form: z.exactOptional(z.enum(FORM_KINDS)) },
  shared: { act: z.exactOptional(z.enum(SHARE_ACTS)) },
  order_status: { status: z.exactOptional(z.enum(ORDER_STATUSES)) },
  nps_answered: { group: z.exactOptional(z.enum(NPS_GROUPS)) },
  segment_entered: { segment: flowKey },
  segment_left: { segment: flowKey },
  date: {
    field: text(40).meta({ description: '`birthday`, or the name of a date that you tell of.' }),
    before: z.exactOptional(days),
    at: z.exactOptional(timeOfDay),
  },
  holiday: {
    holidays: z.exactOptional(z.array(z.enum(HOLIDAY_KEYS)).min(1).max(HOLIDAY_KEYS.length)).meta({
      description:
        'Which days (`GET /v1/holidays` lists them). Without it those on which presents are given in the shop’s country.',
    }),
    of: z.exactOptional(z.literal('last_order')).meta({
      description: 'Counts from the last day to order by for delivery in time, in place of the day itself.',
    }),
    before: z.exactOptional(days).meta({ description: 'Without it as many days as suit each.' }),
    at: z.exactOptional(timeOfDay),
  },
  ends: {
    before: z.union([days, z.array(days).min(1).max(10)], 'must be days or weeks, such as 3d, or a list of them'),
    what: z.exactOptional(endingKind).meta({
      description:
        '`subscription`, `points` or whatever you tell of; `code` for the codes that Linger gives. Without it everything but codes and points.',
    }),
    at: z.exactOptional(timeOfDay),
  },
  runs_out: { before: z.exactOptional(days), at: z.exactOptional(timeOfDay) },
  item_back: { whom: z.exactOptional(z.enum(WHOM)) },
  item_price_dropped: {
    within: z.exactOptional(days.refine((value) => durationMs(value) <= MOST_INTEREST_MS, 'must be at most 90d')),
    by: z.exactOptional(z.number().min(1).max(90)),
  },
  custom: { name: text(60) },
};

const entry = z.discriminatedUnion(
  'on',
  ENTRY_EVENTS.map((on) => z.strictObject({ on: z.literal(on), ...DETAILS[on] })) as never,
) as unknown as z.ZodType<Entry>;

const moment = z.iso.datetime({ offset: true, message: 'must be a time such as 2026-11-22T09:30:00Z' });

/** News of an order must not end with the next word about it. */
const usualStops = ({ purpose, entry }: { purpose: Flow['purpose']; entry: Entry }): StopEvent[] => {
  if (purpose === 'transactional') return [];
  return STOP_EVENTS.filter((event) => event !== 'purchased' || !entry.on.startsWith('order_'));
};

export const flowInput = z
  .strictObject({
    // `GET /v1/flows/recipes` is a list.
    key: flowKey.refine((key) => key !== 'recipes', 'must not be "recipes"'),
    name: z.exactOptional(text(120)),
    enabled: z.boolean().default(true),
    purpose: z.enum(['marketing', 'transactional']).default('marketing'),
    entry: entry.prefault({ on: 'offer_accepted' }),
    filter: z.exactOptional(contactCondition),
    lost: z.exactOptional(
      z.literal(true).meta({
        description:
          'Also for those whom the tag `lost` keeps out of whatever else sells: they have reacted to nothing.',
      }),
    ),
    reentry: z.exactOptional(duration),
    startsAt: z.exactOptional(moment),
    endsAt: z.exactOptional(moment),
    intent: z.exactOptional(flowKey),
    priority: z.exactOptional(z.int().min(-1_000).max(1_000)),
    goal: z.exactOptional(z.strictObject({ on: z.literal('purchased'), within: duration })),
    holdout: z.exactOptional(
      z.number().min(0).max(0.5, 'must be at most 0.5').meta({
        description:
          'Share of the contacts who would enter that gets nothing, the same ones every time (default 0). `GET /v1/reports/flows` compares what both leave the shop. Not for flows that answer somebody: transactional ones, and those that begin with an accepted offer, which has a holdout in its rule.',
      }),
    ),
    stopOn: z.exactOptional(z.array(z.enum(STOP_EVENTS)).max(STOP_EVENTS.length)).meta({
      description:
        'Without it: everything for a marketing flow, but a purchase for one that begins with an order; nothing for a transactional one.',
    }),
    steps: z.array(step).min(1, 'must have at least one step').max(50, 'must have at most 50 steps'),
  })
  .refine((flow) => !flow.startsAt || !flow.endsAt || Date.parse(flow.startsAt) < Date.parse(flow.endsAt), {
    path: ['endsAt'],
    message: 'must be later than startsAt',
  })
  .refine(({ holdout, purpose, entry }) => !holdout || (purpose === 'marketing' && entry.on !== 'offer_accepted'), {
    path: ['holdout'],
    message: 'can not keep back what somebody waits for: news of an order, or the offer they accepted',
  })
  .superRefine((flow, context) => {
    if (flow.goal) return;
    for (const { path, by } of trialsOf(flow)) {
      const message = 'must not be goal: the flow has none';
      if (by === 'goal') context.addIssue({ code: 'custom', path: [...path.split('.'), 'decideBy'], message });
    }
  })
  .transform((flow) => ({ ...flow, name: flow.name ?? flow.key, stopOn: flow.stopOn ?? usualStops(flow) }))
  .meta({ id: 'FlowInput' }) satisfies z.ZodType<Flow>;
