/** A rule: when to show which offer to whom, in which popup, with which code and which flow after it. */

import type { Condition } from './condition.ts';
import type { Duration } from './duration.ts';
import type { Offer } from './offer.ts';
import type { Popup } from './popup.ts';

export const MOMENTS = ['exit', 'idle', 'scroll', 'time', 'return', 'manual'] as const;
export type Moment = (typeof MOMENTS)[number];

/** `unique`: we mint one code for one contact. */
export const CODE_MODES = ['unique'] as const;
export type CodeMode = (typeof CODE_MODES)[number];

export interface CodePlan {
  mode: CodeMode;
  /** 0–12 of A–Z and 0–9, put before the random part of a `unique` code. */
  prefix?: string;
  /** Where the code appears: in the letter alone, or on the page too (which tells strangers that an address is new). */
  reveal: 'email' | 'screen';
}

/** What a variant may change about its rule. */
export interface Variant {
  key: string;
  weight: number;
  offer?: Partial<Offer>;
  popup?: Partial<Popup>;
}

export interface Rule {
  id: string;
  name: string;
  enabled: boolean;
  /** The higher goes first. */
  priority: number;
  moment: Moment;
  when: Condition;
  offer: Offer;
  code: CodePlan;
  popup: Popup;
  quietFor: { refused: Duration; shown: Duration };
  /** Share of visitors, 0–1, who are never shown this rule, so that its effect can be measured. */
  holdout: number;
  variants: Variant[];
  /** Key of the flow that starts when the offer is accepted. */
  flow: string;
}

/** The rule as one arm sees it: the variant's offer and popup laid over the rule's. */
export function ruleForArm<R extends Pick<Rule, 'offer' | 'popup' | 'variants'>>(rule: R, arm: string | null): R {
  const variant = rule.variants.find((candidate) => candidate.key === arm);
  if (!variant) return rule;
  return { ...rule, offer: { ...rule.offer, ...variant.offer }, popup: { ...rule.popup, ...variant.popup } };
}
