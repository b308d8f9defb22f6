/** Replays past visits under a rule: when it would have spoken, beside which others, and what it would have given away. Each reader remembers one visitor at a time. */

import { claimedOffer } from '../rules/claimed-offer.ts';
import { byPriority, closedGate, type DecideInput, GATES, type Gate } from '../rules/decide.ts';
import { type ClaimedOffer, discountOn, isBelowMinimum, type Offer, type Order } from '../rules/offer.ts';
import type { Rule } from '../rules/rule.ts';
import { inHours, inSeason, seasonOf } from '../rules/schedule.ts';
import {
  closedStanding,
  type ShownLimit,
  STANDING_GATES,
  type Standing,
  type StandingGate,
  whenOnPages,
} from '../rules/standing.ts';
import { localTime } from '../values/calendar.ts';
import { fromMinor, toMinor } from '../values/money.ts';
import { visitFacts } from './facts.ts';
import type { Scene } from './scenes.ts';
import { cartValue } from './visit.ts';

/** A visit as it is remembered; visits come sorted by visitor and time. */
export interface PastVisit {
  visitor: string;
  /** ms since the epoch. */
  startedAt: number;
  /** Which visit of the visitor it was, and the days since the one before. */
  number: number;
  daysSinceLast: number | null;
  subscribed: boolean;
  /** Those of the segments that the rules ask for, as they are now; absent where nobody knows who it was. */
  segments?: string[];
  facts: { country: string | null; device: string | null; browser: string | null; os: string | null };
  language: string | null;
  /** The latest refusal and purchase of the visitor, whenever they were, and those told in this visit. */
  refusals: readonly number[];
  purchases: readonly number[];
  scenes: readonly Scene[];
  /** What was bought in this visit, and for how much in the shop's currency, where that is known. */
  bought: readonly ({ at: number } & Order)[];
}

export interface ReplayShop {
  currency: string;
  timezone: string;
  limit: ShownLimit | null;
}

/** What the replay reads of a rule. */
export type ReplayRule = Pick<
  Rule,
  | 'id'
  | 'name'
  | 'enabled'
  | 'priority'
  | 'moment'
  | 'when'
  | 'pages'
  | 'schedule'
  | 'caps'
  | 'afterPurchase'
  | 'quietFor'
  | 'offer'
>;

export interface ReplayCounts {
  visits: number;
  /** Visits in which the rule's moment came. */
  reached: number;
  /** Visits in which every gate of the rule was open at such a moment. */
  eligible: number;
  /** Visits in which it would have spoken: eligible, and no rule of higher priority was. */
  shown: number;
  /** Of those shown, those that went on to buy without it. */
  boughtAnyway: number;
  /** Why it kept quiet where its moment came: the gate that was closed when it came closest. */
  quiet: Partial<Record<Gate | StandingGate, number>>;
  /** Other rules that could have spoken at the same moments; `first`: that go before it. */
  overlap: { rule: string; name: string; visits: number; first: number }[];
  discount: {
    /** On what was bought anyway: given away for nothing. */
    boughtAnyway: number;
    /** On the carts as they were when it would have spoken: the most that it would have cost, had all used it. */
    carts: number;
    /** Purchases, and carts of visits shown, that don't tell what the offer would have taken off, and count for nothing above. */
    unknownPurchases: number;
    unknownCarts: number;
  };
}

/** Takes a reader's visits as they come, sorted by visitor and time. */
export type ReplayReader = (visit: PastVisit) => void;

export interface Replay {
  /** For one who reads a part of all visitors; what all readers saw is counted together. */
  reader(): ReplayReader;
  counts(): ReplayCounts;
}

/** What the replay remembers of the visitor whose visits are passing. */
interface Memory {
  visitor: string;
  showings: Record<string, number[]>;
  refusals: number[];
  purchases: number[];
}

const newMemory = (visitor: string): Memory => ({ visitor, showings: {}, refusals: [], purchases: [] });

const ORDER: readonly string[] = [...STANDING_GATES, ...GATES];

/** Experiments are left aside: nobody is held out, and the rule's own moment and offer count. What was taken of a cap is not known beforehand. */
export function startReplay(target: ReplayRule, others: readonly ReplayRule[], shop: ReplayShop): Replay {
  const on = others.filter((rule) => rule.enabled && rule.id !== target.id);
  const rules = byPriority([{ ...target, enabled: true }, ...on]).map(({ schedule, ...rule }) => ({
    ...rule,
    when: whenOnPages(rule),
    timetable: schedule ? { schedule, season: seasonOf(schedule, shop.timezone) } : null,
  }));
  const own = rules.findIndex(({ id }) => id === target.id);
  const arms = Object.fromEntries(rules.map(({ id }) => [id, null]));
  const money = newMoney(target.offer, shop.currency);
  const counts = { visits: 0, reached: 0, eligible: 0, shown: 0 };
  const quiet: ReplayCounts['quiet'] = {};
  const overlap = rules.map(({ id, name }) => ({ rule: id, name, visits: 0, first: 0 }));

  function reader(): ReplayReader {
    let memory = newMemory('');
    return (visit) => {
      if (memory.visitor !== visit.visitor) memory = newMemory(visit.visitor);
      add(visit, memory);
    };
  }

  function add(visit: PastVisit, memory: Memory): void {
    const beside = new Set<number>();
    let closest: Gate | StandingGate | null = null;
    let eligible = false;
    let shown: Scene | null = null;
    for (const scene of visit.scenes) {
      const { input, standing } = look(visit, scene, memory);
      const gates = rules.map((rule) => {
        const { timetable } = rule;
        if (
          timetable &&
          !(inSeason(timetable.season, scene.at) && inHours(timetable.schedule, localTime(scene.at, shop.timezone)))
        ) {
          return 'schedule';
        }
        return closedStanding(rule, standing) ?? closedGate(rule, input);
      });
      const gate = gates[own] ?? null;
      if (gate === null) {
        eligible = true;
        for (const [index, other] of gates.entries()) if (other === null && index !== own) beside.add(index);
      } else if (closest === null || ORDER.indexOf(gate) > ORDER.indexOf(closest)) closest = gate;
      const speaker = gates.indexOf(null);
      const id = rules[speaker]?.id;
      if (id === undefined) continue;
      memory.showings[id] = [...(memory.showings[id] ?? []), scene.at];
      if (speaker === own) shown ??= scene;
    }
    counts.visits += 1;
    if (visit.scenes.length > 0) counts.reached += 1;
    if (eligible) counts.eligible += 1;
    else if (closest) quiet[closest] = (quiet[closest] ?? 0) + 1;
    for (const index of beside) {
      const one = overlap[index];
      if (!one) continue;
      one.visits += 1;
      if (index < own) one.first += 1;
    }
    if (shown) {
      counts.shown += 1;
      money.count(visit, shown);
    }
    memory.refusals.push(...visit.refusals);
    memory.purchases.push(...visit.purchases);
  }

  function look(
    visit: PastVisit,
    { at, visit: state }: Scene,
    memory: Memory,
  ): { input: DecideInput; standing: Standing } {
    const refusedAt = latestBefore(at, memory.refusals, visit.refusals);
    const facts = visitFacts({
      visit: state,
      visitor: {
        visits: visit.number,
        daysSinceLastVisit: visit.daysSinceLast,
        subscribed: visit.subscribed,
        ...(visit.segments ? { segments: visit.segments } : {}),
        facts: visit.facts,
      },
      purchasedAt: latestBefore(at, memory.purchases, visit.purchases),
      refusedAt,
      language: visit.language,
      currency: shop.currency,
      wall: localTime(at, shop.timezone),
      now: at,
    });
    const { showings } = memory;
    const shown = Object.fromEntries(Object.entries(showings).map(([id, times]) => [id, times.at(-1) ?? 0]));
    const { trail, purchased } = state;
    return {
      input: { facts, trail, moment: target.moment, purchased, refusedAt, shown, arms, now: at },
      standing: {
        now: at,
        timeZone: shop.timezone,
        claim: false,
        showings,
        visitAt: visit.startedAt,
        taken: {},
        outOfFlow: [],
        outOfCodes: [],
        limit: shop.limit,
      },
    };
  }

  return {
    reader,
    counts: () => ({
      ...counts,
      boughtAnyway: money.purchases(),
      quiet: { ...quiet },
      overlap: overlap.filter((one, index) => index !== own && one.visits > 0),
      discount: money.told(),
    }),
  };
}

function latestBefore(at: number, ...lists: readonly (readonly number[])[]): number | null {
  let latest: number | null = null;
  for (const times of lists) {
    for (const time of times) if (time < at && (latest === null || time > latest)) latest = time;
  }
  return latest;
}

/** Sums in minor units, so that a million of them are still exact. */
function newMoney(offer: Offer, currency: string) {
  const sums = { purchases: 0, boughtAnyway: 0, carts: 0, unknownPurchases: 0, unknownCarts: 0 };
  /** In minor units; null where the order doesn't tell enough. */
  function discount(order: Order, claimed: ClaimedOffer): number | null {
    if (isBelowMinimum(order, claimed, currency)) return 0;
    const off = discountOn(order, claimed, currency);
    return off === null ? null : toMinor(off, currency);
  }

  return {
    count({ bought }: PastVisit, { at, visit }: Scene): void {
      const claimed = claimedOffer(offer, visit, currency);
      const later = bought.filter((one) => one.at >= at);
      if (later.length > 0) sums.purchases += 1;
      for (const order of later) {
        const off = discount(order, claimed);
        if (off === null) sums.unknownPurchases += 1;
        else sums.boughtAnyway += off;
      }
      const cart = cartValue(visit, currency);
      const off = cart === null ? null : discount({ total: cart, items: visit.cart }, claimed);
      if (off === null) sums.unknownCarts += 1;
      else sums.carts += off;
    },
    purchases: (): number => sums.purchases,
    told: (): ReplayCounts['discount'] => ({
      boughtAnyway: fromMinor(sums.boughtAnyway, currency),
      carts: fromMinor(sums.carts, currency),
      unknownPurchases: sums.unknownPurchases,
      unknownCarts: sums.unknownCarts,
    }),
  };
}
