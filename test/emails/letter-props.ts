/** Props of a whole letter, for tests to vary. */

import type { Item } from '../../core/item.ts';
import type { Locale } from '../../core/locale.ts';
import type { LetterProps } from '../../emails/letter.ts';

export const SHIRT: Item = {
  id: '1',
  title: 'Washed linen shirt',
  price: 84,
  currency: 'USD',
  url: 'https://shop.example/shirt',
  image: 'https://shop.example/shirt.jpg',
};

export const MUG: Item = {
  id: '2',
  title: 'Morning mug',
  price: 22.5,
  currency: 'USD',
  url: 'https://shop.example/mug',
  image: null,
};

export function propsIn(locale: Locale, change: Partial<LetterProps> = {}): LetterProps {
  return {
    shop: {
      name: 'Linen & Clay',
      url: 'https://shop.example/',
      postalAddress: '18 Harbour Street\nPortland, ME 04101',
      brand: {},
    },
    locale,
    timeZone: 'America/New_York',
    currency: 'USD',
    name: 'Anna',
    items: [SHIRT, MUG],
    offer: { kind: 'percent', value: 10, minOrder: 50, expiresIn: '7d' },
    code: 'BACK-7KQ2M-9FX4TR',
    // November 29, 2026, 23:59 in New York.
    expiresAt: Date.UTC(2026, 10, 30, 4, 59),
    unsubscribeUrl: 'https://l.example/u/token',
    ...change,
  };
}
