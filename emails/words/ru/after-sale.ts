/** After an order: thanks, the wish for a review, what runs out, what goes with it. */

import type { LetterWords, Told } from '../words.ts';
import { benefitIn, capital, given, offer, picks, quoted, sentences, until } from './grammar.ts';

const why = ({ shop }: Told): string => `Вы получили это письмо, потому что покупали в магазине ${quoted(shop)}.`;

const thanks: LetterWords = {
  subject: ({ shop }) => `Спасибо от магазина ${quoted(shop)}`,
  preheader: ({ kind }) => (kind === 'none' ? 'Надеемся, покупка вас порадует.' : 'И кое-что на следующий раз.'),
  headline: 'Спасибо за заказ',
  body: (told) =>
    sentences(
      'Рады, что вы выбрали нас.',
      told.kind !== 'none' && `На следующий раз дарим вам ${given(told)}${until(told)}.`,
      told.because === 'bought-together' && 'Ниже — то, что хорошо подходит к вашей покупке.',
    ),
  button: 'Перейти в магазин',
  why,
};

const reviewRequest: LetterWords = {
  subject: (told) => (told.count ? `Как вам покупка? ${picks(told)}` : 'Как вам покупка?'),
  preheader: 'Одна звезда или пять — нам важно знать.',
  headline: 'Как вам покупка?',
  body: 'У вас было время присмотреться к покупке. Ваше честное мнение поможет другим выбрать, а нам — стать лучше. Для начала нажмите на звезду.',
  after: (told) =>
    told.promised ? `В благодарность пришлём ${given(told.promised)} — за любой отзыв, хороший или плохой.` : '',
  items: 'Вы купили',
  why,
};

const reviewThanks: LetterWords = {
  subject: 'Спасибо за отзыв',
  preheader: ({ kind }) => (kind === 'none' ? 'Он поможет другим выбрать.' : 'Внутри — обещанная благодарность.'),
  headline: 'Спасибо, что рассказали',
  body: (told) =>
    sentences(
      'Теперь кому-то будет проще выбрать.',
      told.kind === 'none'
        ? 'Мы читаем все отзывы, и критические — в первую очередь.'
        : `Вот обещанная благодарность: ${benefitIn(told)}${until(told)}.`,
    ),
  button: 'Перейти в магазин',
  why: ({ shop }) => `Вы получили это письмо, потому что оставили отзыв для магазина ${quoted(shop)}.`,
};

const replenish: LetterWords = {
  subject: (told) => (told.count ? `Пора пополнить запас? ${picks(told)}` : 'Пора пополнить запас?'),
  preheader: 'То же самое — в один клик.',
  headline: 'Пора пополнить запас?',
  body: (told) =>
    sentences(
      'Судя по прошлому заказу, запас скоро может закончиться.',
      told.kind !== 'none' && `К следующему заказу дарим ${given(told)}${until(told)}.`,
    ),
  button: 'Заказать снова',
  items: 'Вы покупали',
  why,
};

const crossSell: LetterWords = {
  subject: ({ shop }) => `Что подойдёт к вашему заказу в магазине ${quoted(shop)}`,
  preheader: 'Несколько вещей, которые хорошо сочетаются.',
  headline: 'Подойдёт к вашей покупке',
  body: (told) =>
    sentences(
      'Мы посмотрели на ваш последний заказ и подобрали к нему пару.',
      told.kind !== 'none' && `${capital(offer(told))} действует и здесь${until(told)}.`,
    ),
  after: ({ keptDay }) => (keptDay ? `Держим это для вас до ${keptDay}.` : ''),
  button: 'Посмотреть в магазине',
  items: 'Подойдёт к вашему заказу',
  why,
};

const crossSellAgain: LetterWords = {
  ...crossSell,
  subject: (told) => (told.count ? `Вы уже видели? ${picks(told)}` : 'Ещё несколько идей'),
  preheader: 'Подобрано по вашей покупке.',
  headline: 'Ещё несколько идей',
  body: (told) =>
    sentences(
      'Если вам понравилась последняя покупка, может понравиться и это.',
      told.kind !== 'none' && `${capital(offer(told))} действует и здесь${until(told)}.`,
    ),
  items: 'Может понравиться',
};

export const afterSale: Record<
  'thanks' | 'review-request' | 'review-thanks' | 'replenish' | 'cross-sell-1' | 'cross-sell-2',
  LetterWords
> = {
  thanks,
  'review-request': reviewRequest,
  'review-thanks': reviewThanks,
  replenish,
  'cross-sell-1': crossSell,
  'cross-sell-2': crossSellAgain,
};
