/** The steps of a flow, checked to any depth. Problems name their place: `steps.2.branch.then.0.wait`. */

import { z } from 'zod';
import { HEARD_EVENTS, LETTER_KEYS, type LetterVariant, type Step, TRIAL_MEASURES } from '../../core/flows/flow.ts';
import { duration, text, timeOfDay } from './common.ts';
import { contactCondition } from './condition.ts';
import { wording } from './field-errors.ts';
import { offerOnOrder } from './offer.ts';

const DEEPEST = 6;

const tagName = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} _:.-]{0,39}$/u, 'must be 1 to 40 letters, digits, spaces, _ : . or -');

const inLanguages = (words: z.ZodType<string>) =>
  z
    .strictObject({ en: z.exactOptional(words), ru: z.exactOptional(words) })
    .refine(({ en, ru }) => en || ru, 'must have a text in en or ru');

const moment = {
  until: z.exactOptional(z.union([z.literal('usual'), timeOfDay], 'must be a local time such as 09:00, or "usual"')),
  days: z.exactOptional(z.array(z.int().min(1).max(7)).min(1, 'must name at least one day').max(7)),
};

const LEAST_TWO = 'must have at least two to choose from';

const letterVariant = z.strictObject({
  subject: z.exactOptional(inLanguages(text(150))),
  button: z.exactOptional(inLanguages(text(60))),
  body: z.exactOptional(inLanguages(text(4_000))),
  letter: z.exactOptional(z.enum(LETTER_KEYS)),
  wait: z.exactOptional(duration),
  ...moment,
}) satisfies z.ZodType<LetterVariant>;

/** One step at this depth; branches hold steps one deeper. */
const stepAt = (depth: number): z.ZodType<Step> => {
  const steps = z.exactOptional(
    depth < DEEPEST
      ? z.array(z.lazy(() => stepsBelow(depth))).max(30, 'must have at most 30 steps')
      : z.array(z.never(`branches nest at most ${DEEPEST} deep`)),
  );
  const forms = {
    send: z
      .strictObject({
        send: z.enum(LETTER_KEYS),
        expiresAfter: z.exactOptional(duration),
        subjects: z.exactOptional(
          z
            .array(inLanguages(text(150)))
            .min(2, LEAST_TWO)
            .max(5),
        ),
        variants: z.exactOptional(z.array(letterVariant).min(2, LEAST_TWO).max(5)),
        decideBy: z.exactOptional(z.enum(TRIAL_MEASURES)),
      })
      .superRefine(({ subjects, variants, decideBy }, context) => {
        const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
        if (subjects && variants)
          problem('subjects', 'must be absent beside variants: say each variant’s subject there');
        if (decideBy && !subjects && !variants) problem('decideBy', 'means nothing without variants');
      }),
    wait: z.strictObject({ wait: duration, ...moment }),
    waitFor: z.strictObject({
      waitFor: z.strictObject({ event: z.enum(HEARD_EVENTS), timeout: duration, then: steps, else: steps }),
    }),
    branch: z.strictObject({ branch: z.strictObject({ if: contactCondition, then: steps, else: steps }) }),
    split: z.strictObject({
      split: z
        .array(
          z.strictObject({
            weight: z.number().positive().max(1_000).default(1),
            steps: steps.unwrap().default([]),
          }),
        )
        .min(2, 'must have at least two parts')
        .max(10),
    }),
    issue: z.strictObject({ issue: offerOnOrder }),
    tag: z.strictObject({
      tag: z
        .strictObject({
          add: z.exactOptional(z.array(tagName).max(10)),
          remove: z.exactOptional(z.array(tagName).max(10)),
          for: z.exactOptional(duration),
        })
        .refine(({ add, remove }) => add?.length || remove?.length, 'must add or remove something')
        .refine(({ add, for: time }) => !time || add?.length, { path: ['for'], message: 'must add something' }),
    }),
    notify: z.strictObject({ notify: text(500) }),
    webhook: z.strictObject({ webhook: text(60) }),
    stop: z.strictObject({ stop: text(60) }),
  } as const;
  return z.unknown().transform((value, context): Step => {
    const names = Object.keys(forms) as (keyof typeof forms)[];
    const present = typeof value === 'object' && value !== null ? names.filter((name) => name in value) : [];
    const [name] = present;
    if (!name || present.length > 1) {
      context.addIssue({ code: 'custom', message: `must have exactly one of ${names.join(', ')}` });
      return z.NEVER;
    }
    // A step is known by its one telling key: the problems are then that step's own.
    const result = forms[name].safeParse(value, { error: wording, reportInput: true });
    if (result.success) return result.data as Step;
    for (const issue of result.error.issues) context.addIssue({ ...issue, path: issue.path } as never);
    return z.NEVER;
  }) as unknown as z.ZodType<Step>;
};

const levels: z.ZodType<Step>[] = [];
const stepsBelow = (depth: number): z.ZodType<Step> => (levels[depth + 1] ??= stepAt(depth + 1));

const DESCRIPTION = `One of
- \`{send, expiresAfter?, variants?, decideBy?}\`: a letter (${LETTER_KEYS.join(', ')}); skipped when it could not leave within \`expiresAfter\`. Two to five \`variants\` \`{subject?, button?, body?, letter?, wait?, until?, days?}\` are tried evenly, one person always the same, until one has won by clicks (\`decideBy: "clicks"\`) or by purchases within the flow's goal (\`"goal"\`); then everybody gets that one. \`"never"\` tries on. \`subjects: [{en?, ru?}, …]\` is short for variants that differ in their subjects alone
- \`{wait, until?, days?}\`: a duration, then until a local time ("10:00") or the contact's own hour ("usual"), then until one of these weekdays (1 is Monday)
- \`{waitFor: {event, timeout, then?, else?}}\`: goes on with \`then\` when it happens (${HEARD_EVENTS.join(', ')}), with \`else\` when it has not in time
- \`{branch: {if, then?, else?}}\`: \`if\` is a condition over the contact's facts
- \`{split: [{weight, steps}, …]}\`: one of these by weight, always the same for the same contact
- \`{issue: offer}\`: a code of the chain's own
- \`{tag: {add?, remove?, for?}}\`: what is added for a time goes by itself after it
- \`{notify: text}\`: a letter to the shop's staff
- \`{webhook: name}\`
- \`{stop: reason}\``;

export const step = stepAt(0).meta({
  id: 'Step',
  type: 'object',
  description: DESCRIPTION,
  examples: [{ send: 'offer' }, { wait: '1d', until: '10:00' }],
});
