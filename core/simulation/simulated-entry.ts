/** A simulated person's way into flows. Decided by `admission`, as on the server. */

import type { Item } from '../catalogue/item.ts';
import { admission, admits, type Happened, LOST } from '../flows/admission.ts';
import type { Flow } from '../flows/flow.ts';
import { formOf } from '../flows/form-about.ts';
import { pathsOf } from '../flows/places.ts';
import { programOf } from '../flows/program.ts';
import { topicOf } from '../letters/letter-wishes.ts';
import type { Offer } from '../rules/offer.ts';
import type { FormKind } from '../visits/event.ts';
import { follow } from './simulated-chain.ts';
import {
  fulfils,
  noteChain,
  noteFlow,
  planPending,
  type SimulatedChain,
  type SimulatedCode,
  type SimulatedFlow,
  type Simulation,
} from './simulation.ts';

export interface Occasion {
  happened: Happened;
  /** What it is about: entering for the same thing twice changes nothing. */
  about: string;
  /** The id of the order that it is about. */
  order?: string | null;
  items?: readonly Item[];
  locale?: string | null;
  /** The code that it is about. */
  code?: SimulatedCode | null;
  /** Which of several things it is about. */
  thing?: string | null;
  /** A page asked for the letters. */
  claimed?: boolean;
}

/** Offers the occasion to every flow that speaks of it. */
export function enterAll(sim: Simulation, occasion: Occasion): void {
  for (const one of sim.flows) if (admits(one.flow.entry, occasion.happened)) enterOne(sim, one, occasion);
}

export function enterOne(sim: Simulation, one: SimulatedFlow, occasion: Occasion): void {
  const { flow, startsAt, endsAt } = one;
  const { now, person } = sim;
  const {
    about,
    order = null,
    items = [],
    locale = null,
    code = null,
    thing = null,
    happened,
    claimed = false,
  } = occasion;
  const paused = person.pausedUntil !== null && person.pausedUntil > now;
  const verdict = admission({
    flow,
    now,
    startsAt,
    endsAt,
    marketing: person.marketing,
    unwanted: paused ? 'contact_paused' : unwantedOf(person, flow),
    filtered: !flow.filter || fulfils(sim, flow.filter),
    chains: sim.chains.map((chain) => ({
      flowKey: chain.flow.key,
      intent: chain.flow.intent ?? null,
      running: chain.status === 'active',
      enteredAt: chain.enteredAt,
    })),
  });
  const what = happened.on;
  if ('no' in verdict) {
    noteFlow(sim, flow.key, { do: 'keep_out', what, reason: verdict.no });
    return;
  }
  if ('later' in verdict) {
    const entry = { flow: flow.key, dueAt: verdict.later, about, order, items, locale, code, thing };
    planPending(sim, entry, code || thing ? about : '');
    noteFlow(sim, flow.key, { do: 'enter_later', what, reason: verdict.reason, until: verdict.later });
    return;
  }
  const key = `${flow.key}:${about}`;
  if (sim.entered.has(key)) {
    noteFlow(sim, flow.key, { do: 'keep_out', what, reason: 'entered_before' });
    return;
  }
  sim.entered.add(key);
  const offer: Offer = code?.offer ?? { kind: 'none' };
  begin(sim, one, { what, order, items, locale, code, thing, form: formOf(about), offer, claimed });
}

function unwantedOf({ tags, muted }: Simulation['person'], flow: Flow): 'lost' | 'muted' | null {
  if (tags.includes(LOST) && !flow.lost) return 'lost';
  return muted.includes(topicOf(flow)) ? 'muted' : null;
}

export interface Beginning {
  what: string;
  order: string | null;
  items: readonly Item[];
  locale: string | null;
  code: SimulatedCode | null;
  thing: string | null;
  form: FormKind | null;
  offer: Offer;
  /** A page asked for the letters. */
  claimed: boolean;
}

/** Starts a chain and takes its first steps. */
export function begin(sim: Simulation, { flow }: SimulatedFlow, { what, ...carried }: Beginning): void {
  const chain: SimulatedChain = {
    ...carried,
    locale: carried.locale ?? sim.person.locale,
    flow,
    number: sim.chains.filter((other) => other.flow.key === flow.key).length + 1,
    program: programOf(flow.steps),
    paths: pathsOf(flow.steps),
    status: 'active',
    step: 0,
    dueAt: sim.now,
    listening: null,
    enteredAt: sim.now,
  };
  sim.chains.push(chain);
  noteChain(sim, chain, { do: 'enter', what, reason: what });
  follow(sim, chain);
}
