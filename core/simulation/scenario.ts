/** A made-up person, what happens to them, and what a flow should then do: what simulations run on, shops save and recipes bring. */

import type { Item } from '../catalogue/item.ts';
import type { Whom } from '../flows/flow.ts';
import type { AwayReason } from '../letters/letter-wishes.ts';
import type { Offer } from '../rules/offer.ts';
import type { FormKind, ShareAct } from '../visits/event.ts';
import type { PlanLine } from './plan.ts';

/** What is known of them when it begins; what happens later changes it. Days since anything are counted from its time. */
export interface ScenarioFacts<Time> {
  orders?: number;
  spent?: number;
  firstOrderAt?: Time;
  lastOrderAt?: Time;
  lastVisitAt?: Time;
  lastClickAt?: Time;
  lastViewAt?: Time;
  lastCartAt?: Time;
  interests?: { categories?: readonly string[]; ids?: readonly string[] };
  bought?: { categories?: readonly string[]; ids?: readonly string[] };
  opened?: number;
  clicked?: number;
  nps?: number;
  reason?: string;
  tags?: readonly string[];
  segments?: readonly string[];
  codeUsed?: boolean;
  source?: string;
  city?: string;
  /** `MM-DD` or `YYYY-MM-DD`. */
  birthday?: string;
  rfm?: { recency: number; frequency: number; monetary: number };
}

export interface ScenarioPerson<Time> {
  /** A contact's, so that draws fall as they will for them. */
  id?: string;
  name?: string;
  /** The shop's, where nothing is said. */
  locale?: string;
  timezone?: string;
  /** Subscribed, where nothing is said. */
  marketing?: 'none' | 'subscribed' | 'unsubscribed';
  /** They asked for quiet until then. */
  pausedUntil?: Time;
  /** What they want no letters about: intents of flows, and `other`. */
  muted?: readonly string[];
  facts?: ScenarioFacts<Time>;
}

/** What happens beside what the engine itself sees to, by the words of entries, stops and waits. */
export type Occurrence<Time> =
  /** They take an offer whose rule names this flow, the one asked about by default. Of kind `none` it comes without a code. */
  | { on: 'offer_accepted'; flow?: string; offer?: Offer; items?: readonly Item[] }
  /** One visit; leaving after it is what left carts, left pages and absence are counted from. */
  | { on: 'visited'; viewed?: readonly Item[]; carted?: readonly Item[]; shared?: ShareAct }
  /** The shop tells of an order: a new id is a purchase, a known one its next state. */
  | { on: 'ordered'; order: string; status?: string; total?: number; items?: readonly (Item & { quantity?: number })[] }
  /** They use the code they have. */
  | { on: 'redeemed' }
  | { on: 'subscribed' }
  | { on: 'unsubscribed' }
  | { on: 'bounced' | 'complained' }
  | { on: 'contact_known' | 'registered' }
  | { on: 'form_submitted'; form: FormKind; items?: readonly Item[] }
  /** A person follows a link of the latest letter, or of another by its id: one that no flow here sent. */
  | { on: 'clicked'; letter?: string }
  | { on: 'nps_answered'; score: number }
  /** Why they stayed away, by one tap in a letter. */
  | { on: 'reason_given'; reason: AwayReason }
  | { on: 'reviewed'; stars: number }
  /** The shop says anew what it knows of them; `tags` is the whole list. */
  | { on: 'changed'; locale?: string; timezone?: string; tags?: readonly string[] }
  | { on: 'paused'; until: Time }
  | { on: 'muted'; topics: readonly string[] }
  /** The shop gives them a code in a way of its own: for a friend, by hand. */
  | { on: 'code_issued'; offer?: Offer; items?: readonly Item[] }
  /** The shop tells when something ends; again with another time: renewed. Without `endsAt` its end comes now. */
  | {
      on: 'ends';
      thing?: string;
      what?: string;
      title?: string;
      points?: number;
      endsAt?: Time;
      items?: readonly Item[];
    }
  | { on: 'item_price_dropped' | 'items_arrived'; items?: readonly Item[] }
  /** `waiting`: they had asked to be told. */
  | { on: 'item_back'; whom?: Whom; items?: readonly Item[] }
  | { on: 'segment_entered' | 'segment_left'; segment: string }
  /** The shop tells of a date that comes every year, `MM-DD` or `YYYY-MM-DD`. Without `date` it comes now. */
  | { on: 'date'; field: string; date?: string }
  | { on: 'custom'; name: string; items?: readonly Item[] };

export type ScenarioEvent<Time> = { at: Time } & Occurrence<Time>;

/** A line that the plan must have; what isn't said may be anything. */
export type ExpectedLine<Time> = { at?: Time } & { [key in 'flow' | 'do' | 'step' | 'what' | 'reason']?: string };

/** `Time` is ISO 8601 as it is written down, ms since the epoch as it is run. */
export interface Scenario<Time = string> {
  person: ScenarioPerson<Time>;
  events: readonly ScenarioEvent<Time>[];
  /** How many days things last, by their ids, over what the shop says. */
  lasts?: Readonly<Record<string, number>>;
  /** Lines that the plan must have, in this order, with any others between. */
  expect?: readonly ExpectedLine<Time>[];
  /** Working days that delivery takes, over what the shop says. */
  deliveryDays?: number;
  /** What goes with things, by their ids; without it the shop's own orders and visits say so, in a simulation that is not saved. */
  goesWith?: Readonly<Record<string, readonly string[]>>;
  /** Keys of the shop's other flows that run beside. */
  beside?: readonly string[];
  /** Where it begins, by default with the first event, and how many days it goes on after the last. */
  from?: Time;
  days?: number;
}

/** The expected lines that the plan doesn't have, or not in this order. */
export function unmet(expected: readonly ExpectedLine<number>[], plan: readonly PlanLine[]): ExpectedLine<number>[] {
  let place = 0;
  return expected.filter((wanted) => {
    const found = plan.findIndex((line, index) => index >= place && fits(wanted, line));
    if (found >= 0) place = found + 1;
    return found < 0;
  });
}

const fits = (wanted: ExpectedLine<number>, line: PlanLine): boolean =>
  (Object.keys(wanted) as (keyof typeof wanted)[]).every((key) => wanted[key] === line[key]);
