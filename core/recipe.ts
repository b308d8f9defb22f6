/** A flow that is ready to switch on: what it does, what it needs to hear from the shop, and the scenarios that guard it. */

import type { Flow } from './flow.ts';
import type { Locale } from './locale.ts';
import type { Scenario } from './scenario.ts';
import type { Segment } from './segment.ts';

/** What must reach Linger before anybody enters: by a rule, by the page, or by the shop's server. */
export type RecipeNeed =
  | 'rule'
  | 'visits'
  | 'consent'
  | 'orders'
  | 'birthday'
  | 'delivery'
  | 'ends'
  | 'forms'
  | 'shares'
  | 'referral'
  | 'feed'
  | 'waitlist';

export interface Recipe {
  key: string;
  names: Record<Locale, string>;
  /** One sentence. */
  about: Record<Locale, string>;
  needs: readonly RecipeNeed[];
  flow: Flow;
  /** What its `notify` steps say, in each language. */
  notes?: readonly Record<Locale, string>[];
  /** Made with the flow where the shop has none of that key. */
  segments?: readonly Segment[];
  /** By name. Saved with the flow. */
  scenarios: Readonly<Record<string, Scenario>>;
}
