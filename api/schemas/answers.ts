/** What the API answers: schemas for the reader and the tests, and the functions that make those answers from rows. */

import { z } from 'zod';
import type { CodeRow } from '../../db/codes.ts';
import type { EnrollmentRow } from '../../db/enrollments.ts';
import type { StoredFlow } from '../../db/flows.ts';
import type { MessageRow } from '../../db/messages.ts';
import type { OrderRow } from '../../db/orders.ts';
import type { StoredRule } from '../../db/rules.ts';
import type { ShopRow } from '../../db/shops.ts';
import { identitySecret } from '../signing.ts';

const time = z.iso.datetime();
const id = z.guid();

/** ms since the epoch as ISO 8601 UTC. */
export const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

export const problemAnswer = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

export const shopAnswer = z
  .object({
    id,
    name: z.string(),
    siteKey: z.string(),
    secretKey: z.string().optional().meta({ description: 'Shown once, when the shop is opened.' }),
    identitySecret: z.string().meta({
      description: 'HMAC-SHA256 key with which your server proves an address to `linger("identify", {email, proof})`.',
    }),
    origins: z.array(z.string()),
    currency: z.string(),
    locale: z.string(),
    timezone: z.string(),
    sender: z.object({ name: z.string(), email: z.string() }),
    postalAddress: z.string(),
    brand: z.looseObject({}),
    consent: z.string(),
    privacyUrl: z.string().nullable(),
    sending: z.looseObject({}),
    haltedReason: z.string().nullable().meta({ description: 'Why the mail provider refuses this shop, if it does.' }),
    createdAt: time,
  })
  .meta({ id: 'Shop' });

export async function describeShop(
  shop: ShopRow,
  signingKey: string,
  secretKey?: string,
): Promise<z.infer<typeof shopAnswer>> {
  const { settings } = shop;
  return {
    id: shop.id,
    name: shop.name,
    siteKey: shop.siteKey,
    ...(secretKey ? { secretKey } : {}),
    identitySecret: await identitySecret(signingKey, shop.id),
    origins: shop.origins,
    currency: shop.currency,
    locale: shop.locale,
    timezone: shop.timezone,
    sender: { name: shop.senderName, email: shop.senderEmail },
    postalAddress: shop.postalAddress,
    brand: settings.brand,
    consent: settings.consent,
    privacyUrl: settings.privacyUrl,
    sending: settings.sending,
    haltedReason: shop.haltedReason,
    createdAt: iso(shop.createdAt),
  };
}

export const ruleAnswer = z
  .looseObject({ id, name: z.string(), version: z.int(), createdAt: time, updatedAt: time })
  .meta({ id: 'Rule' });
export const describeRule = (rule: StoredRule) => ({
  ...rule,
  createdAt: iso(rule.createdAt),
  updatedAt: iso(rule.updatedAt),
});

export const flowAnswer = z
  .looseObject({ key: z.string(), version: z.int(), createdAt: time, updatedAt: time })
  .meta({ id: 'Flow' });
export const describeFlow = (flow: StoredFlow) => ({
  ...flow,
  createdAt: iso(flow.createdAt),
  updatedAt: iso(flow.updatedAt),
});

export const codeAnswer = z
  .object({
    code: z.string(),
    status: z.string(),
    offer: z.looseObject({}),
    discount: z.number().nullable(),
    orderId: z.string().nullable(),
    issuedAt: time,
    expiresAt: time.nullable(),
    redeemedAt: time.nullable(),
  })
  .meta({ id: 'Code' });

export const describeCode = (code: CodeRow, discount: number | null, now?: number) => ({
  code: code.code,
  status:
    now !== undefined && code.status === 'issued' && code.expiresAt !== null && code.expiresAt <= now
      ? 'expired'
      : code.status,
  offer: code.offer,
  discount,
  orderId: code.orderId,
  issuedAt: iso(code.issuedAt),
  expiresAt: isoOrNull(code.expiresAt),
  redeemedAt: isoOrNull(code.redeemedAt),
});

export const orderAnswer = z
  .looseObject({
    id: z.string(),
    status: z.string(),
    total: z.number(),
    currency: z.string(),
    placedAt: time,
    visitor: id.nullable(),
  })
  .meta({ id: 'Order' });

export const describeOrder = ({ id, status, total, currency, placedAt, visitorId, body }: OrderRow) => ({
  id,
  status,
  total,
  currency,
  placedAt: iso(placedAt),
  visitor: visitorId,
  ...body,
});

export const messageAnswer = z
  .object({
    id,
    contact: id,
    email: z.string(),
    flow: z.string(),
    step: z.int(),
    letter: z.string(),
    status: z.string(),
    reason: z.string().nullable(),
    chain: z.object({ id, status: z.string(), reason: z.string().nullable(), nextAt: time.nullable() }),
    subject: z.string().nullable(),
    provider: z.string().nullable(),
    providerId: z.string().nullable(),
    attempts: z.int(),
    queuedAt: time,
    notBefore: time,
    expiresAt: time.nullable(),
    settledAt: time.nullable(),
  })
  .meta({ id: 'Message' });

export const describeMessage = (message: MessageRow, chain: EnrollmentRow, email: string) => ({
  id: message.id,
  contact: message.contactId,
  email,
  flow: chain.flowKey,
  step: message.step,
  letter: message.letter,
  status: message.status,
  reason: message.reason,
  chain: { id: chain.id, status: chain.status, reason: chain.reason, nextAt: isoOrNull(chain.dueAt) },
  subject: message.subject,
  provider: message.provider,
  providerId: message.providerId,
  attempts: message.attempt,
  queuedAt: iso(message.queuedAt),
  notBefore: iso(message.notBefore),
  expiresAt: isoOrNull(message.expiresAt),
  settledAt: isoOrNull(message.settledAt),
});
