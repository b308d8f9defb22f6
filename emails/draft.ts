/** A letter before it is drawn: its words in the places that its draft names. */

import type { LetterKey } from '../core/flow.ts';
import type { Block, Piece } from './block.ts';
import { DRAFTS, ORDER_ROWS } from './drafts.ts';
import type { Story } from './story.ts';
import { say } from './words/say.ts';

export interface Draft {
  subject: string;
  preheader: string;
  blocks: Block[];
}

export function draftOf(key: LetterKey, story: Story): Draft {
  const { words, told } = story;
  const own = words.letters[key];
  return {
    subject: words.typeset(say(own.subject, told)),
    preheader: words.typeset(say(own.preheader, told)),
    blocks: DRAFTS[key].flatMap((piece) => blockOf(piece, key, story) ?? []),
  };
}

/** Null for a sentence that this letter leaves out. */
function blockOf(piece: Piece, key: LetterKey, { words, told, name }: Story): Block | null {
  const own = words.letters[key];
  switch (piece) {
    case 'headline':
      return { kind: 'headline', text: words.typeset(say(own.headline, told)) };
    case 'greeting':
      return { kind: 'paragraph', text: words.typeset(words.greeting(name)) };
    case 'body':
    case 'after': {
      const text = say(own[piece], told);
      return text ? { kind: 'paragraph', text: words.typeset(text) } : null;
    }
    case 'items':
      return { kind: 'items', title: told.priced ? words.items(told) : say(own.items, told) || words.items(told) };
    case 'to-shop':
    case 'to-pay':
    case 'to-parcel':
    case 'to-download':
      return { kind: 'button', goal: piece, label: words.typeset(say(own.button, told)) };
    case 'order':
      return { kind: 'order', rows: ORDER_ROWS[key] ?? [] };
    default:
      return { kind: piece };
  }
}
