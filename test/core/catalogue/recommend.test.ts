import { describe, expect, it } from 'vitest';
import type { Item } from '../../../core/catalogue/item.ts';
import { type Candidate, type Companion, type RecommendInput, recommend } from '../../../core/catalogue/recommend.ts';

const item = (id: string, change: Partial<Item> = {}): Item => ({
  id,
  title: `The ${id}`,
  price: 10,
  currency: 'EUR',
  url: `https://shop.example/${id}`,
  ...change,
});
const one = (id: string, sold = 10, viewed = 10, change: Partial<Item> = {}): Candidate => ({
  item: item(id, change),
  sold,
  viewed,
});
const goesWith = (id: string, count: number, change: Partial<Companion> = {}): Companion => ({
  kind: 'bought',
  with: 'teapot',
  total: 20,
  count,
  candidate: one(id),
  ...change,
});
const chosen = (change: Partial<RecommendInput>) => {
  const input: RecommendInput = {
    letter: 'thanks',
    companions: [],
    categories: [],
    best: [],
    fresh: [],
    avoid: new Set(['teapot']),
    avoidTitles: new Set(),
    ...change,
  };
  const found = recommend(input);
  return found && [found.reason, found.category ?? null, ...found.items.map(({ item: { id } }) => id)];
};

const CASES: [title: string, input: Partial<RecommendInput>, expected: unknown][] = [
  ['nothing where nothing is known', {}, null],
  ['nothing for a letter that has no room', { letter: 'order-paid', best: [one('mug'), one('cup')] }, null],
  [
    'what is bought together, the closest first',
    { companions: [goesWith('mug', 3), goesWith('cup', 8)] },
    ['bought-together', null, 'cup', 'mug'],
  ],
  [
    'what everybody buys is less close than what goes with it',
    { companions: [goesWith('bag', 6, { candidate: one('bag', 400) }), goesWith('mug', 5)] },
    ['bought-together', null, 'mug', 'bag'],
  ],
  [
    'what goes with two of the letter’s things before what goes with one',
    {
      avoid: new Set(['teapot', 'tea']),
      companions: [goesWith('cup', 5), goesWith('mug', 4), goesWith('mug', 4, { with: 'tea' })],
    },
    ['bought-together', null, 'mug', 'cup'],
  ],
  ['no pair that happened once', { companions: [goesWith('mug', 1), goesWith('cup', 1)] }, null],
  [
    'looked at together, where too little was bought together',
    {
      companions: [
        goesWith('mug', 4),
        goesWith('cup', 4, { kind: 'viewed' }),
        goesWith('jug', 3, { kind: 'viewed' }),
        goesWith('pan', 2, { kind: 'viewed' }),
      ],
    },
    ['viewed-together', null, 'cup', 'jug'],
  ],
  [
    'nothing that the reader has, nothing sold out, nothing under a second id',
    {
      avoid: new Set(['teapot', 'mug']),
      avoidTitles: new Set(['the TEAPOT ']),
      companions: [
        goesWith('mug', 9),
        goesWith('cup', 8, { candidate: one('cup', 10, 10, { available: false }) }),
        goesWith('teapot-xl', 8, { candidate: one('teapot-xl', 10, 10, { title: 'The teapot' }) }),
        goesWith('jug', 3),
        goesWith('pan', 3),
      ],
    },
    ['bought-together', null, 'jug', 'pan'],
  ],
  [
    'popular in the category that they care for most and that has enough',
    {
      letter: 'welcome-2',
      categories: [
        { category: 'Tea', best: [one('teapot'), one('mug')] },
        { category: 'Lamps', best: [one('lamp'), one('bulb')] },
      ],
      best: [one('mug'), one('lamp')],
    },
    ['popular', 'Lamps', 'lamp', 'bulb'],
  ],
  [
    'else popular in the shop',
    { letter: 'welcome-2', best: [one('mug'), one('lamp')] },
    ['popular', null, 'mug', 'lamp'],
  ],
  [
    'nothing popular that one person bought',
    { letter: 'welcome-2', best: [one('mug', 1, 0), one('lamp', 1, 2)] },
    null,
  ],
  [
    'one thing is enough beside a cart, and two are the most',
    { letter: 'cart-1', companions: [goesWith('mug', 4)] },
    ['bought-together', null, 'mug'],
  ],
  ['no favourites beside a cart', { letter: 'cart-1', best: [one('mug'), one('lamp')] }, null],
  [
    'what goes with an order, new arrivals first, and nothing else there',
    {
      letter: 'cross-sell-1',
      companions: [goesWith('mug', 9), goesWith('cup', 2, { candidate: { ...one('cup'), arrivedAt: 1 } })],
    },
    ['bought-together', null, 'cup', 'mug'],
  ],
  [
    'no favourites in place of what goes with an order',
    { letter: 'cross-sell-2', companions: [goesWith('mug', 9)], best: [one('mug'), one('lamp')] },
    null,
  ],
  [
    'new arrivals of what they like first, where a catalogue tells of some',
    {
      letter: 'miss-you',
      categories: [{ category: 'Tea', best: [] }],
      fresh: [
        { category: 'Lamps', candidate: one('lamp', 0, 0) },
        { category: 'Tea', candidate: one('jug', 0, 0) },
        { category: 'Tea', candidate: one('pan', 0, 0) },
      ],
      best: [one('mug'), one('lamp')],
    },
    ['new', 'Tea', 'jug', 'pan'],
  ],
];

describe('recommend', () => {
  it.each(CASES)('chooses %s', (_title, input, expected) => {
    expect(chosen(input)).toEqual(expected);
  });

  it('says what each thing goes with, and how often', () => {
    const companions = [goesWith('mug', 4), goesWith('mug', 3, { with: 'tea' }), goesWith('cup', 5)];
    const found = recommend({
      letter: 'thanks',
      companions,
      categories: [],
      best: [],
      fresh: [],
      avoid: new Set(),
      avoidTitles: new Set(),
    });
    expect(found?.items.map(({ because }) => because)).toEqual([
      { with: ['teapot', 'tea'], count: 7 },
      { with: ['teapot'], count: 5 },
    ]);
  });
});
