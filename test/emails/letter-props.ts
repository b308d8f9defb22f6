/** Props of a whole letter, for tests to vary. */

import type { Item } from '../../core/catalogue/item.ts';
import type { Locale } from '../../core/values/locale.ts';
import type { LetterOrder, LetterProps } from '../../emails/letter.ts';

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

/** Days of November 2026, at noon UTC. */
const november = (day: number): number => Date.UTC(2026, 10, day, 12);

export const ORDER: LetterOrder = {
  number: '1042',
  items: [
    { title: 'Washed linen shirt', quantity: 1, price: 84, image: 'https://shop.example/shirt.jpg' },
    { title: 'Morning mug', quantity: 2, price: 22.5 },
  ],
  total: 129,
  currency: 'USD',
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

/** Everything that a letter can be told. */
export function fullProps(locale: Locale, change: Partial<LetterProps> = {}): LetterProps {
  const russian = locale === 'ru';
  const basket = { ...MUG, id: '3', title: russian ? 'Ивовая корзина' : 'Willow basket', price: 46 };
  return propsIn(locale, {
    shop: {
      name: russian ? 'Лён и глина' : 'Linen & Clay',
      url: 'https://shop.example/',
      postalAddress: '18 Harbour Street\nPortland, ME 04101',
      brand: {
        font: 'serif',
        footer: russian ? 'Отвечаем с 10 до 19 по будням' : 'We answer from 10 to 7 on weekdays',
        social: [{ name: 'Instagram', url: 'https://instagram.com/linenandclay' }],
      },
    },
    name: russian ? 'Анна' : 'Anna',
    items: [
      { ...SHIRT, title: russian ? 'Льняная рубашка' : SHIRT.title, stockLeft: 3, was: 98 },
      { ...MUG, title: russian ? 'Кружка для утра' : MUG.title, quantity: 2 },
    ],
    preferencesUrl: 'https://l.example/p/token',
    scoreUrl: 'https://l.example/n/token',
    reasonsUrl: 'https://l.example/why/token',
    starsUrl: 'https://l.example/stars/token',
    referralUrl: 'https://shop.example/?friend=7KQ2M',
    subscribeUrl: 'https://l.example/y/token',
    order: {
      ...ORDER,
      items: [
        { title: russian ? 'Льняная рубашка' : 'Washed linen shirt', quantity: 1, price: 84 },
        { title: russian ? 'Кружка для утра' : 'Morning mug', quantity: 2, price: 22.5 },
      ],
      due: 129,
      refunded: 45,
      payUrl: 'https://shop.example/pay/1042',
      payBefore: november(26),
      deliveryFrom: november(28),
      deliveryTo: november(30),
      tracking: 'LC123456789US',
      trackingUrl: 'https://carrier.example/LC123456789US',
      delayedUntil: Date.UTC(2026, 11, 4, 12),
    },
    recommendations: {
      reason: 'popular',
      category: russian ? 'Посуда' : 'Tableware',
      items: [basket, { ...MUG, id: '4', title: russian ? 'Глубокая миска' : 'Deep bowl', price: 38 }],
    },
    reviews: [
      russian
        ? { author: 'Мария', stars: 5, text: 'Мягкий лён, сидит как надо.' }
        : { author: 'Maria', stars: 5, text: 'Soft linen, fits as it should.' },
      russian
        ? { author: 'Пётр', stars: 4, text: 'Цвет чуть светлее, чем на фото.' }
        : { author: 'Peter', stars: 4, text: 'The colour is a little lighter than in the picture.' },
    ],
    facts: {
      choosing: russian ? 'Размеры — в таблице на странице товара.' : 'The page of each thing has a table of sizes.',
      delivery: russian ? 'Два–четыре дня, от 80 долларов бесплатно.' : 'Two to four days, free from $80.',
      returns: russian ? '30 дней, без вопросов.' : '30 days, no questions asked.',
      replyTo: 'hello@shop.example',
    },
    holiday: { name: russian ? 'Новый год' : 'Christmas', lastOrderDay: Date.UTC(2026, 11, 18, 12), apart: true },
    ends: { what: russian ? 'Подписка на кофе' : 'Your coffee subscription', at: november(27), daysLeft: 3 },
    points: { amount: 1250, expiresAt: november(29) },
    download: {
      title: russian ? 'Как ухаживать за льном' : 'How to care for linen',
      url: 'https://shop.example/care.pdf',
    },
    answer: russian ? 'Да, рубашку можно укоротить.' : 'Yes, the shirt can be shortened.',
    keptUntil: november(28),
    promise: { kind: 'percent', value: 5 },
    ...change,
  });
}
