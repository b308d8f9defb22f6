/** What was bought may be running out: a word in time, with a code or without. */

import type { Flow, Step } from '../flows/flow.ts';
import type { Recipe } from '../flows/recipe.ts';
import type { ExpectedLine, Scenario } from '../simulation/scenario.ts';
import {
  ANN,
  CHANGES,
  CONTENT,
  CRITIC,
  day,
  FINISHES,
  keptOut,
  ONLY_BUYERS,
  onTheWay,
  STRANGER,
  sends,
  TEAPOT,
} from './cast.ts';

const COFFEE = { ...TEAPOT, id: 'coffee', title: 'Coffee', url: 'https://shop.example/coffee' };
const FILTERS = { ...TEAPOT, id: 'filters', title: 'Filters', url: 'https://shop.example/filters' };
/** A teapot lasts. */
const LASTS = { coffee: 30, filters: 90 };
const BOUGHT = { at: day(0), on: 'ordered', order: '1001', total: 42, items: [TEAPOT, COFFEE] } as const;

const flowOf = (key: string, name: string, steps: Step[]): Flow => ({
  key,
  name,
  enabled: true,
  purpose: 'marketing',
  entry: { on: 'runs_out', at: '10:00' },
  filter: CONTENT,
  intent: 'replenishment',
  priority: 5,
  goal: { on: 'purchased', within: '14d' },
  stopOn: ['purchased', 'unsubscribed'],
  steps,
});

const scenariosOf = (...given: ExpectedLine<string>[]): Record<string, Scenario> => ({
  ...onTheWay(
    { person: ANN, lasts: LASTS, events: [BOUGHT], expect: [...given, sends('replenish'), FINISHES] },
    day(10),
    [],
    keptOut('filter'),
  ),
  buyer: { person: ANN, lasts: LASTS, events: [BOUGHT], expect: [...given, sends('replenish'), FINISHES] },
  'orders again by themselves': {
    person: ANN,
    lasts: LASTS,
    events: [BOUGHT, { ...BOUGHT, at: day(20), order: '1002' }],
    // Counted from that order.
    expect: [...given, { do: 'send', what: 'replenish', at: '2027-02-23T09:00:00Z' }, FINISHES],
  },
  'two things at two times': {
    person: ANN,
    lasts: LASTS,
    events: [{ ...BOUGHT, items: [COFFEE, FILTERS] }],
    expect: [...given, sends('replenish'), FINISHES, ...given, sends('replenish'), FINISHES],
    days: 120,
  },
  'sends it back': {
    person: ANN,
    lasts: LASTS,
    events: [BOUGHT, { ...BOUGHT, at: day(5), status: 'refunded' }],
    expect: [{ do: 'enter_later', reason: 'product' }],
  },
  // What runs out within three days shares a letter.
  'another thing runs out the day after': {
    person: ANN,
    lasts: { ...LASTS, filters: 31 },
    events: [{ ...BOUGHT, items: [COFFEE, FILTERS] }],
    expect: [...given, sends('replenish'), FINISHES],
  },
  'not a subscriber': { person: STRANGER, lasts: LASTS, events: [BOUGHT], expect: [keptOut('not_subscribed')] },
  'nobody knows how long it lasts': { person: ANN, events: [BOUGHT], expect: [keptOut('no_rhythm')] },
  critic: { person: CRITIC, lasts: LASTS, events: [BOUGHT], expect: [keptOut('filter')] },
  'lives far away': {
    person: { ...ANN, timezone: 'Asia/Vladivostok' },
    lasts: LASTS,
    events: [BOUGHT],
    expect: [...given, { do: 'send', what: 'replenish', at: '2027-02-03T00:00:00Z' }],
  },
});

const TRIED: Recipe['tried'] = {
  'new visitor': 'not a subscriber',
  'never bought': ONLY_BUYERS,
  buyer: 'buyer',
  subscriber: 'buyer',
  critic: 'critic',
  'act done': 'orders again by themselves',
  'act not done': 'buyer',
  'similar letter yesterday': 'another thing runs out the day after',
  ...CHANGES,
};

export const REPLENISHMENT: Recipe = {
  key: 'replenishment',
  names: { en: 'Time for more', ru: 'Пора пополнить' },
  about: {
    en: 'When what was ordered is running out, by how long you say it lasts, else by how soon people buy it again: the things, ready to order again.',
    ru: 'Когда заказанное заканчивается — по вашему сроку, иначе по тому, как скоро это покупают снова: эти вещи, готовые к повторному заказу.',
  },
  needs: ['orders', 'consent'],
  flow: flowOf('replenishment', 'Time for more', [{ send: 'replenish' }]),
  scenarios: scenariosOf(),
  tried: TRIED,
};

const ISSUED: ExpectedLine<string> = { do: 'issue', what: 'percent 15' };

export const REPLENISHMENT_CODE: Recipe = {
  key: 'replenishment-code',
  names: { en: 'Time for more, with a code', ru: 'Пора пополнить, с промокодом' },
  about: {
    en: 'The same with 15 % for two weeks; instead of `replenishment`.',
    ru: 'То же со скидкой 15 % на две недели; вместо `replenishment`.',
  },
  needs: ['orders', 'consent'],
  flow: flowOf('replenishment-code', 'Time for more, with a code', [
    { issue: { kind: 'percent', value: 15, expiresIn: '14d' } },
    { send: 'replenish' },
  ]),
  scenarios: {
    ...scenariosOf(ISSUED),
    'uses the code': {
      person: ANN,
      lasts: LASTS,
      events: [BOUGHT, { at: day(31), on: 'redeemed' }],
      expect: [ISSUED, sends('replenish')],
    },
  },
  tried: TRIED,
};
