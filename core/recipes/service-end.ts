/** The end of a subscription, a warranty or a service, told in time to go on. */

import type { Recipe } from '../flows/recipe.ts';
import type { ExpectedLine } from '../simulation/scenario.ts';
import { ANN, CRITIC, day, FINISHES, ORDERED, STRANGER, sends, TEAPOT } from './cast.ts';

const ENDS = {
  at: day(0),
  on: 'ends',
  thing: 'tea-club',
  what: 'subscription',
  endsAt: day(30),
  items: [TEAPOT],
} as const;
const times = (count: number): ExpectedLine<string>[] =>
  Array.from({ length: count }, () => [sends('service-end'), FINISHES]).flat();

export const SERVICE_END: Recipe = {
  key: 'service-end',
  names: { en: 'End of a subscription or warranty', ru: 'Конец подписки или гарантии' },
  about: {
    en: 'Says that a subscription, warranty or service ends: 14 and 3 days before and on the day; renewing it stops the letters.',
    ru: 'Напоминает, что подписка, гарантия или услуга заканчивается: за 14 и 3 дня и в последний день; после продления писем нет.',
  },
  needs: ['ends'],
  flow: {
    key: 'service-end',
    name: 'End of a subscription or warranty',
    enabled: true,
    purpose: 'transactional',
    entry: { on: 'ends', before: ['14d', '3d', '0d'], at: '10:00' },
    stopOn: [],
    steps: [{ send: 'service-end', expiresAfter: '1d' }],
  },
  scenarios: {
    'lets it end': { person: ANN, events: [ENDS], expect: times(3) },
    'renews after the first letter': {
      person: ANN,
      events: [ENDS, { ...ENDS, at: day(18), endsAt: '2028-02-03T12:00:00Z' }],
      expect: times(1),
    },
    'is told of five days before': { person: ANN, events: [{ ...ENDS, endsAt: day(5) }], expect: times(2) },
    'has two things that end on one day': {
      person: ANN,
      events: [ENDS, { ...ENDS, thing: 'teapot-warranty', what: 'warranty' }],
      expect: Array.from({ length: 6 }, () => sends('service-end')),
    },
    'takes no offers': {
      person: ANN,
      events: [ENDS, { at: day(17), on: 'unsubscribed' }],
      expect: times(3),
    },
    'points are no service': {
      person: ANN,
      events: [
        { ...ENDS, endsAt: day(5) },
        { ...ENDS, thing: 'points', what: 'points' },
      ],
      expect: times(2),
    },
    critic: { person: CRITIC, events: [ENDS], expect: times(3) },
    'address is none any more': {
      person: ANN,
      events: [ENDS, { at: day(17), on: 'bounced' }],
      expect: [sends('service-end'), FINISHES, { do: 'drop', reason: 'bounced' }],
    },

    'agreed to no letters': { person: STRANGER, events: [ENDS], expect: times(3) },
    buyer: { person: ANN, events: [ORDERED, ENDS], expect: times(3) },
    // Of each thing in its time.
    'another thing ends the day after': {
      person: ANN,
      events: [ENDS, { ...ENDS, thing: 'teapot-warranty', what: 'warranty', endsAt: day(31) }],
      expect: Array.from({ length: 6 }, () => sends('service-end')),
    },
    'reads another language by now': {
      person: ANN,
      events: [ENDS, { at: day(17), on: 'changed', locale: 'ru' }],
      expect: times(3),
    },
  },
  tried: {
    'new visitor': 'agreed to no letters',
    'never bought': 'lets it end',
    buyer: 'buyer',
    subscriber: 'lets it end',
    critic: 'critic',
    'act done': 'renews after the first letter',
    'act not done': 'lets it end',
    'similar letter yesterday': 'another thing ends the day after',
    'address changed': 'address is none any more',
    'language changed': 'reads another language by now',
    'segment changed': 'takes no offers',
  },
};
