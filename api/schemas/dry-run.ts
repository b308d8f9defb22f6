/** Dry runs: what is asked, and what is told of it. */

import { z } from 'zod';
import { MOMENTS } from '../../core/rules/rule.ts';
import type { RuleAdvice } from '../actions/rules/advise-rules.ts';
import type { DryRun } from '../actions/rules/dry-run-rule.ts';
import { iso } from './answers.ts';
import { dayOrInstant } from './common.ts';
import { patchBody } from './patch.ts';
import { ruleInput } from './rule.ts';

const period = {
  from: z.exactOptional(
    dayOrInstant.meta({
      description:
        'A time, or a day of the shop’s: visits that began from here on. 30 days before `to` by default; at most 400.',
    }),
  ),
  to: z.exactOptional(
    dayOrInstant.meta({ description: 'And before this time, or until the end of this day. Now by default.' }),
  ),
};

export const dryRunInput = z.strictObject({ rule: ruleInput, ...period }).meta({ id: 'DryRunInput' });

export const dryRunChangeInput = z
  .strictObject({
    change: z.exactOptional(patchBody.meta({ description: 'Laid over the rule as PATCH would, and not saved.' })),
    ...period,
  })
  .meta({ id: 'DryRunChangeInput' });

const count = (what: string) => z.int().meta({ description: what });
const money = (what: string) => z.number().meta({ description: what });

const reached = count('Of these, those in which the rule’s moment came.');
const eligible = count('Of these, those in which every gate of the rule was open then.');
const shown = count('Of these, those in which no rule of higher priority goes first: what would have been shown.');
const boughtAnyway = count('Of those shown, those that went on to buy in the visit.');
const discount = z.object({
  boughtAnyway: money('The discount on what was bought anyway: given away for nothing.'),
  carts: money('The discount on the carts as they were at that moment: the most it costs, should all use it.'),
  unknownPurchases: count('Purchases without a known value, which count for nothing above.'),
  unknownCarts: count('Carts without one.'),
});

export const dryRunAnswer = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    currency: z.string(),
    visits: count('Visits that began in the period.'),
    ongoing: count('Of these, those that may go on, heard of in the last half hour: judged by what they were so far.'),
    reached,
    eligible,
    shown,
    boughtAnyway,
    quiet: z
      .record(z.string(), z.int())
      .meta({ description: 'Why it kept quiet where its moment came: each closed gate with its visits.' }),
    overlap: z
      .array(z.object({ rule: z.guid(), name: z.string(), visits: z.int(), first: z.int() }))
      .meta({ description: 'Other rules that could have spoken at the same moments; `first`: that go before it.' }),
    discount,
    arms: z
      .array(z.object({ arm: z.string(), moment: z.enum(MOMENTS), reached, eligible, shown, boughtAnyway, discount }))
      .meta({
        description:
          'Where variants have moments of their own: when each would have spoken, in which visits and at what price, had everybody drawn it. Empty where all share the rule’s.',
      }),
  })
  .meta({ id: 'DryRun' });

const depth = z.object({
  atLeast: z
    .number()
    .nullable()
    .meta({ description: 'The proposal: the bound that tells buyers from others best; null where none does.' }),
  steps: z.array(
    z.object({
      atLeast: z.number(),
      visits: count('Visits that went so deep.'),
      bought: count('Of these, those that bought.'),
    }),
  ),
});

export const adviceAnswer = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    currency: z.string(),
    visits: count('Visits that the advice rests on: at most 20,000, of a fair sample of visitors.'),
    bought: count('Of these, those that bought.'),
    enough: z.boolean().meta({ description: 'False: not enough data yet, and nothing is proposed.' }),
    needed: z.object({ bought: z.int(), others: z.int() }).meta({ description: 'What it takes to be enough.' }),
    pages: depth.meta({ description: 'Pages before paying.' }),
    seconds: depth.meta({ description: 'Active seconds before paying.' }),
    steps: z
      .array(
        z.object({
          pages: z.int(),
          seconds: z.int(),
          shown: count('Visits that an offer on leaving would have been shown in.'),
          boughtAnyway: count('Of these, those that bought without it.'),
          discount: z.looseObject({}).meta({ description: 'As in a dry run.' }),
        }),
      )
      .meta({ description: 'The proposal and the steps around it, replayed: what each costs and keeps.' }),
  })
  .meta({ id: 'Advice' });

export const describeAdvice = ({ from, to, ...found }: RuleAdvice) => ({ from: iso(from), to: iso(to), ...found });

export const describeDryRun = ({ from, to, ...found }: DryRun) => ({ from: iso(from), to: iso(to), ...found });
