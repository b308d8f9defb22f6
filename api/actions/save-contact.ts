/** Makes or changes a contact on the word of the shop's server. */

import { isBirthday } from '../../core/birthday.ts';
import { localDay } from '../../core/calendar.ts';
import { localeOf } from '../../core/locale.ts';
import type { Tx } from '../../db/connect.ts';
import { saveDetails, suppressionsOf } from '../../db/contact-records.ts';
import { type ContactRow, contactById, lockContact, unsubscribeContact, upsertContact } from '../../db/contacts.ts';
import { noteFactChange } from '../../db/segments.ts';
import type { ShopRow } from '../../db/shops.ts';
import type { Deps } from '../deps.ts';
import { mergePatch } from '../merge-patch.ts';
import { Problem } from '../problem.ts';
import { type ContactInput, contactInput, type ShownContact } from '../schemas/contact.ts';
import { parsed } from '../schemas/parsed.ts';
import { addressHash } from '../signing.ts';
import { followPerson } from './follow-person.ts';
import { heedConsent } from './heed-consent.ts';
import { replanDates } from './plan-told-dates.ts';
import { withSuppression } from './read-contacts.ts';

/** What is told later than this is history: a letter about it would come out of the blue. */
const NEWS_MS = 86_400_000;

export interface Written {
  contact: ContactRow;
  created: boolean;
  /** They take letters that sell from this moment on. */
  subscribed: boolean;
  /** Another birthday, another date, another zone: flows that begin on a day have to be planned anew. */
  replan: boolean;
}

/** Fields that are not told stay as they are; tags are added. */
async function writeContact(
  tx: Tx,
  deps: Deps,
  shop: Pick<ShopRow, 'id' | 'locale'>,
  { email, consent, ...told }: ContactInput,
  source: 'api' | 'import',
): Promise<Written> {
  const id = deps.newId();
  const locale = localeOf(told.locale ?? shop.locale);
  const before = await upsertContact(tx, { id, shopId: shop.id, email, name: null, locale }, 'server');
  const created = before.id === id;
  if (created) await rememberRefusal(tx, deps, before);
  const details = {
    email: before.email,
    name: told.name ?? before.name,
    phone: told.phone ?? before.phone,
    birthday: told.birthday ?? before.birthday,
    dates: { ...before.dates, ...told.dates },
    locale: told.locale === undefined ? before.locale : locale,
    timezone: told.timezone ?? before.timezone,
    city: told.city ?? before.city,
    tags: [...new Set([...before.tags, ...(told.tags ?? [])])],
    source: told.source ?? before.source ?? (created ? source : null),
  };
  return write(tx, deps, { before, details, consent, created });
}

/** Whoever was erased and had unsubscribed comes back as unsubscribed. */
async function rememberRefusal(tx: Tx, deps: Deps, { shopId, id, canonical }: ContactRow): Promise<void> {
  const hash = await addressHash(deps.settings.signingKey, canonical);
  const reason = (await suppressionsOf(tx, shopId, [hash])).get(hash);
  if (reason === 'unsubscribed' || reason === 'complained') await unsubscribeContact(tx, shopId, id);
}

interface Writing {
  before: ContactRow;
  details: Parameters<typeof saveDetails>[3];
  consent: ContactInput['consent'];
  created: boolean;
}

async function write(tx: Tx, deps: Deps, { before, details, consent, created }: Writing): Promise<Written> {
  const { shopId, id } = before;
  await saveDetails(tx, shopId, id, details);
  const subscribed = consent ? await heedConsent(tx, deps, { ...before, ...details }, consent) : false;
  const contact = await contactById(tx, shopId, id);
  if (!contact) throw new Error('the contact went while it was locked');
  const replan =
    before.birthday !== contact.birthday ||
    before.timezone !== contact.timezone ||
    JSON.stringify(before.dates) !== JSON.stringify(contact.dates);
  return { contact, created, subscribed, replan };
}

/** A day that lies ahead is no birthday. */
function refuseUnborn(tx: Tx, { timezone }: Pick<ShopRow, 'timezone'>, day: string | undefined): void {
  if (day === undefined || isBirthday(day, localDay(tx.now, timezone))) return;
  throw new Problem('invalid', { errors: [{ path: 'birthday', message: 'must not lie in the future' }] });
}

export async function saveContact(
  deps: Deps,
  shop: ShopRow,
  input: ContactInput,
): Promise<{ shown: ShownContact; created: boolean }> {
  const saved = await deps.db.shop(shop.id, async (tx) => {
    refuseUnborn(tx, shop, input.birthday);
    const written = await writeContact(tx, deps, shop, input, 'api');
    await follow(tx, deps, written, input.consent?.at);
    return { shown: await withSuppression(tx, deps, written.contact), created: written.created };
  });
  deps.wake();
  return saved;
}

/** Null where there is none. The address may be spelled otherwise, but stays the same person's. */
export async function changeContact(
  deps: Deps,
  shop: ShopRow,
  id: string,
  { consent, ...patch }: Record<string, unknown>,
): Promise<ShownContact | null> {
  const changed = await deps.db.shop(shop.id, async (tx) => {
    await lockContact(tx, shop.id, id);
    const before = await contactById(tx, shop.id, id);
    if (!before) return null;
    const merged = mergePatch(writable(before), patch);
    const input = parsed(contactInput, consent === undefined ? merged : { ...merged, consent });
    if (input.email.canonical !== before.canonical)
      throw new Problem('invalid', {
        errors: [{ path: 'email', message: 'must be another spelling of the same address' }],
      });
    if (input.birthday !== before.birthday) refuseUnborn(tx, shop, input.birthday);
    const details = {
      email: input.email.address,
      name: input.name ?? null,
      phone: input.phone ?? null,
      birthday: input.birthday ?? null,
      dates: input.dates ?? {},
      locale: localeOf(input.locale ?? shop.locale),
      timezone: input.timezone ?? null,
      city: input.city ?? null,
      tags: input.tags ?? [],
      source: input.source ?? null,
    };
    const done = await write(tx, deps, { before, details, consent: input.consent, created: false });
    await follow(tx, deps, done, input.consent?.at);
    return withSuppression(tx, deps, done.contact);
  });
  if (changed) deps.wake();
  return changed;
}

/** What is not known is not there. */
function writable({ email, dates, locale, tags, ...rest }: ContactRow): Record<string, unknown> {
  const { name, phone, birthday, timezone, city, source } = rest;
  const known = Object.entries({ name, phone, birthday, timezone, city, source }).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(known), email, dates, locale, tags };
}

async function follow(tx: Tx, deps: Deps, written: Written, saidAt = tx.now): Promise<void> {
  const { contact, subscribed, replan } = written;
  if (replan) await replanDates(tx, contact.shopId, contact.id);
  if (saidAt <= tx.now - NEWS_MS) {
    await noteFactChange(tx, { shopId: contact.shopId, contactId: contact.id });
    return;
  }
  await followPerson(tx, deps, { contact, visitorId: null, subscribed, items: [], locale: contact.locale });
}
