/** A flow that is ready to switch on: what it does, what it needs to hear from the shop, and the scenarios that guard it. */

import type { Segment } from '../contacts/segment.ts';
import type { Scenario } from '../simulation/scenario.ts';
import type { Locale } from '../values/locale.ts';
import type { Flow } from './flow.ts';

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

/** Whom and what every recipe is to be tried on. */
export const SCENARIO_KINDS = [
  'new visitor',
  'never bought',
  'buyer',
  'subscriber',
  'critic',
  'act done',
  'act not done',
  'similar letter yesterday',
  'address changed',
  'language changed',
  'segment changed',
] as const;
export type ScenarioKind = (typeof SCENARIO_KINDS)[number];

/** The name of the scenario that shows it, or why there can be none. */
export type Tried = string | { none: string };

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
  /** So that none is forgotten. */
  tried: Readonly<Record<ScenarioKind, Tried>>;
}
