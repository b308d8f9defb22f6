/** Letters that a date brings: a birthday, a holiday, an end. */

import { say } from '../say.ts';
import type { LetterWords, Told } from '../words.ts';
import {
  benefitIn,
  capital,
  days,
  given,
  isOne,
  offer,
  points as pointsOf,
  quoted,
  sentences,
  until,
} from './grammar.ts';

const why = ({ shop }: Told): string =>
  `Вы получили это письмо, потому что подписались на письма магазина ${quoted(shop)}.`;
const asCustomer = ({ shop }: Told): string =>
  `Вы получили это письмо, потому что покупали в магазине ${quoted(shop)}.`;

const birthday: LetterWords = {
  subject: ({ shop }) => `Магазин ${quoted(shop)} поздравляет вас с днём рождения`,
  preheader: ({ kind }) => (kind === 'none' ? 'Всего вам доброго.' : 'Всего вам доброго. Внутри — подарок.'),
  headline: 'С днём рождения!',
  body: (told) =>
    sentences(
      'Желаем вам хорошего дня и ещё лучшего года.',
      told.kind !== 'none' && `В честь праздника дарим ${given(told)}${until(told)}.`,
    ),
  button: ({ kind }) => (kind === 'none' ? 'Зайти в магазин' : 'Выбрать подарок'),
  why,
};

const presents: LetterWords = {
  subject: (told) => {
    const gift = told.kind === 'none' ? 'идеи подарков' : benefitIn(told);
    return told.holiday ? `${told.holiday.name}: ${gift}` : `К празднику: ${gift}`;
  },
  preheader: ({ holiday: day }) =>
    day?.lastDay ? `Чтобы получить вовремя, закажите не позже ${day.lastDay}.` : 'Для близких и для себя.',
  headline: 'Подарки для близких',
  body: (told) =>
    sentences(
      told.recommended ? 'Мы собрали несколько идей.' : 'Ещё есть время выбрать без спешки.',
      !!told.holiday?.lastDay && `Чтобы получить вовремя, закажите не позже ${told.holiday.lastDay}.`,
      told.kind !== 'none' && `А к подаркам — ${benefitIn(told)}${until(told)}.`,
    ),
  after: ({ holiday: day }) =>
    day?.apart ? 'Что вы посмотрите или купите по этому письму, не изменит того, что мы советуем лично вам.' : '',
  button: 'Посмотреть подарки',
};

/** A day on which people buy for themselves. */
const sale: LetterWords = {
  subject: ({ holiday: day, ...told }) =>
    `${day?.name}: ${told.kind === 'none' ? `магазин ${quoted(told.shop)}` : benefitIn(told)}`,
  preheader: ({ kind, day }) => (kind !== 'none' && day ? `До ${day}.` : 'Загляните, когда будет удобно.'),
  headline: ({ holiday: day }) => day?.name ?? '',
  body: (told) =>
    sentences(
      told.kind !== 'none' && `По такому случаю дарим вам ${given(told)}${until(told)}.`,
      told.recommended ? 'Ниже — то, что может вам понравиться.' : 'Загляните, когда будет удобно.',
    ),
  button: 'Перейти в магазин',
};

const holiday: LetterWords = {
  subject: (told) => say(ofHoliday(told).subject, told),
  preheader: (told) => say(ofHoliday(told).preheader, told),
  headline: (told) => say(ofHoliday(told).headline, told),
  body: (told) => say(ofHoliday(told).body, told),
  after: (told) => say(ofHoliday(told).after, told),
  button: (told) => say(ofHoliday(told).button, told),
  why,
};
const ofHoliday = ({ holiday: day }: Told): LetterWords => (day?.sale ? sale : presents);

const holidayLastDay: LetterWords = {
  subject: ({ holiday: day }) =>
    day?.lastDay ? `${day.name}: чтобы успеть, закажите не позже ${day.lastDay}` : 'Подарки, которые придут вовремя',
  preheader: ({ holiday: day }) =>
    day?.lastDay ? 'Кто закажет позже, получит посылку уже после праздника.' : 'Чтобы подарок пришёл вовремя.',
  headline: 'Чтобы успеть к празднику',
  body: (told) => {
    const { holiday: day } = told;
    return sentences(
      day?.lastDay
        ? `Чтобы посылка пришла к празднику (${day.name}), закажите не позже ${day.lastDay}. Более поздние заказы тоже приедут, но уже после него.`
        : 'Посылки идут несколько дней. Чтобы подарок приехал вовремя, закажите его заранее.',
      told.kind !== 'none' && `${capital(offer(told))} действует${until(told)}.`,
    );
  },
  button: 'Посмотреть подарки',
  why,
};

const serviceEnd: LetterWords = {
  subject: ({ ends }) => {
    if (!ends) return 'Скоро закончится срок';
    return ends.daysLeft > 0 ? `${ends.what}: до ${ends.day}` : `${ends.what}: сегодня последний день`;
  },
  preheader: 'Продление займёт минуту.',
  headline: ({ ends }) => {
    if (!ends) return 'Срок скоро закончится';
    return ends.daysLeft > 0
      ? `${isOne(ends.daysLeft) ? 'Остался' : 'Осталось'} ${days(ends.daysLeft)}`
      : 'Сегодня последний день';
  },
  body: (told) => {
    const { ends } = told;
    return sentences(
      !ends && 'То, что вы купили на время, скоро закончится.',
      ends && `${ends.what} — ${ends.daysLeft > 0 ? `до ${ends.day}` : 'сегодня последний день'}.`,
      'Можно продлить сейчас. Если продлевать не хотите, ничего делать не нужно.',
      told.kind !== 'none' && `К продлению дарим ${given(told)}${until(told)}.`,
    );
  },
  button: 'Продлить',
  why: asCustomer,
};

const balance = ({ amount, count }: NonNullable<Told['points']>): string => `${amount} ${pointsOf(count)}`;

const pointsExpiring: LetterWords = {
  subject: ({ points }) =>
    points
      ? `${balance(points)} ${isOne(points.count) ? 'сгорит' : 'сгорят'} ${points.day}`
      : 'Ваши баллы скоро сгорят',
  preheader: 'Пока ими ещё можно платить.',
  headline: 'Баллы скоро сгорят',
  body: ({ points }) =>
    points
      ? `На вашем счёте ${balance(points)}. Потратить их можно до ${points.day}, потом они сгорят.`
      : 'Часть ваших баллов скоро сгорит. Пока ими ещё можно платить.',
  button: 'Потратить баллы',
  why: asCustomer,
};

const codeExpiring: LetterWords = {
  subject: (told) => {
    if (told.kind === 'none') return `Магазин ${quoted(told.shop)} ждёт вас`;
    return told.day ? `Промокод действует до ${told.day}` : `Напоминаем: ${offer(told)} ждёт вас`;
  },
  preheader: ({ kind }) => (kind === 'none' ? 'Всё, что вам приглянулось, на месте.' : 'Вы им ещё не воспользовались.'),
  headline: ({ kind }) => (kind === 'none' ? 'Всё на месте' : 'Промокод ещё не использован'),
  body: (told) => {
    if (told.kind === 'none') return 'Всё, что вам приглянулось, — в одном клике отсюда.';
    const yours = `Напоминаем: у вас есть ${benefitIn(told)}.`;
    return told.day ? `${yours} Промокод действует до ${told.day}, потом перестанет работать.` : yours;
  },
  button: ({ kind }) => (kind === 'none' ? 'Перейти в магазин' : 'Применить промокод'),
  why,
};

export const dates: Record<
  'birthday' | 'holiday' | 'holiday-last-day' | 'service-end' | 'points-expiring' | 'code-expiring',
  LetterWords
> = {
  birthday,
  holiday,
  'holiday-last-day': holidayLastDay,
  'service-end': serviceEnd,
  'points-expiring': pointsExpiring,
  'code-expiring': codeExpiring,
};
