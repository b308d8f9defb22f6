/** Decides in the page, for speed, by the same rules as the server: folds the visit, asks core, shows what it says. */

import type { Item } from '../../core/catalogue/item.ts';
import { type DecideInput, type Decision, decide } from '../../core/rules/decide.ts';
import type { Moment } from '../../core/rules/rule.ts';
import { visitFacts } from '../../core/visits/facts.ts';
import { foldVisit, newVisit, type VisitState } from '../../core/visits/visit.ts';
import type { PublicRule } from '../../core/visits/wire.ts';
import type { Judge, Offer, OfferChunk, Offered, Rim } from '../bridge.ts';
import { ignore } from '../guard.ts';
import type { Memory } from '../memory.ts';

export function startJudge(rim: Rim): Judge {
  const { rules, shop } = rim.config;
  let offers: Promise<Offer> | undefined;
  let spoken = false;
  /** Once it need not be waited for. */
  let ready: Offer | undefined;

  /** What nobody can buy has no discount: its return is what can be told of. */
  function soldOut(): Item | null {
    const { item } = rim.page.state();
    return item?.available === false ? item : null;
  }

  const visit = (): VisitState | null => folded(rim.store.read()).state;

  /** What a decision would be made from; null before anything has happened. */
  function inputAt(moment: Moment): DecideInput | null {
    const memory = folded(rim.store.read());
    const { state, summary } = memory;
    if (!state) return null;
    const now = Date.now();
    const purchasedAt = timeOf(summary?.purchasedAt);
    const refusedAt = latest(memory.refusedAt, timeOf(summary?.refusedAt));
    const shown: Record<string, number> = { ...memory.shown };
    for (const [rule, at] of Object.entries(summary?.shown ?? {}))
      shown[rule] = latest(shown[rule] ?? null, timeOf(at)) ?? now;
    const facts = visitFacts({
      visit: state,
      visitor: summary ?? STRANGER,
      purchasedAt,
      refusedAt,
      language: navigator.language.slice(0, 2).toLowerCase(),
      currency: shop.currency,
      wall: /hour|weekday/.test(rim.toJson(rules)) ? rim.wallClock(now, shop.timezone) : null,
      now,
    });
    const arms = summary?.arms ?? {};
    return { moment, facts, trail: state.trail, purchased: state.purchased, refusedAt, shown, arms, now };
  }

  function consider(moment: Moment, only?: string): void {
    const input = spoken || rim.obstacle() ? null : inputAt(moment);
    if (!input) return;
    const { arms } = input;
    // A rule that the shop's own page asks for by name need not be waiting for this moment.
    const candidates = rules
      .filter((rule) => (!only || rule.id === only) && hasPlace(rule, arms[rule.id]))
      .map((rule) => (only ? { ...rule, moment, variants: [] } : rule));
    const decision = decide(candidates, input);
    for (const id of decision.held) hold(id, arms[id] ?? null);
    const offered = offeredBy(decision);
    if (offered) show(offered, moment);
  }

  function offeredBy(decision: Decision): (() => Offered) | undefined {
    if (!('show' in decision)) return undefined;
    const { show: id, arm: variant } = decision;
    const rule = rules.find((one) => one.id === id);
    return rule && (() => ({ rule, variant, waitFor: soldOut(), visit }));
  }

  function show(offered: () => Offered, moment: Moment): void {
    const inTime = rim.timer(moment);
    const atOnce = ready;
    spoken = true;
    withOffer((offer) => {
      if (!atOnce && (rim.obstacle() || !inTime())) spoken = false;
      else offer(offered())();
    });
  }

  function expect(): void {
    const input = spoken ? null : inputAt('exit');
    const offered = input && offeredBy(decide(rules, input));
    if (!offered) return;
    withOffer((offer) => {
      ready = offer;
      offer(offered());
    });
  }

  /** At once, where it has been expected. */
  function withOffer(act: (offer: Offer) => void): void {
    offers ??= rim.load('offer').then((chunk) => (chunk as OfferChunk).prepareOffers(rim));
    if (ready) act(ready);
    else offers.then(act).catch(ignore);
  }

  /** Only where the popup could be had: so the held out are compared with just those who were shown it. */
  function hold(rule: string, variant: string | null): void {
    withOffer(() => rim.withhold(rule, variant));
  }

  function ask(moment: Moment): ReturnType<Judge['ask']> {
    const input = inputAt(moment);
    return input && { rules, input, held: rim.obstacle(), waitFor: soldOut() };
  }

  return { consider, expect, ask };
}

/** Words in the page's flow need the place that the page keeps for them. */
const hasPlace = ({ popup, variants }: PublicRule, arm: string | null | undefined): boolean =>
  (variants.find(({ key }) => key === arm)?.popup?.format ?? popup.format) !== 'inline' ||
  document.querySelector('[data-linger-inline]') !== null;

const STRANGER = {
  visits: 1,
  daysSinceLastVisit: null,
  subscribed: false,
  facts: {},
};

/** Written with the next change: until then another page folds as well as this one. */
function folded(memory: Memory): Memory {
  // No `reduce`: older libraries have put another in its place.
  for (const event of memory.tail) memory.state = foldVisit(memory.state ?? newVisit(event.at), event);
  memory.tail = [];
  return memory;
}

const timeOf = (iso: string | null | undefined): number | null => (iso ? Date.parse(iso) || null : null);
const latest = (one: number | null, other: number | null): number | null => Math.max(one ?? 0, other ?? 0) || null;
