/** The question whether the address is theirs: no advertising, no code, nothing of the shop's to look at. */

import type { WriteDraft } from '../block.ts';

export const confirmDraft: WriteDraft = ({ words, told, name }) => {
  const own = words.letters.confirm;
  return {
    subject: own.subject(told),
    preheader: own.preheader(told),
    blocks: [
      { kind: 'headline', text: own.headline(told) },
      { kind: 'paragraph', text: words.greeting(name) },
      { kind: 'paragraph', text: own.body(told) },
      { kind: 'button', label: own.button(told) },
      { kind: 'paragraph', text: words.notYou },
    ],
  };
};
