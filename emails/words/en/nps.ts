/** Would you recommend us. */

import type { LetterWords } from '../words.ts';

const npsLetter: LetterWords = {
  subject: ({ shop }) => `How likely are you to recommend ${shop}?`,
  preheader: 'One tap is enough.',
  headline: ({ shop }) => `Would you recommend ${shop}?`,
  body: 'How likely are you to recommend us to a friend? One tap is enough, and we read every comment.',
  button: 'Answer',
  why: ({ shop }) => `You are receiving this because you are a customer of ${shop}.`,
};

export const nps: Record<'nps', LetterWords> = {
  nps: npsLetter,
};
