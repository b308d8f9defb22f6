/** A letter's props as somebody might meet them, to look at letters by: a person, two things, an order, and whatever else letters tell of. */

import type { Locale } from '../core/values/locale.ts';
import type { LetterItem, LetterOrder, LetterProps } from './letter.ts';

export interface Example {
  name: string;
  items: LetterItem[];
  code: string;
  expiresAt: number;
  order: LetterOrder;
  recommended: LetterItem[];
  more: Partial<LetterProps>;
}

export interface ExampleOptions {
  locale: Locale;
  currency: string;
  /** Of the shop: everything leads there. */
  home: string;
  /** ms since the epoch. */
  now: number;
}

const DAY_MS = 86_400_000;

const WORDS = {
  en: {
    name: 'Ann',
    things: ['Washed linen shirt', 'Morning mug', 'Willow basket', 'Deep bowl'],
    author: 'Maria',
    review: 'Soft linen, fits as it should.',
    choosing: 'Each product page has a table of sizes.',
    delivery: 'Two to four days.',
    returns: '30 days, no questions asked.',
    holiday: 'Mother’s Day',
    ends: 'Your care plan',
    guide: 'How to care for linen',
    answer: 'Thank you, we have got your message.',
  },
  ru: {
    name: 'Анна',
    things: ['Льняная рубашка', 'Кружка для утра', 'Ивовая корзина', 'Глубокая миска'],
    author: 'Мария',
    review: 'Мягкий лён, сидит как надо.',
    choosing: 'Размеры — в таблице на странице товара.',
    delivery: 'Два–четыре дня.',
    returns: '30 дней, без вопросов.',
    holiday: 'День матери',
    ends: 'Ваш абонемент на уход',
    guide: 'Как ухаживать за льном',
    answer: 'Спасибо, мы получили ваше сообщение.',
  },
} satisfies Record<Locale, unknown>;

export function exampleOf({ locale, currency, home, now }: ExampleOptions): Example {
  const words = WORDS[locale];
  const [shirt, mug, ...others] = words.things.map(
    (title, n): LetterItem => ({
      id: `example-${n + 1}`,
      title,
      price: [84, 22, 46, 38][n] ?? 1,
      currency,
      url: home,
      image: null,
    }),
  ) as [LetterItem, LetterItem, ...LetterItem[]];
  return {
    name: words.name,
    items: [shirt, mug],
    code: 'SAMPLE-CODE',
    expiresAt: now + 7 * DAY_MS,
    order: {
      number: '1042',
      items: [
        { ...shirt, quantity: 1 },
        { ...mug, quantity: 2 },
      ],
      total: 128,
      currency,
      due: 128,
      refunded: 22,
      payUrl: home,
      payBefore: now + 3 * DAY_MS,
      deliveryFrom: now + 4 * DAY_MS,
      deliveryTo: now + 6 * DAY_MS,
      tracking: 'LC123456789',
      trackingUrl: home,
    },
    recommended: others,
    more: {
      reviews: [{ author: words.author, stars: 5, text: words.review }],
      facts: { choosing: words.choosing, delivery: words.delivery, returns: words.returns },
      promise: { kind: 'percent', value: 10 },
      referralUrl: home,
      subscribeUrl: home,
      holiday: { name: words.holiday, lastOrderDay: now + 5 * DAY_MS, apart: true },
      ends: { what: words.ends, at: now + 3 * DAY_MS, daysLeft: 3 },
      points: { amount: 1_200, expiresAt: now + 14 * DAY_MS },
      download: { title: words.guide, url: home },
      answer: words.answer,
    },
  };
}
