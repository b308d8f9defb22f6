/** What pages post, pinned to the wire types. */

import { z } from 'zod';
import { type Claim, CONSENT_FORMS, type VisitBatch } from '../../core/wire.ts';
import { email, locale, text, uuid } from './common.ts';
import { pageTime, visitEvent } from './event.ts';

/** Events of one batch: 60 KB hold no more. */
const events = z.array(visitEvent).max(500, 'must be at most 500 events');

export const visitBatch = z.object({
  shop: text(100),
  visitor: uuid,
  visit: uuid,
  batch: z.exactOptional(uuid),
  sentAt: pageTime,
  events,
}) satisfies z.ZodType<VisitBatch>;

export const claim = z.object({
  shop: text(100),
  visitor: uuid,
  visit: uuid,
  rule: uuid,
  variant: z.exactOptional(z.string().max(60).nullable()),
  email,
  name: z.exactOptional(z.string().max(200)),
  consent: z.object({
    data: z.literal(true, 'must be true: without consent to keep the address there is nowhere to send the code'),
    marketing: z.boolean().default(false),
    text: z.string().max(4_000).default(''),
  }),
  locale: z.exactOptional(locale),
  batch: z.exactOptional(uuid),
  sentAt: z.exactOptional(pageTime),
  events: z.exactOptional(events),
  hp: z.exactOptional(z.string().max(500)),
  filledMs: z.exactOptional(z.number().min(0).max(8.64e15)),
}) satisfies z.ZodType<Omit<Claim, 'email'>>;

export const visitAnswer = z
  .object({
    visitor: z.object({
      visits: z.int(),
      daysSinceLastVisit: z.int().nullable(),
      subscribed: z.boolean(),
      purchasedAt: z.iso.datetime().nullable(),
      refusedAt: z.iso.datetime().nullable(),
      shown: z.record(z.string(), z.iso.datetime()),
      facts: z.object({
        country: z.string().nullable(),
        device: z.string().nullable(),
        browser: z.string().nullable(),
        os: z.string().nullable(),
      }),
      arms: z.record(z.string(), z.string().nullable()),
    }),
  })
  .meta({ id: 'VisitAnswer' });

export const claimAnswer = z
  .object({
    status: z.enum(['sent', 'confirm', 'shown']),
    code: z.string().optional(),
    expiresAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'ClaimAnswer' });

export const configAnswer = z
  .object({
    shop: z.object({ name: z.string(), currency: z.string(), locale: z.string(), timezone: z.string() }),
    rules: z
      .array(
        z.looseObject({
          id: z.guid(),
          priority: z.int(),
          moment: z.string(),
          offer: z.looseObject({}),
          reveal: z.enum(['email', 'screen']),
          popup: z.looseObject({}),
          quietFor: z.object({ refused: z.string(), shown: z.string() }),
          variants: z.array(z.looseObject({})),
        }),
      )
      .meta({
        description: 'The rules that are switched on, highest priority first; neither names nor holdouts nor flows.',
      }),
    settings: z.object({ consent: z.enum(CONSENT_FORMS), privacyUrl: z.string().nullable() }),
  })
  .meta({ id: 'Config' });
