/** What is known of a visitor and a visit, as decisions read it: their own rows, and, once proved, those of their contact on other devices. */

import type { ConditionInput } from '../../../core/rules/condition.ts';
import { localTime } from '../../../core/values/calendar.ts';
import { type VisitorSummary, visitFacts } from '../../../core/visits/facts.ts';
import type { Tx } from '../../../db/connect.ts';
import { contactById } from '../../../db/contacts.ts';
import { segmentsForRules } from '../../../db/segments.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Folded } from './fold-batch.ts';

export interface Known {
  summary: VisitorSummary;
  input: ConditionInput;
  /** Something was bought in this visit. */
  purchased: boolean;
  refusedAt: number | null;
  shown: Record<string, number>;
}

export async function knowVisitor(
  tx: Tx,
  shop: ShopRow,
  { visitor, visit }: Folded,
  arms: Record<string, string | null>,
): Promise<Known> {
  const contact = visitor.contactId ? await contactById(tx, shop.id, visitor.contactId) : null;
  const refusedAt = latest(visitor.refusedAt, contact?.refusedAt);
  const purchasedAt = latest(visitor.purchasedAt, contact?.purchasedAt);
  const purchased = visit.state.purchased || (purchasedAt !== null && purchasedAt >= visit.startedAt);
  const summary: VisitorSummary = {
    visits: visit.number,
    daysSinceLastVisit: visit.daysSinceLast,
    // Without proof only what this browser did counts: what became of the address it typed is its owner's business.
    subscribed: contact ? contact.marketing === 'subscribed' : visitor.subscribedAt !== null,
    purchasedAt: iso(purchasedAt),
    refusedAt: iso(refusedAt),
    shown: Object.fromEntries(Object.entries(visitor.shown).map(([rule, at]) => [rule, new Date(at).toISOString()])),
    ...(contact ? { segments: await segmentsForRules(tx, shop.id, contact.id) } : {}),
    facts: { country: visit.country, device: visit.device, browser: visit.browser, os: visit.os },
    arms,
  };
  const facts = visitFacts({
    visit: { ...visit.state, purchased },
    visitor: summary,
    purchasedAt,
    refusedAt,
    language: visit.language,
    currency: shop.currency,
    wall: localTime(tx.now, shop.timezone),
    now: tx.now,
  });
  return { summary, input: { facts, trail: visit.state.trail }, purchased, refusedAt, shown: visitor.shown };
}

const latest = (one: number | null, other: number | null | undefined): number | null =>
  one === null ? (other ?? null) : Math.max(one, other ?? one);

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
