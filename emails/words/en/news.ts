/** What was asked for or waited for: arrivals, a return to stock, a lower price, an answer, a thank-you for a share. */

import type { LetterWords, Told } from '../words.ts';
import { benefitIn, picks, until } from './grammar.ts';

const newArrivals: LetterWords = {
  subject: (told) => {
    if (told.category) return `New in ${told.category}`;
    return told.count ? `New: ${picks(told)}` : `New at ${told.shop}`;
  },
  preheader: 'Things that were not there last time.',
  headline: ({ category }) => (category ? `New in ${category}` : 'New in the shop'),
  body: 'A few things have arrived in the sections you look at. We write at most once a week, and only when there is news.',
  button: 'See what is new',
  items: 'New',
  why: ({ shop }) => `You are receiving this because you agreed to letters from ${shop}.`,
};

// Some asked for it, others looked at it: the words hold for both.
const asked = ({ shop }: Told): string =>
  `You are receiving this because you asked ${shop} to tell you, or looked at this there and agreed to letters.`;

const backInStock: LetterWords = {
  subject: (told) => (told.count ? `Back in stock: ${picks(told)}` : 'Back in stock'),
  preheader: 'It was sold out, and now it is here.',
  headline: 'It is back',
  body: 'You were interested in something that had sold out. It can be ordered again.',
  button: 'See it in the shop',
  items: 'Back in stock',
  why: asked,
};

const priceDrop: LetterWords = {
  subject: (told) => (told.count ? `Now at a lower price: ${picks(told)}` : 'Now at a lower price'),
  preheader: 'See what it costs today.',
  headline: 'It costs less now',
  body: ({ kind }) =>
    kind === 'none'
      ? 'The price of something you looked at has gone down. Below is what it costs today.'
      : 'The price of something you looked at has gone down. Your code is below.',
  button: 'See it in the shop',
  items: 'Today’s price',
  why: ({ shop }) => `You are receiving this because you agreed to letters from ${shop} and looked at this there.`,
};

const formAnswer: LetterWords = {
  subject: ({ download, shop }) => (download ? `Here it is: ${download}` : `${shop} has your message`),
  preheader: ({ download }) => (download ? 'The download is inside.' : 'Thank you for writing to us.'),
  headline: ({ download }) => (download ? 'Here is what you asked for' : 'Thank you for writing to us'),
  body: ({ download, answered }) => {
    if (download) return `You asked for “${download}”. The button below opens it.`;
    return answered ? 'Here is our answer.' : 'Your message has arrived. A person will read it and answer.';
  },
  button: 'Download',
  why: ({ shop }) => `You are receiving this because you sent a form at ${shop}.`,
};

const socialThanks: LetterWords = {
  subject: ({ kind, shop }) => (kind === 'none' ? `Thank you for sharing ${shop}` : 'A thank-you for sharing'),
  preheader: ({ kind }) => (kind === 'none' ? 'We are glad to be passed on.' : 'A small thank-you is inside.'),
  headline: 'Thank you for sharing',
  body: (told) =>
    told.kind === 'none'
      ? 'Word of mouth is how shops like ours grow. Thank you for passing ours on.'
      : `Word of mouth is how shops like ours grow. Thank you for passing ours on: ${benefitIn(told)} is yours${until(told)}.`,
  button: 'Go to the shop',
  why: ({ shop }) => `You are receiving this because you shared something from ${shop} and agreed to letters.`,
};

export const news: Record<
  'new-arrivals' | 'back-in-stock' | 'price-drop' | 'form-answer' | 'social-thanks',
  LetterWords
> = {
  'new-arrivals': newArrivals,
  'back-in-stock': backInStock,
  'price-drop': priceDrop,
  'form-answer': formAnswer,
  'social-thanks': socialThanks,
};
