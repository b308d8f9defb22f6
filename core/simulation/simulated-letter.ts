/** A simulated letter that is due: sent, put off or dropped, as `permit` decides it. */

import { ONLY_RECOMMENDING, recommend } from '../catalogue/recommend.ts';
import { SELLING_LETTERS } from '../flows/flow.ts';
import { isUndone } from '../flows/order.ts';
import { rests, UNHAPPY } from '../flows/resting.ts';
import { topicOf } from '../letters/letter-wishes.ts';
import { permit } from '../letters/permit.ts';
import { localDay } from '../values/calendar.ts';
import { stop } from './simulated-chain.ts';
import { noteChain, type SimulatedLetter, type Simulation } from './simulation.ts';

export function sendLetter(sim: Simulation, letter: SimulatedLetter): void {
  const { chain, place } = letter;
  const noted = { step: chain.paths[place] ?? null, what: letter.letter };
  const verdict = permit(permitOf(sim, letter));
  if ('hold' in verdict) {
    letter.notBefore = verdict.hold;
    noteChain(sim, chain, { do: 'hold', ...noted, reason: verdict.reason, until: verdict.hold });
    return;
  }
  if ('drop' in verdict) {
    letter.status = 'dropped';
    noteChain(sim, chain, { do: 'drop', ...noted, reason: verdict.reason });
    if (verdict.stop) {
      stop(sim, chain, verdict.reason);
      return;
    }
  } else if (isEmpty(sim, letter)) {
    letter.status = 'dropped';
    noteChain(sim, chain, { do: 'drop', ...noted, reason: 'nothing_to_show' });
  } else {
    letter.status = 'sent';
    letter.sentAt = sim.now;
    noteChain(sim, chain, { do: 'send', ...noted, reason: 'due' });
    const { flow, number, offer, code, items, order, thing, form, locale } = chain;
    const ordered = order === null ? undefined : sim.person.orders.get(order);
    const { variant } = letter;
    sim.sent.push({
      at: sim.now,
      flow: flow.key,
      chain: number,
      place,
      letter: letter.letter,
      purpose: flow.purpose,
      variant,
      offer,
      code: code && { expiresAt: code.expiresAt },
      items,
      order: order !== null && ordered ? { id: order, total: ordered.total, items: ordered.items } : null,
      thing,
      form,
      ending: sim.endings.get(thing ?? '') ?? null,
      locale,
    });
  }
  if (chain.status === 'active' && chain.dueAt === null && chain.step === place + 1) chain.dueAt = sim.now;
}

/** A letter that is about nothing but what goes with an order, and nothing goes with it; or nobody said what was to be downloaded. */
function isEmpty({ shop, person, told }: Simulation, { letter, chain }: SimulatedLetter): boolean {
  if (letter === 'form-answer' && chain.form === 'download') return chain.items.length === 0;
  const key = ONLY_RECOMMENDING.find((one) => one === letter);
  if (!key) return false;
  const bought = [...person.orders.values()].flatMap(({ status, items }) => (isUndone(status) ? [] : items));
  const has = [...chain.items, ...bought];
  const ids = new Set(chain.items.map(({ id }) => id));
  const found = recommend({
    letter: key,
    companions: (shop.companions ?? []).filter((one) => ids.has(one.with)),
    categories: [],
    best: [],
    fresh: [],
    avoid: new Set([...has.map(({ id }) => id), ...(told.facts?.bought?.ids ?? [])]),
    avoidTitles: new Set(has.map(({ title }) => title)),
  });
  return found === null;
}

function permitOf({ now, shop, person, letters }: Simulation, letter: SimulatedLetter) {
  const { chain, claimed } = letter;
  const { zone } = person;
  const today = localDay(now, zone);
  const sells = SELLING_LETTERS.some((one) => one === letter.letter);
  const left = letters.filter((other) => other.chain.flow.purpose === 'marketing' && other.sentAt !== null);
  return {
    now,
    expiresAt: letter.expiresAt,
    purpose: chain.flow.purpose,
    enrollment: chain.status,
    flowEnabled: true,
    haltedUntil: null,
    marketing: person.marketing,
    suppressed: person.suppressed,
    code: chain.code,
    orderStatus: chain.order === null ? null : (person.orders.get(chain.order)?.status ?? null),
    letter: letter.letter,
    hasContent: !sells || chain.code !== null || chain.items.length > 0,
    prompt: letter.prompt,
    dailyCap: shop.dailyCap,
    sentToday: left.filter(({ sentAt }) => localDay(sentAt ?? 0, zone) === today).length,
    quietHours: shop.quietHours,
    zone,
    // Who asks for an offer while resting asks for this letter.
    pausedUntil: claimed ? null : person.pausedUntil,
    resting: rests({
      letter: letter.letter,
      purpose: chain.flow.purpose,
      claimed,
      unhappy: person.tags.includes(UNHAPPY),
    }),
    muted: !claimed && person.muted.includes(topicOf(chain.flow)),
  };
}
