/** Whether a code may be used for an order, and what it takes off. Decides only: who counts and keeps the uses is the database. */

import { type ClaimedOffer, discountOn, isBelowMinimum, type Order, shipsFree } from '../rules/offer.ts';
import type { CodeTerms } from './code-plan.ts';

/** How long an order may hold a code before it falls back by itself. */
export const RESERVED_MS = 15 * 60_000;

export interface UsableCode {
  status: 'issued' | 'reserved' | 'redeemed' | 'released' | 'expired';
  /** ms since the epoch, or null. */
  expiresAt: number | null;
  offer: ClaimedOffer;
  terms: CodeTerms;
  /** The canonical address that it was given to; null where it is not known who asks for a code that many share. */
  canonical: string | null;
}

/** What an order has of a code; null where nobody knows. */
export interface Gain {
  /** In the shop's currency. */
  discount: number | null;
  freeShipping: boolean | null;
}

export interface Uses {
  /** By other orders, and how many of them only hold it, for now. */
  redeemed: number;
  reserved: number;
  /** What the asking order itself did with this code. */
  own: ({ status: 'reserved' | 'redeemed' | 'released' } & Gain) | null;
  /** The asking order has used up another code. */
  other: boolean;
  /** One of the codes beside it on the order is one of ours: an order takes one. */
  beside: boolean;
}

/** Without a total or priced items neither minimum nor discount is known. */
export interface Purchase extends Order {
  currency?: string | undefined;
  /** The buyer's canonical address. */
  canonical?: string | undefined;
  /** The other codes and discounts that the order has, as the shop names them. */
  codes?: readonly string[] | undefined;
}

export type UseProblem =
  | 'already_redeemed'
  | 'order_has_code'
  | 'code_expired'
  | 'reserved'
  | 'code_bound'
  | 'not_combinable'
  | 'currency_mismatch'
  | 'below_minimum';

export type UseVerdict = (Gain & { done: boolean }) | { problem: UseProblem };

export interface UseQuestion {
  code: UsableCode;
  uses: Uses;
  purchase: Purchase;
  /** The shop's currency. */
  currency: string;
  now: number;
  /** Nothing is used yet: an address that is not known is no obstacle. */
  asking: boolean;
}

/** `done`: this very order has used it up already, and gets the same answer again. */
export function judgeUse({ code, uses, purchase, currency, now, asking }: UseQuestion): UseVerdict {
  const { own } = uses;
  const freeShipping = shipsFree(purchase, code.offer, currency);
  if (own?.status === 'redeemed')
    return { discount: own.discount, freeShipping: own.freeShipping ?? freeShipping, done: true };
  if (uses.other) return { problem: 'order_has_code' };
  const most = code.terms.uses ?? Number.POSITIVE_INFINITY;
  if (uses.redeemed >= most || (code.status === 'released' && own?.status !== 'released'))
    return { problem: 'already_redeemed' };
  // Held in time is bought in time.
  if (own?.status !== 'reserved' && (code.status === 'expired' || (code.expiresAt !== null && code.expiresAt <= now)))
    return { problem: 'code_expired' };
  if (uses.redeemed + uses.reserved >= most) return { problem: 'reserved' };
  if (isBound(code, purchase, asking)) return { problem: 'code_bound' };
  if (uses.beside || ((purchase.codes?.length ?? 0) > 0 && code.offer.stacking !== 'any'))
    return { problem: 'not_combinable' };
  if (purchase.currency !== undefined && purchase.currency !== currency) return { problem: 'currency_mismatch' };
  if (isBelowMinimum(purchase, code.offer, currency)) return { problem: 'below_minimum' };
  return { discount: discountOn(purchase, code.offer, currency), freeShipping, done: false };
}

function isBound({ terms, canonical }: UsableCode, purchase: Purchase, asking: boolean): boolean {
  if (terms.binding === 'loose' || (asking && purchase.canonical === undefined)) return false;
  return canonical === null || purchase.canonical !== canonical;
}
