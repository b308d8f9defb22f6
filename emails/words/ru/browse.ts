/** Looked at, and not carted: answers to doubts, and a gentle return. */

import type { LetterWords, Told } from '../words.ts';
import { benefitIn, capital, given, offer, picks, quoted, sentences, until } from './grammar.ts';

const why = ({ shop }: Told): string =>
  `Вы получили это письмо, потому что подписались на письма магазина ${quoted(shop)} и заходили на сайт.`;

const answers: LetterWords = {
  subject: (told) => (told.count ? `Остались вопросы? ${picks(told)}` : 'Остались вопросы перед выбором?'),
  preheader: ({ reviews }) =>
    reviews ? 'Что пишут покупатели и кого спросить.' : 'То, что вы смотрели, и ответы на частые вопросы.',
  headline: 'Остались вопросы?',
  body: ({ reviews, replyTo }) =>
    sentences(
      'Выбор требует времени.',
      reviews
        ? 'Вот что вы смотрели и что об этом пишут покупатели.'
        : 'Вот что вы смотрели, чтобы не пришлось искать заново.',
      replyTo && 'Если вопрос остался, спросите: ответит человек.',
    ),
  button: 'Посмотреть подробнее',
  items: 'Вы смотрели',
  why,
};

const secondLook: LetterWords = {
  subject: (told) => {
    if (told.kind !== 'none') return `К тому, что вы смотрели: ${benefitIn(told)}`;
    return told.count ? `Взгляните ещё раз: ${picks(told)}` : `Магазин ${quoted(told.shop)} ждёт вас`;
  },
  preheader: ({ recommended }) =>
    recommended ? 'То, что вы смотрели, и кое-что ещё.' : 'То, что вы смотрели, — на месте.',
  headline: 'Взглянете ещё раз?',
  body: (told) =>
    sentences(
      told.because === 'viewed-together'
        ? 'Если всё ещё выбираете: вот что вы смотрели, а рядом — то, что смотрят вместе с этим.'
        : 'Если всё ещё выбираете, взгляните ещё раз: искать заново не придётся.',
      told.kind !== 'none' && `Если так решить проще, дарим вам ${given(told)}${until(told)}.`,
    ),
  button: 'Посмотреть в магазине',
  items: 'Вы смотрели',
  why,
};

const longTime: LetterWords = {
  subject: (told) =>
    told.count ? `Можно продолжить: ${picks(told)}` : `Можно продолжить в магазине ${quoted(told.shop)}`,
  preheader: 'То, что вам приглянулось, — в одном письме.',
  headline: 'С того же места',
  body: (told) =>
    sentences(
      told.count
        ? 'Вы давно не заходили. То, что вам приглянулось, — здесь: искать заново не придётся.'
        : 'Вы давно не заходили. Заглядывайте, когда будет удобно.',
      told.kind !== 'none' && `${capital(offer(told))} всё ещё действует${until(told)}.`,
    ),
  button: 'Продолжить',
  items: 'Вам приглянулось',
  why,
};

export const browse: Record<'browse-1' | 'browse-2' | 'long-time', LetterWords> = {
  'browse-1': answers,
  'browse-2': secondLook,
  'long-time': longTime,
};
