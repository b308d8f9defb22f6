/** Takes an event from the shop's server: once by its id, and begins what flows have to say to it. */

import type { Item } from '../../../core/catalogue/item.ts';
import { admits } from '../../../core/flows/admission.ts';
import { POINTS, SERVICE } from '../../../core/flows/ending.ts';
import { toldEntry } from '../../../core/flows/told-event.ts';
import type { EmailAddress } from '../../../core/values/email-address.ts';
import { localeOf } from '../../../core/values/locale.ts';
import type { FormKind, ShareAct } from '../../../core/visits/event.ts';
import type { Tx } from '../../../db/connect.ts';
import {
  type ContactRow,
  contactById,
  lockContact,
  saveDate,
  subscribeContact,
  upsertContact,
} from '../../../db/contacts.ts';
import { flowsEnteredBy } from '../../../db/flows.ts';
import { noteFactChange } from '../../../db/segments.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { endWaiting, insertToldEvent } from '../../../db/told-events.ts';
import { visitorById } from '../../../db/visits.ts';
import type { Deps } from '../../deps.ts';
import { followPerson } from '../contacts/follow-person.ts';
import { mailableItems } from '../letters/mailable-items.ts';
import { noteWord } from '../readers/note-word.ts';
import { enterFlows, hear } from './enter-flows.ts';
import { replanDates } from './plan-told-dates.ts';
import { takeEnding } from './take-ending.ts';

export interface ToldEvent {
  id?: string;
  name: string;
  email?: EmailAddress;
  contact?: string;
  visitor?: string;
  at?: number;
  form?: FormKind;
  act?: ShareAct;
  /** The words that they agreed to. */
  consent?: { text: string };
  items: Item[];
  data: Record<string, unknown>;
  /** A date that comes every year; null takes it back. */
  field?: string;
  date?: string | null;
  /** When something ends that they have for a time; null: there is no such thing any more. */
  endsAt?: number | null;
  what?: string;
  title?: string;
  points?: number;
}

export interface Taken {
  id: string;
  status: 'accepted' | 'repeated' | 'nobody';
}

/** What is told later than this is history: a letter about it would come out of the blue. */
const NEWS_MS = 86_400_000;

export const takeToldEvent = (deps: Deps, shop: ShopRow, event: ToldEvent): Promise<Taken> =>
  deps.db.shop(shop.id, async (tx): Promise<Taken> => {
    const { id = deps.newId(), name, form, act, items, data } = event;
    const contact = await whomOf(tx, deps, shop, event);
    if (name === 'ends') return { id, status: contact ? await endOf(tx, shop, contact, { ...event, id }) : 'nobody' };
    const at = Math.min(event.at ?? tx.now, tx.now);
    const body = {
      ...data,
      ...(form ? { form } : {}),
      ...(act ? { act } : {}),
      ...(name === 'date' ? { field: event.field, date: event.date } : {}),
      ...(items.length > 0 ? { items } : {}),
    };
    const fresh = await insertToldEvent(tx, { shopId: shop.id, id, name, contactId: contact?.id ?? null, at, body });
    if (!fresh) return { id, status: 'repeated' };
    const mailable = mailableItems(items, shop.origins);
    if (contact) await follow(tx, deps, { contact, event, id, items: mailable, isNews: at > tx.now - NEWS_MS });
    else if (!isAboutThings(event)) return { id, status: 'nobody' };
    else await bringBack(tx, shop, id, mailable);
    return { id, status: 'accepted' };
  });

const isAboutThings = ({ name, email, contact, visitor }: ToldEvent): boolean =>
  name === 'item_back' && !email && !contact && !visitor;

/** By the thing's own id, not the telling's: the same end again changes nothing. */
async function endOf(
  tx: Tx,
  shop: ShopRow,
  contact: ContactRow,
  { id, endsAt = null, what, items, ...event }: ToldEvent & { id: string },
): Promise<Taken['status']> {
  const points = event.points ?? null;
  const title = event.title ?? null;
  const told = { id, endsAt, points, title, items: mailableItems(items, shop.origins) };
  const fresh = await takeEnding(tx, contact, { ...told, what: what ?? (points === null ? SERVICE : POINTS) });
  return fresh ? 'accepted' : 'repeated';
}

/** The person, locked. */
async function whomOf(tx: Tx, deps: Deps, shop: ShopRow, event: ToldEvent): Promise<ContactRow | null> {
  if (event.email) {
    const fresh = { id: deps.newId(), shopId: shop.id, email: event.email, name: null, locale: localeOf(shop.locale) };
    return upsertContact(tx, fresh, 'server');
  }
  const visitor = event.visitor ? await visitorById(tx, shop.id, event.visitor) : null;
  const id = event.contact ?? visitor?.contactId;
  if (!id) return null;
  await lockContact(tx, shop.id, id);
  return contactById(tx, shop.id, id);
}

interface Told {
  contact: ContactRow;
  event: ToldEvent;
  id: string;
  items: readonly Item[];
  isNews: boolean;
}

async function follow(tx: Tx, deps: Deps, { contact, event, id, items, isNews }: Told): Promise<void> {
  const who = { shopId: contact.shopId, contactId: contact.id };
  const { name, form, act, consent, visitor: visitorId = null } = event;
  if (name === 'date' && event.field) {
    await saveDate(tx, contact, event.field, event.date ?? null);
    await replanDates(tx, contact.shopId, contact.id);
    return noteFactChange(tx, who);
  }
  const agrees = name === 'subscribed' && consent !== undefined;
  if (agrees) await noteWord(tx, deps, contact, { granted: true, method: 'server', text: consent.text });
  const subscribed = agrees && (await subscribeContact(tx, contact.shopId, contact.id));
  await noteFactChange(tx, who);
  if (!isNews) return;
  const { locale } = contact;
  await followPerson(tx, deps, { contact, visitorId, subscribed, items, locale });
  // Whether they are new to the letters is what `followPerson` tells the flows.
  if (agrees) return;
  if (name === 'form_submitted') await hear(tx, who, 'form_submitted');
  const known = toldEntry(name);
  const happened = known
    ? {
        on: known,
        ...(form ? { form } : {}),
        ...(act ? { act } : {}),
        ...(known === 'item_back' ? { whom: 'waiting' } : {}),
      }
    : { on: 'custom' as const, name };
  const about = known === 'registered' ? known : `told:${id}`;
  await enterFlows(tx, deps, { ...who, visitorId, happened, about, items, locale });
}

async function bringBack(tx: Tx, shop: ShopRow, id: string, items: readonly Item[]): Promise<void> {
  const flows = (await flowsEnteredBy(tx, shop.id, 'item_back')).filter((flow) =>
    admits(flow.entry, { on: 'item_back', whom: 'waiting' }),
  );
  // They go on waiting until there is a flow that tells them.
  if (flows.length === 0) return;
  await endWaiting(tx, { shopId: shop.id, flowKeys: flows.map(({ key }) => key), items, about: `told:${id}` });
}
