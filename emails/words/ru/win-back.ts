/** To those who stay away: a hello, a question, offers that grow, and a last letter that keeps its word. */

import type { LetterWords, Told } from '../words.ts';
import { benefitIn, given, quoted, sentences, until, waits } from './grammar.ts';

const why = ({ shop }: Told): string =>
  `Вы получили это письмо, потому что подписались на письма магазина ${quoted(shop)}.`;

const missYou: LetterWords = {
  subject: ({ shop }) => `Давно вас не видели в магазине ${quoted(shop)}`,
  preheader: ({ because }) => (because === 'new' ? 'Что нового появилось без вас.' : 'Заглянете, когда будет минутка?'),
  headline: 'Давно не виделись',
  body: ({ because, recommended, count }) => {
    if (because === 'new') return 'Пока вас не было, у нас кое-что появилось. Загляните, если захочется.';
    return recommended || count
      ? 'Мы собрали то, что может вам понравиться. Загляните, если захочется.'
      : 'Захотите заглянуть — будем рады.';
  },
  button: 'Заглянуть',
  items: 'Может понравиться',
  why,
};

const question: LetterWords = {
  subject: 'Можно спросить, почему?',
  preheader: 'Одно нажатие подскажет нам, что исправить.',
  headline: 'Что помешало вам вернуться?',
  body: 'Вы давно у нас не были, и нам важно понять почему. Выберите, что ближе: ответ мы учтём.',
  why,
};

const firstOffer: LetterWords = {
  subject: (told) =>
    told.kind === 'none'
      ? `Магазин ${quoted(told.shop)}: ещё одна попытка?`
      : `К вашему возвращению: ${benefitIn(told)}`,
  preheader: ({ day }) => (day ? `Действует до ${day}.` : 'Когда будет удобно.'),
  headline: 'Будем рады видеть вас снова',
  body: (told) =>
    told.kind === 'none'
      ? 'Если вы что-то ищете, возможно, оно найдётся у нас.'
      : `Чтобы вернуться было приятнее, дарим вам ${given(told)}${until(told)}.`,
  button: 'Перейти в магазин',
  why,
};

const secondOffer: LetterWords = {
  subject: (told) =>
    told.kind === 'none'
      ? `Вам ещё интересен магазин ${quoted(told.shop)}?`
      : `Лучшее, что мы можем предложить: ${benefitIn(told)}`,
  preheader: ({ day }) => (day ? `Промокод внутри, он действует до ${day}.` : 'Когда будет удобно.'),
  headline: ({ kind }) => (kind === 'none' ? 'Вам ещё интересно?' : 'Наше лучшее предложение'),
  body: (told) =>
    told.kind === 'none'
      ? 'Если наши письма вам больше не нужны, скажите об этом по ссылке внизу: будем писать реже или перестанем.'
      : `Если дело было в цене, вот лучшее, что мы можем предложить.${told.day ? ` Промокод действует до ${told.day}.` : ''}`,
  button: 'Перейти в магазин',
  why,
};

const lastLetter: LetterWords = {
  subject: ({ shop }) => `Последнее письмо от магазина ${quoted(shop)}`,
  preheader: 'Больше не пишем, пока вы сами не вернётесь.',
  headline: 'Не будем отвлекать',
  body: (told) =>
    sentences(
      'Похоже, наши письма вам не пригодились, и мы перестаём их присылать. Если вы зайдёте или закажете что-нибудь, будем рады.',
      told.kind !== 'none' && `А пока ${waits(told)}.`,
    ),
  button: 'Зайти в магазин',
  why,
};

export const winBack: Record<'miss-you' | 'why' | 'win-back-1' | 'win-back-2' | 'last-letter', LetterWords> = {
  'miss-you': missYou,
  why: question,
  'win-back-1': firstOffer,
  'win-back-2': secondOffer,
  'last-letter': lastLetter,
};
