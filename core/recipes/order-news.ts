/** How an order stands, told to who placed it: a recipe for each state, since many shops have a letter of their own for some. */

import type { OrderStatus } from '../flows/flow.ts';
import type { Recipe } from '../flows/recipe.ts';
import type { Scenario, ScenarioEvent } from '../simulation/scenario.ts';
import type { Locale } from '../values/locale.ts';
import { ANN, CRITIC, day, FINISHES, GIVEN_UP, NO_ACT, NO_WAY, ONLY_BUYERS, sends, TEAPOT } from './cast.ts';

type Told = Record<Locale, { name: string; about: string }>;

const TOLD: Record<OrderStatus, Told> = {
  placed: {
    en: {
      name: 'Order placed',
      about: 'Tells the buyer at once that the order has arrived, with its things, sums and dates.',
    },
    ru: { name: 'Заказ принят', about: 'Сразу сообщает покупателю, что заказ получен: вещи, суммы, сроки.' },
  },
  awaiting_payment: {
    en: {
      name: 'Order awaiting payment',
      about: 'Says what is due, until when the order is kept, and where to pay; not once it is paid.',
    },
    ru: {
      name: 'Заказ ждёт оплаты',
      about:
        'Сообщает, сколько осталось оплатить, до какого дня хранится заказ и где оплатить; после оплаты не уходит.',
    },
  },
  paid: {
    en: { name: 'Order paid', about: 'Says that the payment has arrived.' },
    ru: { name: 'Заказ оплачен', about: 'Сообщает, что оплата получена.' },
  },
  shipped: {
    en: {
      name: 'Order shipped',
      about: 'Says that the parcel is on its way, with the tracking number and the delivery dates.',
    },
    ru: { name: 'Заказ отправлен', about: 'Сообщает, что посылка в пути: трек-номер и срок доставки.' },
  },
  delayed: {
    en: { name: 'Order delayed', about: 'Apologises for the delay and names the new date.' },
    ru: { name: 'Заказ задерживается', about: 'Извиняется за задержку и называет новую дату.' },
  },
  delivered: {
    en: { name: 'Order delivered', about: 'Says that the order has arrived and whom to ask if something is missing.' },
    ru: { name: 'Заказ доставлен', about: 'Сообщает, что заказ доставлен и кому писать, если чего-то не хватает.' },
  },
  cancelled: {
    en: { name: 'Order cancelled', about: 'Says that the order is cancelled and what becomes of a payment.' },
    ru: { name: 'Заказ отменён', about: 'Сообщает, что заказ отменён и что будет с оплатой.' },
  },
  refunded: {
    en: { name: 'Order refunded', about: 'Says that the money is on its way back.' },
    ru: { name: 'Деньги возвращаются', about: 'Сообщает, что деньги отправлены обратно.' },
  },
};

/** The same of every state: tried on one. */
const whoever = (key: string, told: ScenarioEvent<string>): Record<string, Scenario> => ({
  critic: { person: CRITIC, events: [told], expect: [sends(key), FINISHES] },
  'given up': { person: GIVEN_UP, events: [told], expect: [sends(key), FINISHES] },
  'address is none any more': {
    person: ANN,
    events: [
      { at: day(0), on: 'bounced' },
      { ...told, at: day(1) },
    ],
    expect: [{ do: 'drop', what: key, reason: 'bounced' }],
  },
  'got an offer’s letter today': {
    person: ANN,
    beside: ['discount-reminder'],
    events: [{ at: day(0), on: 'offer_accepted', flow: 'discount-reminder', items: [TEAPOT] }, told],
    expect: [{ flow: 'discount-reminder', do: 'enter' }, sends(key)],
  },
});

const paysAtOnce = (key: string, told: ScenarioEvent<string> & { on: 'ordered' }): Scenario => ({
  person: ANN,
  events: [told, { ...told, status: 'paid' }],
  expect: [{ do: 'drop', what: key, reason: 'order_paid' }],
});

export const ORDER_NEWS: readonly Recipe[] = (Object.keys(TOLD) as OrderStatus[]).map((status) => {
  const key = `order-${status.replaceAll('_', '-')}` as `order-${'placed' | 'paid'}`;
  const { en, ru } = TOLD[status];
  const told = { at: day(0), on: 'ordered', order: '1001', status, total: 42, items: [TEAPOT] } as const;
  return {
    key,
    names: { en: en.name, ru: ru.name },
    about: { en: en.about, ru: ru.about },
    needs: ['orders'],
    flow: {
      key,
      name: en.name,
      enabled: true,
      // News of what they bought, whatever they think of offers.
      purpose: 'transactional',
      entry: { on: 'order_status', status },
      stopOn: [],
      steps: [{ send: key, expiresAfter: '2d' }],
    },
    scenarios: {
      'not a subscriber': { person: { ...ANN, marketing: 'none' }, events: [told], expect: [sends(key), FINISHES] },
      'has unsubscribed': {
        person: { ...ANN, marketing: 'unsubscribed' },
        events: [told],
        expect: [sends(key), FINISHES],
      },
      ...whoever(key, told),
      'is told twice': {
        person: ANN,
        events: [told, { ...told, at: day(1) }],
        expect: [sends(key), FINISHES],
      },
      'two orders': {
        person: ANN,
        events: [told, { ...told, order: '1002' }],
        expect: [sends(key), sends(key)],
      },
      'had the same of another order yesterday': {
        person: ANN,
        events: [told, { ...told, at: day(1), order: '1002' }],
        expect: [sends(key), FINISHES, sends(key), FINISHES],
      },
      ...(status === 'awaiting_payment' ? { 'pays at once': paysAtOnce(key, told) } : {}),
    },
    tried: {
      'new visitor': 'not a subscriber',
      'never bought': ONLY_BUYERS,
      buyer: 'two orders',
      subscriber: 'is told twice',
      critic: 'critic',
      ...(status === 'awaiting_payment' ? { 'act done': 'pays at once', 'act not done': 'is told twice' } : NO_ACT),
      'similar letter yesterday': 'had the same of another order yesterday',
      ...NO_WAY,
      'address changed': 'address is none any more',
    },
  };
});
