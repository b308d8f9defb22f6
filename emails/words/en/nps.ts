/** Would you recommend us, and what follows from the answer. */

import type { LetterWords, Told } from '../words.ts';

const npsLetter: LetterWords = {
  subject: ({ shop }) => `How likely are you to recommend ${shop}?`,
  preheader: 'One question, less than a minute.',
  headline: ({ shop }) => `Would you recommend ${shop}?`,
  body: 'How likely are you to recommend us to a friend? Tap a number; we read every comment.',
  button: 'Answer',
  why: ({ shop }) => `You are receiving this because you are a customer of ${shop}.`,
};

const why = ({ shop }: Told): string => `You are receiving this because you answered a question from ${shop}.`;

const promoter: LetterWords = {
  subject: 'Thank you for the high score',
  preheader: 'One more small favour, if you like.',
  headline: 'Thank you, that made our day',
  body: ({ stars, referral }) => {
    if (stars)
      return 'You said that you would recommend us. Would you say so where others can read it? Tap a star to begin.';
    return referral
      ? 'You said that you would recommend us. Here is a link of your own to pass on to a friend.'
      : 'You said that you would recommend us. Everyone here is glad to read it.';
  },
  why,
};

const passive: LetterWords = {
  subject: 'What would have made it a ten?',
  preheader: 'One sentence is enough.',
  headline: 'Thank you for your answer',
  body: 'It is a good score, but something was missing for a ten. What was it? Reply to this letter with a sentence: we read every one.',
  why,
};

/** Apologises, promises a person, sells nothing. */
const critic: LetterWords = {
  subject: ({ order }) =>
    order?.number ? `We are sorry about order ${order.number}` : 'We are sorry that we let you down',
  preheader: 'We are looking into what went wrong.',
  headline: 'We are sorry',
  body: ({ order }) =>
    `Thank you for telling us${order?.number ? ` about order ${order.number}` : ''}. We let you down, and we would like to put it right. Our customer service has your answer and will write to you.`,
  after: 'If you would rather tell us more at once, reply to this letter: a person reads it.',
  why,
};

export const nps: Record<'nps' | 'nps-promoter' | 'nps-passive' | 'nps-critic', LetterWords> = {
  nps: npsLetter,
  'nps-promoter': promoter,
  'nps-passive': passive,
  'nps-critic': critic,
};
