/** A letter before it is drawn: its words in the places that its draft names. */

import type { LetterKey } from '../core/flows/flow.ts';
import type { OwnSentence } from '../core/letters/own-letter.ts';
import type { Block, Piece } from './block.ts';
import { DRAFTS, ORDER_ROWS } from './drafts.ts';
import type { LetterProps } from './letter.ts';
import type { Story } from './story.ts';
import { say } from './words/say.ts';

export interface Draft {
  subject: string;
  preheader: string;
  blocks: Block[];
}

/** Empty for a sentence that the letter leaves out. */
export type Sentences = Record<OwnSentence, string>;

/** Words that somebody wants instead of the letter's own: plain text; empty lines part the body's paragraphs. */
export type OtherWords = Pick<LetterProps, 'button' | 'body'>;

export function draftOf(key: LetterKey, story: Story, other: OtherWords = {}): Draft {
  const sentences = sentencesOf(key, story, other);
  const { subject, preheader } = sentences;
  return { subject, preheader, blocks: DRAFTS[key].flatMap((piece) => blocksOf(piece, key, sentences)) };
}

export function sentencesOf(
  key: LetterKey,
  { words, told, name, nameStyle }: Story,
  { button, body }: OtherWords = {},
): Sentences {
  const own = words.letters[key];
  const typeset = (text: string): string => words.typeset(text);
  return {
    subject: typeset(say(own.subject, told)),
    preheader: typeset(say(own.preheader, told)),
    headline: typeset(say(own.headline, told)),
    greeting: typeset(words.greeting(name, nameStyle)),
    body: typeset(body ?? say(own.body, told)),
    after: typeset(say(own.after, told)),
    button: typeset(button ?? say(own.button, told)),
    items: told.priced ? words.items(told) : say(own.items, told) || words.items(told),
  };
}

/** The piece, its paragraphs one by one. */
function blocksOf(piece: Piece, key: LetterKey, sentences: Sentences): Block[] {
  const block = blockOf(piece, key, sentences);
  if (block?.kind !== 'paragraph') return block ? [block] : [];
  const paragraphs = block.text.split(/\n\s*\n/).map((text) => text.trim());
  return paragraphs.filter(Boolean).map((text) => ({ kind: 'paragraph', text }));
}

/** Null for a sentence that this letter leaves out. */
export function blockOf(piece: Piece, key: LetterKey, sentences: Sentences): Block | null {
  switch (piece) {
    case 'headline':
      return { kind: 'headline', text: sentences.headline };
    case 'greeting':
      return { kind: 'paragraph', text: sentences.greeting };
    case 'body':
    case 'after':
      return sentences[piece] ? { kind: 'paragraph', text: sentences[piece] } : null;
    case 'items':
      return { kind: 'items', title: sentences.items };
    case 'to-shop':
    case 'to-pay':
    case 'to-parcel':
    case 'to-download':
      return { kind: 'button', goal: piece, label: sentences.button };
    case 'order':
      return { kind: 'order', rows: ORDER_ROWS[key] ?? [] };
    default:
      return { kind: piece };
  }
}
