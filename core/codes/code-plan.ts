/** How a rule comes by its codes, and what they are good for once they are somebody's. */

import type { Offer } from '../rules/offer.ts';

/**
 * `unique`: we mint one code for one contact; `pool`: one of those that the shop has uploaded; `static`: one text for
 * everybody; `platform`: one of those that we mint ahead in the shop's own platform.
 */
export const CODE_MODES = ['unique', 'pool', 'static', 'platform'] as const;
export type CodeMode = (typeof CODE_MODES)[number];

export const CODE_PLATFORMS = ['shopify', 'woocommerce'] as const;
export type CodePlatform = (typeof CODE_PLATFORMS)[number];

/** What stands in when a pool has run out. */
export const CODE_FALLBACKS = ['none', 'unique', 'static'] as const;
export type CodeFallback = (typeof CODE_FALLBACKS)[number];

/** `loose`: whoever has the code may use it; `strict`: only the address that it was given to. */
export const CODE_BINDINGS = ['loose', 'strict'] as const;
export type CodeBinding = (typeof CODE_BINDINGS)[number];

/** What becomes of the code of an order that is refunded or cancelled. */
export const CODE_REFUNDS = ['reopen', 'void'] as const;
export type CodeRefund = (typeof CODE_REFUNDS)[number];

export interface CodePlan {
  mode: CodeMode;
  /** 0–12 of A–Z and 0–9, put before the random part of a code that we make. */
  prefix?: string;
  /** Where the code appears: in the letter alone, or on the page too (which tells strangers that an address is new). */
  reveal: 'email' | 'screen';
  /** `pool`: the name that the codes were uploaded under. */
  pool?: string;
  /** `static`: the text itself. Only claims are answered with it, pages never read it in the config. */
  code?: string;
  /** `platform`: which one; absent: the one that is connected. */
  platform?: CodePlatform;
  /** `platform`: how many are kept ready. */
  ahead?: number;
  /** `pool`, `platform`: absent is `none`: nothing is offered until there are codes again. */
  fallback?: CodeFallback;
  /** How often a code can be used. Absent: once, and a `static` one without end. */
  uses?: number;
  binding?: CodeBinding;
  onRefund?: CodeRefund;
}

/** What a code is good for, as it was when it was given: later changes of the rule don't touch it. */
export interface CodeTerms {
  /** null is without end. */
  uses: number | null;
  binding: CodeBinding;
  onRefund: CodeRefund;
}

/** A platform counts the uses of its codes by itself, and takes none back. */
export const termsOf = ({ mode, uses, binding = 'loose', onRefund }: CodePlan): CodeTerms => ({
  uses: uses === undefined ? (mode === 'static' ? null : 1) : uses,
  binding,
  onRefund: onRefund ?? (mode === 'platform' ? 'void' : 'reopen'),
});

/** How many codes of a platform are kept ready where the rule doesn't say. */
export const AHEAD = 50;
/** The pool of uploads that nobody named. */
export const POOL = 'default';

/** Which stock the rule's codes come from, with this offer; null where they need none. A platform's code is worth one offer alone. */
export function poolOf(ruleId: string, { mode, pool = POOL }: CodePlan, offer: Offer): string | null {
  switch (mode) {
    case 'pool':
      return pool;
    case 'platform':
      return [ruleId, offer.kind, offer.value ?? '', offer.minOrder ?? '', ...limitsOf(offer)].join(':');
    case 'unique':
    case 'static':
      return null;
  }
}

/** What else a platform's coupon is told. */
function limitsOf({ stacking, exclude }: Offer): string[] {
  const categories = (exclude?.categories ?? []).map((name) => name.trim().toLowerCase()).sort();
  return [
    ...(stacking === 'any' ? ['any'] : []),
    ...(exclude?.reduced ? ['full-price'] : []),
    ...(categories.length > 0 ? [`not ${categories.join(' | ')}`] : []),
  ];
}

/** Whether nothing can be offered while this stock is empty. */
export const needsStock = ({ mode, fallback = 'none' }: CodePlan): boolean =>
  (mode === 'pool' || mode === 'platform') && fallback === 'none';
