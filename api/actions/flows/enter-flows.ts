/** Something happened to a contact: whoever waits for it goes on, and the flows that begin with it begin. */

import type { Item } from '../../../core/catalogue/item.ts';
import { contactFacts } from '../../../core/contacts/contact-facts.ts';
import { isHeldOut } from '../../../core/experiments/flow-holdout.ts';
import { type Admission, admission, admits, type Happened, LOST } from '../../../core/flows/admission.ts';
import type { HeardEvent } from '../../../core/flows/flow.ts';
import { topicOf } from '../../../core/letters/letter-wishes.ts';
import { evaluate, factsOf } from '../../../core/rules/condition.ts';
import type { ClaimedOffer } from '../../../core/rules/offer.ts';
import type { Tx } from '../../../db/connect.ts';
import { storedFacts } from '../../../db/contact-facts.ts';
import { type ContactRow, contactById, untagContact } from '../../../db/contacts.ts';
import { chainsOfContact, insertHeldOut, wakeListeners } from '../../../db/enrollments.ts';
import { flowsEnteredBy, type StoredFlow } from '../../../db/flows.ts';
import { planEntry } from '../../../db/pending-entries.ts';
import { noteFactChange } from '../../../db/segments.ts';
import type { Deps } from '../../deps.ts';
import { enterFlow } from './enter-flow.ts';

export interface Happening {
  shopId: string;
  contactId: string;
  visitorId: string | null;
  happened: Happened;
  /** What it is about (an order, a form, a day): entering for the same thing twice changes nothing. */
  about: string;
  /** The shop's id of the order that it is about. */
  orderId?: string | null;
  /** The code that it is about, which the letters then carry. */
  code?: { id: string; offer: ClaimedOffer } | null;
  /** Which of several things of this person it is about. */
  thing?: string | null;
  /** As what it was planned, where it was. */
  planned?: string;
  items?: readonly Item[];
  locale?: string;
  /** A page asked for the letters, behind which anybody may stand. */
  claimed?: boolean;
}

/** Wakes the chains that listen for any of these. They are acts of the person's own. */
export async function hear(
  tx: Tx,
  who: { shopId: string; contactId: string },
  ...events: readonly HeardEvent[]
): Promise<number> {
  // Who was given up is there again, by any act.
  const [back, woken] = await Promise.all([untagContact(tx, who, LOST), wakeListeners(tx, who, events)]);
  if (back) await noteFactChange(tx, who);
  return woken;
}

/** What each flow that speaks of this said. */
export type Verdict = { flow: string } & Entered;

export type Entered = Admission | { no: 'entered_before' | 'holdout' };

export async function enterFlows(tx: Tx, deps: Deps, happening: Happening): Promise<Verdict[]> {
  const { shopId, contactId, happened } = happening;
  const flows = (await flowsEnteredBy(tx, shopId, happened.on)).filter((flow) => admits(flow.entry, happened));
  const contact = flows.length > 0 && (await contactById(tx, shopId, contactId));
  if (!contact) return [];
  const verdicts: Verdict[] = [];
  for (const flow of flows) verdicts.push({ flow: flow.key, ...(await enterOne(tx, deps, flow, contact, happening)) });
  return verdicts;
}

/** Enters one flow that the happening is for, or plans to ask again. */
export async function enterOne(
  tx: Tx,
  deps: Deps,
  flow: StoredFlow,
  contact: ContactRow,
  happening: Happening,
): Promise<Entered> {
  const { shopId, contactId, visitorId, about, orderId = null, code = null, thing = null, items = [] } = happening;
  const locale = happening.locale ?? contact.locale;
  // Asked anew for each flow: the one before may have begun a chain that excludes this one.
  const verdict = admission({
    flow,
    now: tx.now,
    startsAt: flow.startsAt ? Date.parse(flow.startsAt) : null,
    endsAt: flow.endsAt ? Date.parse(flow.endsAt) : null,
    marketing: contact.marketing,
    unwanted: unwantedBy(contact, flow, tx.now),
    filtered: await fulfils(tx, flow, contact),
    chains: await chainsOfContact(tx, shopId, contactId),
  });
  if ('later' in verdict) {
    await planEntry(tx, {
      shopId,
      flowKey: flow.key,
      contactId,
      thing: happening.planned ?? code?.id ?? thing ?? '',
      visitorId,
      dueAt: verdict.later,
      about,
      orderId,
      items: [...items],
      locale,
    });
  }
  if (!('enter' in verdict)) return verdict;
  const entry = {
    shopId,
    id: deps.newId(),
    contactId,
    visitorId,
    ruleId: null,
    codeId: code?.id ?? null,
    orderId,
    thing,
    dedupeKey: `${flow.key}:${contactId}:${about}`,
    items: [...items],
    offer: code?.offer ?? { kind: 'none' as const },
    locale,
    claimed: happening.claimed ?? false,
  };
  if (isHeldOut(flow, contactId)) {
    const held = await insertHeldOut(tx, { ...entry, flowKey: flow.key, flowVersion: flow.version });
    return { no: held ? 'holdout' : 'entered_before' };
  }
  const entered = await enterFlow(tx, deps, flow, entry);
  return entered ? verdict : { no: 'entered_before' };
}

/** What they said on the page of their letters. */
function unwantedBy(
  { pausedUntil, muted, tags }: ContactRow,
  flow: StoredFlow,
  now: number,
): 'contact_paused' | 'muted' | 'lost' | null {
  if (pausedUntil !== null && pausedUntil > now) return 'contact_paused';
  if (tags.includes(LOST) && !flow.lost) return 'lost';
  return muted.includes(topicOf(flow)) ? 'muted' : null;
}

async function fulfils(tx: Tx, flow: StoredFlow, contact: ContactRow): Promise<boolean> {
  if (!flow.filter) return true;
  const asked = new Set(factsOf(flow.filter));
  const stored = (await storedFacts(tx, contact.shopId, [contact.id], asked)).get(contact.id);
  const facts = stored ? contactFacts({ ...stored, now: tx.now }) : {};
  return evaluate(flow.filter, { facts, trail: [] }) === true;
}
