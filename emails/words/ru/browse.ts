/** Looked at, and not carted: answers to doubts, and a gentle return. */

import type { LetterWords, Told } from '../words.ts';
import { benefitIn, capital, given, offer, picks, quoted, sentences, until } from './grammar.ts';

const why = ({ shop }: Told): string =>
  `Вы получили это письмо, потому что подписались на письма магазина ${quoted(shop)} и заходили на сайт.`;

const answers: LetterWords = {
  subject: (told) => (told.count ? `Остались вопросы? ${picks(told)}` : 'Остались вопросы перед выбором?'),
  preheader: 'Что пишут покупатели, как доставят, как вернуть.',
  headline: 'Остались вопросы?',
  body: ({ reviews, replyTo }) =>
    sentences(
      'Выбор требует времени.',
      reviews
        ? 'Вот что вы смотрели и что об этом пишут покупатели.'
        : 'Вот что вы смотрели, чтобы не пришлось искать заново.',
      replyTo && 'Если вопрос остался, напишите нам: ответит человек.',
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
  preheader: 'То, что вы смотрели, и кое-что похожее.',
  headline: 'Взглянете ещё раз?',
  body: (told) =>
    sentences(
      told.because === 'viewed-together'
        ? 'Вот что вы смотрели, а рядом — то, на что вместе с этим смотрят другие.'
        : 'Вот что вы смотрели.',
      told.kind !== 'none' && `Если так решить проще, дарим вам ${given(told)}${until(told)}.`,
    ),
  button: 'Посмотреть в магазине',
  items: 'Вы смотрели',
  why,
};

const longTime: LetterWords = {
  subject: (told) =>
    told.count ? `Можно продолжить: ${picks(told)}` : `Можно продолжить в магазине ${quoted(told.shop)}`,
  preheader: 'Искать заново не придётся.',
  headline: 'Продолжить можно с того же места',
  body: (told) =>
    sentences(
      told.count
        ? 'Прошло время, а то, что вам приглянулось, легко найти снова.'
        : 'Прошло время. Заглядывайте, когда будет удобно.',
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
