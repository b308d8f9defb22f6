/** What the API answers about visits, decisions and the way to a running shop. */

import { z } from 'zod';
import type { DescribedVisit, ExplainedMoment } from '../actions/visits/explain-visit.ts';
import { iso } from './answers.ts';

const time = z.iso.datetime();

export const setupAnswer = z
  .object({
    ready: z.boolean(),
    steps: z.array(z.object({ step: z.string(), done: z.boolean(), title: z.string(), how: z.string() })),
  })
  .meta({ id: 'Setup' });

export const visitDetail = z
  .object({
    id: z.guid(),
    visitor: z.guid(),
    startedAt: time,
    lastAt: time,
    number: z.int(),
    facts: z.looseObject({}).meta({ description: 'Every fact a rule may ask about; null stands for never.' }),
    items: z.array(z.looseObject({})).meta({ description: 'What would be offered: carted first.' }),
    cart: z.array(z.looseObject({})),
    device: z.string().nullable(),
    browser: z.string().nullable(),
    os: z.string().nullable(),
    country: z.string().nullable(),
    language: z.string().nullable(),
    decisions: z.array(
      z.object({
        rule: z.guid(),
        version: z.int().nullable(),
        arm: z.string().nullable(),
        outcome: z.string(),
        at: time,
      }),
    ),
  })
  .meta({ id: 'Visit' });

export const describeVisit = ({ visit, facts, items, decisions }: DescribedVisit) => ({
  id: visit.id,
  visitor: visit.visitorId,
  startedAt: iso(visit.startedAt),
  lastAt: iso(visit.lastAt),
  number: visit.number,
  // JSON.stringify turns an infinite "days since never" into null, as documented.
  facts,
  items,
  cart: visit.state.cart,
  device: visit.device,
  browser: visit.browser,
  os: visit.os,
  country: visit.country,
  language: visit.language,
  decisions: decisions.map(({ ruleId, ruleVersion, arm, outcome, at }) => ({
    rule: ruleId,
    version: ruleVersion,
    arm,
    outcome,
    at: iso(at),
  })),
});

const explainedGate = z.object({
  gate: z.string(),
  open: z.boolean(),
  value: z.unknown().meta({ description: 'What the gate saw; null where there is nothing to see.' }),
});

/** Times that core tells in ms are told in ISO 8601. */
const TIMED: readonly string[] = ['refused', 'shown'];

export const describeExplained = ({ rules, ...moment }: ExplainedMoment) => ({
  ...moment,
  rules: rules.map((rule) => ({
    ...rule,
    gates: rule.gates.map((one) => ({
      ...one,
      value: TIMED.includes(one.gate) && typeof one.value === 'number' ? iso(one.value) : one.value,
    })),
  })),
});

export const explainAnswer = z
  .object({
    visit: z.guid(),
    moments: z.array(
      z.object({
        moment: z.string(),
        decision: z.looseObject({}).meta({ description: '`{show: rule, arm}` or `{quiet: reason}`' }),
        rules: z.array(
          z.object({
            rule: z.guid(),
            gates: z.array(explainedGate),
            closed: z.string().nullable(),
            when: z.array(z.looseObject({})).meta({ description: 'Each comparison with the value it saw.' }),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Explanation' });
