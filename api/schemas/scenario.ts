/** Made-up people and what happens to them, as an admin writes them, and the plans that come of it. */

import { z } from 'zod';
import { ORDER_STATUSES, WHOM } from '../../core/flows/flow.ts';
import { AWAY_REASONS } from '../../core/letters/letter-wishes.ts';
import type { PlanLine } from '../../core/simulation/plan.ts';
import type { ExpectedLine, Scenario, ScenarioEvent, ScenarioPerson } from '../../core/simulation/scenario.ts';
import { FORM_KINDS, SHARE_ACTS } from '../../core/visits/event.ts';
import type { Simulated, SimulatedScenario } from '../actions/flows/simulate-flow.ts';
import type { ChangedPlan } from '../actions/flows/try-scenarios.ts';
import { flowAnswer, iso, recommendationAnswer } from './answers.ts';
import { amount, deliveryDays, endingKind, instant, locale, text, timezone, uuid } from './common.ts';
import { item } from './item.ts';
import { offer } from './offer.ts';
import { patchBody } from './patch.ts';

const MOST_EVENTS = 200;
const MOST_DAYS = 400;

const count = z.int().min(0).max(1e6);
const names = z.array(text(200)).max(100);
const told = z.strictObject({ categories: z.exactOptional(names), ids: z.exactOptional(names) });
const fifth = z.int().min(1).max(5);
const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1 to 63 of a–z, 0–9 and -, not beginning with -');

const yearly = z
  .string()
  .regex(/^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be a day such as 03-27 or 1990-03-27');

const facts = z.strictObject({
  orders: z.exactOptional(count),
  spent: z.exactOptional(amount),
  firstOrderAt: z.exactOptional(instant),
  lastOrderAt: z.exactOptional(instant),
  lastVisitAt: z.exactOptional(instant),
  lastClickAt: z.exactOptional(instant),
  lastViewAt: z.exactOptional(instant),
  lastCartAt: z.exactOptional(instant),
  interests: z.exactOptional(told),
  bought: z.exactOptional(told),
  opened: z.exactOptional(count),
  clicked: z.exactOptional(count),
  nps: z.exactOptional(z.int().min(0).max(10)),
  reason: z.exactOptional(text(200)),
  tags: z.exactOptional(names),
  codeUsed: z.exactOptional(z.boolean()),
  source: z.exactOptional(text(200)),
  city: z.exactOptional(text(200)),
  birthday: z.exactOptional(yearly),
  rfm: z.exactOptional(z.strictObject({ recency: fifth, frequency: fifth, monetary: fifth })),
});

const person = z.strictObject({
  id: z.exactOptional(uuid),
  name: z.exactOptional(text(120)),
  locale: z.exactOptional(locale),
  timezone: z.exactOptional(timezone),
  marketing: z.exactOptional(z.enum(['none', 'subscribed', 'unsubscribed'])),
  pausedUntil: z.exactOptional(instant),
  muted: z.exactOptional(names),
  facts: z.exactOptional(facts),
}) satisfies z.ZodType<ScenarioPerson<number>>;

const items = z.exactOptional(z.array(item).max(50));
const EVENTS = {
  offer_accepted: { flow: z.exactOptional(key), offer: z.exactOptional(offer), items },
  visited: { viewed: items, carted: items, shared: z.exactOptional(z.enum(SHARE_ACTS)) },
  ordered: { order: text(200), status: z.exactOptional(z.enum(ORDER_STATUSES)), total: z.exactOptional(amount), items },
  redeemed: {},
  subscribed: {},
  unsubscribed: {},
  bounced: {},
  complained: {},
  contact_known: {},
  registered: {},
  form_submitted: { form: z.enum(FORM_KINDS), items },
  clicked: { letter: z.exactOptional(text(200)) },
  nps_answered: { score: z.int().min(0).max(10) },
  reason_given: { reason: z.enum(AWAY_REASONS) },
  reviewed: { stars: z.int().min(1).max(5) },
  changed: { locale: z.exactOptional(locale), timezone: z.exactOptional(timezone), tags: z.exactOptional(names) },
  paused: { until: instant },
  muted: { topics: names },
  code_issued: { offer: z.exactOptional(offer), items },
  ends: {
    thing: z.exactOptional(text(200)),
    what: z.exactOptional(endingKind),
    title: z.exactOptional(text(120)),
    points: z.exactOptional(z.number().positive().max(1e9)),
    endsAt: z.exactOptional(instant),
    items,
  },
  item_back: { whom: z.exactOptional(z.enum(WHOM)), items },
  item_price_dropped: { items },
  items_arrived: { items },
  segment_entered: { segment: key },
  segment_left: { segment: key },
  date: { field: text(40), date: z.exactOptional(yearly) },
  custom: { name: text(60), items },
} satisfies { [on in ScenarioEvent<number>['on']]: z.ZodRawShape };

const event = z.discriminatedUnion(
  'on',
  Object.entries(EVENTS).map(([on, details]) =>
    z.strictObject({ at: instant, on: z.literal(on), ...details }),
  ) as never,
) as unknown as z.ZodType<ScenarioEvent<number>>;

const word = z.exactOptional(text(200));
const expected = z
  .strictObject({ at: z.exactOptional(instant), flow: word, do: word, step: word, what: word, reason: word })
  .refine((line) => Object.keys(line).length > 0, 'must say something') satisfies z.ZodType<ExpectedLine<number>>;

const fields = {
  person: person.prefault({}).meta({
    description: 'Who they are when it begins. Subscribed, in the shop’s zone and language, where nothing is said.',
  }),
  events: z
    .array(event)
    .max(MOST_EVENTS)
    .default([])
    .meta({
      description: `What happens to them, each \`{at, on, …}\` with \`on\` one of ${Object.keys(EVENTS).join(', ')}.`,
      items: { type: 'object' },
    }),
  lasts: z.exactOptional(
    z
      .record(text(200), z.int().min(1).max(730))
      .meta({ description: 'How many days things last, by their ids, over what the shop says.' }),
  ),
  deliveryDays: z.exactOptional(
    deliveryDays.meta({ description: 'Working days that delivery takes, over what the shop says.' }),
  ),
  goesWith: z.exactOptional(
    z
      .record(text(200), z.array(text(200)).max(50))
      .meta({ description: 'What goes with things, by their ids, in place of what the shop’s orders and visits say.' }),
  ),
  beside: z.exactOptional(
    z.array(key).max(20).meta({ description: 'Keys of the shop’s other flows that run beside.' }),
  ),
  from: z.exactOptional(instant.meta({ description: 'When it begins: with the first event by default.' })),
  days: z.exactOptional(
    z.int().min(1).max(MOST_DAYS).meta({ description: 'How long it goes on after the last event: 90 by default.' }),
  ),
};

export const scenarioInput = z
  .strictObject({
    ...fields,
    expect: z.exactOptional(
      z.array(expected).max(200).meta({ description: 'Lines that the plan must have, in this order.' }),
    ),
  })
  .meta({ id: 'ScenarioInput' }) satisfies z.ZodType<Scenario<number>>;

export const simulateInput = z
  .strictObject({
    ...fields,
    flow: z.exactOptional(
      patchBody.meta({ description: 'Laid over the flow as PATCH would, or a whole flow that isn’t saved yet.' }),
    ),
  })
  .meta({ id: 'SimulateInput' });

const time = z.iso.datetime();
const planLine = z.object({
  at: time,
  flow: z.string(),
  chain: z.int().nullable().meta({ description: 'Which run of the flow, from 1; null for who is kept out.' }),
  step: z.string().nullable().meta({ description: 'The step’s path in the flow.' }),
  do: z.string(),
  what: z.string().nullable(),
  reason: z.string(),
  until: time.nullable(),
});
const plan = z
  .array(planLine)
  .meta({ id: 'Plan', description: 'Each step, and each step not taken, with its reason.' });

export const simulationAnswer = z
  .object({
    plan,
    letters: z.array(
      z.object({
        at: time,
        flow: z.string(),
        letter: z.string(),
        subject: z.string(),
        html: z.string(),
        text: z.string(),
        recommended: recommendationAnswer.nullable(),
      }),
    ),
    whole: z.boolean().meta({ description: 'False: the plan is longer than what is shown.' }),
  })
  .meta({ id: 'Simulation' });

const unmetLines = z
  .array(z.looseObject({}))
  .meta({ description: 'Lines that were expected and that the plan doesn’t have, or not in this order.' });

export const scenarioAnswer = z
  .looseObject({ name: z.string(), plan, unmet: unmetLines, updatedAt: time })
  .meta({ id: 'Scenario' });

const changedPlans = z.array(z.object({ scenario: z.string(), was: plan, is: plan, unmet: unmetLines })).meta({
  description:
    'Scenarios whose plan is another now than when it was last accepted. Saving the scenario again accepts the new plan.',
});

export const changedFlowAnswer = flowAnswer.extend({ changed: changedPlans }).meta({ id: 'ChangedFlow' });

const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

const describePlan = (lines: readonly PlanLine[]) =>
  lines.map(({ at, until, ...line }) => ({ at: iso(at), ...line, until: isoOrNull(until) }));

const describeUnmet = (lines: readonly ExpectedLine<number>[]) =>
  lines.map(({ at, ...line }) => (at === undefined ? line : { at: iso(at), ...line }));

export const describeSimulation = ({ plan, letters }: Simulated) => ({
  plan: describePlan(plan.lines),
  letters: letters.map(({ at, ...letter }) => ({ at: iso(at), ...letter })),
  whole: plan.whole,
});

export const describeScenario = ({ name, given, plan, unmet, updatedAt }: SimulatedScenario) => ({
  name,
  ...given,
  plan: describePlan(plan),
  unmet: describeUnmet(unmet),
  updatedAt: iso(updatedAt),
});

export const describeChange = ({ scenario, was, is, unmet }: ChangedPlan) => ({
  scenario,
  was: describePlan(was),
  is: describePlan(is),
  unmet: describeUnmet(unmet),
});
