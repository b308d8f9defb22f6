/** Gives a person their one live code for a rule: the one they have, or a new one. */

import { codeKey } from '../../../core/codes/code.ts';
import { AHEAD, poolOf, termsOf } from '../../../core/codes/code-plan.ts';
import type { ClaimedOffer } from '../../../core/rules/offer.ts';
import type { Rule } from '../../../core/rules/rule.ts';
import { after } from '../../../core/values/calendar.ts';
import { type CodeRow, codeByKey, insertCode, liveCode, markExpired, saveOffer } from '../../../db/codes.ts';
import type { Tx } from '../../../db/connect.ts';
import type { ContactRow } from '../../../db/contacts.ts';
import { hastenMint } from '../../../db/mints.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { lockNextInStock, type StockRow, takeFromStock } from '../../../db/stock.ts';
import type { Deps } from '../../deps.ts';

export interface CodeWanted {
  shop: ShopRow;
  /** As the visitor's arm sees it. */
  rule: Rule & { offer: ClaimedOffer };
  /** Locked: nobody else gives them a code meanwhile. */
  contact: ContactRow;
  visitorId: string;
  /** Whom the cap on claims from one place counts it for; null where none is counted. */
  rangeHash: string | null;
}

/** However often a code is claimed anew, it stays a code on some things. */
const MOST_THINGS = 100;
/** A code that another person or shop-made text happens to have is tried again. */
const ATTEMPTS = 5;

export interface IssuedCode {
  code: CodeRow;
  /** Whether it was given just now. */
  fresh: boolean;
}

export async function issueCode(tx: Tx, deps: Deps, wanted: CodeWanted): Promise<IssuedCode> {
  const { shop, rule, contact, visitorId, rangeHash } = wanted;
  const { offer } = rule;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const live = await liveCode(tx, shop.id, contact.canonical, rule.id);
    if (live && (live.expiresAt === null || live.expiresAt > tx.now)) {
      return { code: await withThings(tx, live, offer), fresh: false };
    }
    if (live) await markExpired(tx, shop.id, live.id);
    const { code, shared, stocked } = await nextCode(tx, deps, shop.id, rule);
    const expiresAt = offer.expiresIn ? after(tx.now, offer.expiresIn, shop.timezone) : null;
    const issued = await insertCode(tx, {
      shopId: shop.id,
      id: deps.newId(),
      code,
      key: codeKey(code),
      ruleId: rule.id,
      contactId: contact.id,
      canonical: contact.canonical,
      visitorId,
      status: 'issued',
      offer,
      terms: termsOf({ ...rule.code, ...(shared ? { mode: 'static' } : {}) }),
      shared,
      rangeHash,
      issuedAt: tx.now,
      expiresAt,
    });
    // A code in stock that somebody has already is handed to nobody else, either.
    if (stocked && (issued || (await codeByKey(tx, shop.id, stocked.key)))) {
      const minted = stocked.source !== 'upload';
      await takeFromStock(tx, shop.id, stocked.key, minted ? expiresAt : null);
      if (minted) await hastenMint(tx, shop.id, stocked.pool, rule.code.ahead ?? AHEAD);
    }
    if (issued) return { code: issued, fresh: true };
  }
  throw new Error(`could not issue a code in ${ATTEMPTS} attempts`);
}

/** A code on certain things is for those, too, that it has been claimed with anew: their prices were shown. */
async function withThings(tx: Tx, code: CodeRow, { claimed }: ClaimedOffer): Promise<CodeRow> {
  const { claimed: before } = code.offer;
  const fresh = claimed?.items?.filter((id) => !before?.items?.includes(id)) ?? [];
  if (!before?.items || fresh.length === 0) return code;
  const items = [...before.items, ...fresh].slice(0, MOST_THINGS);
  return saveOffer(tx, code, { ...code.offer, claimed: { ...before, items } });
}

interface NextCode {
  code: string;
  shared: boolean;
  stocked: StockRow | null;
}

/** The code that is next by the rule's plan. Of a rule that can give nothing no claim is granted, so there is one. */
async function nextCode(tx: Tx, deps: Deps, shopId: string, { id, code: plan, offer }: Rule): Promise<NextCode> {
  const pool = poolOf(id, plan, offer);
  const stocked = pool === null ? null : await lockNextInStock(tx, shopId, pool);
  if (stocked) return { code: stocked.code, shared: false, stocked };
  const text = plan.mode === 'static' || plan.fallback === 'static' ? plan.code : undefined;
  if (text !== undefined) return { code: text, shared: true, stocked };
  if (pool !== null && plan.fallback !== 'unique') throw new Error(`rule ${id} has run out of codes`);
  return { code: deps.newCode(plan.prefix ?? ''), shared: false, stocked };
}
