/** The letters' Russian: the polite «вы», nothing that bends a shop's or an item's name. What all letters share, and their families. */

import { address } from './ru/address.ts';
import { afterSale } from './ru/after-sale.ts';
import { browse } from './ru/browse.ts';
import { cart } from './ru/cart.ts';
import { dates } from './ru/dates.ts';
import { quoted, reviews } from './ru/grammar.ts';
import { leaving } from './ru/leaving.ts';
import { news } from './ru/news.ts';
import { nps } from './ru/nps.ts';
import { orders } from './ru/orders.ts';
import { referral } from './ru/referral.ts';
import { welcome } from './ru/welcome.ts';
import { winBack } from './ru/win-back.ts';
import type { Words } from './words.ts';

export const ru: Words = {
  letters: {
    ...leaving,
    ...address,
    ...welcome,
    ...cart,
    ...browse,
    ...orders,
    ...afterSale,
    ...nps,
    ...winBack,
    ...dates,
    ...news,
    ...referral,
  },
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
  target: { items: 'На товары из этого письма', cart: 'На товары, которые были в корзине' },
  except: (categories, reduced) =>
    `Кроме: ${[...categories.map(quoted), ...(reduced ? ['товары со скидкой'] : [])].join(', ')}`,
  tier: (amount, from) => `${amount ? `Скидка ${amount}` : 'Бесплатная доставка'} при заказе от ${from}`,
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
  stars: { least: 'Плохо', most: 'Отлично', label: (stars) => `${stars} из 5` },
  quantity: (count) => `× ${count}`,
  stockLeft: (count) => `Осталось: ${count}`,
  rating: (average, count) => `★ ${average} · ${reviews(count)}`,
  recommended: (reason, category) =>
    ({
      'bought-together': 'С этим часто покупают',
      'viewed-together': 'С этим часто смотрят',
      popular: category ? `Популярное в разделе ${quoted(category)}` : 'Сейчас популярно',
      new: category ? `Новое в разделе ${quoted(category)}` : 'Новинки',
      gift: category ? `Подарки из раздела ${quoted(category)}` : 'Идеи подарков',
    })[reason],
  order: {
    number: (number) => (number ? `Заказ № ${number}` : 'Ваш заказ'),
    total: 'Итого',
    due: 'К оплате',
    refunded: 'Возвращено',
    payBefore: 'Оплатить до',
    delivery: 'Доставка',
    delayed: 'Новая дата доставки',
    tracking: 'Трек-номер',
  },
  reviews: 'Что пишут покупатели',
  facts: { delivery: 'Доставка', returns: 'Возврат', choosing: 'Как выбрать', replyTo: 'Есть вопросы? Напишите нам' },
  reasons: {
    price: 'Дорого',
    bought_elsewhere: 'Нашлось в другом магазине',
    not_needed: 'Сейчас ничего не нужно',
    delivery: 'Не подошла доставка',
    quality: 'Не устроило качество',
    too_often: 'Слишком много писем',
  },
  referral: 'Ваша ссылка для друга',
  subscribe: 'Узнавать о новинках и скидках по почте',
  // No line ends in a preposition or starts with a dash, and no number is torn from its word.
  typeset: (text) =>
    text
      .replace(/ (?=(?:же|ли|бы)(?!\p{L}))/giu, '\u00a0')
      .replace(/(?<=^|[\s«(])((?!же |ли |бы )[а-яё]{1,2}|для|при|без|под|над|про) (?=\S)/giu, '$1\u00a0')
      .replace(/№ (?=\d)/g, '№\u00a0')
      .replace(/(\d) (?=\p{L})/gu, '$1\u00a0')
      .replace(/ —/g, '\u00a0—'),
};
