/** The first letter: the code that was asked for, at the top, and the things it was asked for. */

import type { WriteDraft } from '../block.ts';

export const offerDraft: WriteDraft = ({ words, told, name }) => {
  const own = words.letters.offer;
  return {
    subject: own.subject(told),
    preheader: own.preheader(told),
    blocks: [
      { kind: 'headline', text: own.headline(told) },
      { kind: 'paragraph', text: words.greeting(name) },
      { kind: 'paragraph', text: own.body(told) },
      { kind: 'coupon' },
      { kind: 'button', label: own.button(told) },
      { kind: 'items' },
    ],
  };
};
