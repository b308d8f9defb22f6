/** The cart that was left: a reminder, a bonus, a last word. */

import type { LetterWords, Told } from '../words.ts';
import { benefitIn, capital, given, offer, picks, quoted, sentences, until } from './grammar.ts';

const why = ({ shop }: Told): string =>
  `Вы получили это письмо, потому что оставили товары в корзине магазина ${quoted(shop)}.`;

const kept: LetterWords = {
  subject: (told) => (told.count ? `В вашей корзине: ${picks(told)}` : `Ваша корзина в магазине ${quoted(told.shop)}`),
  preheader: 'Всё осталось на своих местах.',
  headline: 'Корзина ждёт вас',
  body: 'Если вас что-то отвлекло, не страшно: всё, что вы выбрали, — в этом письме.',
  button: 'Вернуться к корзине',
  items: 'В вашей корзине',
  why,
};

const bonus: LetterWords = {
  subject: (told) => {
    if (told.kind !== 'none') return `К вашей корзине: ${benefitIn(told)}`;
    return told.count ? `Всё ещё в корзине: ${picks(told)}` : 'Корзина всё ещё ждёт вас';
  },
  preheader: ({ kind, day }) => {
    if (kind === 'none') return 'До корзины один клик.';
    return day ? `Промокод внутри, он действует до ${day}.` : 'Промокод внутри: введите его при оформлении заказа.';
  },
  headline: ({ kind }) => (kind === 'none' ? 'Корзина всё ещё ждёт вас' : 'Кое-что к вашей корзине'),
  body: (told) =>
    told.kind === 'none'
      ? 'Всё, что вы выбрали, осталось на месте. Цены и наличие — на момент, когда вы вернётесь.'
      : `Всё, что вы выбрали, осталось в корзине, и мы добавляем к ней ${given(told)}${until(told)}. Введите промокод при оформлении заказа.`,
  button: ({ kind }) => (kind === 'none' ? 'Вернуться к корзине' : 'Применить промокод'),
  items: 'В вашей корзине',
  why,
};

const lastWord: LetterWords = {
  subject: (told) =>
    told.kind !== 'none' && told.day
      ? `К вашей корзине до ${told.day}: ${benefitIn(told)}`
      : 'Последнее письмо о вашей корзине',
  preheader: 'Больше о корзине напоминать не будем.',
  headline: 'Последнее письмо о корзине',
  body: (told) =>
    sentences(
      'Больше об этой корзине мы писать не будем.',
      told.kind === 'none' && 'Если она вам ещё нужна, до неё один клик.',
      told.kind !== 'none' &&
        (told.day
          ? `${capital(offer(told))} действует до ${told.day}, потом промокод перестанет работать.`
          : 'Если она вам ещё нужна, промокод ниже.'),
    ),
  button: 'Вернуться к корзине',
  items: 'В вашей корзине',
  why,
};

export const cart: Record<'cart-1' | 'cart-2' | 'cart-3', LetterWords> = {
  'cart-1': kept,
  'cart-2': bonus,
  'cart-3': lastWord,
};
