/** The chain after an offer: the code, two reminders, the last word. */

import type { LetterWords } from '../words.ts';
import { benefitIn, capital, picks, quoted, until, waits } from './grammar.ts';

const offerLetter: LetterWords = {
  subject: ({ kind, amount, shop, count }) =>
    ({
      percent: `Ваша скидка ${amount} в магазине ${quoted(shop)}`,
      fixed: `Ваша скидка ${amount} в магазине ${quoted(shop)}`,
      shipping: `Бесплатная доставка из магазина ${quoted(shop)}`,
      gift: `Ваш подарок от магазина ${quoted(shop)}`,
      none: count ? 'Мы сохранили то, что вы смотрели' : `Магазин ${quoted(shop)} ждёт вас`,
    })[kind],
  preheader: ({ kind, day }) => {
    if (kind === 'none') return 'Можно продолжить с того же места.';
    return day ? `Промокод внутри, он действует до ${day}.` : 'Промокод внутри: введите его при оформлении заказа.';
  },
  headline: ({ kind }) => (kind === 'none' ? 'Всё на месте' : 'Рады, что вы заглянули'),
  body: ({ kind, count }) => {
    if (kind === 'none' && !count) return 'Спасибо, что заглянули. Возвращайтесь, когда будет удобно.';
    if (kind === 'none') {
      return 'Спасибо, что заглянули. Мы сохранили то, что вы смотрели: можно продолжить с того же места.';
    }
    return count
      ? 'Вот обещанный промокод и то, что вы смотрели: можно продолжить с того же места.'
      : 'Вот обещанный промокод. Введите его при оформлении заказа, когда будет удобно.';
  },
  button: ({ kind, amount }) =>
    ({
      percent: `Купить со скидкой ${amount}`,
      fixed: `Купить со скидкой ${amount}`,
      shipping: 'Заказать с бесплатной доставкой',
      gift: 'Заказать с подарком',
      none: 'Вернуться к покупкам',
    })[kind],
};

const firstReminder: LetterWords = {
  subject: (told) => {
    if (told.count) return `Вы смотрели: ${picks(told)}`;
    return told.kind === 'none' ? 'Ещё раздумываете?' : capital(waits({ ...told, day: null }));
  },
  preheader: (told) =>
    told.kind === 'none' ? 'Торопиться некуда: всё на месте.' : `Торопиться некуда: ${waits(told)}.`,
  headline: 'Ещё раздумываете?',
  body: (told) => {
    if (told.kind === 'none') {
      return told.count
        ? 'Торопиться некуда. Всё, что вам приглянулось, — в одном клике отсюда.'
        : 'Торопиться некуда. Возвращайтесь, когда будет удобно.';
    }
    const lasting = `Торопиться некуда. ${capital(waits(told))}`;
    return told.count ? `${lasting}, а всё, что вам приглянулось, — в одном клике отсюда.` : `${lasting}.`;
  },
  button: 'Посмотреть ещё раз',
};

const secondReminder: LetterWords = {
  subject: ({ kind, amount, shop, first, count, priced }) =>
    ({
      percent: priced
        ? `${count > 1 ? 'Ваши цены' : 'Ваша цена'} со скидкой ${amount}`
        : `Скидка ${amount} всё ещё ваша`,
      fixed: `Ваш заказ дешевле на ${amount}`,
      shipping: 'Ваш заказ доставим бесплатно',
      gift: 'Вас ждёт подарок',
      none: first ? `Взгляните ещё раз: ${quoted(first)}` : `Магазин ${quoted(shop)} ждёт вас`,
    })[kind],
  preheader: ({ kind, priced }) => {
    if (kind === 'none') return 'Всё, что вам приглянулось, — в одном письме.';
    return priced ? 'Мы всё посчитали: решать будет проще.' : 'Достаточно ввести промокод при оформлении заказа.';
  },
  headline: ({ kind, amount, count, priced }) =>
    ({
      percent: priced ? (count > 1 ? 'Вот ваши цены' : 'Вот ваша цена') : `Скидка ${amount} всё ещё ваша`,
      fixed: `На ${amount} меньше`,
      shipping: 'Доставка за наш счёт',
      gift: 'Вас ждёт подарок',
      none: 'Взглянете ещё раз?',
    })[kind],
  body: ({ kind, amount, count, priced }) => {
    if (priced) {
      return 'Мы посчитали стоимость с вашим промокодом, чтобы решать было проще. Если цена вам по душе, введите код при оформлении заказа.';
    }
    const still = 'Промокод всё ещё действует. Введите его при оформлении заказа, и';
    return {
      percent: `${still} покупка станет дешевле на ${amount}.`,
      fixed: `${still} покупка станет дешевле на ${amount}.`,
      shipping: `${still} доставка будет за наш счёт.`,
      gift: `${still} мы добавим к нему подарок.`,
      none: count
        ? 'Иногда всё решает второй взгляд. Вот что вам приглянулось.'
        : 'Иногда всё решает второй взгляд. Возвращайтесь, когда будет удобно.',
    }[kind];
  },
  button: ({ count }) => (count ? 'Посмотреть в магазине' : 'Перейти в магазин'),
};

const lastChance: LetterWords = {
  subject: (told) => {
    if (told.kind === 'none') return 'Последнее напоминание о том, что вы смотрели';
    return `Последнее напоминание: ${benefitIn(told)}${until(told)}`;
  },
  preheader: 'Больше напоминать не будем.',
  headline: 'Последнее напоминание',
  body: ({ kind, count, day }) => {
    if (kind === 'none') {
      return count
        ? 'Больше мы об этом не напишем. Если вам всё ещё нравится то, что вы видели, — всё в одном клике отсюда.'
        : 'Больше мы об этом не напишем. Возвращайтесь, когда будет удобно.';
    }
    return day
      ? `Больше мы о промокоде не напишем. Он действует до ${day}, потом перестанет работать.`
      : 'Больше мы о промокоде не напишем. Если момент подходящий — вот он.';
  },
  button: ({ kind, count }) =>
    kind === 'none' ? (count ? 'Посмотреть в магазине' : 'Перейти в магазин') : 'Применить промокод',
};

export const leaving: Record<'offer' | 'reminder-1' | 'reminder-2' | 'last-chance', LetterWords> = {
  offer: offerLetter,
  'reminder-1': firstReminder,
  'reminder-2': secondReminder,
  'last-chance': lastChance,
};
