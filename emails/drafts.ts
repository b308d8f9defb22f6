/** Which parts each letter is put together from, in order: data, so that what one letter is can be seen at a glance. */

import type { LetterKey } from '../core/flow.ts';
import type { Block, Piece } from './block.ts';
import type { Story } from './story.ts';
import { say } from './words/say.ts';

const OPENING = ['headline', 'greeting', 'body'] as const;

const DRAFTS: Record<LetterKey, readonly Piece[]> = {
  // The code at the top, and the things it was asked for.
  offer: [...OPENING, 'coupon', 'button', 'items'],
  // The things come first, the code is where it was.
  'reminder-1': [...OPENING, 'items', 'button', 'coupon'],
  // What one would pay, and the code that makes it so.
  'reminder-2': [...OPENING, 'items', 'coupon', 'button'],
  'last-chance': [...OPENING, 'coupon', 'button', 'items'],
  // No advertising, no code, nothing of the shop's to look at.
  confirm: [...OPENING, 'button', 'after'],
  nps: [...OPENING, 'scale'],
  'referral-friend': [...OPENING, 'coupon', 'button', 'items'],
  'referral-reward': [...OPENING, 'coupon', 'button', 'items'],
};

export interface Draft {
  subject: string;
  preheader: string;
  blocks: Block[];
}

/** The letter's words in their places. A part with nothing to say is left out. */
export function draftOf(key: LetterKey, { words, told, name }: Story): Draft {
  const own = words.letters[key];
  const texts: Partial<Record<Piece, string>> = {
    headline: say(own.headline, told),
    greeting: words.greeting(name),
    body: say(own.body, told),
    after: say(own.after, told),
    button: say(own.button, told),
  };
  const block = (piece: Piece): Block => {
    switch (piece) {
      case 'headline':
        return { kind: piece, text: words.typeset(texts.headline ?? '') };
      case 'greeting':
      case 'body':
      case 'after':
        return { kind: 'paragraph', text: words.typeset(texts[piece] ?? '') };
      case 'button':
        return { kind: piece, label: words.typeset(texts.button ?? '') };
      default:
        return { kind: piece };
    }
  };
  return {
    subject: words.typeset(say(own.subject, told)),
    preheader: words.typeset(say(own.preheader, told)),
    blocks: DRAFTS[key].filter((piece) => texts[piece] !== '').map(block),
  };
}
