/** Flows as an admin writes them, with the defaults filled in. */

import { z } from 'zod';
import { ENTRY_EVENTS, type Flow, LETTER_KEYS, STOP_EVENTS, type Step } from '../../core/flow.ts';
import { duration, text, timeOfDay } from './common.ts';
import { wording } from './field-errors.ts';

const STEPS = {
  send: z.strictObject({ send: z.enum(LETTER_KEYS), expiresAfter: z.exactOptional(duration) }),
  wait: z.strictObject({ wait: duration, until: z.exactOptional(timeOfDay) }),
  stop: z.strictObject({ stop: text(60) }),
} as const;

/** A step is known by its one telling key: the problems are then that step's own. */
const step = z
  .unknown()
  .transform((value, context): Step => {
    const names = Object.keys(STEPS) as (keyof typeof STEPS)[];
    const present = typeof value === 'object' && value !== null ? names.filter((name) => name in value) : [];
    const [name] = present;
    if (!name || present.length > 1) {
      context.addIssue({ code: 'custom', message: `must have exactly one of ${names.join(', ')}` });
      return z.NEVER;
    }
    const result = STEPS[name].safeParse(value, { error: wording, reportInput: true });
    if (result.success) return result.data;
    for (const issue of result.error.issues) context.addIssue({ ...issue, path: issue.path } as never);
    return z.NEVER;
  })
  .meta({
    id: 'Step',
    oneOf: Object.values(STEPS).map((one) => z.toJSONSchema(one, { unrepresentable: 'any', io: 'input' })),
  });

const flowKey = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1 to 63 of a–z, 0–9 and -, not beginning with -');

export const flowInput = z
  .strictObject({
    key: flowKey,
    name: z.exactOptional(text(120)),
    enabled: z.boolean().default(true),
    purpose: z.enum(['marketing', 'transactional']).default('marketing'),
    entry: z.strictObject({ on: z.enum(ENTRY_EVENTS) }).prefault({ on: 'offer_accepted' }),
    goal: z.exactOptional(z.strictObject({ on: z.literal('purchased'), within: duration })),
    stopOn: z
      .array(z.enum(STOP_EVENTS))
      .max(STOP_EVENTS.length)
      .default([...STOP_EVENTS]),
    steps: z.array(step).min(1, 'must have at least one step').max(50, 'must have at most 50 steps'),
  })
  .transform((flow) => ({ ...flow, name: flow.name ?? flow.key }))
  .meta({ id: 'FlowInput' }) satisfies z.ZodType<Flow>;
