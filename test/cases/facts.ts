/** What the facts of a visit read: events, what else is known, and the facts that must come out (`undefined`: unknown). */

import type { EventBody } from '../../core/visits/event.ts';
import type { Facts, FactsInput, VisitFact } from '../../core/visits/facts.ts';
import { bare, item, line, page } from './visits.ts';

export type Known = Partial<Omit<FactsInput, 'visit' | 'visitor'>> & { visitor?: Partial<FactsInput['visitor']> };
export type FactsCase = readonly [
  name: string,
  events: EventBody[],
  known: Known,
  expected: { [Name in VisitFact]?: Facts[Name] | undefined },
];

const view = (id: string, category: string | null = 'Bags'): EventBody => ({
  type: 'view_item',
  item: item(id, { category }),
});
const add = (id: string, quantity = 1): EventBody => ({ type: 'add_to_cart', item: item(id), quantity });
const DAY = 86_400_000;

export const factsCases: FactsCase[] = [
  ['pages are those of the visit', [page('/'), page('/a')], {}, { pages: 2, path: '/a' }],
  [
    'no page yet: where the visitor is and came from is unknown',
    [],
    {},
    {
      pages: 0,
      path: undefined,
      referrer: undefined,
      'utm.source': undefined,
      'utm.medium': undefined,
      'utm.campaign': undefined,
    },
  ],
  [
    'a visit without referrer and utm has empty ones, which is known',
    [page('/')],
    {},
    { referrer: '', 'utm.source': '', 'utm.medium': '', 'utm.campaign': '' },
  ],
  [
    'utm and referrer of the arrival',
    [page('/', { query: '?utm_source=vk&utm_medium=cpc&utm_campaign=a', referrer: 'https://vk.com/' })],
    {},
    { referrer: 'https://vk.com/', 'utm.source': 'vk', 'utm.medium': 'cpc', 'utm.campaign': 'a' },
  ],
  ['whole active seconds', [{ type: 'engagement', ms: 20_999 }], {}, { seconds: 20 }],
  ['a thousandth short of a second is none', [{ type: 'engagement', ms: 999 }], {}, { seconds: 0 }],
  ['different items viewed', [view('1'), view('2'), view('1')], {}, { viewed: 2 }],
  ['lines in the cart, not pieces', [add('1', 5), add('2')], {}, { carted: 2 }],
  ['the cart’s worth', [add('1', 2)], {}, { cartValue: 200 }],
  ['an empty cart is worth 0, which is known', [], {}, { carted: 0, cartValue: 0 }],
  [
    'a cart with a price missing is of unknown worth',
    [{ type: 'add_to_cart', item: bare('1', { price: null }), quantity: 1 }],
    {},
    { carted: 1, cartValue: undefined },
  ],
  [
    'a cart in another currency is of unknown worth',
    [add('1')],
    { currency: 'USD' },
    { carted: 1, cartValue: undefined },
  ],
  [
    'ids of carted and viewed items, each once',
    [view('1'), view('2'), add('2'), add('3')],
    {},
    { 'items.id': ['2', '3', '1'] },
  ],
  [
    'categories, each once, none for items without',
    [view('1'), view('2', 'Shoes'), view('3', null), view('4')],
    {},
    { 'items.category': ['Bags', 'Shoes'] },
  ],
  ['nothing seen: empty lists, which are known', [], {}, { 'items.id': [], 'items.category': [] }],
  [
    'searches, reviews, social acts',
    [
      { type: 'search', term: 'x' },
      { type: 'view_reviews', item: item('1') },
      { type: 'share', act: 'like' },
    ],
    {},
    { searched: 1, reviewed: 1, social: 1 },
  ],
  [
    'visits come from the visitor',
    [],
    { visitor: { visits: 4, daysSinceLastVisit: 9 } },
    { visits: 4, daysSinceLastVisit: 9 },
  ],
  [
    'on the first visit the one before is unknown',
    [],
    { visitor: { visits: 1, daysSinceLastVisit: null } },
    { visits: 1, daysSinceLastVisit: undefined },
  ],
  [
    'a visit earlier the same day is 0 days ago, which is known',
    [],
    { visitor: { daysSinceLastVisit: 0 } },
    { daysSinceLastVisit: 0 },
  ],
  [
    'device, browser, system and country as the server read them',
    [],
    { visitor: { facts: { device: 'mobile', browser: 'Safari', os: 'iOS', country: 'RU' } } },
    { device: 'mobile', browser: 'Safari', os: 'iOS', country: 'RU' },
  ],
  [
    'what the server could not read is unknown',
    [],
    { visitor: { facts: { device: null, browser: null, os: null, country: null } } },
    { device: undefined, browser: undefined, os: undefined, country: undefined },
  ],
  ['language', [], { language: 'ru' }, { language: 'ru' }],
  ['no language: unknown', [], { language: null }, { language: undefined }],
  ['subscribed', [], { visitor: { subscribed: true } }, { subscribed: true }],
  ['segments', [], { visitor: { segments: ['loyal'] } }, { segments: ['loyal'] }],
  ['segments of nobody known', [], {}, { segments: undefined }],
  ['not subscribed is known', [], { visitor: { subscribed: false } }, { subscribed: false }],
  ['hour and weekday on the wall', [], { wall: { hour: 23, weekday: 7 } }, { hour: 23, weekday: 7 }],
  ['no wall clock: unknown', [], { wall: null }, { hour: undefined, weekday: undefined }],
  ['nothing bought in this visit', [page('/')], {}, { purchased: false }],
  [
    'bought in this visit',
    [{ type: 'purchase', orderId: '1', value: null, currency: null, codes: [], items: [line(item('1'))] }],
    {},
    { purchased: true, purchasedWithinDays: 0 },
  ],
  [
    'bought in this visit and a year ago: the latest counts',
    [{ type: 'purchase', orderId: '1', value: null, currency: null, codes: [], items: [] }],
    { now: 365 * DAY, purchasedAt: 1 },
    { purchasedWithinDays: 0 },
  ],
  [
    'never bought, never refused: infinitely long ago',
    [],
    {},
    { purchasedWithinDays: Number.POSITIVE_INFINITY, refusedWithinDays: Number.POSITIVE_INFINITY },
  ],
  [
    'bought 10 days ago, refused 36 hours ago',
    [],
    { now: 100 * DAY, purchasedAt: 90 * DAY, refusedAt: 98.5 * DAY },
    { purchasedWithinDays: 10, refusedWithinDays: 1.5, purchased: false },
  ],
  [
    'a refusal that the server saw later than this clock is 0 days ago',
    [],
    { now: 10 * DAY, refusedAt: 11 * DAY },
    { refusedWithinDays: 0 },
  ],
];
