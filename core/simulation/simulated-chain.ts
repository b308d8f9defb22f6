/** A simulated person's way through a flow: on from step to step, and out. Decided by `advance`, as on the server. */

import type { Item } from '../catalogue/item.ts';
import { trialKey } from '../experiments/trial.ts';
import { LOST } from '../flows/admission.ts';
import { advance, type Circumstances, drawn, type Next } from '../flows/advance.ts';
import type { HeardEvent } from '../flows/flow.ts';
import type { Instruction } from '../flows/program.ts';
import type { Offer } from '../rules/offer.ts';
import { after } from '../values/calendar.ts';
import { chanceOf } from '../values/chance.ts';
import { usualTimeOf } from './simulated-person.ts';
import { aboutCode, planEndOfCode } from './simulated-times.ts';
import {
  fulfils,
  isLive,
  noteChain,
  planPending,
  type SimulatedChain,
  type SimulatedCode,
  type Simulation,
} from './simulation.ts';

/** Walks the steps until one takes time, as the server does in one transaction. */
export function follow(sim: Simulation, chain: SimulatedChain): void {
  const { flow, program, code, dueAt } = chain;
  const { now, person } = sim;
  if (code && !isLive({ ...code, status: 'issued' }, now) && flow.stopOn.includes('code_expired')) {
    stop(sim, chain, 'code_expired');
    return;
  }
  if (chain.listening) noteChain(sim, chain, { do: 'hear_nothing', what: chain.listening.event, reason: 'timeout' });
  chain.listening = null;
  chain.dueAt = null;
  const circumstances = circumstancesOf(sim, chain);
  for (;;) {
    const next: Next = advance(program, chain.step, circumstances);
    if ('done' in next) {
      chain.status = 'completed';
      noteChain(sim, chain, { do: 'finish', reason: 'finished' });
      return;
    }
    if ('stop' in next) {
      stop(sim, chain, next.stop);
      return;
    }
    const step = chain.paths[next.step - 1] ?? null;
    if ('send' in next) {
      const { send: letter, prompt, variant, notBefore = now } = next;
      const expiresAt = next.expiresAfter
        ? after(next.notBefore ?? dueAt ?? now, next.expiresAfter, person.zone)
        : null;
      const place = next.step - 1;
      const fresh = { sentAt: null, clickedAt: null, status: 'queued' as const, notBefore };
      if (notBefore > now)
        noteChain(sim, chain, { do: 'hold', step, what: letter, reason: 'variant', until: notBefore });
      sim.letters.push({ chain, place, letter, prompt, variant, claimed: chain.claimed, expiresAt, ...fresh });
      chain.claimed = false;
      chain.step = next.step;
      return;
    }
    if ('listen' in next) {
      chain.step = next.otherwise;
      chain.dueAt = next.wait;
      chain.listening = { event: next.listen, step: next.step };
      noteChain(sim, chain, { do: 'listen', step, what: next.listen, reason: 'asked_for', until: next.wait });
      return;
    }
    chain.step = next.step;
    if ('wait' in next) {
      const over = next.wait <= now;
      const what = waitOf(program[next.step - 1]);
      noteChain(sim, chain, { do: 'wait', step, what, reason: over ? 'over' : 'asked_for', until: next.wait });
      if (over) continue;
      chain.dueAt = next.wait;
      return;
    }
    act(sim, chain, next, step);
  }
}

const waitOf = (instruction: Instruction | undefined): string | null => {
  if (instruction?.do !== 'wait') return null;
  const { wait, until, days } = instruction;
  return `${wait}${until ? ` until ${until}` : ''}${days ? ` on ${days.join(', ')}` : ''}`;
};

type Act = Exclude<
  Next,
  { send: unknown } | { wait: unknown } | { listen: unknown } | { stop: unknown } | { done: true }
>;

function act(sim: Simulation, chain: SimulatedChain, next: Act, step: string | null): void {
  const { now, person } = sim;
  if ('issue' in next) {
    const live = sim.codes.findLast((one) => isLive(one, now));
    const code = live ?? newCode(sim, next.issue, person.zone, chain.items);
    if (!live) planCodeEntries(sim, chain, code);
    chain.code = code;
    chain.offer = code.offer;
    const { kind, value } = code.offer;
    const reason = live ? 'has_live_code' : 'issued';
    const what = value === undefined ? kind : `${kind} ${value}`;
    noteChain(sim, chain, { do: 'issue', step, what, reason, until: code.expiresAt });
    return;
  }
  if ('tag' in next) {
    const { add, remove, until } = next.tag;
    for (const tag of [...add, ...remove]) sim.untags.delete(tag);
    if (until !== null) for (const tag of add) sim.untags.set(tag, { chain, at: until });
    person.tags = [...person.tags.filter((tag) => !add.includes(tag) && !remove.includes(tag)), ...add];
    const what = [...add.map((tag) => `+${tag}`), ...remove.map((tag) => `-${tag}`)].join(' ');
    noteChain(sim, chain, { do: 'tag', step, what, reason: 'asked_for', until });
    return;
  }
  if ('notify' in next) {
    noteChain(sim, chain, { do: 'notify', step, what: next.notify, reason: 'asked_for' });
    return;
  }
  noteChain(sim, chain, { do: 'webhook', step, what: next.webhook, reason: 'asked_for' });
}

/** Those flows begin once this chain has moved on. */
function planCodeEntries(sim: Simulation, { items, locale }: SimulatedChain, code: SimulatedCode): void {
  const about = aboutCode(sim, code);
  for (const { flow } of sim.flows) {
    if (flow.entry.on !== 'code_issued') continue;
    planPending(sim, { flow: flow.key, dueAt: sim.now, about, order: null, items, locale, code }, about);
  }
}

export function newCode(sim: Simulation, offer: Offer, zone: string, items: readonly Item[]): SimulatedCode {
  const expiresAt = offer.expiresIn ? after(sim.now, offer.expiresIn, zone) : null;
  const code: SimulatedCode = { offer, expiresAt, status: 'issued' };
  sim.codes.push(code);
  planEndOfCode(sim, code, items);
  return code;
}

/** What `advance` asks on its way is noted down: it passes branches and splits without a word. */
function circumstancesOf(sim: Simulation, chain: SimulatedChain): Circumstances {
  const { program, paths, flow } = chain;
  const { person, now, shop, winners } = sim;
  return {
    at: now,
    zone: person.zone,
    usual: usualTimeOf(person, shop.usual, now),
    holds(condition) {
      const fulfilled = fulfils(sim, condition);
      const place = program.findIndex((one) => one.do === 'branch' && one.if === condition);
      const reason = fulfilled ? 'fulfilled' : 'not_fulfilled';
      noteChain(sim, chain, { do: 'branch', step: paths[place] ?? null, what: fulfilled ? 'then' : 'else', reason });
      return fulfilled;
    },
    winner: (trial) => winners.get(trialKey(flow.key, trial)) ?? null,
    chance(place) {
      const chance = chanceOf(`${person.id}:${flow.key}:${place}`);
      const current = program[place];
      if (current?.do === 'split') {
        const to = drawn(current.arms, chance);
        const what = String(current.arms.findIndex((arm) => arm.to === to));
        noteChain(sim, chain, { do: 'split', step: paths[place] ?? null, what, reason: 'drawn' });
      }
      return chance;
    },
  };
}

/** Ends a chain, and with it the letters that have not left. */
export function stop(sim: Simulation, chain: SimulatedChain, reason: string): void {
  const running = chain.status === 'active';
  if (running) {
    chain.status = 'stopped';
    chain.dueAt = null;
    chain.listening = null;
  }
  for (const letter of sim.letters) {
    if (letter.chain !== chain || letter.status !== 'queued') continue;
    letter.status = 'dropped';
    noteChain(sim, chain, { do: 'drop', step: chain.paths[letter.place] ?? null, what: letter.letter, reason });
  }
  if (running) noteChain(sim, chain, { do: 'stop', reason });
}

/** Wakes the chains that listen for this. */
export function hear(sim: Simulation, event: HeardEvent): void {
  sim.person.tags = sim.person.tags.filter((tag) => tag !== LOST);
  for (const chain of sim.chains) {
    if (chain.status !== 'active' || chain.listening?.event !== event) continue;
    noteChain(sim, chain, { do: 'hear', what: event, reason: 'happened' });
    chain.step = chain.listening.step;
    chain.dueAt = sim.now;
    chain.listening = null;
  }
}
