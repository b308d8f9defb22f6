/** To those who stay away: a hello, a question, offers that grow, and a last letter that keeps its word. */

import type { LetterWords, Told } from '../words.ts';
import { benefitIn, offer, until } from './grammar.ts';

const why = ({ shop }: Told): string => `You are receiving this because you agreed to letters from ${shop}.`;

const missYou: LetterWords = {
  subject: ({ shop }) => `We have not seen you at ${shop} for a while`,
  preheader: ({ because }) =>
    because === 'new' ? 'What is new since you were here.' : 'Look in when you have a moment.',
  headline: 'It has been a while',
  body: ({ because, recommended, count }) => {
    if (because === 'new') return 'A few things have come in since you were here. Have a look if you feel like it.';
    return recommended || count
      ? 'Here are a few things that we thought you might like. Have a look if you feel like it.'
      : 'If you feel like looking in, the door is open.';
  },
  button: 'Look in',
  items: 'You might like',
  why,
};

const question: LetterWords = {
  subject: 'May we ask why?',
  preheader: 'One tap tells us what to do better.',
  headline: 'What kept you away?',
  body: 'You have not been with us for a while, and we would like to understand why. Choose what comes closest, and we will act on it.',
  why,
};

const firstOffer: LetterWords = {
  subject: (told) => (told.kind === 'none' ? `${told.shop}: another try?` : `For your return: ${benefitIn(told)}`),
  preheader: ({ day }) => (day ? `Good until ${day}.` : 'Whenever it suits you.'),
  headline: 'We would be glad to see you again',
  body: (told) =>
    told.kind === 'none'
      ? 'If you are looking for something, perhaps you will find it here.'
      : `To make coming back easier, ${benefitIn(told)} is yours${until(told)}.`,
  button: 'Go to the shop',
  why,
};

const secondOffer: LetterWords = {
  subject: (told) =>
    told.kind === 'none' ? `Is ${told.shop} still for you?` : `The best we can offer: ${benefitIn(told)}`,
  preheader: ({ day }) => (day ? `Good until ${day}.` : 'Whenever it suits you.'),
  headline: ({ kind }) => (kind === 'none' ? 'Still for you?' : 'Our best offer to you'),
  body: (told) =>
    told.kind === 'none'
      ? 'If what we have is no longer for you, you can tell us below, and we will write less or not at all.'
      : `If it was about the price, this is the best we can offer.${told.day ? ` The code is good until ${told.day}.` : ''}`,
  button: 'Go to the shop',
  why,
};

const lastLetter: LetterWords = {
  subject: ({ shop }) => `A last letter from ${shop}`,
  preheader: 'We will stop writing unless you come back.',
  headline: 'We will leave you in peace',
  body: (told) =>
    `Our letters do not seem to be of use to you, so we will stop writing them. If you visit or order again, we will be glad.${told.kind === 'none' ? '' : ` Until then, your ${offer(told)} is below.`}`,
  button: 'Visit the shop',
  why,
};

export const winBack: Record<'miss-you' | 'why' | 'win-back-1' | 'win-back-2' | 'last-letter', LetterWords> = {
  'miss-you': missYou,
  why: question,
  'win-back-1': firstOffer,
  'win-back-2': secondOffer,
  'last-letter': lastLetter,
};
