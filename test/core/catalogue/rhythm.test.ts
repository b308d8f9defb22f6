import { describe, expect, it } from 'vitest';
import type { Item } from '../../../core/catalogue/item.ts';
import {
  type Measured,
  NO_REPLENISHMENT,
  patchedReplenishment,
  type Replenishment,
  rhythmOf,
  runningOut,
} from '../../../core/catalogue/rhythm.ts';

const item = (id: string, category: string | null = 'Tea'): Item => ({
  id,
  title: id,
  price: 10,
  currency: 'EUR',
  url: `https://shop.example/${id}`,
  category,
});
const said = (change: Partial<Replenishment> = {}): Replenishment => ({ ...NO_REPLENISHMENT, ...change });
const OFTEN: Measured = { days: 27.6, gaps: 5, people: 3 };

const RHYTHMS: [title: string, said: Replenishment, measured: Measured | null, expected: unknown][] = [
  [
    'the product’s days before all',
    said({ days: 9, categories: { Tea: 8 }, products: { tea: 7 } }),
    OFTEN,
    [7, 'product'],
  ],
  ['the category’s before the shop’s', said({ days: 9, categories: { Tea: 8 } }), OFTEN, [8, 'category']],
  ['the shop’s word before what is measured', said({ days: 9 }), OFTEN, [9, 'shop']],
  ['else the median of five gaps of three people', said(), OFTEN, [28, 'orders']],
  ['nothing for fewer gaps', said(), { ...OFTEN, gaps: 4 }, null],
  ['nothing for two people who buy often', said(), { ...OFTEN, gaps: 40, people: 2 }, null],
  ['nothing where nothing is known', said({ categories: { Lamps: 8 } }), null, null],
];

describe('a rhythm', () => {
  it.each(RHYTHMS)('is %s', (_title, word, measured, expected) => {
    const rhythm = rhythmOf(item('tea'), { said: word, measured: measured ? { tea: measured } : {} });
    expect(rhythm && [rhythm.days, rhythm.from]).toEqual(expected);
  });

  it('takes back what was said by null', () => {
    const before = said({ days: 30, categories: { Tea: 20, Lamps: 300 } });
    expect(patchedReplenishment(before, { days: null, categories: { Tea: null }, products: { mug: 9 } })).toEqual({
      days: null,
      categories: { Lamps: 300 },
      products: { mug: 9 },
    });
    expect(patchedReplenishment(before)).toEqual(before);
  });
});

describe('running out', () => {
  it('is told at the hour on the person’s wall, things of a few days together, days before if asked', () => {
    const due = runningOut({
      items: [item('filters'), item('coffee'), item('beans'), item('teapot')],
      rhythms: { said: said({ products: { filters: 90, coffee: 30, beans: 33 } }), measured: {} },
      placedAt: Date.UTC(2027, 2, 1, 22),
      zone: 'Europe/Berlin',
      before: 2,
      at: '10:00',
    });
    expect(due.map(({ dueAt, items }) => [new Date(dueAt).toISOString(), items.map(({ id }) => id)])).toEqual([
      // The clocks went on meanwhile.
      ['2027-03-29T08:00:00.000Z', ['coffee', 'beans']],
      ['2027-05-28T08:00:00.000Z', ['filters']],
    ]);
  });
});
