/** The state of a simulation: one person, their chains, letters and codes, at one moment of a clock that only the simulation moves. */

import type { Item } from '../catalogue/item.ts';
import type { Companion } from '../catalogue/recommend.ts';
import type { Rhythms } from '../catalogue/rhythm.ts';
import type { ContactCondition, Flow, HeardEvent } from '../flows/flow.ts';
import type { Program } from '../flows/program.ts';
import type { HolidayCalendar } from '../holidays/holiday-settings.ts';
import { evaluate } from '../rules/condition.ts';
import type { Offer } from '../rules/offer.ts';
import { after, type QuietHours } from '../values/calendar.ts';
import type { FormKind } from '../visits/event.ts';
import type { PlanEnding, PlanLetter, PlanLine } from './plan.ts';
import type { ScenarioPerson } from './scenario.ts';
import { factsOfPerson, type SimulatedPerson } from './simulated-person.ts';

export interface SimulatedFlow {
  flow: Flow;
  /** The flow's bounds, ms since the epoch. */
  startsAt: number | null;
  endsAt: number | null;
}

export interface SimulatedShop {
  zone: string;
  dailyCap: number | null;
  quietHours: QuietHours | null;
  /** The hour at which most of its people come, "HH:MM"; null where nobody came. */
  usual: string | null;
  /** How long things last; absent: nobody knows. */
  rhythms?: Rhythms;
  /** When holidays are, and how long delivery takes; absent: as the United States keep them, and nobody says. */
  holidays?: HolidayCalendar;
  /** What goes with what; absent: nothing does. */
  companions?: readonly Companion[];
}

export interface SimulatedCode {
  offer: Offer;
  expiresAt: number | null;
  status: 'issued' | 'redeemed';
}

export interface SimulatedChain {
  flow: Flow;
  number: number;
  program: Program;
  paths: readonly (string | null)[];
  status: 'active' | 'stopped' | 'completed';
  step: number;
  /** Null while a letter carries it on, and at its end. */
  dueAt: number | null;
  listening: { event: HeardEvent; step: number } | null;
  /** A page asked for the next letter. */
  claimed: boolean;
  code: SimulatedCode | null;
  offer: Offer;
  items: readonly Item[];
  /** The id of the order that it is about. */
  order: string | null;
  /** Which of several things it is about. */
  thing: string | null;
  /** The form that it began with. */
  form: FormKind | null;
  locale: string | null;
  enteredAt: number;
}

export interface SimulatedLetter extends Pick<PlanLetter, 'place' | 'letter' | 'variant'> {
  chain: SimulatedChain;
  status: 'queued' | 'sent' | 'dropped';
  notBefore: number;
  prompt: boolean;
  claimed: boolean;
  expiresAt: number | null;
  sentAt: number | null;
  clickedAt: number | null;
}

export interface PendingEntry {
  flow: string;
  dueAt: number;
  about: string;
  order: string | null;
  items: readonly Item[];
  locale: string | null;
  /** The code that it is about, or the id of what else. */
  code?: SimulatedCode | null;
  thing?: string | null;
}

export interface CountedSegment {
  segment: string;
  condition: ContactCondition;
  /** When they are counted next, ms since the epoch. */
  nextAt: number;
  /** Null before the first count: who belongs to it then has not entered. */
  member: boolean | null;
}

export interface Simulation {
  now: number;
  /** The key of the flow that is asked about. */
  asked: string;
  /** The more important first. */
  flows: readonly SimulatedFlow[];
  shop: SimulatedShop;
  /** Which variant has won, by the trial's key. */
  winners: ReadonlyMap<string, number>;
  told: ScenarioPerson<number>;
  person: SimulatedPerson;
  chains: SimulatedChain[];
  letters: SimulatedLetter[];
  codes: SimulatedCode[];
  /** By flow and thing: a later sign of life replaces the earlier one. */
  pending: Map<string, PendingEntry>;
  /** Dates that come every year, by name. */
  dates: Map<string, string>;
  /** What they have for a time, by its id. */
  endings: Map<string, PlanEnding>;
  /** What each flow was entered for. */
  entered: Set<string>;
  /** When tags go that were given for a time, and the chain that gave them. */
  untags: Map<string, { chain: SimulatedChain; at: number }>;
  /** `letter`: null where no flow here sent it; `about`: which one it is. */
  clicks: { letter: SimulatedLetter | null; about: string; at: number; judgedAt: number }[];
  /** A segment that they are counted in and out of. */
  counted: CountedSegment | null;
  lines: PlanLine[];
  sent: PlanLetter[];
}

/** Unknown is no. */
export const fulfils = ({ told, person, now }: Simulation, condition: ContactCondition): boolean =>
  evaluate(condition, { facts: factsOfPerson(told, person, now), trail: [] }) === true;

type Told = Pick<PlanLine, 'do' | 'reason'> & Partial<Pick<PlanLine, 'step' | 'what' | 'until'>>;

export function noteChain(sim: Simulation, { flow, number }: SimulatedChain, line: Told): void {
  sim.lines.push({ at: sim.now, flow: flow.key, chain: number, step: null, what: null, until: null, ...line });
}

export function noteFlow(sim: Simulation, flow: string, line: Told): void {
  sim.lines.push({ at: sim.now, flow, chain: null, step: null, what: null, until: null, ...line });
}

/** As long as it is good: issued and in time. */
export const isLive = ({ status, expiresAt }: SimulatedCode, now: number): boolean =>
  status === 'issued' && (expiresAt === null || expiresAt > now);

/** `thing`: where one person may have several, such as codes. */
export function planPending(sim: Simulation, entry: PendingEntry, thing = ''): void {
  sim.pending.set(`${entry.flow}:${thing}`, entry);
}

/** Who orders or follows a link is not away: absence is counted anew from then. */
export function deferAbsence({ pending, flows, shop }: Simulation, at: number): void {
  for (const [thing, entry] of pending) {
    const away = flows.find(({ flow }) => flow.key === entry.flow)?.flow.entry;
    if (away?.on !== 'absent') continue;
    pending.set(thing, { ...entry, dueAt: Math.max(entry.dueAt, after(at, away.after, shop.zone)) });
  }
}

export const dropPending = (sim: Simulation, flow: string, thing = ''): boolean =>
  sim.pending.delete(`${flow}:${thing}`);
