/** What an event of a scenario does to its person: the same that the server makes of it when it is told. */

import type { Item } from '../catalogue/item.ts';
import { NO_REPLENISHMENT, runningOut } from '../catalogue/rhythm.ts';
import { outsideOf } from '../flows/admission.ts';
import { SERVICE } from '../flows/ending.ts';
import { type Entry, type HeardEvent, ORDER_STATUSES, USUAL_HOUR } from '../flows/flow.ts';
import { aboutForm } from '../flows/form-about.ts';
import { CLOCK_SLACK_MS, isUndone } from '../flows/order.ts';
import { npsGroup } from '../letters/letter-wishes.ts';
import { offerOn } from '../rules/claimed-offer.ts';
import { after } from '../values/calendar.ts';
import { durationMs } from '../values/duration.ts';
import { clickJudgedAt } from '../visits/click.ts';
import type { Occurrence, ScenarioEvent } from './scenario.ts';
import { hear, newCode, stop } from './simulated-chain.ts';
import { begin, enterAll } from './simulated-entry.ts';
import { aboutCode, planDate, planEnd } from './simulated-times.ts';
import {
  deferAbsence,
  dropPending,
  isLive,
  noteFlow,
  planPending,
  type SimulatedChain,
  type SimulatedCode,
  type SimulatedLetter,
  type Simulation,
} from './simulation.ts';

type Of<On extends Occurrence<number>['on']> = Extract<Occurrence<number>, { on: On }>;

export function happen(sim: Simulation, event: ScenarioEvent<number>): void {
  const { person, now } = sim;
  switch (event.on) {
    case 'offer_accepted':
      accept(sim, event);
      return;
    case 'visited':
      visit(sim, event);
      return;
    case 'ordered':
      order(sim, event);
      return;
    case 'redeemed':
      redeem(sim);
      return;
    case 'subscribed':
      if (person.marketing !== 'none') return;
      person.marketing = 'subscribed';
      hear(sim, 'subscribed');
      enterAll(sim, { happened: { on: 'subscribed' }, about: `subscribed:${now}` });
      return;
    case 'unsubscribed':
      unsubscribe(sim);
      return;
    case 'bounced':
    case 'complained':
      if (person.suppressed !== 'complained') person.suppressed = event.on;
      for (const chain of sim.chains) stop(sim, chain, event.on);
      if (event.on === 'complained') unsubscribe(sim);
      return;
    case 'contact_known':
      enterAll(sim, { happened: { on: 'contact_known' }, about: 'known' });
      return;
    case 'registered':
      enterAll(sim, { happened: { on: 'registered' }, about: 'registered' });
      return;
    case 'form_submitted': {
      const { form, items = [] } = event;
      hear(sim, 'form_submitted');
      if (form === 'sign_up') enterAll(sim, { happened: { on: 'registered' }, about: 'registered', items });
      enterAll(sim, { happened: { on: 'form_submitted', form }, about: aboutForm(form, now), items, claimed: true });
      return;
    }
    case 'clicked': {
      const click = { at: now, judgedAt: clickJudgedAt(now) };
      const letter = latestOf(sim);
      if (event.letter !== undefined) sim.clicks.push({ letter: null, about: event.letter, ...click });
      else if (letter) sim.clicks.push({ letter, about: String(sim.letters.indexOf(letter)), ...click });
      return;
    }
    case 'nps_answered':
      person.nps = event.score;
      hear(sim, 'nps_answered');
      enterAll(sim, {
        happened: { on: 'nps_answered', group: npsGroup(event.score) },
        about: `nps:${latestPlace(sim)}`,
        order: latestOf(sim)?.chain.order ?? null,
        items: latestOf(sim)?.chain.items ?? [],
      });
      return;
    case 'reason_given':
      person.reason = event.reason;
      hear(sim, 'reason_given');
      return;
    case 'reviewed':
      hear(sim, 'reviewed');
      return;
    case 'changed':
      change(sim, event);
      return;
    case 'paused':
      person.pausedUntil = event.until;
      return;
    case 'muted':
      person.muted = event.topics;
      return;
    case 'code_issued': {
      const { offer = { kind: 'percent', value: 10 }, items = [] } = event;
      const code = newCode(sim, offer, sim.shop.zone, items);
      enterAll(sim, { happened: { on: 'code_issued' }, about: aboutCode(sim, code), items, code });
      return;
    }
    case 'ends':
      end(sim, event);
      return;
    case 'date':
      keep(sim, event);
      return;
    case 'item_back':
    case 'item_price_dropped':
    case 'items_arrived':
    case 'segment_entered':
    case 'segment_left':
    case 'custom': {
      const { at: _at, ...told } = event;
      const { items = [], ...happened } = { items: [], ...told };
      enterAll(sim, { happened, about: `${event.on}:${now}`, items });
      return;
    }
  }
}

/** Chains go on in the new language, unless they tell of an order: that has its own. */
function change(sim: Simulation, { locale, timezone, tags }: Of<'changed'>): void {
  const { person, chains, dates, now } = sim;
  if (tags) person.tags = tags;
  if (locale) {
    person.locale = locale;
    for (const chain of chains) if (chain.status === 'active' && chain.order === null) chain.locale = locale;
  }
  if (!timezone) return;
  person.zone = timezone;
  for (const field of dates.keys()) planDate(sim, field, now);
}

/** The letter that left last; of several that left at one moment always the same, whatever order they were planned in. */
const latestOf = ({ letters }: Simulation): SimulatedLetter | undefined =>
  letters
    .filter(({ sentAt }) => sentAt !== null)
    .toSorted(byLeaving)
    .at(-1);

function byLeaving(one: SimulatedLetter, other: SimulatedLetter): number {
  const [flow, otherFlow] = [one.chain.flow.key, other.chain.flow.key];
  if (one.sentAt !== other.sentAt) return (one.sentAt ?? 0) - (other.sentAt ?? 0);
  if (flow !== otherFlow) return flow < otherFlow ? -1 : 1;
  return one.chain.number - other.chain.number || one.place - other.place;
}

/** Which letter an answer is to, by its place among all; -1 where none has left. */
const latestPlace = (sim: Simulation): number => {
  const latest = latestOf(sim);
  return latest ? sim.letters.indexOf(latest) : -1;
};

function accept(sim: Simulation, { offer = { kind: 'none' }, items = [], flow: named }: Of<'offer_accepted'>): void {
  const { flows, asked } = sim;
  const begins = flows.filter(({ flow }) => flow.entry.on === 'offer_accepted');
  const one = named
    ? flows.find(({ flow }) => flow.key === named)
    : (begins.find(({ flow }) => flow.key === asked) ?? begins[0]);
  if (!one) return;
  const shut = outsideOf(one, sim.now);
  // Such an offer isn't made at all.
  if (shut) {
    noteFlow(sim, one.flow.key, { do: 'keep_out', what: 'offer_accepted', reason: shut });
    return;
  }
  const claimed = offerOn(offer, items);
  const code = offer.kind === 'none' ? null : newCode(sim, claimed, sim.shop.zone, items);
  begin(sim, one, {
    what: 'offer_accepted',
    order: null,
    items,
    locale: null,
    code,
    thing: null,
    form: null,
    offer: claimed,
    claimed: true,
  });
  if (code) tellOf(sim, code, items);
}

/** Told of: another end of the same thing moves it, and stops the chains about the one before. Else it comes to an end now. */
function end(
  sim: Simulation,
  { thing = 'thing', what = SERVICE, endsAt, title, points, items = [] }: Of<'ends'>,
): void {
  const told = { endsAt: endsAt ?? sim.now, title: title ?? items[0]?.title ?? null, points: points ?? null };
  sim.endings.set(thing, told);
  if (endsAt === undefined) {
    enterAll(sim, { happened: { on: 'ends', what }, about: `ends:${thing}:${sim.now}`, thing, items });
    return;
  }
  for (const [key, entry] of sim.pending) if (entry.thing === thing) sim.pending.delete(key);
  for (const chain of sim.chains) if (chain.thing === thing) stop(sim, chain, 'renewed');
  planEnd(sim, { id: thing, what, endsAt, items });
}

/** Told of, or else it comes now. */
function keep(sim: Simulation, { field, date }: Of<'date'>): void {
  if (date === undefined) {
    enterAll(sim, { happened: { on: 'date', field }, about: `date:${sim.now}` });
    return;
  }
  sim.dates.set(field, date);
  planDate(sim, field, sim.now);
}

function tellOf(sim: Simulation, code: SimulatedCode, items: readonly Item[]): void {
  enterAll(sim, { happened: { on: 'code_issued' }, about: aboutCode(sim, code), items, code, claimed: true });
}

function visit(sim: Simulation, { viewed = [], carted = [], shared }: Of<'visited'>): void {
  const { person, now, shop, flows } = sim;
  person.visits.push({ at: now, viewed, carted });
  const heard: HeardEvent[] = ['visited'];
  if (viewed.length > 0) heard.push('viewed');
  if (carted.length > 0) heard.push('carted');
  for (const event of heard) hear(sim, event);
  const leaving: Partial<Record<Entry['on'], boolean>> = {
    absent: true,
    cart_abandoned: carted.length > 0,
    browse_abandoned: carted.length === 0 && viewed.length > 0,
  };
  for (const { flow } of flows) {
    const { entry, key } = flow;
    if (!('after' in entry)) continue;
    const items = offered(viewed, carted);
    const dueAt = after(now, entry.after, shop.zone);
    if (!leaving[entry.on]) dropPending(sim, key);
    else planPending(sim, { flow: key, dueAt, about: `${entry.on}:${now}`, order: null, items, locale: null });
  }
  if (shared) {
    const about = `shared:${shared}:${now}`;
    enterAll(sim, { happened: { on: 'shared', act: shared }, about });
  }
}

/** Carted things first, the latest first, each once. */
function offered(viewed: readonly Item[], carted: readonly Item[]): Item[] {
  const once = new Map<string, Item>();
  for (const item of [...viewed, ...carted].reverse()) if (!once.has(item.id)) once.set(item.id, item);
  return [...once.values()].filter((item) => item.available !== false);
}

function order(sim: Simulation, { order: id, status = 'placed', total = 0, items = [] }: Of<'ordered'>): void {
  const { person, now } = sim;
  const before = person.orders.get(id);
  const at = before?.at ?? now;
  person.orders.set(id, { at, status, total, items });
  if (!isUndone(status)) endBought(sim, at);
  if (before?.status === status) return;
  if (!before && !isUndone(status)) {
    hear(sim, 'purchased');
    deferAbsence(sim, now);
    for (const { flow } of sim.flows) {
      if (flow.entry.on === 'cart_abandoned' || flow.entry.on === 'browse_abandoned') dropPending(sim, flow.key);
    }
    enterAll(sim, { happened: { on: 'order_placed' }, about: `order:${id}`, order: id, items });
    runOut(sim, id, at, items);
  }
  if (isUndone(status))
    for (const [thing, entry] of sim.pending)
      if (entry.order === id && entry.about.startsWith('runs_out:')) sim.pending.delete(thing);
  const known = ORDER_STATUSES.find((one) => one === status);
  if (known) {
    const happened = { on: 'order_status' as const, status: known };
    enterAll(sim, { happened, about: `order:${id}:${known}`, order: id, items });
  }
  if (status === 'delivered')
    enterAll(sim, { happened: { on: 'order_delivered' }, about: `order:${id}`, order: id, items });
}

const DAY_MS = 86_400_000;

/** What was bought again runs out later; the rest is waited for as planned. */
function runOut(sim: Simulation, order: string, placedAt: number, items: readonly Item[]): void {
  const { shop, person } = sim;
  const ids = new Set(items.map(({ id }) => id));
  for (const { flow } of sim.flows) {
    if (flow.entry.on !== 'runs_out') continue;
    for (const [thing, entry] of sim.pending) {
      if (entry.flow !== flow.key) continue;
      const left = entry.items.filter(({ id }) => !ids.has(id));
      if (left.length === 0) sim.pending.delete(thing);
      else if (left.length < entry.items.length) sim.pending.set(thing, { ...entry, items: left });
    }
    const { before = '0d', at = USUAL_HOUR } = flow.entry;
    const rhythms = shop.rhythms ?? { said: NO_REPLENISHMENT, measured: {} };
    const days = durationMs(before) / DAY_MS;
    const coming = runningOut({ items, rhythms, placedAt, zone: person.zone, before: days, at });
    if (coming.length === 0) noteFlow(sim, flow.key, { do: 'keep_out', what: 'runs_out', reason: 'no_rhythm' });
    for (const [place, { dueAt, items: some, rhythm }] of coming.entries()) {
      const thing = `${order}:${place}`;
      planPending(sim, { flow: flow.key, dueAt, about: `runs_out:${thing}`, order, items: some, locale: null }, thing);
      noteFlow(sim, flow.key, { do: 'enter_later', what: 'runs_out', reason: rhythm.from, until: dueAt });
    }
  }
}

function endBought(sim: Simulation, boughtAt: number): void {
  const over = ({ enteredAt, flow }: SimulatedChain): boolean =>
    enteredAt < boughtAt + CLOCK_SLACK_MS && flow.stopOn.includes('purchased');
  for (const chain of sim.chains.filter(over)) stop(sim, chain, 'purchased');
}

function redeem(sim: Simulation): void {
  const code = sim.codes.findLast((one) => isLive(one, sim.now));
  if (!code) return;
  code.status = 'redeemed';
  sim.person.codeUsed = true;
  for (const chain of sim.chains.filter((one) => one.code === code)) stop(sim, chain, 'redeemed');
  endBought(sim, sim.now);
  hear(sim, 'redeemed');
}

function unsubscribe(sim: Simulation): void {
  const { person, chains } = sim;
  person.marketing = 'unsubscribed';
  person.suppressed ??= 'unsubscribed';
  const over = ({ flow }: SimulatedChain): boolean =>
    flow.purpose === 'marketing' || flow.stopOn.includes('unsubscribed');
  for (const chain of chains.filter(over)) stop(sim, chain, 'unsubscribed');
}
