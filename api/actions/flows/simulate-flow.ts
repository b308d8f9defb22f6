/** Tries a flow on a made-up person: the dated plan, and the letters as they would leave. Nothing is written, nothing is sent. */

import type { Item } from '../../../core/catalogue/item.ts';
import {
  type Companion,
  type ToldRecommendation,
  toldCompanions,
  toldRecommendation,
} from '../../../core/catalogue/recommend.ts';
import { patchedReplenishment, type Rhythms } from '../../../core/catalogue/rhythm.ts';
import { trialsOf } from '../../../core/experiments/trial.ts';
import type { Flow, Step } from '../../../core/flows/flow.ts';
import { calendarOf, patchedHolidays } from '../../../core/holidays/holiday-settings.ts';
import type { Plan, PlanLetter, PlanLine } from '../../../core/simulation/plan.ts';
import type { ExpectedLine, Scenario } from '../../../core/simulation/scenario.ts';
import { simulate } from '../../../core/simulation/simulate.ts';
import type { SimulatedFlow } from '../../../core/simulation/simulation.ts';
import type { Tx } from '../../../db/connect.ts';
import type { OrderLine } from '../../../db/documents.ts';
import { flowByKey } from '../../../db/flows.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { type Leanings, measuredGaps } from '../../../db/tallies.ts';
import { currentTemplates } from '../../../db/templates.ts';
import { trialWinners } from '../../../db/trials.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import type { LetterSource } from '../letters/compose-letter.ts';
import { NOBODY, senderOf } from '../letters/letter-source.ts';
import { mailableCompanions } from '../letters/recommend-items.ts';
import { writeLetter } from '../letters/write-letter.ts';
import { flowOver } from './flow-over.ts';
import { usualTimeOf } from './usual-time-of.ts';

export interface SimulatedLetters {
  at: number;
  flow: string;
  letter: string;
  subject: string;
  html: string;
  text: string;
  recommended: ToldRecommendation | null;
}

export interface Simulated {
  plan: Plan;
  letters: SimulatedLetters[];
}

export interface SimulatedScenario {
  name: string;
  given: Record<string, unknown>;
  plan: PlanLine[];
  unmet: ExpectedLine<number>[];
  updatedAt: number;
}

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 90;
const MOST_LETTERS = 50;
const SAMPLE_CODE = 'SAMPLE-CODE';

/** `change` is laid over the stored flow, or is the whole of one that isn't stored. Null where there is neither. */
export async function simulateFlow(
  deps: Deps,
  shop: ShopRow,
  key: string,
  { flow: change, ...scenario }: Scenario<number> & { flow?: Record<string, unknown> },
): Promise<Simulated | null> {
  const found = await deps.db.shop(shop.id, async (tx) => {
    const stored = await flowByKey(tx, shop.id, key);
    // Without steps it is the change of a flow, and there is none.
    if (!stored && !(change && 'steps' in change)) return null;
    const flow = stored && !change ? stored : flowOver(stored, key, change ?? {}, 'flow');
    const usual = await usualTimeOf(tx, shop);
    const ordered = scenario.events.flatMap((event) => (event.on === 'ordered' ? (event.items ?? []) : []));
    const ids = [...new Set(ordered.map(({ id }) => id))];
    const measured = await measuredGaps(tx, shop.id, ids);
    const companions = await mailableCompanions(tx, shop.id, ids, shop.origins);
    const beside = await flowsBeside(tx, shop.id, key, scenario);
    const winners = await winnersOf(tx, shop.id, [flow, ...beside]);
    const own = new Map((await currentTemplates(tx, shop.id)).map((row) => [row.key, row]));
    return { flow, usual, measured, companions, beside, winners, own, now: tx.now };
  });
  if (!found) return null;
  const plan = planOf(shop, found, scenario, found.now);
  const letters = plan.letters.slice(0, MOST_LETTERS).map((letter) => {
    const flow = [found.flow, ...found.beside].find(({ key }) => key === letter.flow);
    const own = found.own.get(letter.letter) ?? null;
    return written(deps, shop, scenario, letter, { steps: flow?.steps ?? [], own });
  });
  return { plan, letters: await Promise.all(letters) };
}

/** Throws `invalid` where one of them is none of the shop's. */
export async function flowsBeside(
  tx: Tx,
  shopId: string,
  key: string,
  { beside = [] }: Pick<Scenario<number>, 'beside'>,
): Promise<Flow[]> {
  const flows: Flow[] = [];
  for (const [index, other] of beside.entries()) {
    const flow = other === key ? null : await flowByKey(tx, shopId, other);
    if (!flow) {
      const message = other === key ? 'is the flow itself' : `there is no flow "${other}"`;
      throw new Problem('invalid', { errors: [{ path: `beside.${index}`, message }] });
    }
    flows.push(flow);
  }
  return flows;
}

/** Which variants of what these flows try have won, by the trial's key. */
async function winnersOf(tx: Tx, shopId: string, flows: readonly Flow[]): Promise<Map<string, number>> {
  const keys = flows.flatMap((flow) => trialsOf(flow).map(({ key }) => key));
  return new Map((await trialWinners(tx, [shopId], keys)).map(({ key, winner }) => [key, winner ?? 0]));
}

interface PlannedBy {
  flow: Flow;
  beside: readonly Flow[];
  usual: string | null;
  /** How soon things are bought again. */
  measured?: Rhythms['measured'];
  /** What goes with what. */
  companions?: readonly Companion[];
  /** Which variants have won; absent: none yet. */
  winners?: ReadonlyMap<string, number>;
}

/** `now`: where it begins when nothing happens in it. */
export function planOf(
  shop: ShopRow,
  { flow, beside, usual, measured = {}, companions = [], winners = new Map() }: PlannedBy,
  { person, events, lasts = {}, deliveryDays, goesWith, from, days = DEFAULT_DAYS }: Scenario<number>,
  now: number,
): Plan {
  const times = events.map(({ at }) => at);
  const begin = from ?? (times.length > 0 ? Math.min(...times) : now);
  const { dailyCap, quietHours } = shop.settings.sending;
  return simulate({
    asked: flow.key,
    flows: [flow, ...beside].map(bounded),
    scenario: { person: { locale: shop.locale, ...person }, events },
    id: person.id ?? 'somebody',
    shop: {
      zone: shop.timezone,
      dailyCap,
      quietHours,
      usual,
      holidays: calendarOf(patchedHolidays(shop.settings.holidays, deliveryDays ? { deliveryDays } : {}), shop.locale),
      companions: goesWith ? toldCompanions(goesWith) : companions,
      rhythms: { said: patchedReplenishment(shop.settings.replenishment, { products: lasts }), measured },
    },
    winners,
    from: begin,
    until: Math.max(begin, ...times) + days * DAY_MS,
  });
}

const bounded = (flow: Flow): SimulatedFlow => ({
  flow,
  startsAt: flow.startsAt ? Date.parse(flow.startsAt) : null,
  endsAt: flow.endsAt ? Date.parse(flow.endsAt) : null,
});

const lineOf = ({ id, title, price, url, image }: Item): OrderLine => ({
  id,
  title,
  price,
  quantity: 1,
  url,
  ...(image ? { image } : {}),
});

/** Of somebody who is only imagined: what the scenario says of them. */
function leaningsOf({ facts: { interests, bought } = {} }: Scenario<number>['person']): Leanings {
  const categories = [...(interests?.categories ?? []), ...(bought?.categories ?? [])];
  return { bought: [...(bought?.ids ?? [])], titles: [], categories: [...new Set(categories)] };
}

async function written(
  deps: Deps,
  shop: ShopRow,
  { person }: Scenario<number>,
  { at, flow, place, letter, variant, purpose, offer, code, items, order, locale, thing, form, ending }: PlanLetter,
  { steps, own }: { steps: readonly Step[]; own: (LetterSource['own'] & object) | null },
): Promise<SimulatedLetters> {
  const source: LetterSource = {
    ...senderOf(shop),
    id: NOBODY,
    letter,
    purpose,
    flowKey: flow,
    steps: [...steps],
    step: place,
    variant,
    own,
    items: [...items],
    offer,
    order: order && {
      id: order.id,
      status: '',
      total: order.total,
      currency: shop.currency,
      body: { items: order.items.map(lineOf), codes: [] },
    },
    locale: locale ?? person.locale ?? shop.locale,
    code: code && SAMPLE_CODE,
    codeExpiresAt: code?.expiresAt ?? null,
    email: 'somebody@example.com',
    name: person.name ?? null,
    zone: person.timezone ?? shop.timezone,
    leanings: leaningsOf(person),
    imagined: { at, thing, form, ending },
  };
  const {
    letter: { subject, html, text },
    extras,
  } = await writeLetter(deps, source);
  const recommended = extras.recommended ? toldRecommendation(extras.recommended) : null;
  return { at, flow, letter, subject, html, text, recommended };
}
