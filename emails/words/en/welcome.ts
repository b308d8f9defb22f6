/** The first three letters to somebody new: who we are, what people choose, how things work. */

import type { LetterWords } from '../words.ts';
import { benefitIn, offer, until } from './grammar.ts';

const hello: LetterWords = {
  subject: ({ kind, shop, ...told }) =>
    kind === 'none'
      ? `Welcome to ${shop}`
      : `Welcome to ${shop}: your ${offer({ kind, amount: told.amount })} is inside`,
  preheader: ({ kind }) =>
    kind === 'none' ? 'Good to meet you.' : 'Good to meet you. The code is inside, ready for checkout.',
  headline: 'Good to meet you',
  body: ({ shop, kind, amount, day }) =>
    kind === 'none'
      ? `Thank you for joining ${shop}. We write when there is something worth opening, and you choose what we write about.`
      : `Thank you for joining ${shop}. To begin with, ${benefitIn({ kind, amount })} is yours${until({ day })}. We write when there is something worth opening, and you choose what we write about.`,
  button: 'Look around the shop',
  why: ({ shop }) => `You are receiving this because you asked ${shop} for letters.`,
};

const favourites: LetterWords = {
  subject: ({ category, shop }) => (category ? `What people choose in ${category}` : `What people choose at ${shop}`),
  preheader: 'Where to start if you are new here.',
  headline: 'What people come back for',
  body: ({ because, category }) => {
    if (because !== 'popular')
      return 'If you are not sure where to start, start with what other customers come back for.';
    return category
      ? `Since you looked at ${category}, here is what other customers choose there most often.`
      : 'If you are not sure where to start, here is what other customers choose most often.';
  },
  button: 'See the favourites',
  why: hello.why ?? '',
};

const howItWorks: LetterWords = {
  subject: (told) =>
    told.day
      ? 'Before your first order: delivery, returns, the end of your code'
      : 'How to choose, and what happens next',
  preheader: ({ day }) => (day ? `Your code is good until ${day}.` : 'Choosing, delivery and returns, in a few lines.'),
  headline: 'Good to know before you order',
  body: (told) =>
    told.kind === 'none'
      ? 'Here is how ordering with us works. If anything is unclear, ask us: a person will answer.'
      : `Here is how ordering with us works. Your ${offer(told)} is still yours${until(told)}.`,
  button: 'Go to the shop',
  why: hello.why ?? '',
};

export const welcome: Record<'welcome-1' | 'welcome-2' | 'welcome-3', LetterWords> = {
  'welcome-1': hello,
  'welcome-2': favourites,
  'welcome-3': howItWorks,
};
