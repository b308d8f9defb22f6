/** The one question: would you recommend us. An answer is one tap; the page behind it takes a comment. */

import type { WriteDraft } from '../block.ts';

export const npsDraft: WriteDraft = ({ words, told, name }) => {
  const own = words.letters.nps;
  return {
    subject: own.subject(told),
    preheader: own.preheader(told),
    blocks: [
      { kind: 'headline', text: own.headline(told) },
      { kind: 'paragraph', text: words.greeting(name) },
      { kind: 'paragraph', text: own.body(told) },
      { kind: 'scale' },
    ],
  };
};
