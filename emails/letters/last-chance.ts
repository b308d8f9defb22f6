/** The last letter of the chain: the code with its true end, and no further word after it. */

import type { WriteDraft } from '../block.ts';

export const lastChanceDraft: WriteDraft = ({ words, told, name }) => {
  const own = words.letters['last-chance'];
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
