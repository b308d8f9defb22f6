/** What was asked for or waited for: arrivals, a return to stock, a lower price, an answer, a thank-you for a share. */

import type { LetterWords } from '../words.ts';
import { given, picks, quoted, sentences, until } from './grammar.ts';

const newArrivals: LetterWords = {
  subject: (told) => {
    if (told.category) return `Новое в разделе ${quoted(told.category)}`;
    return told.count ? `Новое: ${picks(told)}` : `Новое в магазине ${quoted(told.shop)}`;
  },
  preheader: 'То, чего в прошлый раз ещё не было.',
  headline: ({ category }) => (category ? `Новое в разделе ${quoted(category)}` : 'Новое в магазине'),
  body: 'В разделах, которые вы смотрите, появились новинки. Пишем не чаще раза в неделю и только когда есть новости.',
  button: 'Посмотреть новинки',
  items: 'Новинки',
  why: ({ shop }) => `Вы получили это письмо, потому что подписались на письма магазина ${quoted(shop)}.`,
};

const backInStock: LetterWords = {
  subject: (told) => (told.count ? `Снова в наличии: ${picks(told)}` : 'Снова в наличии'),
  preheader: 'Заканчивалось, а теперь снова есть.',
  headline: 'Снова в наличии',
  body: 'Вас заинтересовал товар, который закончился. Теперь его снова можно заказать.',
  button: 'Посмотреть в магазине',
  items: 'Можно заказать',
  // Some asked for it, others looked at it: the words hold for both.
  why: ({ shop }) =>
    `Вы получили это письмо, потому что попросили магазин ${quoted(shop)} сообщить о поступлении или смотрели этот товар и подписались на письма.`,
};

const priceDrop: LetterWords = {
  subject: (told) => (told.count ? `Теперь дешевле: ${picks(told)}` : 'Теперь дешевле'),
  preheader: 'Внутри — сколько это стоит сегодня.',
  headline: 'Теперь дешевле',
  body: ({ kind }) =>
    sentences(
      'Цена на то, что вы смотрели, снизилась.',
      kind === 'none' ? 'Ниже — сколько это стоит сегодня.' : 'Ваш промокод — ниже.',
    ),
  button: 'Посмотреть в магазине',
  items: 'Цена сегодня',
  why: ({ shop }) =>
    `Вы получили это письмо, потому что подписались на письма магазина ${quoted(shop)} и смотрели этот товар.`,
};

const formAnswer: LetterWords = {
  subject: ({ download, shop }) =>
    download ? `Вы просили: ${quoted(download)}` : `Магазин ${quoted(shop)} получил ваше сообщение`,
  preheader: ({ download }) => (download ? 'Ссылка внутри.' : 'Спасибо, что написали.'),
  headline: ({ download }) => (download ? 'Вот что вы просили' : 'Спасибо, что написали'),
  body: ({ download, answered }) => {
    if (download) return `Материал ${quoted(download)} откроется по кнопке ниже.`;
    return answered ? 'Вот наш ответ.' : 'Сообщение у нас. Его прочтёт человек и ответит вам.';
  },
  button: 'Скачать',
  why: ({ shop }) => `Вы получили это письмо, потому что заполнили форму на сайте магазина ${quoted(shop)}.`,
};

const socialThanks: LetterWords = {
  subject: ({ kind, shop }) =>
    kind === 'none' ? `Спасибо, что рассказали о магазине ${quoted(shop)}` : 'Спасибо, что рассказали о нас',
  preheader: ({ kind }) =>
    kind === 'none' ? 'Нам приятно, что о нас рассказывают.' : 'Внутри — небольшая благодарность.',
  headline: 'Спасибо, что поделились',
  body: (told) =>
    sentences(
      'О таких магазинах, как наш, узнают от знакомых, и ваш рассказ для нас много значит.',
      told.kind !== 'none' && `В благодарность дарим ${given(told)}${until(told)}.`,
    ),
  button: 'Перейти в магазин',
  why: ({ shop }) =>
    `Вы получили это письмо, потому что рассказали о магазине ${quoted(shop)} и подписались на его письма.`,
};

export const news: Record<
  'new-arrivals' | 'back-in-stock' | 'price-drop' | 'form-answer' | 'social-thanks',
  LetterWords
> = {
  'new-arrivals': newArrivals,
  'back-in-stock': backInStock,
  'price-drop': priceDrop,
  'form-answer': formAnswer,
  'social-thanks': socialThanks,
};
