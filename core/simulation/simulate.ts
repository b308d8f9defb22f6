/** Runs a person through flows under a clock of its own: the same decisions as on the server, nothing written, nothing sent. Pure. */

import type { ContactCondition, Flow } from '../flows/flow.ts';
import type { Plan } from './plan.ts';
import type { Scenario } from './scenario.ts';
import { follow, hear } from './simulated-chain.ts';
import { enterAll, enterOne } from './simulated-entry.ts';
import { happen } from './simulated-event.ts';
import { sendLetter } from './simulated-letter.ts';
import { newPerson } from './simulated-person.ts';
import { planDate, planHolidays } from './simulated-times.ts';
import {
  deferAbsence,
  fulfils,
  isLive,
  noteChain,
  noteFlow,
  type SimulatedFlow,
  type SimulatedLetter,
  type SimulatedShop,
  type Simulation,
} from './simulation.ts';

export interface SimulateInput {
  /** The key of the flow that is asked about. */
  asked: string;
  /** It, and those that run beside it. */
  flows: readonly SimulatedFlow[];
  scenario: Pick<Scenario<number>, 'person' | 'events'>;
  /** What the person's draws are sticky for: their contact id. */
  id: string;
  shop: SimulatedShop;
  /** Which variant has won, by the trial's key; absent: none yet. */
  winners?: ReadonlyMap<string, number>;
  /** ms since the epoch; `until` included. */
  from: number;
  until: number;
  /** A segment whose members are counted from then on, after whatever happens and every day; absent: scenarios tell who enters. */
  counted?: { segment: string; condition: ContactCondition; from: number };
  /** The plan ends after so many lines. */
  mostLines?: number;
}

/** A plan that is longer is a mistake, or nobody would read it. */
const MOST_LINES = 1_000;

export function simulate(input: SimulateInput): Plan {
  const { asked, flows, scenario, id, shop, from, until, winners = new Map(), mostLines = MOST_LINES } = input;
  const { counted } = input;
  const { person, events } = scenario;
  const sim: Simulation = {
    now: from,
    asked,
    flows: flows.toSorted((one, other) => byPriority(one.flow, other.flow)),
    shop,
    winners,
    told: person,
    person: newPerson(person, id, shop.zone),
    chains: [],
    letters: [],
    codes: [],
    pending: new Map(),
    endings: new Map(),
    dates: new Map(person.facts?.birthday ? [['birthday', person.facts.birthday]] : []),
    entered: new Set(),
    untags: new Map(),
    clicks: [],
    // Who comes later belonged to none when it began.
    counted: counted
      ? { ...counted, nextAt: Math.max(counted.from, from), member: counted.from < from ? false : null }
      : null,
    lines: [],
    sent: [],
  };
  planDate(sim, 'birthday', from);
  planHolidays(sim, until);
  const coming = events.toSorted((one, other) => one.at - other.at);
  while (sim.lines.length < mostLines) {
    const now = Math.max(
      sim.now,
      Math.min(
        dueNext(sim),
        sim.counted?.nextAt ?? Number.POSITIVE_INFINITY,
        coming[0]?.at ?? Number.POSITIVE_INFINITY,
      ),
    );
    if (now > until) return { lines: sim.lines, letters: sim.sent, whole: true };
    sim.now = now;
    for (let event = coming[0]; event && event.at <= now; event = coming[0]) {
      coming.shift();
      happen(sim, event);
    }
    turn(sim, mostLines);
    countSegment(sim);
    turn(sim, mostLines);
  }
  return { lines: sim.lines.slice(0, mostLines), letters: sim.sent, whole: false };
}

/** The more important first. */
function byPriority(one: Flow, other: Flow): number {
  return (other.priority ?? 0) - (one.priority ?? 0) || (one.key < other.key ? -1 : 1);
}

/** As the server takes the letters of one moment: those asked for to the minute, then by priority. */
function byTurn(one: SimulatedLetter, other: SimulatedLetter): number {
  const prompt = Number(other.prompt) - Number(one.prompt);
  return prompt || byPriority(one.chain.flow, other.chain.flow) || one.notBefore - other.notBefore;
}

/** Beside the count of a segment. */
function dueNext({ chains, letters, pending, clicks, untags }: Simulation): number {
  return Math.min(
    ...chains.map(({ dueAt }) => dueAt ?? Number.POSITIVE_INFINITY),
    ...letters.map(({ status, notBefore }) => (status === 'queued' ? notBefore : Number.POSITIVE_INFINITY)),
    ...[...pending.values()].map(({ dueAt }) => dueAt),
    ...clicks.map(({ judgedAt }) => judgedAt),
    ...[...untags.values()].map(({ at }) => at),
  );
}

/** Everything that is due now, in the order in which the server's turn takes it. */
function turn(sim: Simulation, mostLines: number): void {
  while (dueNext(sim) <= sim.now && sim.lines.length < mostLines) {
    dropTags(sim);
    judgeClicks(sim);
    enterPending(sim);
    const due = sim.chains.filter(({ dueAt }) => dueAt !== null && dueAt <= sim.now);
    for (const chain of due.sort((one, other) => (one.dueAt ?? 0) - (other.dueAt ?? 0))) follow(sim, chain);
    const letters = sim.letters.filter(({ status, notBefore }) => status === 'queued' && notBefore <= sim.now);
    for (const letter of letters.sort(byTurn)) {
      if (letter.status === 'queued') sendLetter(sim, letter);
    }
  }
}

/** Time changes facts, too: looked at every day, and whenever something has happened. */
const COUNTED_EVERY_MS = 86_400_000;

function countSegment(sim: Simulation): void {
  const { counted, now } = sim;
  if (!counted) return;
  const begun = counted.member !== null || counted.nextAt <= now;
  if (!begun) return;
  while (counted.nextAt <= now) counted.nextAt += COUNTED_EVERY_MS;
  const { segment, condition, member: before } = counted;
  counted.member = fulfils(sim, condition);
  if (before === null || before === counted.member) return;
  const on = counted.member ? ('segment_entered' as const) : ('segment_left' as const);
  enterAll(sim, { happened: { on, segment }, about: `${on}:${now}` });
}

function dropTags(sim: Simulation): void {
  for (const [tag, { chain, at }] of sim.untags) {
    if (at > sim.now) continue;
    sim.untags.delete(tag);
    if (!sim.person.tags.includes(tag)) continue;
    sim.person.tags = sim.person.tags.filter((one) => one !== tag);
    noteChain(sim, chain, { do: 'tag', what: `-${tag}`, reason: 'time_over' });
  }
}

function judgeClicks(sim: Simulation): void {
  const judged = sim.clicks.filter(({ judgedAt }) => judgedAt <= sim.now);
  sim.clicks = sim.clicks.filter(({ judgedAt }) => judgedAt > sim.now);
  for (const { letter, about, at } of judged) {
    hear(sim, 'clicked');
    if (letter === null || letter.clickedAt === null) sim.person.clicks.push(at);
    if (letter) letter.clickedAt ??= at;
    deferAbsence(sim, at);
    enterAll(sim, { happened: { on: 'letter_clicked' }, about: `clicked:${about}` });
  }
}

function enterPending(sim: Simulation): void {
  const due = [...sim.pending].filter(([, { dueAt }]) => dueAt <= sim.now);
  for (const [key] of due) sim.pending.delete(key);
  for (const [, { flow: key, dueAt: _, ...about }] of due.sort(([, one], [, other]) => one.dueAt - other.dueAt)) {
    const one = sim.flows.find(({ flow }) => flow.key === key);
    if (!one) continue;
    // Used, or run out meanwhile.
    if (about.code && !isLive(about.code, sim.now)) {
      noteFlow(sim, key, { do: 'keep_out', what: one.flow.entry.on, reason: 'code_over' });
      continue;
    }
    const { entry } = one.flow;
    if (entry.on === 'date') planDate(sim, entry.field, sim.now + 1);
    enterOne(sim, one, { happened: { on: entry.on }, ...about });
  }
}
