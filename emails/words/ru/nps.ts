/** Would you recommend us, and what follows from the answer. */

import type { LetterWords, Told } from '../words.ts';
import { quoted } from './grammar.ts';

const npsLetter: LetterWords = {
  subject: ({ shop }) => `Порекомендуете магазин ${quoted(shop)} друзьям?`,
  preheader: 'Один вопрос, меньше минуты.',
  headline: 'Порекомендуете нас друзьям?',
  body: ({ shop }) =>
    `Насколько вероятно, что вы посоветуете магазин ${quoted(shop)} друзьям? Достаточно нажать на число, а комментарии мы читаем все.`,
  button: 'Ответить',
  why: ({ shop }) => `Вы получили это письмо, потому что покупали в магазине ${quoted(shop)}.`,
};

const why = ({ shop }: Told): string =>
  `Вы получили это письмо, потому что ответили на вопрос магазина ${quoted(shop)}.`;

const promoter: LetterWords = {
  subject: 'Спасибо за высокую оценку',
  preheader: 'И одна маленькая просьба, если захотите.',
  headline: 'Спасибо, вы нас очень обрадовали',
  body: ({ stars, referral }) => {
    const said = 'Здорово, что вы готовы посоветовать нас друзьям.';
    if (stars) return `${said} Расскажете о нас там, где прочтут и другие? Для начала нажмите на звезду.`;
    return referral ? `${said} Вот ваша личная ссылка, которой можно поделиться.` : `${said} Этому здесь рады все.`;
  },
  why,
};

const passive: LetterWords = {
  subject: 'Чего не хватило до десятки?',
  preheader: 'Хватит одного предложения.',
  headline: 'Спасибо за ответ',
  body: 'Оценка хорошая, но чего-то до десятки не хватило. Чего? Ответьте на это письмо одним предложением: мы читаем каждый ответ.',
  why,
};

/** Apologises, promises a person, sells nothing. */
const critic: LetterWords = {
  subject: ({ order }) =>
    order?.number ? `Просим прощения за заказ № ${order.number}` : 'Просим прощения, что подвели вас',
  preheader: 'Мы уже разбираемся, что пошло не так.',
  headline: 'Простите нас',
  body: ({ order }) =>
    `Спасибо за честный ответ${order?.number ? ` о заказе № ${order.number}` : ''}. Мы вас подвели и хотим это исправить. Ваш ответ уже у службы поддержки: с вами свяжутся.`,
  after: 'Если хотите рассказать подробнее сейчас, ответьте на это письмо: его прочтёт человек.',
  why,
};

export const nps: Record<'nps' | 'nps-promoter' | 'nps-passive' | 'nps-critic', LetterWords> = {
  nps: npsLetter,
  'nps-promoter': promoter,
  'nps-passive': passive,
  'nps-critic': critic,
};
