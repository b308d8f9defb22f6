/** A queued letter with all that decides whether it may leave, and all that it is made from, as it stands now. Reads only. */

import type { Item } from '../core/catalogue/item.ts';
import type { Step } from '../core/flows/flow.ts';
import { UNHAPPY } from '../core/flows/resting.ts';
import { OTHER_TOPIC } from '../core/letters/letter-wishes.ts';
import type { OwnLetter } from '../core/letters/own-letter.ts';
import type { Offer } from '../core/rules/offer.ts';
import type { NameStyle } from '../core/values/person-name.ts';
import { arrayOf, type Tx } from './connect.ts';
import type { ShopSettings } from './documents.ts';
import type { MessageRow } from './messages.ts';
import type { OrderRow } from './orders.ts';
import type { Volumes } from './pace.ts';
import { readByIndex } from './read-by-index.ts';

export interface DueOrder extends Pick<OrderRow, 'id' | 'status' | 'total' | 'currency' | 'body'> {}

/** Of a row joined as `o`. */
export const orderOf = ({ sql }: Pick<Tx, 'sql'>) => sql`case when o.id is not null then
  jsonb_build_object('id', o.id, 'status', o.status, 'total', o.total, 'currency', o.currency, 'body', o.body) end`;

/** What of a letter's shop decides whether it may leave, and goes into it. */
export interface ShopOfLetter {
  /** The shop's own IANA zone. */
  shopZone: string;
  /** While the shop's domain is made known: letters of today, by who keeps the mailbox. */
  volumes: Volumes;
  shopName: string;
  origins: string[];
  currency: string;
  senderName: string;
  senderEmail: string;
  postalAddress: string;
  settings: ShopSettings;
  haltedUntil: number | null;
  marketingHaltedAt: number | null;
}

type OfLedger =
  | 'shopId'
  | 'id'
  | 'enrollmentId'
  | 'contactId'
  | 'step'
  | 'occurrence'
  | 'letter'
  | 'purpose'
  | 'claimed'
  | 'prompt'
  | 'addressHash'
  | 'attempt'
  | 'notBefore'
  | 'expiresAt'
  | 'variant';

/** A letter with all that decides whether it may leave, and all that it is made from. */
export interface DueMessage extends Pick<MessageRow, OfLedger>, ShopOfLetter {
  enrollmentStatus: 'active' | 'paused' | 'stopped' | 'completed' | 'error';
  flowKey: string;
  flowEnabled: boolean;
  /** Of the chain's version of the flow, for a letter that tries one of several subjects or promises what a later step gives; null for others. */
  steps: Step[] | null;
  /** The letter as the shop has it now; null where it never changed it, without words where it went back to the built-in one. */
  own: { version: number; words: OwnLetter | null } | null;
  items: Item[];
  offer: Offer;
  /** The order that the chain is about, as it stands now. */
  order: DueOrder | null;
  locale: string;
  code: string | null;
  codeStatus: string | null;
  codeExpiresAt: number | null;
  email: string;
  name: string | null;
  patronymic: string | null;
  lastName: string | null;
  nameStyle: NameStyle | null;
  marketing: 'none' | 'subscribed' | 'unsubscribed';
  /** The contact's IANA zone, else the shop's. */
  zone: string;
  suppressed: string | null;
  /** Of the link by which they bring friends, where they have one. */
  referralToken: string | null;
  /** When the contact's other marketing letters of late were handed to the provider, in ms. */
  recentCalls: number[];
  /** They asked for quiet until then, and want nothing of this flow's topic. */
  pausedUntil: number | null;
  muted: boolean;
  /** The shop has let them down. */
  unhappy: boolean;
}

/** As much of a letter as decides whether it may leave. */
export type PermitFacts = Pick<
  DueMessage,
  | 'id'
  | 'shopId'
  | 'contactId'
  | 'letter'
  | 'purpose'
  | 'claimed'
  | 'prompt'
  | 'expiresAt'
  | 'enrollmentStatus'
  | 'flowEnabled'
  | 'items'
  | 'code'
  | 'codeStatus'
  | 'codeExpiresAt'
  | 'email'
  | 'marketing'
  | 'zone'
  | 'suppressed'
  | 'recentCalls'
  | 'pausedUntil'
  | 'muted'
  | 'unhappy'
  | 'shopZone'
  | 'volumes'
  | 'settings'
  | 'haltedUntil'
  | 'marketingHaltedAt'
> & { order: Pick<DueOrder, 'status'> | null };

/** A local day with a change of clocks, seen from anywhere in it, lies within this time. */
const RECENT_MS = 50 * 3_600_000;

/** Of a message joined as `m`, with its chain, flow and contact: what is asked for whenever it is asked whether the letter may leave. */
const permitColumns = ({ sql, now }: Tx) => sql`
    m.shop_id, m.id, m.contact_id, m.letter, m.purpose, m.claimed, m.prompt, m.expires_at, e.status as enrollment_status,
    flow.enabled as flow_enabled, e.items, code.code, code.status as code_status, code.expires_at as code_expires_at, c.email, c.marketing,
    c.timezone as own_zone,
    (select reason from suppression x where x.shop_id = m.shop_id and x.address_hash = m.address_hash) as suppressed,
    coalesce((select jsonb_agg(extract(epoch from other.call_started_at) * 1000) from message other
      where other.shop_id = m.shop_id and other.contact_id = m.contact_id and other.queued_at > ${now - 31 * 86_400_000} and other.id <> m.id
        and other.purpose = 'marketing' and other.status in ('sending', 'unknown', 'sent')
        and other.call_started_at > ${now - RECENT_MS}), '[]') as recent_calls,
    c.paused_until, c.tags ? ${UNHAPPY} as unhappy,
    case when c.muted = '[]' then false else c.muted ? coalesce((select definition->>'intent' from flow_version v
      where v.shop_id = e.shop_id and v.key = e.flow_key and v.version = e.flow_version), ${OTHER_TOPIC}) end as muted`;

/** Likewise: what only the letter itself is made from. */
const contentColumns = ({ sql }: Tx) => sql`
    m.enrollment_id, m.step, m.occurrence, m.address_hash, m.attempt, m.not_before, m.variant, e.flow_key,
    case when m.variant is not null or m.letter = 'review-request' then (select definition->'steps' from flow_version v
      where v.shop_id = e.shop_id and v.key = e.flow_key and v.version = e.flow_version) end as steps,
    (select jsonb_build_object('version', t.version, 'words', t.words) from template t
      where t.shop_id = m.shop_id and t.key = m.letter order by t.version desc limit 1) as own,
    e.offer, e.locale, ${orderOf({ sql })} as "order", c.name, c.patronymic, c.last_name, c.name_style,
    (select token from referral_link l where l.shop_id = m.shop_id and l.contact_id = m.contact_id) as referral_token`;

const ofLetter = ({ sql }: Tx) => sql`
  join enrollment e on e.id = m.enrollment_id
  join flow on flow.shop_id = e.shop_id and flow.key = e.flow_key
  join contact c on c.shop_id = m.shop_id and c.id = m.contact_id
  left join code on code.shop_id = e.shop_id and code.id = e.code_id
  left join "order" o on o.shop_id = e.shop_id and o.id = e.order_id`;

type Unzoned<T> = Omit<T, keyof ShopOfLetter | 'zone'> & { ownZone: string | null };

/** What all letters of a shop share, read once. */
async function shopsOf({ sql, now }: Tx, letters: readonly { shopId: string }[]): Promise<Map<string, ShopOfLetter>> {
  const ids = arrayOf([...new Set(letters.map(({ shopId }) => shopId))]);
  const shops = await sql<({ id: string } & ShopOfLetter)[]>`
    select s.id, s.timezone as shop_zone,
      case when s.settings->'sending'->>'warmUpSince' is null then '{}'::jsonb else (
        select coalesce(jsonb_object_agg(provider, letters), '{}') from volume
        where shop_id = s.id and day = to_char(${now}::timestamptz at time zone s.timezone, 'YYYY-MM-DD')) end as volumes,
      s.name as shop_name, s.origins, s.currency, s.sender_name, s.sender_email, s.postal_address, s.settings, s.halted_until, s.marketing_halted_at
    from shop s where s.id = any(${ids}::uuid[])`;
  return new Map(shops.map(({ id, ...shop }) => [id, shop]));
}

const withShops = <T extends { shopId: string; ownZone: string | null }>(
  letters: readonly T[],
  shopOf: ReadonlyMap<string, ShopOfLetter>,
): (T & ShopOfLetter & { zone: string })[] =>
  letters.flatMap((letter) => {
    const shop = shopOf.get(letter.shopId);
    return shop ? [Object.assign(letter, shop, { zone: letter.ownZone ?? shop.shopZone })] : [];
  });

/** A letter that a worker has leased. */
export interface LeasedLetter {
  id: string;
  shopId: string;
}

/** These letters as they are now; the longest waiting first. */
export async function readLetters(tx: Tx, leased: readonly LeasedLetter[]): Promise<DueMessage[]> {
  const [, letters, shopOf] = await Promise.all([
    readByIndex(tx),
    tx.sql<Unzoned<DueMessage>[]>`
      select ${permitColumns(tx)}, ${contentColumns(tx)}
      from (select * from message where id = any(${idsOf(leased)}::uuid[]) offset 0) m ${ofLetter(tx)}
      order by m.not_before`,
    shopsOf(tx, leased),
  ]);
  return withShops(letters, shopOf);
}

/**
 * Locks those of these letters that this claim still holds uncalled, with `room` ms left of its lease, and tells how they stand then. The
 * caller reads by index.
 */
export async function lockUncalled(
  tx: Tx,
  leased: readonly LeasedLetter[],
  claim: string,
  room: number,
): Promise<PermitFacts[]> {
  const [letters, shopOf] = await Promise.all([
    tx.sql<Unzoned<PermitFacts>[]>`
      select ${permitColumns(tx)}, case when o.id is not null then jsonb_build_object('status', o.status) end as "order"
      from outbox q join message m on m.id = q.id ${ofLetter(tx)}
      where q.id = any(${idsOf(leased)}::uuid[]) and q.claim = ${claim} and not q.called and q.lease_until > ${tx.now + room} and m.status = 'queued'
      order by q.id for update of q, m`,
    shopsOf(tx, leased),
  ]);
  return withShops(letters, shopOf);
}

export const idsOf = (rows: readonly { id: string }[]): string => arrayOf(rows.map(({ id }) => id));
