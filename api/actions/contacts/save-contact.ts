/** Makes or changes a contact on the word of the shop's server. */

import { isBirthday } from '../../../core/values/birthday.ts';
import { localDay } from '../../../core/values/calendar.ts';
import { localeOf } from '../../../core/values/locale.ts';
import type { Tx } from '../../../db/connect.ts';
import { type ContactRow, contactById, lockContact } from '../../../db/contacts.ts';
import { noteFactChange } from '../../../db/segments.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { mergePatch } from '../../merge-patch.ts';
import { Problem } from '../../problem.ts';
import { type ContactInput, contactInput, type ShownContact } from '../../schemas/contact.ts';
import { parsed } from '../../schemas/parsed.ts';
import { replanDates } from '../flows/plan-told-dates.ts';
import { followPerson } from './follow-person.ts';
import { withSuppression } from './read-contacts.ts';
import { type Written, writeAll, writeContacts } from './write-contacts.ts';

/** What is told later than this is history: a letter about it would come out of the blue. */
const NEWS_MS = 86_400_000;

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
    const [written] = await writeContacts(tx, deps, shop, [input], 'api');
    if (!written) throw new Error('nothing was written');
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
      patronymic: input.patronymic ?? null,
      lastName: input.lastName ?? null,
      nameStyle: input.nameStyle ?? null,
      phone: input.phone ?? null,
      birthday: input.birthday ?? null,
      dates: input.dates ?? {},
      locale: localeOf(input.locale ?? shop.locale),
      timezone: input.timezone ?? null,
      city: input.city ?? null,
      tags: input.tags ?? [],
      source: input.source ?? null,
    };
    const [written] = await writeAll(tx, deps, shop.id, [{ before, details, consent: input.consent, created: false }]);
    if (!written) throw new Error('nothing was written');
    await follow(tx, deps, written, input.consent?.at);
    return withSuppression(tx, deps, written.contact);
  });
  if (changed) deps.wake();
  return changed;
}

/** What is not known is not there. */
function writable({ email, dates, locale, tags, ...rest }: ContactRow): Record<string, unknown> {
  const { name, patronymic, lastName, nameStyle, phone, birthday, timezone, city, source } = rest;
  const named = { name, patronymic, lastName, nameStyle };
  const known = Object.entries({ ...named, phone, birthday, timezone, city, source }).filter(
    ([, value]) => value !== null,
  );
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
