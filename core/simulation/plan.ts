/** What a simulated person lives through, line by line: each step and each step not taken, with its reason. */

import type { Item } from '../catalogue/item.ts';
import type { Offer } from '../rules/offer.ts';
import type { FormKind } from '../visits/event.ts';

export type PlanDeed =
  | 'enter'
  | 'keep_out'
  | 'enter_later'
  | 'wait'
  | 'listen'
  | 'hear'
  | 'hear_nothing'
  | 'branch'
  | 'split'
  | 'issue'
  | 'tag'
  | 'notify'
  | 'webhook'
  | 'send'
  | 'hold'
  | 'drop'
  | 'stop'
  | 'finish';

export interface PlanLine {
  /** ms since the epoch. */
  at: number;
  flow: string;
  /** Which run of a flow it is, from 1; null for who is kept out. */
  chain: number | null;
  /** The step's path in the flow, `steps.2.branch.then.0`; null where no step is spoken of. */
  step: string | null;
  do: PlanDeed;
  /** The letter, event, code's offer, tags, way or name that it is about. */
  what: string | null;
  reason: string;
  /** When it goes on, ms since the epoch; null where that isn't known or needn't be. */
  until: number | null;
}

/** A letter that leaves, with what it is made from. */
export interface PlanLetter {
  at: number;
  flow: string;
  chain: number;
  /** The place in the flow's program. */
  place: number;
  letter: string;
  purpose: 'marketing' | 'transactional';
  variant: number | null;
  offer: Offer;
  code: { expiresAt: number | null } | null;
  items: readonly Item[];
  /** The order that it is about, as it stands then. */
  order: PlanOrder | null;
  /** Which of several things it is about: a holiday with its year, the id of what ends. */
  thing: string | null;
  /** The form that it began with. */
  form: FormKind | null;
  /** What ends, where it is about that. */
  ending: PlanEnding | null;
  locale: string | null;
}

export interface PlanEnding {
  /** ms since the epoch. */
  endsAt: number;
  title: string | null;
  points: number | null;
}

export interface PlanOrder {
  id: string;
  total: number;
  items: readonly Item[];
}

export interface Plan {
  lines: PlanLine[];
  letters: PlanLetter[];
  /** False: there was more than fits, and the end is missing. */
  whole: boolean;
}
