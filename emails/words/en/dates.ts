/** Letters that a date brings: a birthday, a holiday, an end. */

import { say } from '../say.ts';
import type { LetterWords, Told } from '../words.ts';
import { benefitIn, offer, until } from './grammar.ts';

const why = ({ shop }: Told): string => `You are receiving this because you agreed to letters from ${shop}.`;
const asCustomer = ({ shop }: Told): string => `You are receiving this because you are a customer of ${shop}.`;

const birthday: LetterWords = {
  subject: ({ shop }) => `Happy birthday from ${shop}`,
  preheader: ({ kind }) => (kind === 'none' ? 'All the best from us.' : 'All the best from us, and a present.'),
  headline: 'Happy birthday',
  body: (told) =>
    told.kind === 'none'
      ? 'We wish you a good day and a better year.'
      : `We wish you a good day and a better year. Our present to you: ${benefitIn(told)}${until(told)}.`,
  button: ({ kind }) => (kind === 'none' ? 'Visit the shop' : 'Choose a present'),
  why,
};

const presents: LetterWords = {
  subject: ({ holiday: day, ...told }) => {
    const gift = told.kind === 'none' ? 'a few ideas for presents' : benefitIn(told);
    return day ? `${day.name}: ${gift}` : `For the holidays: ${gift}`;
  },
  preheader: ({ holiday: day }) =>
    day?.lastDay ? `Order by ${day.lastDay}, and it arrives in time.` : 'For those you love, and for you.',
  headline: 'Presents for those you love',
  body: ({ holiday: day, ...told }) =>
    [
      told.recommended ? 'We have put together a few ideas.' : 'There is still time to choose at leisure.',
      day?.lastDay ? `Order by ${day.lastDay}, and it arrives in time.` : '',
      told.kind === 'none' ? '' : `And ${benefitIn(told)} is yours${until(told)}.`,
    ]
      .filter(Boolean)
      .join(' '),
  after: ({ holiday: day }) =>
    day?.apart ? 'What you look at or buy from this letter does not change what we suggest to you personally.' : '',
  button: 'See the presents',
};

/** A day on which people buy for themselves. */
const sale: LetterWords = {
  subject: ({ holiday: day, ...told }) =>
    `${day?.name}: ${told.kind === 'none' ? `what there is at ${told.shop}` : benefitIn(told)}`,
  preheader: ({ kind, day }) => (kind !== 'none' && day ? `Until ${day}.` : 'Have a look when it suits you.'),
  headline: ({ holiday: day }) => day?.name ?? '',
  body: ({ holiday: day, ...told }) =>
    [
      told.kind === 'none' ? '' : `On this occasion: ${benefitIn(told)}${until(told)}.`,
      told.recommended ? 'Here are a few things that you might like.' : 'Have a look when it suits you.',
    ]
      .filter(Boolean)
      .join(' '),
  button: 'Visit the shop',
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
    day?.lastDay ? `${day.name}: order by ${day.lastDay} for delivery in time` : 'Presents that arrive in time',
  preheader: ({ holiday: day }) =>
    day?.lastDay ? 'What is ordered later arrives after the day.' : 'So that it is there for the day.',
  headline: 'In time for the day',
  body: (told) => {
    const { holiday: day } = told;
    const what = day ? ` before ${day.name}` : '';
    const last = day?.lastDay
      ? `${day.lastDay} is the last day on which we can promise delivery${what}. Later orders will arrive as well, just not in time.`
      : `Parcels take a few days. To have yours there${what}, please order soon.`;
    return told.kind === 'none' ? last : `${last} Your ${offer(told)} is valid${until(told)}.`;
  },
  button: 'See the presents',
  why,
};

const serviceEnd: LetterWords = {
  subject: ({ ends }) => {
    if (!ends) return 'Something of yours is about to end';
    return ends.daysLeft > 0 ? `${ends.what} ends on ${ends.day}` : `${ends.what} ends today`;
  },
  preheader: 'Extending takes a minute.',
  headline: ({ ends }) => {
    if (!ends) return 'About to end';
    if (ends.daysLeft <= 0) return 'Ends today';
    return ends.daysLeft === 1 ? 'Ends tomorrow' : `${ends.daysLeft} days left`;
  },
  body: (told) => {
    const what = told.ends
      ? `${told.ends.what} ${told.ends.daysLeft > 0 ? `runs until ${told.ends.day}` : 'ends today'}.`
      : 'Something that you bought for a time is about to end.';
    const extend = ' You can extend it now; if you would rather not, there is nothing to do.';
    return `${what}${extend}${told.kind === 'none' ? '' : ` Extending comes with ${benefitIn(told)}${until(told)}.`}`;
  },
  button: 'Extend',
  why: asCustomer,
};

const balance = ({ amount, count }: NonNullable<Told['points']>): string => `${amount} point${count === 1 ? '' : 's'}`;

const pointsExpiring: LetterWords = {
  subject: ({ points }) =>
    points
      ? `${balance(points)} expire${points.count === 1 ? 's' : ''} on ${points.day}`
      : 'Your points are about to expire',
  preheader: 'Until then they are worth something.',
  headline: 'Use your points in time',
  body: ({ points }) =>
    points
      ? `You have ${balance(points)}. You can spend ${points.count === 1 ? 'it' : 'them'} until ${points.day}; after that ${points.count === 1 ? 'it is' : 'they are'} gone.`
      : 'Some of your points are about to expire. Until then you can pay with them.',
  button: 'Use my points',
  why: asCustomer,
};

const codeExpiring: LetterWords = {
  subject: (told) => {
    if (told.kind === 'none') return `A note from ${told.shop}`;
    return told.day ? `Your code is good until ${told.day}` : `Your ${offer(told)} is still unused`;
  },
  preheader: ({ kind }) => (kind === 'none' ? 'What you liked is still here.' : 'You have not used it yet.'),
  headline: ({ kind }) => (kind === 'none' ? 'Still here' : 'Your code is still unused'),
  body: (told) => {
    if (told.kind === 'none') return 'What you liked is still here, one click away.';
    const yours = `A reminder that you have ${benefitIn(told)}.`;
    return told.day ? `${yours} The code is good until ${told.day}; after that it stops working.` : yours;
  },
  button: ({ kind }) => (kind === 'none' ? 'Go to the shop' : 'Use my code'),
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
