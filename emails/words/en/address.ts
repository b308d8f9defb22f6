/** The question whether an address is theirs. */

import type { LetterWords } from '../words.ts';

const confirmLetter: LetterWords = {
  subject: ({ shop }) => `Please confirm your address for ${shop}`,
  preheader: 'One click, and we know that it is yours.',
  headline: 'Is this your address?',
  body: ({ shop }) => `Somebody left this address at ${shop} to hear from us. Please confirm that it was you.`,
  button: 'Yes, it is mine',
  after: 'If it wasn’t you, there is nothing to do: without your click we will not write again.',
  why: ({ shop }) => `You are receiving this because this address was entered at ${shop}.`,
};

export const address: Record<'confirm', LetterWords> = {
  confirm: confirmLetter,
};
