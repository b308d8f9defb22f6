/** Finds a code as a shop's server or a buyer writes it, with who used it and what the asking order did with it. */

import { codeKey, misreadKey } from '../../../core/codes/code.ts';
import { termsOf } from '../../../core/codes/code-plan.ts';
import type { UsableCode, Uses } from '../../../core/codes/code-use.ts';
import { type CodeUseRow, countUses, type UseCount, useOf } from '../../../db/code-uses.ts';
import {
  anyIssued,
  type CodeRow,
  codeByKey,
  lockSharedKey,
  longestShared,
  rulesWithText,
  sharedCodeOf,
} from '../../../db/codes.ts';
import type { Tx } from '../../../db/connect.ts';
import type { ShopRow } from '../../../db/shops.ts';

export interface FoundCode extends UsableCode {
  /** As it was handed out. */
  code: string;
  key: string;
  issuedAt: number;
  /** The row of whom it was given to; null where many share the code and nobody knows who is asking. */
  row: CodeRow | null;
  uses: Uses;
  /** Uses and reservations of other orders. */
  count: UseCount;
  own: CodeUseRow | null;
}

export interface CodeSearch {
  text: string;
  orderId?: string | undefined;
  /** The buyer's canonical address. */
  canonical?: string | undefined;
  /** The order's other codes. */
  codes?: readonly string[] | undefined;
  /** Locked until the transaction ends, so that what is counted stays true. The caller holds the order's lock. */
  lock?: boolean;
}

/** A code as it is written goes before one that it may have been misread for. */
export async function findCode(tx: Tx, shop: ShopRow, search: CodeSearch): Promise<FoundCode | null> {
  const key = codeKey(search.text);
  if (!key) return null;
  const found = await findByKey(tx, shop, key, search);
  const meant = found ? null : misreadKey(key);
  return meant ? findByKey(tx, shop, meant, search) : found;
}

async function findByKey(
  tx: Tx,
  shop: ShopRow,
  key: string,
  { canonical, orderId, codes = [], lock = false }: CodeSearch,
): Promise<FoundCode | null> {
  const uses = () =>
    Promise.all([orderId === undefined ? null : useOf(tx, shop.id, orderId), countUses(tx, shop.id, key, orderId)]);
  // Sent together, and run one after the other: what is counted behind the code's lock stays true.
  let [personal, [held, count]] = await Promise.all([codeByKey(tx, shop.id, key, lock), uses()]);
  if (!personal && lock) {
    await lockSharedKey(tx, shop.id, key);
    [held, count] = await uses();
  }
  const found = personal ? ofPerson(personal) : await findShared(tx, shop.id, key, canonical);
  if (!found) return null;
  const own = held?.key === key ? held : null;
  return {
    ...found,
    key,
    count,
    own,
    uses: {
      redeemed: count.redeemed,
      reserved: count.reserved,
      own,
      other: held?.key !== key && held?.status === 'redeemed',
      beside: await isAnyOurs(tx, shop.id, codes),
    },
  };
}

/** Whether we gave one of these codes to anybody, or a rule gives its text to everybody. */
async function isAnyOurs(tx: Tx, shopId: string, codes: readonly string[]): Promise<boolean> {
  const keys = codes.map(codeKey).filter(Boolean);
  if (keys.length === 0) return false;
  if (await anyIssued(tx, shopId, keys)) return true;
  return (await rulesWithText(tx, shopId)).some(({ definition }) => keys.includes(codeKey(definition.code.code ?? '')));
}

type Found = Omit<FoundCode, 'key' | 'uses' | 'count' | 'own'>;

const ofPerson = (row: CodeRow): Found => ({
  code: row.code,
  status: row.status,
  offer: row.offer,
  terms: row.terms,
  canonical: row.canonical,
  expiresAt: row.expiresAt,
  issuedAt: row.issuedAt,
  row,
});

/** What was used up of a code that many share is counted over all of them: no row's own status says it. */
async function findShared(tx: Tx, shopId: string, key: string, canonical: string | undefined): Promise<Found | null> {
  const own = canonical === undefined ? null : await sharedCodeOf(tx, shopId, key, canonical);
  if (own) return { ...ofPerson(own), status: 'issued' };
  const longest = await longestShared(tx, shopId, key);
  if (longest) {
    const { row, alone } = longest;
    // Given to one person alone, it is theirs, as any other.
    const theirs = alone && canonical === undefined;
    return { ...ofPerson(row), status: 'issued', canonical: theirs ? row.canonical : null, row: theirs ? row : null };
  }
  const rule = (await rulesWithText(tx, shopId)).find(({ definition }) => codeKey(definition.code.code ?? '') === key);
  if (!rule) return null;
  const { code, offer } = rule.definition;
  return {
    code: code.code ?? '',
    status: 'issued',
    offer,
    terms: termsOf({ ...code, mode: 'static' }),
    canonical: null,
    expiresAt: null,
    issuedAt: rule.createdAt,
    row: null,
  };
}
