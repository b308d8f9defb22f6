/** Folds a batch of page events into its visit and visitor, inside the caller's transaction. Believes the page's clock only as a hint. */

import { LEAVING_REASON, LEAVING_REASONS } from '../../../core/rules/popup.ts';
import type { VisitEvent } from '../../../core/visits/event.ts';
import { isOnSoldOut } from '../../../core/visits/sold-out.ts';
import { foldVisit, newVisit } from '../../../core/visits/visit.ts';
import type { Tx } from '../../../db/connect.ts';
import type { ShopRow } from '../../../db/shops.ts';
import {
  countVisit,
  exposeArms,
  insertEvents,
  openBatch,
  type StoredEvent,
  saveVisit,
  updateVisitor,
  type VisitorRow,
  type VisitRow,
} from '../../../db/visits.ts';
import type { Network } from '../../network.ts';
import { isGiftVisit } from './know-gift-visit.ts';
import { recogniseVisitor } from './recognise-visitor.ts';
import { tellOtherDevices } from './tell-other-devices.ts';
import { lettersContact, provedContact } from './whose-browser.ts';
import { withoutTicket } from './without-ticket.ts';

export interface Batch {
  visitor: string;
  visit: string;
  /** Who this browser is by its own cookie for this shop, or null. */
  cookie: (shopId: string) => string | null;
  /** Absent batches are told apart by a hash of the body. */
  key: string;
  /** The browser's clock when the batch left, ms; null when unknown: then the last event counts as now. */
  sentAt: number | null;
  events: readonly VisitEvent[];
  /** From a frame without an origin: it may end chains, and opens no visit. */
  sandboxed: boolean;
  /** The browser asks not to be profiled (`Sec-GPC: 1`): the visit counts, and is tied to nobody. */
  untied: boolean;
}

export interface Folded {
  visitor: VisitorRow;
  visit: VisitRow;
}

export interface FoldedBatch extends Folded {
  /** False for a batch that was folded before. */
  fresh: boolean;
  /** What was drawn for the visitor before, by rule. */
  arms: Record<string, string | null>;
  /** What the batch told, in the server's time. */
  events: readonly VisitEvent[];
}

/** Active time may run this much ahead of what the server saw pass: the first batch leaves some seconds after arrival. */
const SLACK_MS = 30_000;
/** Two tellings of one form come closer together than people fill in a second. */
const SAME_FORM_MS = 10_000;
/** A page shows a handful of rules; a forged one must not grow the row without end. */
const MOST_SHOWN = 50;

/** Null when nothing was folded: the visit belongs to another visitor or is one too many today, or a sandboxed frame speaks of an unknown one. */
export async function foldBatch(
  tx: Tx,
  signingKey: string,
  shop: ShopRow,
  posted: Batch,
  network: Network,
): Promise<FoldedBatch | null> {
  const { now } = tx;
  const { ticket, events: told } = withoutTicket(posted.events);
  const batch = { ...posted, events: told, visitor: await recogniseVisitor(tx, shop.id, posted) };
  const opened = await openBatch(tx, {
    shopId: shop.id,
    visitorId: batch.visitor,
    visitId: batch.visit,
    key: batch.key,
    visitsPerDay: shop.settings.limits.visitsPerDay,
  });
  if (!opened) return null;
  const { visitor: before, visit: known, fresh, arms } = opened;
  if (!fresh && known) return { visitor: before, visit: known, fresh, arms, events: [] };

  const visit = known ?? openVisit(shop.id, batch, before, network, now);
  const events = rebase(batch, visit.startedAt, now).filter((event) => !isToldTwice(event, visit));
  const proved = batch.untied ? null : await provedContact(tx, signingKey, shop.id, events);
  const contactId = proved ?? before.contactId ?? (await lettersContact(tx, signingKey, { shop, batch, ticket }));
  const visitor = { ...events.reduce(remembered, before), contactId, lastAt: now };
  if (batch.sandboxed && !known) {
    await updateVisitor(tx, { ...visitor, lastAt: before.lastAt });
    await tellOtherDevices(tx, before, visitor);
    return null;
  }

  const state = foldState(visit, events, now);
  const arrival = { shopId: shop.id, ticket: batch.sandboxed ? null : ticket, utm: state.utm, opened: !known };
  const gift = visit.gift || (!batch.untied && (await isGiftVisit(tx, signingKey, arrival)));
  const folded: VisitRow = { ...visit, lastAt: now, state, gift };
  const counted = known ? visitor : { ...visitor, visits: visitor.visits + 1 };
  if (!(await saveVisit(tx, folded))) return null;
  const stored = keepable(events, visit.state);
  tx.meanwhile(
    insertEvents(tx, shop.id, batch.visit, stored),
    exposeArms(tx, shop.id, batch.visitor, stored),
    updateVisitor(tx, counted),
  );
  // Everybody's visits are counted in the same few rows.
  if (!known) tx.lastly(() => countVisit(tx, shop.id, batch.visitor));
  await tellOtherDevices(tx, before, counted);
  return { visitor: counted, visit: folded, fresh: true, arms, events };
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
    gift: false,
    ...network.client,
    network: network.range,
  };
}

/** Moves page times onto the server's clock: received − (sentAt − at), within [the visit's first receipt − 30 s, now]. */
function rebase(batch: Batch, startedAt: number, now: number): VisitEvent[] {
  const sentAt = batch.sentAt ?? batch.events.reduce((latest, event) => Math.max(latest, event.at), -Infinity);
  const earliest = startedAt - SLACK_MS;
  return batch.events
    .map((event) => ({ ...event, at: Math.round(Math.min(now, Math.max(earliest, now - (sentAt - event.at)))) }))
    .sort((one, other) => one.at - other.at);
}

/** A form comes as an event of the page, and with the address that was left in it: in which order, the network decides. */
const isToldTwice = (event: VisitEvent, { state }: VisitRow): boolean =>
  event.type === 'form' && state.trail.some(([type, at]) => type === 'form' && Math.abs(at - event.at) < SAME_FORM_MS);

function foldState(visit: VisitRow, events: readonly VisitEvent[], now: number): VisitRow['state'] {
  const state = events.reduce(foldVisit, visit.state);
  return { ...state, activeMs: Math.min(state.activeMs, now - visit.startedAt + SLACK_MS) };
}

function remembered(visitor: VisitorRow, event: VisitEvent): VisitorRow {
  switch (event.type) {
    case 'purchase':
      return { ...visitor, purchasedAt: Math.max(visitor.purchasedAt ?? 0, event.at) };
    case 'offer_declined':
      return { ...visitor, refusedAt: Math.max(visitor.refusedAt ?? 0, event.at) };
    case 'offer_shown': {
      const { [event.rule]: earlier = 0, ...others } = visitor.shown;
      const kept = Object.entries(others).slice(1 - MOST_SHOWN);
      return { ...visitor, shown: Object.fromEntries([...kept, [event.rule, Math.max(earlier, event.at)]]) };
    }
    case 'custom': {
      const reason = event.name === LEAVING_REASON ? LEAVING_REASONS.find((one) => one === event.data.reason) : null;
      return reason ? { ...visitor, reason } : visitor;
    }
    default:
      return visitor;
  }
}

/** Without addresses, and with the mark of what was no offer: the shown and the held out alike, so that they stay comparable. */
function keepable(events: readonly VisitEvent[], before: VisitRow['state']): StoredEvent[] {
  let state = before;
  return events.map((event) => {
    state = foldVisit(state, event);
    if (event.type === 'identify') return { type: 'identify', at: event.at };
    const seen = event.type === 'offer_shown' || event.type === 'offer_withheld';
    return seen && isOnSoldOut(state) ? { ...event, waitlist: true } : event;
  });
}
