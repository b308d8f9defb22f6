/** The practical reminder: what one would pay, and the code that makes it so. */

import type { WriteDraft } from '../block.ts';

export const secondReminderDraft: WriteDraft = ({ words, told, name }) => {
  const own = words.letters['reminder-2'];
  return {
    subject: own.subject(told),
    preheader: own.preheader(told),
    blocks: [
      { kind: 'headline', text: own.headline(told) },
      { kind: 'paragraph', text: words.greeting(name) },
      { kind: 'paragraph', text: own.body(told) },
      { kind: 'items' },
      { kind: 'coupon' },
      { kind: 'button', label: own.button(told) },
    ],
  };
};
