/** Makes contacts, or tells more of them, on the word of the shop's server: one, or some hundred of an upload. */

import { localeOf } from '../../../core/values/locale.ts';
import type { Tx } from '../../../db/connect.ts';
import { addContacts, lockByCanonical, saveDetails, unsubscribeContacts } from '../../../db/contact-batches.ts';
import { type ContactDetails, suppressionsOf } from '../../../db/contact-records.ts';
import type { ContactRow } from '../../../db/contacts.ts';
import { speakOn } from '../../../db/enrollments.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import type { ContactInput, ToldConsent } from '../../schemas/contact.ts';
import { addressHash } from '../../signing.ts';
import { heedConsents } from './heed-consent.ts';

export interface Written {
  /** As it is now. */
  contact: ContactRow;
  created: boolean;
  /** Something is not as it was. */
  changed: boolean;
  /** They take letters that sell from this moment on. */
  subscribed: boolean;
  /** Another birthday, another date, another zone: flows that begin on a day have to be planned anew. */
  replan: boolean;
}

interface Writing {
  before: ContactRow;
  details: ContactDetails;
  consent: ToldConsent | undefined;
  created: boolean;
}

/** In the order of `inputs`, of which no two are of one person. Fields that are not told stay as they are; tags and dates are added. */
export async function writeContacts(
  tx: Tx,
  deps: Deps,
  shop: Pick<ShopRow, 'id' | 'locale'>,
  inputs: readonly ContactInput[],
  source: 'api' | 'import',
): Promise<Written[]> {
  const fresh = inputs.map(({ email, consent: _later, ...told }) => ({
    ...laidOver(nobodyYet(email.address, localeOf(shop.locale)), told, source),
    id: deps.newId(),
    canonical: email.canonical,
  }));
  const created = await addContacts(tx, shop.id, fresh);
  const canonicals = fresh.map(({ canonical }) => canonical);
  const known = await lockByCanonical(tx, shop.id, canonicals);
  await rememberRefusals(
    tx,
    deps,
    shop.id,
    [...known.values()].filter(({ id }) => created.has(id)),
  );
  return writeAll(
    tx,
    deps,
    shop.id,
    inputs.map(({ email, consent, ...told }): Writing => {
      const before = known.get(email.canonical);
      if (!before) throw new Error('a contact was erased in the moment in which it was told of');
      return { before, details: laidOver(before, told, null), consent, created: created.has(before.id) };
    }),
  );
}

const nobodyYet = (email: string, locale: string): ContactDetails => ({
  email,
  name: null,
  patronymic: null,
  lastName: null,
  nameStyle: null,
  phone: null,
  birthday: null,
  dates: {},
  locale,
  timezone: null,
  city: null,
  tags: [],
  source: null,
});

function laidOver(
  before: ContactDetails,
  told: Omit<ContactInput, 'email' | 'consent'>,
  source: string | null,
): ContactDetails {
  return {
    email: before.email,
    name: told.name ?? before.name,
    patronymic: told.patronymic ?? before.patronymic,
    lastName: told.lastName ?? before.lastName,
    nameStyle: told.nameStyle ?? before.nameStyle,
    phone: told.phone ?? before.phone,
    birthday: told.birthday ?? before.birthday,
    dates: { ...before.dates, ...told.dates },
    locale: told.locale === undefined ? before.locale : localeOf(told.locale),
    timezone: told.timezone ?? before.timezone,
    city: told.city ?? before.city,
    tags: [...new Set([...before.tags, ...(told.tags ?? [])])],
    source: told.source ?? before.source ?? source,
  };
}

/** Whoever was erased, or is on the list of those that are not mailed for another reason of their own, begins as unsubscribed. */
async function rememberRefusals(tx: Tx, deps: Deps, shopId: string, fresh: readonly ContactRow[]): Promise<void> {
  if (fresh.length === 0) return;
  const hashes = await Promise.all(
    fresh.map(async (contact) => [await addressHash(deps.settings.signingKey, contact.canonical), contact] as const),
  );
  const reasons = await suppressionsOf(
    tx,
    shopId,
    hashes.map(([hash]) => hash),
  );
  const refused = hashes.filter(([hash]) => ['unsubscribed', 'complained'].includes(reasons.get(hash) ?? ''));
  for (const [, contact] of refused) contact.marketing = 'unsubscribed';
  await unsubscribeContacts(
    tx,
    shopId,
    refused.map(([, { id }]) => id),
  );
}

/** Saves what has changed of locked contacts, and heeds what they said. */
export async function writeAll(tx: Tx, deps: Deps, shopId: string, all: readonly Writing[]): Promise<Written[]> {
  const changed = all.filter(({ before, details }) => !isSame(before, details));
  await saveDetails(
    tx,
    shopId,
    changed.map(({ before, details }) => ({ ...details, id: before.id })),
  );
  const told = all.flatMap(({ before, details, consent }) =>
    consent ? [{ contact: { ...before, ...details }, told: consent }] : [],
  );
  const heeded = await heedConsents(tx, deps, shopId, told);
  for (const { before, details } of changed)
    if (before.locale !== details.locale) await speakOn(tx, { shopId, contactId: before.id, locale: details.locale });
  const moved = new Set(changed);
  return all.map((one) => {
    const { before, details, created } = one;
    const marketing = heeded.marketing.get(before.id) ?? before.marketing;
    return {
      contact: { ...before, ...details, marketing },
      created,
      changed: moved.has(one) || heeded.noted.has(before.id),
      subscribed: before.marketing === 'none' && marketing === 'subscribed',
      replan: DAYS.some((field) => !sameValue(before[field], details[field])),
    };
  });
}

const DAYS = ['birthday', 'dates', 'timezone'] as const;

const isSame = (before: ContactRow, details: ContactDetails): boolean =>
  Object.entries(details).every(([field, value]) => sameValue(before[field as keyof ContactDetails], value));

/** Dates are the same in any order. */
const sameValue = (one: unknown, other: unknown): boolean => inOrder(one) === inOrder(other);

const inOrder = (value: unknown): string =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? JSON.stringify(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : JSON.stringify(value);
