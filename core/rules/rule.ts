/** A rule: when to show which offer to whom, in which popup, with which code and which flow after it. */

import type { CodePlan } from '../codes/code-plan.ts';
import type { AdaptivePlan } from '../experiments/adaptive-offer.ts';
import type { Duration } from '../values/duration.ts';
import type { Condition } from './condition.ts';
import { changedOffer, type Offer } from './offer.ts';
import type { PageFilter } from './page-glob.ts';
import type { Popup } from './popup.ts';
import type { Schedule } from './schedule.ts';

export const MOMENTS = ['exit', 'idle', 'scroll', 'time', 'return', 'manual'] as const;
export type Moment = (typeof MOMENTS)[number];

/** What a variant may change about its rule. */
export interface Variant {
  key: string;
  weight: number;
  moment?: Moment;
  offer?: Partial<Offer>;
  popup?: Partial<Popup>;
}

/** How much of a rule is enough. Showings tire a person, offers taken cost the shop: each is counted by its own. */
export interface Caps {
  /** Showings in one visit, and to one visitor ever. */
  perVisit?: number;
  perVisitor?: number;
  /** Visits that took the offer, on one day of the shop and in all. */
  perDay?: number;
  total?: number;
}

export interface Rule {
  id: string;
  name: string;
  enabled: boolean;
  /** The higher goes first. */
  priority: number;
  moment: Moment;
  when: Condition;
  schedule?: Schedule;
  pages?: PageFilter;
  caps?: Caps;
  /** Speaks also in a visit that has bought something. */
  afterPurchase?: boolean;
  offer: Offer;
  code: CodePlan;
  popup: Popup;
  quietFor: { refused: Duration; shown: Duration };
  /** Share of visitors, 0–1, who are never shown this rule, so that its effect can be measured. */
  holdout: number;
  variants: Variant[];
  /** The discounts that are drawn in their place, by what came of each. */
  adaptive?: AdaptivePlan;
  /** Key of the flow that starts when the offer is accepted. */
  flow: string;
}

/** The rule as one arm sees it: the variant's offer and popup laid over the rule's. Its moment is for `decide`, which asks for the others' too. */
export function ruleForArm<R extends Pick<Rule, 'offer' | 'popup' | 'variants'>>(rule: R, arm: string | null): R {
  const variant = rule.variants.find((candidate) => candidate.key === arm);
  if (!variant) return rule;
  return { ...rule, offer: changedOffer(rule.offer, variant.offer ?? {}), popup: { ...rule.popup, ...variant.popup } };
}
