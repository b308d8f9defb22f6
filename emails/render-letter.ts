/** From a letter's key and props to the finished letter. Pure: the same props give the same bytes. */

import type { LetterKey } from '../core/flows/flow.ts';
import { type Draft, draftOf } from './draft.ts';
import { DRAFTS } from './drafts.ts';
import { drawn } from './drawn.ts';
import { footOf, sheet } from './layout.ts';
import type { Letter, LetterProps } from './letter.ts';
import { oneLine } from './mail-fields.ts';
import { type OwnOptions, ownDraftOf } from './own/own-draft.ts';
import { type Palette, paletteOf } from './palette.ts';
import { plainText } from './plain-text.ts';
import { type Story, storyOf } from './story.ts';

/** Throws only where `unsubscribeUrl` is no http(s) url. */
export function renderLetter(key: LetterKey, props: LetterProps): Letter {
  // A letter that shows no code speaks of none, and counts no price with it.
  const story = storyOf(DRAFTS[key].includes('coupon') ? props : { ...props, code: null });
  return finished(key, draftOf(key, story, props), { props, story, palette: paletteOf(props.shop.brand.accent) });
}

export interface OwnRendered extends Letter {
  /** The shop's markup as it came, and what of it was left out, in words. */
  markup: string;
  dropped: string[];
}

/** The letter in the shop's own words. Throws an OwnLetterError where they can't be written out. */
export function renderOwnLetter(key: LetterKey, props: LetterProps, options: OwnOptions): OwnRendered {
  const palette = paletteOf(props.shop.brand.accent);
  const { draft, story, text, markup, dropped } = ownDraftOf(key, props, palette, options);
  return { ...finished(key, draft, { props, story, palette, text }), markup, dropped };
}

interface Finish {
  props: LetterProps;
  story: Story;
  palette: Palette;
  text?: string | null;
}

/** What stands around a letter is ours, whoever wrote the letter: the head, the hidden line, who writes and why, and the way out. */
function finished(key: LetterKey, draft: Draft, { props, story, palette, text = null }: Finish): Letter {
  const { preheader, blocks } = draft;
  const subject = oneLine(props.subject ?? draft.subject);
  const foot = footOf(props, story, story.words.letters[key].why);
  const rows = blocks.map((block) => drawn(block, story, palette));
  return {
    subject,
    preheader,
    html: sheet({ subject, preheader, rows, foot }, props, story),
    text: plainText(blocks, story, foot, text),
  };
}
