/** What a visit becomes of its events: the events, and the parts of the state that they must leave. */

import type { CartLine, Item } from '../../core/catalogue/item.ts';
import type { EventBody } from '../../core/visits/event.ts';
import type { VisitState } from '../../core/visits/visit.ts';

export type VisitCase = readonly [name: string, events: EventBody[], expected: Partial<VisitState>];

const SHOP = 'https://shop.example';

export const item = (id: string, more: Partial<Item> = {}): Item => ({
  id,
  title: `Item ${id}`,
  price: 100,
  currency: 'RUB',
  url: `${SHOP}/p/${id}`,
  image: `${SHOP}/i/${id}.jpg`,
  category: 'Bags',
  available: true,
  ...more,
});

/** What a cart push tells: an id, a title, a price, and no more. */
export const bare = (id: string, more: Partial<Item> = {}): Item => ({
  id,
  title: `Item ${id}`,
  price: 100,
  currency: 'RUB',
  url: '',
  ...more,
});

export const line = (of: Item, quantity = 1): CartLine => ({ ...of, quantity });

export const page = (path: string, more: { query?: string; referrer?: string } = {}): EventBody => ({
  type: 'page_view',
  url: `${SHOP}${path}${more.query ?? ''}`,
  path,
  title: 'A page',
  referrer: more.referrer ?? '',
  kind: 'other',
});

const view = (of: Item): EventBody => ({ type: 'view_item', item: of });
const add = (of: Item, quantity = 1): EventBody => ({ type: 'add_to_cart', item: of, quantity });
const remove = (of: Item, quantity = 1): EventBody => ({ type: 'remove_from_cart', item: of, quantity });
const snapshot = (items: CartLine[], value: number | null = null, currency: string | null = 'RUB'): EventBody => ({
  type: 'cart',
  items,
  value,
  currency,
  codes: [],
});
const bought: EventBody = { type: 'purchase', orderId: '1', value: 100, currency: 'RUB', codes: [], items: [] };

const many = (count: number, make: (n: number) => EventBody): EventBody[] =>
  Array.from({ length: count }, (_, n) => make(n));
const utm = (query: string): VisitState['utm'] => {
  const [source = '', medium = '', campaign = ''] = query.split('|');
  return { source, medium, campaign };
};

const countCases: VisitCase[] = [
  [
    'nothing happened',
    [],
    { pages: 0, activeMs: 0, path: '', kind: 'unknown', viewed: [], cart: [], purchased: false, trail: [] },
  ],
  ['pages are counted', [page('/'), page('/a'), page('/b')], { pages: 3, path: '/b' }],
  ['a page seen again is a page', [page('/'), page('/')], { pages: 2 }],
  [
    'the kind is that of the latest page',
    [page('/'), { type: 'page_view', url: SHOP, path: '/cart', title: '', referrer: '', kind: 'cart' }],
    { kind: 'cart', path: '/cart' },
  ],
  [
    'active time adds up',
    [
      { type: 'engagement', ms: 1_500 },
      { type: 'engagement', ms: 700 },
    ],
    { activeMs: 2_200 },
  ],
  [
    'searches are counted',
    [
      { type: 'search', term: 'bag' },
      { type: 'search', term: 'bag' },
    ],
    { searches: 2 },
  ],
  ['reviews are counted', [{ type: 'view_reviews', item: item('1') }], { reviews: 1 }],
  [
    'who reads the reviews of a thing has viewed it',
    [{ type: 'view_reviews', item: item('1') }],
    { viewed: [item('1')] },
  ],
  [
    'a share is a social act',
    [
      { type: 'share', act: 'share' },
      { type: 'share', act: 'like', network: 'vk' },
    ],
    { social: 2 },
  ],
  ['a wish is a social act', [{ type: 'add_to_wishlist', item: item('1') }], { social: 1, cart: [] }],
  ['a purchase is remembered', [bought, page('/after')], { purchased: true }],
  ['beginning the checkout is no purchase', [{ type: 'begin_checkout', value: 100 }], { purchased: false }],
  [
    'custom events, forms and offers leave the counts alone',
    [
      { type: 'custom', name: 'quiz', data: { done: true } },
      { type: 'form', kind: 'subscribe' },
      { type: 'offer_shown', rule: 'r', variant: null },
      { type: 'exit_intent', signal: 'pointer' },
      { type: 'identify', email: 'a@b.ru', proof: '' },
    ],
    { pages: 0, searches: 0, social: 0, viewed: [], cart: [] },
  ],
];

const arrivalCases: VisitCase[] = [
  [
    'utm is read from the first page',
    [page('/', { query: '?utm_source=vk&utm_medium=cpc&utm_campaign=autumn' })],
    { utm: utm('vk|cpc|autumn') },
  ],
  [
    'utm of a later page does not replace it',
    [page('/', { query: '?utm_source=vk' }), page('/a', { query: '?utm_source=mail' })],
    { utm: utm('vk') },
  ],
  ['a first page without utm settles it', [page('/'), page('/a', { query: '?utm_source=mail' })], { utm: utm('') }],
  [
    'the referrer is that of the first page',
    [page('/', { referrer: 'https://ya.ru/' }), page('/a', { referrer: `${SHOP}/` })],
    { referrer: 'https://ya.ru/' },
  ],
  [
    'utm is decoded',
    [page('/', { query: '?utm_campaign=%D0%BE%D1%81%D0%B5%D0%BD%D1%8C+2026' })],
    { utm: utm('||осень 2026') },
  ],
  ['an undecodable utm is none', [page('/', { query: '?utm_source=%E0%A4%A' })], { utm: utm('') }],
  ['the fragment is no part of utm', [page('/', { query: '?utm_source=vk#reviews' })], { utm: utm('vk') }],
  ['a value may hold an equals sign', [page('/', { query: '?utm_source=a=b' })], { utm: utm('a=b') }],
  [
    'NUL and line breaks in utm are dropped: no database takes them as text',
    [page('/', { query: '?utm_source=v%00k%0D%0A' })],
    { utm: utm('vk') },
  ],
  [
    'a long utm is cut at 200 characters, and no pair is torn',
    [page('/', { query: `?utm_source=a${encodeURIComponent('😀'.repeat(220))}` })],
    { utm: utm(`a${'😀'.repeat(199)}`) },
  ],
  [
    'a parameter that only ends alike is another',
    [page('/', { query: '?my_utm_source=x&utm_source=y' })],
    { utm: utm('y') },
  ],
  [
    'events before the first page do not count as arrival',
    [{ type: 'search', term: 'x' }, page('/', { query: '?utm_source=vk' })],
    { utm: utm('vk') },
  ],
];

const viewedCases: VisitCase[] = [
  ['a viewed item is kept', [view(item('1'))], { viewed: [item('1')] }],
  [
    'an item viewed twice is one, the latest last',
    [view(item('1')), view(item('2')), view(item('1'))],
    { viewed: [item('2'), item('1')] },
  ],
  [
    'the later reading of an item wins',
    [view(item('1')), view(item('1', { price: 80 }))],
    { viewed: [item('1', { price: 80 })] },
  ],
  [
    '30 viewed items are kept, the oldest go',
    many(35, (n) => view(item(`${n}`))),
    { viewed: Array.from({ length: 30 }, (_, n) => item(`${n + 5}`)) },
  ],
];

const cartCases: VisitCase[] = [
  ['an added item is in the cart', [add(item('1'))], { cart: [line(item('1'))], cartTold: null }],
  ['quantities add up', [add(item('1'), 2), add(item('1'), 3)], { cart: [line(item('1'), 5)] }],
  [
    'the latest added is last',
    [add(item('1')), add(item('2')), add(item('1'))],
    { cart: [line(item('2')), line(item('1'), 2)] },
  ],
  ['one of two is taken out', [add(item('1'), 2), remove(item('1'))], { cart: [line(item('1'), 1)] }],
  ['the last one taken out empties the line', [add(item('1')), remove(item('1'))], { cart: [] }],
  [
    'more than there are: the line goes, nothing is owed',
    [add(item('1')), remove(item('1'), 9), add(item('1'))],
    { cart: [line(item('1'))] },
  ],
  ['taking out what was never in changes nothing', [remove(item('1'))], { cart: [] }],
  [
    'taking one out does not make the line the latest',
    [add(item('1'), 2), add(item('2')), remove(item('1'))],
    { cart: [line(item('1')), line(item('2'))] },
  ],
  [
    'taking one out tells nothing new of the item',
    [add(item('1'), 2), remove(bare('1', { price: null, currency: null, title: '' }))],
    { cart: [line(item('1'))] },
  ],
  [
    'weights that add up to nothing leave nothing',
    [add(item('1'), 0.1), add(item('1'), 0.2), remove(item('1'), 0.3)],
    { cart: [] },
  ],
  ['a fractional quantity is kept', [add(item('1'), 1.5)], { cart: [line(item('1'), 1.5)] }],
  [
    'a snapshot replaces the cart',
    [add(item('1')), snapshot([line(item('2'), 3)], 300)],
    { cart: [line(item('2'), 3)], cartTold: 300 },
  ],
  ['an empty snapshot empties it', [add(item('1')), snapshot([], 0)], { cart: [], cartTold: 0 }],
  [
    'a change after a snapshot makes its sum stale',
    [snapshot([line(item('1'))], 90), add(item('2'))],
    { cartTold: null, cart: [line(item('1')), line(item('2'))] },
  ],
  [
    'lines of quantity 0 in a snapshot are no lines',
    [snapshot([line(item('1'), 0), line(item('2'))], 100)],
    { cart: [line(item('2'))] },
  ],
  [
    'two lines of one item stay two, and an addition touches one',
    [snapshot([line(item('1')), line(item('1', { price: 120 }))]), add(item('1'))],
    { cart: [line(item('1', { price: 120 })), line(item('1'), 2)] },
  ],
  [
    '50 lines are kept, the oldest go',
    many(55, (n) => add(item(`${n}`))),
    { cart: Array.from({ length: 50 }, (_, n) => line(item(`${n + 5}`))) },
  ],
  ['a purchase empties the cart', [add(item('1')), bought], { cart: [], cartTold: null }],
  ['a cart after the purchase is a cart', [bought, add(item('2'))], { cart: [line(item('2'))], purchased: true }],
];

const joinCases: VisitCase[] = [
  [
    'picture, address, category and stock come from the viewed item',
    [view(item('1')), add(bare('1'))],
    { cart: [line(item('1'))] },
  ],
  [
    'they come also when the cart was told before the view',
    [snapshot([line(bare('1'), 2)], 200), view(item('1'))],
    { cart: [line(item('1'), 2)], cartTold: 200 },
  ],
  [
    'the address where the item was looked at beats that of the push',
    [view(item('1')), add(bare('1', { url: `${SHOP}/catalog` }))],
    { cart: [line(item('1'))] },
  ],
  [
    'an address told by the cart alone stays',
    [add(bare('1', { url: `${SHOP}/p/1` })), add(bare('1'))],
    { cart: [line(bare('1', { url: `${SHOP}/p/1` }), 2)] },
  ],
  [
    'a title that the push does not tell',
    [view(item('1')), add(bare('1', { title: '' }))],
    { cart: [line(item('1'))] },
  ],
  [
    'a price that the push does not tell, with its own currency',
    [view(item('1', { price: 12, currency: 'USD' })), add(bare('1', { price: null }))],
    { cart: [line(item('1', { price: 12, currency: 'USD' }))] },
  ],
  [
    'a price told by the cart beats the one viewed',
    [view(item('1')), add(bare('1', { price: 80 }))],
    { cart: [line(item('1', { price: 80 }))] },
  ],
  [
    'a currency the line does not tell comes with the snapshot',
    [snapshot([line(bare('1', { currency: null }))], 100, 'KZT')],
    { cart: [line(bare('1', { currency: 'KZT' }))] },
  ],
  [
    'a viewed item without a price does not hide the price of the line before',
    [
      view(item('1', { price: null, currency: null })),
      add(item('1')),
      snapshot([line(bare('1', { price: null, currency: null }), 2)], null, null),
    ],
    { cart: [line(item('1'), 2)] },
  ],
  ['a line is not joined with another item', [view(item('2')), add(bare('1'))], { cart: [line(bare('1'))] }],
  [
    'a snapshot keeps what earlier lines knew',
    [add(item('1')), snapshot([line(bare('1'), 4)], 400)],
    { cart: [line(item('1'), 4)] },
  ],
  [
    'an item that sold out on its page is sold out in the cart',
    [add(bare('1')), view(item('1', { available: false }))],
    { cart: [line(item('1', { available: false }))] },
  ],
];

const trailCases: VisitCase[] = [
  [
    'the trail keeps order and repeats',
    [page('/'), view(item('1')), page('/a')],
    {
      trail: [
        ['page_view', 0],
        ['view_item', 1_000],
        ['page_view', 2_000],
      ],
    },
  ],
  ['active time leaves no trail', [{ type: 'engagement', ms: 5 }, page('/')], { trail: [['page_view', 1_000]] }],
  [
    '60 events are kept, the oldest go',
    many(70, () => page('/')),
    { trail: Array.from({ length: 60 }, (_, n) => ['page_view', (n + 10) * 1_000] as ['page_view', number]) },
  ],
  ['the first and the latest moment', [page('/'), { type: 'engagement', ms: 5 }], { startedAt: 0, lastAt: 1_000 }],
];

export const visitCases: VisitCase[] = [
  ...countCases,
  ...arrivalCases,
  ...viewedCases,
  ...cartCases,
  ...joinCases,
  ...trailCases,
];

export type OfferedCase = readonly [name: string, events: EventBody[], limit: number, ids: string[]];

export const offeredCases: OfferedCase[] = [
  ['nothing seen, nothing to offer', [], 3, []],
  ['viewed items, the latest first', [view(item('1')), view(item('2'))], 3, ['2', '1']],
  ['carted items go before viewed ones', [add(item('1')), view(item('2')), view(item('3'))], 3, ['1', '3', '2']],
  ['carted items, the latest first', [add(item('1')), add(item('2'))], 3, ['2', '1']],
  ['an item viewed and carted is named once', [view(item('1')), view(item('2')), add(item('1'))], 3, ['1', '2']],
  [
    'an item on two lines of the cart is named once',
    [snapshot([line(item('1')), line(item('2')), line(item('1', { price: 120 }))])],
    3,
    ['1', '2'],
  ],
  ['no more than asked for', [view(item('1')), view(item('2')), view(item('3'))], 2, ['3', '2']],
  [
    'sold-out items are left out, others move up',
    [view(item('1')), view(item('2', { available: false })), view(item('3'))],
    2,
    ['3', '1'],
  ],
  ['a carted item that was sold out meanwhile goes', [add(item('1')), view(item('1', { available: false }))], 3, []],
  [
    'a carted item that is back comes back',
    [add(item('1', { available: false })), view(item('1')), view(item('2'))],
    3,
    ['1', '2'],
  ],
  [
    'a page that does not say keeps what was known of a carted item',
    [add(item('1', { available: false })), view(item('1', { available: null }))],
    3,
    [],
  ],
  ['an item of unknown stock stays', [view(item('1', { available: null }))], 3, ['1']],
  [
    'an item taken out of the cart was still looked at',
    [view(item('1')), add(item('1')), remove(item('1')), view(item('2'))],
    3,
    ['2', '1'],
  ],
  ['an item taken out and never looked at is gone', [add(item('1')), remove(item('1'))], 3, []],
];

export type CartValueCase = readonly [name: string, events: EventBody[], currency: string, value: number | null];

export const cartValueCases: CartValueCase[] = [
  ['an empty cart is worth 0', [], 'RUB', 0],
  ['lines add up exactly', [add(item('1', { price: 0.1 })), add(item('2', { price: 0.2 }))], 'RUB', 0.3],
  ['by quantity', [add(item('1', { price: 19.99 }), 3)], 'RUB', 59.97],
  ['three decimals in dinars', [add(item('1', { price: 1.005, currency: 'KWD' }), 2)], 'KWD', 2.01],
  ['the sum that the page tells wins', [snapshot([line(item('1'))], 90)], 'RUB', 90],
  ['a price is missing and no sum told: unknown', [add(item('1')), add(item('2', { price: null }))], 'RUB', null],
  ['a price is missing but the sum is told', [snapshot([line(item('1', { price: null }))], 500)], 'RUB', 500],
  ['a line in another currency: unknown', [add(item('1', { price: 10, currency: 'USD' }))], 'RUB', null],
  [
    'a sum told in another currency: unknown',
    [snapshot([line(item('1', { price: null, currency: null }))], 10, 'USD')],
    'RUB',
    null,
  ],
  ['a line of no currency is taken to be in the shop’s', [add(item('1', { currency: null }))], 'RUB', 100],
  ['half a kilo costs half, to the thousandth', [add(item('1', { price: 99.99 }), 0.5)], 'RUB', 49.995],
  ['after a purchase the cart is worth 0', [add(item('1')), bought], 'RUB', 0],
];
