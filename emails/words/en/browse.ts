/** Looked at, and not carted: answers to doubts, and a gentle return. */

import type { LetterWords } from '../words.ts';
import { benefitIn, offer, picks, until } from './grammar.ts';

const why = ({ shop }: { shop: string }): string =>
  `You are receiving this because you agreed to letters from ${shop} and looked around there.`;

const answers: LetterWords = {
  subject: (told) => (told.count ? `Questions about ${picks(told)}?` : `Questions before you choose?`),
  preheader: ({ reviews }) =>
    reviews ? 'What buyers say, and whom to ask.' : 'What you looked at, and answers to what people ask.',
  headline: 'Anything you would like to know?',
  body: ({ reviews, replyTo }) =>
    [
      'Choosing takes time.',
      reviews
        ? 'Here is what you looked at, and what buyers say.'
        : 'Here is what you looked at, so that you can find it again.',
      replyTo ? 'If you still have a question, just ask: a person will answer.' : '',
    ]
      .filter(Boolean)
      .join(' '),
  button: 'See the details',
  items: 'You looked at',
  why,
};

const secondLook: LetterWords = {
  subject: (told) => {
    if (told.kind !== 'none') return `${capitalOffer(told)} on what you looked at`;
    return told.count ? `Another look at ${picks(told)}` : `Another look at ${told.shop}`;
  },
  preheader: ({ recommended }) =>
    recommended ? 'What you looked at, and a few things more.' : 'What you looked at is still here.',
  headline: 'Another look?',
  body: (told) => {
    const here =
      told.because === 'viewed-together'
        ? 'If you are still choosing: here is what you looked at, with a few things that others looked at beside it.'
        : 'If you are still choosing, take another look: nothing to search for again.';
    return told.kind === 'none' ? here : `${here} If it helps you decide, ${benefitIn(told)} is yours${until(told)}.`;
  },
  button: 'See it in the shop',
  items: 'You looked at',
  why,
};

const longTime: LetterWords = {
  subject: (told) => (told.count ? `Where you left off: ${picks(told)}` : `Where you left off at ${told.shop}`),
  preheader: 'What you had in mind, in one place.',
  headline: 'Where you left off',
  body: (told) => {
    const here = told.count
      ? 'It has been a while. Here is what you had in mind, easy to find again.'
      : 'It has been a while. Whenever you feel like it, the door is open.';
    return told.kind === 'none' ? here : `${here} Your ${offer(told)} is still good${until(told)}.`;
  },
  button: 'Go on from here',
  items: 'You had in mind',
  why,
};

const capitalOffer = (told: Parameters<typeof benefitIn>[0]): string => {
  const text = benefitIn(told);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

export const browse: Record<'browse-1' | 'browse-2' | 'long-time', LetterWords> = {
  'browse-1': answers,
  'browse-2': secondLook,
  'long-time': longTime,
};
