/** The letters' Russian: the polite «вы», nothing that bends a shop's or an item's name. What all letters share, and their families. */

import { address } from './ru/address.ts';
import { quoted } from './ru/grammar.ts';
import { leaving } from './ru/leaving.ts';
import { nps } from './ru/nps.ts';
import { referral } from './ru/referral.ts';
import type { Words } from './words.ts';

export const ru: Words = {
  letters: { ...leaving, ...address, ...nps, ...referral },
  greeting: (name) => (name ? `Здравствуйте, ${name}!` : 'Здравствуйте!'),
  benefit: ({ kind, amount }) =>
    ({
      percent: `Скидка ${amount}`,
      fixed: `Скидка ${amount}`,
      shipping: 'Бесплатная доставка',
      gift: amount ? `Подарок: ${amount}` : 'Подарок к заказу',
      none: '',
    })[kind],
  yourCode: 'Ваш промокод',
  moment: (date, time, zone) => `${date}, ${`${time} (${zone})`.replaceAll(' ', '\u00a0')}`,
  validUntil: (moment) => `Действует до ${moment}`,
  minOrder: (amount) => `при заказе от ${amount}`,
  items: ({ priced }) => (priced ? 'Ваши цены с промокодом' : 'Вы смотрели'),
  pricesFrom: (minOrder) => `Цены со скидкой действуют при заказе от ${minOrder}.`,
  insteadOf: (price) => `вместо ${price}`,
  why: ({ shop, kind }) =>
    kind === 'none'
      ? `Вы получили это письмо, потому что попросили магазин ${quoted(shop)} сохранить то, что вы смотрели.`
      : `Вы получили это письмо, потому что попросили магазин ${quoted(shop)} прислать вам это предложение.`,
  unsubscribe: 'Отписаться',
  preferences: 'Настроить письма',
  scale: { least: 'Точно нет', most: 'Точно да' },
  // No line ends in a preposition or starts with a dash, and no number is torn from its word.
  typeset: (text) =>
    text
      .replace(/ (?=(?:же|ли|бы)(?!\p{L}))/giu, '\u00a0')
      .replace(/(?<=^|[\s«(])((?!же |ли |бы )[а-яё]{1,2}) (?=\S)/giu, '$1\u00a0')
      .replace(/(\d) (?=\p{L})/gu, '$1\u00a0')
      .replace(/ —/g, '\u00a0—'),
};
