/** What a flow would have done had it been live for some time already: one contact after another, from what is remembered of them. */

import type { Item } from '../catalogue/item.ts';
import { discountOn, isBelowMinimum, type Order } from '../rules/offer.ts';
import type { Plan, PlanLine } from '../simulation/plan.ts';
import type { ScenarioEvent, ScenarioPerson } from '../simulation/scenario.ts';
import { simulate } from '../simulation/simulate.ts';
import type { SimulatedShop } from '../simulation/simulation.ts';
import { fromMinor, toMinor } from '../values/money.ts';
import type { ContactCondition, Flow } from './flow.ts';
import { isUndone } from './order.ts';

export interface PastContact {
  id: string;
  email: string;
  person: ScenarioPerson<number>;
  /** By time. Those before the period tell what was known of them when it began. */
  events: readonly ScenarioEvent<number>[];
}

/** One contact's latest way through the flow. */
export interface ReplayedEntry {
  contact: string;
  email: string;
  at: number;
  /** The event that let them in. */
  on: string;
  /** Letters that would have left by the end of the period. */
  sent: { at: number; letter: string }[];
  /** How it ended: `finished`, or what stopped it; null while it runs. */
  ended: string | null;
  items: readonly Item[];
  /** The order that it was about. */
  order: string | null;
}

export interface FlowReplayCounts {
  contacts: number;
  /** Contacts who would have entered, and how often they would have. */
  entered: number;
  entries: number;
  /** By letter. */
  letters: Record<string, number>;
  /** Letters that would not have left, by reason. */
  dropped: Record<string, number>;
  /** Entries that came to nothing, by reason. */
  keptOut: Record<string, number>;
  ended: Record<string, number>;
  /** Runs of the flow whose letters carry a code, and the discount on what was bought anyway while it was good. */
  codes: number;
  boughtAnyway: number;
}

export interface FlowReplay {
  /** The contact's latest entry, or null where there was none. */
  add(contact: PastContact): ReplayedEntry | null;
  counts(): FlowReplayCounts;
}

export interface FlowReplayInput {
  flow: Flow;
  shop: SimulatedShop;
  currency: string;
  /** What counts people into the segment that the flow's entry names; absent: it names none. */
  condition?: ContactCondition;
  /** ms since the epoch: nobody enters before or after. */
  from: number;
  to: number;
}

/** The flow's own bounds are left aside, other flows too, and nobody is held out. */
export function startFlowReplay({ flow, shop, currency, condition, from, to }: FlowReplayInput): FlowReplay {
  const counted = 'segment' in flow.entry && condition ? { segment: flow.entry.segment, condition, from } : null;
  const counts = { contacts: 0, entered: 0, entries: 0, codes: 0 };
  const letters: Record<string, number> = {};
  const dropped: Record<string, number> = {};
  const keptOut: Record<string, number> = {};
  const ended: Record<string, number> = {};
  let minor = 0;

  function add({ id, email, person, events }: PastContact): ReplayedEntry | null {
    counts.contacts += 1;
    const [first] = events;
    // A holiday comes to those, too, to whom nothing happened.
    if (!first && flow.entry.on !== 'holiday') return null;
    const plan = simulate({
      asked: flow.key,
      flows: [{ flow, startsAt: from, endsAt: to }],
      scenario: { person, events: events.filter(({ at, on }) => on !== 'offer_accepted' || (at >= from && at < to)) },
      id,
      shop,
      from: first?.at ?? from,
      until: to,
      ...(counted ? { counted } : {}),
      mostLines: Number.POSITIVE_INFINITY,
    });
    for (const line of plan.lines) {
      if (line.do === 'keep_out' && line.reason !== 'not_started') count(keptOut, line.reason);
      if (line.do === 'drop') count(dropped, line.reason);
      if (line.do === 'stop' || line.do === 'finish') count(ended, line.reason);
    }
    for (const { letter } of plan.letters) count(letters, letter);
    minor += atStake(plan, events);
    const entries = plan.lines.filter((line) => line.do === 'enter');
    counts.entries += entries.length;
    const latest = entries.at(-1);
    if (!latest) return null;
    counts.entered += 1;
    return entryOf(plan, latest, { id, email });
  }

  /** In minor units: the discount on the first order that each run's code would have been good for. */
  function atStake(plan: Plan, events: readonly ScenarioEvent<number>[]): number {
    const runs = new Map<number, Plan['letters'][number]>();
    for (const letter of plan.letters) if (letter.code && !runs.has(letter.chain)) runs.set(letter.chain, letter);
    counts.codes += runs.size;
    let sum = 0;
    for (const { at, offer, code } of runs.values()) {
      const order = events.find(
        (event) =>
          event.on === 'ordered' &&
          event.at > at &&
          event.at < (code?.expiresAt ?? to) &&
          !isUndone(event.status ?? ''),
      );
      const bought: Order = order?.on === 'ordered' ? boughtIn(order) : { total: 0 };
      if (!isBelowMinimum(bought, offer, currency)) sum += toMinor(discountOn(bought, offer, currency) ?? 0, currency);
    }
    return sum;
  }

  return {
    add,
    counts: () => ({ ...counts, letters, dropped, keptOut, ended, boughtAnyway: fromMinor(minor, currency) }),
  };
}

const boughtIn = ({ total = 0, items = [] }: Extract<ScenarioEvent<number>, { on: 'ordered' }>): Order => ({
  total,
  items: items.map((item) => ({ quantity: 1, ...item })),
});

const count = (counts: Record<string, number>, what: string): void => {
  counts[what] = (counts[what] ?? 0) + 1;
};

function entryOf(
  plan: Plan,
  { at, what, chain }: PlanLine,
  { id, email }: Pick<PastContact, 'id' | 'email'>,
): ReplayedEntry {
  const end = plan.lines.find((line) => line.chain === chain && (line.do === 'stop' || line.do === 'finish'));
  const sent = plan.letters.filter((one) => one.chain === chain);
  const [first] = sent;
  const carried = { items: first?.items ?? [], order: first?.order?.id ?? null };
  const told = sent.map(({ at: sentAt, letter }) => ({ at: sentAt, letter }));
  return { contact: id, email, at, on: what ?? '', sent: told, ended: end?.reason ?? null, ...carried };
}
