/** The gentle reminder: the things come first, the code is where it was. */

import type { WriteDraft } from '../block.ts';

export const firstReminderDraft: WriteDraft = ({ words, told, name }) => {
  const own = words.letters['reminder-1'];
  return {
    subject: own.subject(told),
    preheader: own.preheader(told),
    blocks: [
      { kind: 'headline', text: own.headline(told) },
      { kind: 'paragraph', text: words.greeting(name) },
      { kind: 'paragraph', text: own.body(told) },
      { kind: 'items' },
      { kind: 'button', label: own.button(told) },
      { kind: 'coupon' },
    ],
  };
};
