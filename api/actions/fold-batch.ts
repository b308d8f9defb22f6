/** Folds a batch of page events into its visit and visitor, inside the caller's transaction. Believes the page's clock only as a hint. */

import { parseEmail } from '../../core/email-address.ts';
import type { VisitEvent } from '../../core/event.ts';
import { foldVisit, newVisit } from '../../core/visit.ts';
import type { Tx } from '../../db/connect.ts';
import { contactByCanonical, touchContact, type ContactRow } from '../../db/contacts.ts';
import type { ShopRow } from '../../db/shops.ts';
import {
  insertBatch, insertEvents, lockVisitor, saveVisit, updateVisitor, visitById, type VisitorRow, type VisitRow,
} from '../../db/visits.ts';
import { identityProof, identitySecret, sameText } from '../signing.ts';
import type { Network } from '../network.ts';

export interface Batch {
  visitor: string;
  visit: string;
  /** Absent batches are told apart by a hash of the body. */
  key: string;
  /** The browser's clock when the batch left, ms; null when unknown: then the last event counts as now. */
  sentAt: number | null;
  events: readonly VisitEvent[];
}

export interface Folded {
  visitor: VisitorRow;
  visit: VisitRow;
}

/** Active time may run this much ahead of what the server saw pass: the first batch leaves some seconds after arrival. */
const SLACK_MS = 30_000;

/** Null when the visit belongs to another visitor: somebody made the ids up. */
export async function foldBatch(tx: Tx, signingKey: string, shop: ShopRow, batch: Batch, network: Network): Promise<Folded | null> {
  const { now } = tx;
  let visitor = await lockVisitor(tx, shop.id, batch.visitor);
  const known = await visitById(tx, shop.id, batch.visit);
  if (known && known.visitorId !== batch.visitor) return null;
  if (!(await insertBatch(tx, shop.id, batch.visit, batch.key)) && known) return { visitor, visit: known };

  const visit = known ?? openVisit(shop.id, batch, visitor, network, now);
  if (!known) visitor = { ...visitor, visits: visitor.visits + 1 };
  const events = rebase(batch, visit.startedAt, now);
  let { state } = visit;
  for (const event of events) {
    state = foldVisit(state, event);
    visitor = remember(visitor, event);
  }
  const activeMs = Math.min(state.activeMs, now - visit.startedAt + SLACK_MS);
  const folded: VisitRow = { ...visit, lastAt: now, state: { ...state, activeMs } };
  const contact = await identified(tx, signingKey, shop.id, events);
  visitor = { ...visitor, lastAt: now, contactId: contact?.id ?? visitor.contactId };

  await saveVisit(tx, folded);
  await insertEvents(tx, shop.id, batch.visit, events);
  await updateVisitor(tx, visitor);
  if (visitor.contactId) await shareWithContact(tx, visitor, visitor.contactId);
  return { visitor, visit: folded };
}

function openVisit(shopId: string, batch: Batch, visitor: VisitorRow, network: Network, now: number): VisitRow {
  return {
    shopId,
    id: batch.visit,
    visitorId: batch.visitor,
    number: visitor.visits + 1,
    daysSinceLast: visitor.visits > 0 ? Math.floor((now - visitor.lastAt) / 86_400_000) : null,
    startedAt: now,
    lastAt: now,
    state: newVisit(now),
    ...network.client,
    network: network.range,
  };
}

/** Moves page times onto the server's clock: received − (sentAt − at), within [the visit's first receipt − 30 s, now]. */
function rebase(batch: Batch, startedAt: number, now: number): VisitEvent[] {
  const sentAt = batch.sentAt ?? Math.max(0, ...batch.events.map((event) => event.at));
  return batch.events
    .map((event) => ({ ...event, at: Math.round(Math.min(now, Math.max(startedAt - SLACK_MS, now - (sentAt - event.at)))) }))
    .sort((one, other) => one.at - other.at);
}

function remember(visitor: VisitorRow, event: VisitEvent): VisitorRow {
  switch (event.type) {
    case 'purchase':
      return { ...visitor, purchasedAt: Math.max(visitor.purchasedAt ?? 0, event.at) };
    case 'offer_declined':
      return { ...visitor, refusedAt: Math.max(visitor.refusedAt ?? 0, event.at) };
    case 'offer_shown':
      return { ...visitor, shown: { ...visitor.shown, [event.rule]: event.at } };
    default:
      return visitor;
  }
}

/** The contact that the shop's page names, if its server has proved it. */
async function identified(tx: Tx, signingKey: string, shopId: string, events: readonly VisitEvent[]): Promise<ContactRow | null> {
  for (const event of events) {
    if (event.type !== 'identify') continue;
    const email = parseEmail(event.email);
    if (!email) continue;
    const proof = await identityProof(await identitySecret(signingKey, shopId), event.email);
    if (sameText(proof, event.proof.toLowerCase())) return contactByCanonical(tx, shopId, email.canonical);
  }
  return null;
}

async function shareWithContact(tx: Tx, visitor: VisitorRow, contactId: string): Promise<void> {
  const { refusedAt, purchasedAt } = visitor;
  if (refusedAt === null && purchasedAt === null) return;
  await touchContact(tx, visitor.shopId, contactId, {
    ...(refusedAt === null ? {} : { refusedAt }),
    ...(purchasedAt === null ? {} : { purchasedAt }),
  });
}
