/** From a letter's key and props to the finished letter. Pure: the same props give the same bytes. */

import type { LetterKey } from '../core/flow.ts';
import type { Block } from './block.ts';
import { draftOf } from './drafts.ts';
import { type Html, html } from './html.ts';
import { footOf, sheet } from './layout.ts';
import type { Letter, LetterProps } from './letter.ts';
import { oneLine } from './mail-fields.ts';
import { INK, type Palette, paletteOf } from './palette.ts';
import { button } from './parts/button.ts';
import { coupon } from './parts/coupon.ts';
import { itemList } from './parts/item-list.ts';
import { scale } from './parts/scale.ts';
import { plainText } from './plain-text.ts';
import { type Story, storyOf } from './story.ts';

/** Throws only where `unsubscribeUrl` is no http(s) url. */
export function renderLetter(key: LetterKey, props: LetterProps): Letter {
  const story = storyOf(props);
  const { subject: said, preheader, blocks } = draftOf(key, story);
  const subject = oneLine(said);
  const foot = footOf(props, story, story.words.letters[key].why);
  const palette = paletteOf(props.shop.brand.accent);
  const rows = blocks.map((block) => drawn(block, story, palette));
  return {
    subject,
    html: sheet({ subject, preheader, rows, foot }, props, story),
    text: plainText(blocks, story, foot),
  };
}

function drawn(block: Block, story: Story, palette: Palette): Html | null {
  switch (block.kind) {
    case 'headline':
      return html`<tr><td style="padding:0 0 16px"><h1 class="h1 ink" style="margin:0;font-size:27px;line-height:33px;text-wrap:balance;font-weight:700;letter-spacing:-0.022em;color:${INK}">${block.text}</h1></td></tr>`;
    case 'paragraph':
      return html`<tr><td class="ink" style="padding:0 0 12px;font-size:17px;line-height:27px;color:${INK}">${block.text}</td></tr>`;
    case 'coupon':
      return coupon(story, palette);
    case 'items':
      return itemList(story, palette);
    case 'scale':
      return scale(story, palette);
    case 'button':
      return button(block.label, story.shopUrl, palette);
  }
}
