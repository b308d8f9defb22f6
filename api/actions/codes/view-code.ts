/** A code as it is told: with what one order did with it, or as it stands for whoever comes next. */

import type { CodeTerms } from '../../../core/codes/code-plan.ts';
import type { Gain } from '../../../core/codes/code-use.ts';
import type { ClaimedOffer } from '../../../core/rules/offer.ts';
import type { FoundCode } from './find-code.ts';

export interface CodeView extends Gain {
  code: string;
  status: 'issued' | 'reserved' | 'redeemed' | 'released' | 'expired';
  offer: ClaimedOffer;
  terms: CodeTerms;
  /** How often it has been used up, by any order. */
  used: number;
  orderId: string | null;
  issuedAt: number;
  expiresAt: number | null;
  redeemedAt: number | null;
  /** Until when an order holds it. */
  reservedUntil: number | null;
}

/** What the asking order has of it. */
export function viewForOrder(found: FoundCode, { discount, freeShipping }: Gain): CodeView {
  const { own } = found;
  return {
    ...common(found),
    status: own && own.status !== 'released' ? own.status : 'issued',
    discount,
    freeShipping,
    orderId: own?.orderId ?? null,
    redeemedAt: own?.status === 'redeemed' ? own.at : null,
    reservedUntil: own?.status === 'reserved' ? own.until : null,
  };
}

/** As it stands, for nobody in particular. */
export function viewOfCode(found: FoundCode, now: number): CodeView {
  const { row, count, terms } = found;
  const most = terms.uses ?? Number.POSITIVE_INFINITY;
  const held = count.redeemed < most && count.redeemed + count.reserved >= most;
  return {
    ...common(found),
    status: statusOf(found, held, now),
    discount: row?.discount ?? null,
    freeShipping: row?.freeShipping ?? null,
    orderId: held ? count.holder : (row?.orderId ?? null),
    redeemedAt: row?.redeemedAt ?? null,
    reservedUntil: held ? count.until : null,
  };
}

const common = ({ code, offer, terms, issuedAt, expiresAt, count, own }: FoundCode) => ({
  code,
  offer,
  terms,
  used: count.redeemed + (own?.status === 'redeemed' ? 1 : 0),
  issuedAt,
  expiresAt,
});

function statusOf({ status, count, terms, expiresAt }: FoundCode, held: boolean, now: number): CodeView['status'] {
  if (terms.uses !== null && count.redeemed >= terms.uses) return 'redeemed';
  if (status === 'released' || status === 'expired') return status;
  if (held) return 'reserved';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'issued';
}
