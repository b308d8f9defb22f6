/** What pages post, pinned to the wire types. */

import { z } from 'zod';
import type { RestoredCart } from '../../core/codes/cart-link.ts';
import { isBirthday } from '../../core/values/birthday.ts';
import { FORM_KINDS } from '../../core/visits/event.ts';
import {
  type Claim,
  CONSENT_FORMS,
  type FormAnswer,
  type FormPost,
  MEMORY_MODES,
  type VisitBatch,
} from '../../core/visits/wire.ts';
import { email, locale, text, uuid } from './common.ts';
import { pageTime, visitEvent } from './event.ts';
import { cartLine, item } from './item.ts';

/** Events of one batch: 60 KB hold no more. */
const events = z.array(visitEvent).max(500, 'must be at most 500 events');

const remember = z.exactOptional(
  z.boolean().meta({
    description:
      'False where nothing may outlive the tab: then no cookie is set or read, and one that is there is taken back.',
  }),
);

export const visitBatch = z
  .object({
    shop: text(100),
    visitor: uuid,
    visit: uuid,
    batch: z.exactOptional(uuid),
    sentAt: pageTime,
    events,
    remember,
  })
  .meta({ id: 'VisitInput' }) satisfies z.ZodType<VisitBatch>;

/** Without a year until today; what lies ahead is refused where it is known what day it is. */
export const birthday = z
  .string()
  .max(10)
  .refine((value) => isBirthday(value, '9999-12-31'), 'must be a day such as 03-27 or 1990-03-27');

/** As it was typed: countries write them in many ways. */
export const phone = z
  .string()
  .trim()
  .max(40)
  .refine(
    (value) => /^\+?[\d\s()./-]+$/.test(value) && /^\d{7,15}$/.test(value.replace(/\D/g, '')),
    'must be a phone number of 7 to 15 digits',
  );

/** What a form asks a person for, and how it went there. */
const form = {
  shop: text(100),
  visitor: uuid,
  visit: uuid,
  email,
  name: z.exactOptional(z.string().max(200)),
  phone: z.exactOptional(phone),
  birthday: z.exactOptional(birthday),
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
  remember,
};

export const claim = z
  .object({
    ...form,
    rule: uuid,
    variant: z.exactOptional(z.string().max(60).nullable()),
  })
  .meta({ id: 'ClaimInput' }) satisfies z.ZodType<Omit<Claim, 'email'>>;

export const formPost = z
  .object({
    ...form,
    kind: z.enum(FORM_KINDS),
    item: z.exactOptional(item),
  })
  .meta({ id: 'FormInput' }) satisfies z.ZodType<Omit<FormPost, 'email'>>;

export const visitAnswer = z
  .object({
    visitor: z.object({
      id: z
        .guid()
        .optional()
        .meta({ description: 'Who this browser is by its cookie, where the batch said otherwise.' }),
      visits: z.int(),
      daysSinceLastVisit: z.int().nullable(),
      subscribed: z.boolean(),
      segments: z.array(z.string()).optional().meta({
        description: 'Of a contact who has proved who they are: those of their segments that a rule asks for.',
      }),
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

export const formAnswer = z
  .object({ status: z.enum(['received', 'confirm']) })
  .meta({ id: 'FormAnswer' }) satisfies z.ZodType<FormAnswer>;

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
    settings: z.object({
      consent: z.enum(CONSENT_FORMS),
      privacyUrl: z.string().nullable(),
      memory: z.enum(MEMORY_MODES),
      outward: z.boolean(),
      waitlist: z.boolean(),
    }),
  })
  .meta({ id: 'Config' });

export const restorePost = z.object({ shop: text(100), token: text(200) }).meta({ id: 'RestoreInput' });

export const restoredCart = z
  .object({
    lines: z.array(cartLine),
    code: z.string().nullable(),
    gone: z
      .array(z.object({ id: z.string(), title: z.string() }))
      .meta({ description: 'What was in the cart and is sold out now.' }),
  })
  .meta({ id: 'RestoredCart' }) satisfies z.ZodType<RestoredCart>;
