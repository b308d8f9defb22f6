/** After an order: thanks, the wish for a review, what runs out, what goes with it. */

import type { LetterWords, Told } from '../words.ts';
import { benefitIn, offer, picks, until } from './grammar.ts';

const why = ({ shop }: Told): string => `You are receiving this because you are a customer of ${shop}.`;

const thanks: LetterWords = {
  subject: ({ shop }) => `Thank you from ${shop}`,
  preheader: ({ kind }) => (kind === 'none' ? 'We hope you will enjoy it.' : 'And a little something for next time.'),
  headline: 'Thank you for your order',
  body: (told) =>
    [
      'We are glad you chose us.',
      told.kind === 'none' ? '' : `For next time, ${benefitIn(told)} is yours${until(told)}.`,
      told.because === 'bought-together' ? 'Below are a few things that go well with what you bought.' : '',
    ]
      .filter(Boolean)
      .join(' '),
  button: 'Go to the shop',
  why,
};

const reviewRequest: LetterWords = {
  subject: (told) => (told.count ? `How do you like ${picks(told)}?` : 'How do you like it?'),
  preheader: 'One star or five, we would like to know.',
  headline: 'How do you like it?',
  body: 'You have had some time with your purchase. Your honest opinion helps others choose, and helps us do better. Tap a star to begin.',
  after: (told) =>
    told.promised ? `As a thank-you we send you ${benefitIn(told.promised)}, whether the review is good or bad.` : '',
  items: 'You bought',
  why,
};

const reviewThanks: LetterWords = {
  subject: 'Thank you for your review',
  preheader: ({ kind }) => (kind === 'none' ? 'It helps others choose.' : 'Here is the thank-you we promised.'),
  headline: 'Thank you for telling us',
  body: (told) =>
    told.kind === 'none'
      ? 'Thanks to you, somebody will find it easier to choose. We read every review, the critical ones first.'
      : `Thanks to you, somebody will find it easier to choose. Here is the thank-you we promised: ${benefitIn(told)}${until(told)}.`,
  button: 'Go to the shop',
  why: ({ shop }) => `You are receiving this because you wrote a review for ${shop}.`,
};

const replenish: LetterWords = {
  subject: (told) => (told.count ? `Running low? ${picks(told)}` : 'Running low?'),
  preheader: 'One click to order the same again.',
  headline: 'Time for more?',
  body: (told) =>
    `Going by your last order, this may be running out soon.${told.kind === 'none' ? '' : ` Your next order comes with ${benefitIn(told)}${until(told)}.`}`,
  button: 'Order again',
  items: 'You bought',
  why,
};

const crossSell: LetterWords = {
  subject: ({ shop }) => `Chosen to go with your order from ${shop}`,
  preheader: 'A few things that go well together.',
  headline: 'Goes well with what you have',
  body: (told) =>
    `Here are a few things that go well with your last order.${told.kind === 'none' ? '' : ` Your ${offer(told)} is good for these as well${until(told)}.`}`,
  after: ({ keptDay }) => (keptDay ? `We are keeping these for you until ${keptDay}.` : ''),
  button: 'See them in the shop',
  items: 'Goes well with your order',
  why,
};

const crossSellAgain: LetterWords = {
  ...crossSell,
  subject: (told) => (told.count ? `Have you seen ${picks(told)}?` : 'A few more ideas'),
  preheader: 'Chosen by what you bought.',
  headline: 'A few more ideas',
  body: (told) =>
    `If you liked your last order, you may like these.${told.kind === 'none' ? '' : ` Your ${offer(told)} is good for these as well${until(told)}.`}`,
  items: 'You may like',
};

export const afterSale: Record<
  'thanks' | 'review-request' | 'review-thanks' | 'replenish' | 'cross-sell-1' | 'cross-sell-2',
  LetterWords
> = {
  thanks,
  'review-request': reviewRequest,
  'review-thanks': reviewThanks,
  replenish,
  'cross-sell-1': crossSell,
  'cross-sell-2': crossSellAgain,
};
