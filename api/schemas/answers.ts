/** What the API answers: schemas for the reader and the tests, and the functions that make those answers from rows. */

import { z } from 'zod';
import { RECOMMENDATION_REASONS } from '../../core/catalogue/recommend.ts';
import { FLOW_STATES } from '../../core/flows/flow-state.ts';
import { HOLIDAY_KEYS } from '../../core/holidays/holiday.ts';
import { CONFIRM_MODES } from '../../core/letters/confirmation.ts';
import { NAME_STYLES } from '../../core/values/person-name.ts';
import { THROWAWAY_MODES } from '../../core/values/throwaway.ts';
import { MEMORY_MODES } from '../../core/visits/wire.ts';
import type { DeliveryEventRow } from '../../db/delivery.ts';
import type { ShopSending } from '../../db/documents.ts';
import type { EnrollmentRow } from '../../db/enrollments.ts';
import type { IntegrationRow } from '../../db/integrations.ts';
import type { MessageRow } from '../../db/messages.ts';
import type { OrderRow } from '../../db/orders.ts';
import type { RuleVersion, StoredRule } from '../../db/rules.ts';
import type { ShopRow } from '../../db/shops.ts';
import type { ShownFlow } from '../actions/flows/change-flow.ts';
import { identitySecret } from '../signing.ts';
import { duration } from './common.ts';
import { inOrder } from './in-order.ts';
import { describeIntegrations, integrationsAnswer } from './integrations.ts';
import { referralProgramAnswer } from './referral.ts';

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
    identitySecret: z.string().nullable().meta({
      description:
        'HMAC-SHA256 key with which your server proves an address to `linger("identify", {email, proof})`. Null to a key that only reads.',
    }),
    origins: z.array(z.string()),
    currency: z.string(),
    locale: z.string(),
    timezone: z.string(),
    sender: z.object({ name: z.string(), email: z.string() }),
    postalAddress: z.string(),
    brand: z.looseObject({}),
    integrations: integrationsAnswer,
    consent: z.string(),
    privacyUrl: z.string().nullable(),
    sending: z.looseObject({}),
    confirm: z.enum(CONFIRM_MODES),
    memory: z.enum(MEMORY_MODES),
    outward: z.boolean(),
    waitlist: z.boolean(),
    margin: z.number().nullable(),
    referral: referralProgramAnswer,
    replenishment: z.object({
      days: z.int().nullable(),
      categories: z.record(z.string(), z.int()),
      products: z.record(z.string(), z.int()),
    }),
    nameStyle: z.enum(NAME_STYLES),
    visitsKeptFor: duration,
    holidays: z.object({
      country: z.string().nullable(),
      deliveryDays: z.int().nullable(),
      lastOrder: z.partialRecord(z.enum(HOLIDAY_KEYS), z.int()),
      guide: z.partialRecord(z.enum(HOLIDAY_KEYS), z.array(z.string())),
    }),
    limits: z.object({
      visitsPerDay: z.int(),
      codesPerRange: z.int().nullable(),
      codesPerVisitor: z.int().nullable(),
      codesPerDay: z.int().nullable(),
      lettersPerSecond: z.int().nullable(),
      offersPerVisitor: z.object({ count: z.int(), days: z.int() }).nullable(),
      disposable: z.enum(THROWAWAY_MODES),
      disposableDomains: z.array(z.string()),
    }),
    haltedReason: z.string().nullable().meta({ description: 'Why the mail provider refuses this shop, if it does.' }),
    marketingHaltedReason: z.string().nullable().meta({
      description:
        'Why letters that sell wait, if they do. `PATCH /v1/shop {"sending": {"resume": true}}` lets them go on.',
    }),
    createdAt: time,
  })
  .meta({ id: 'Shop' });

export async function describeShop(
  shop: ShopRow,
  integrations: readonly IntegrationRow[],
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
    brand: { ...settings.brand },
    integrations: describeIntegrations(integrations),
    consent: settings.consent,
    privacyUrl: settings.privacyUrl,
    sending: describeSending(settings.sending),
    confirm: settings.confirm,
    memory: settings.memory,
    outward: settings.outward,
    waitlist: settings.waitlist,
    margin: settings.margin,
    referral: settings.referral,
    replenishment: settings.replenishment,
    holidays: settings.holidays,
    nameStyle: settings.nameStyle,
    visitsKeptFor: settings.visitsKeptFor,
    limits: settings.limits,
    haltedReason: shop.haltedReason,
    marketingHaltedReason: shop.marketingHaltedReason,
    createdAt: iso(shop.createdAt),
  };
}

const describeSending = ({ warmUpSince, ...sending }: ShopSending) => ({ ...sending, warmUp: warmUpSince !== null });

export const ruleAnswer = z
  .looseObject({ id, name: z.string(), version: z.int(), createdAt: time, updatedAt: time })
  .meta({ id: 'Rule', description: 'All that `RuleInput` has, with its defaults filled in, and beside it:' });
const RULE_ORDER =
  'id version name enabled priority moment when pages schedule caps quietFor afterPurchase offer code popup holdout variants adaptive flow'.split(
    ' ',
  );
export const describeRule = (rule: StoredRule) =>
  inOrder(RULE_ORDER, { ...rule, createdAt: iso(rule.createdAt), updatedAt: iso(rule.updatedAt) });

export const ruleVersionAnswer = z
  .looseObject({ id, name: z.string(), version: z.int(), createdAt: time })
  .meta({ id: 'RuleVersion', description: 'The rule as it was then, as `RuleInput` has it, and beside it:' });
export const describeRuleVersion = (rule: RuleVersion) =>
  inOrder(RULE_ORDER, { ...rule, createdAt: iso(rule.createdAt) });

export const flowAnswer = z
  .looseObject({ key: z.string(), state: z.enum(FLOW_STATES), version: z.int(), createdAt: time, updatedAt: time })
  .meta({ id: 'Flow', description: 'All that `FlowInput` has, with its defaults filled in, and beside it:' });
const FLOW_ORDER =
  'key version state name enabled purpose entry filter lost reentry startsAt endsAt intent priority goal holdout stopOn steps'.split(
    ' ',
  );
export const describeFlow = (flow: ShownFlow) =>
  inOrder(FLOW_ORDER, { ...flow, createdAt: iso(flow.createdAt), updatedAt: iso(flow.updatedAt) });

export const orderAnswer = z
  .looseObject({
    id: z.string(),
    status: z.string(),
    total: z.number(),
    currency: z.string(),
    placedAt: time,
    visitor: id.nullable(),
  })
  .meta({ id: 'Order', description: 'All that was told last, as `OrderInput` has it. Always there:' });

export const describeOrder = ({ id, status, total, currency, placedAt, visitorId, body }: OrderRow) => ({
  id,
  status,
  total,
  currency,
  placedAt: iso(placedAt),
  visitor: visitorId,
  ...body,
});

export const recommendationAnswer = z
  .object({
    reason: z.enum(RECOMMENDATION_REASONS),
    category: z.string().optional().meta({ description: 'Whose best these are; absent: the whole shop’s.' }),
    items: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        with: z.array(z.string()).meta({ description: 'The ids of the letter’s own things that it goes with.' }),
        count: z.int().meta({
          description: 'Orders with both, people who looked at both, or orders with it: what the reason rests on.',
        }),
      }),
    ),
  })
  .meta({ id: 'Recommendation' });

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
    recommended: recommendationAnswer.nullable().meta({ description: 'What else it showed, and why each thing.' }),
    provider: z.string().nullable(),
    providerId: z.string().nullable(),
    attempts: z.int(),
    queuedAt: time,
    notBefore: time,
    expiresAt: time.nullable(),
    settledAt: time.nullable(),
    delivery: z.enum(['delivered', 'bounced', 'complained']).nullable().meta({
      description: 'What is known of its arrival: the worst wins, whenever it was told.',
    }),
    deliveredAt: time.nullable(),
    openedAt: time.nullable().meta({ description: 'Unsure: mail programs open letters that nobody reads.' }),
    clickedAt: time.nullable().meta({ description: 'A person’s first click; scanners’ are not counted.' }),
    bouncedAt: time.nullable(),
    complainedAt: time.nullable(),
    unsubscribedAt: time.nullable(),
    events: z
      .array(
        z.object({
          kind: z.string(),
          at: time,
          machine: z.boolean(),
          link: z.string().nullable(),
          detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
        }),
      )
      .meta({ description: 'Everything that was told of it after it left, oldest first.' }),
  })
  .meta({ id: 'Message' });

function deliveryOf({
  complainedAt,
  bouncedAt,
  deliveredAt,
}: MessageRow): 'delivered' | 'bounced' | 'complained' | null {
  if (complainedAt !== null) return 'complained';
  if (bouncedAt !== null) return 'bounced';
  return deliveredAt === null ? null : 'delivered';
}

export const describeMessage = (
  message: MessageRow,
  chain: EnrollmentRow,
  email: string,
  events: readonly DeliveryEventRow[],
) => ({
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
  recommended: message.recommended,
  provider: message.provider,
  providerId: message.providerId,
  attempts: message.attempt,
  queuedAt: iso(message.queuedAt),
  notBefore: iso(message.notBefore),
  expiresAt: isoOrNull(message.expiresAt),
  settledAt: isoOrNull(message.settledAt),
  delivery: deliveryOf(message),
  deliveredAt: isoOrNull(message.deliveredAt),
  openedAt: isoOrNull(message.openedAt),
  clickedAt: isoOrNull(message.clickedAt),
  bouncedAt: isoOrNull(message.bouncedAt),
  complainedAt: isoOrNull(message.complainedAt),
  unsubscribedAt: isoOrNull(message.unsubscribedAt),
  events: events
    .filter(({ messageId }) => messageId === message.id)
    .map(({ kind, at, machine, link, detail }) => ({ kind, at: iso(at), machine, link, detail })),
});
