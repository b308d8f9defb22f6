/** From a letter's key and props to the finished letter. Pure: the same props give the same bytes. */

import type { LetterKey } from '../core/flow.ts';
import type { Block, Part } from './block.ts';
import { draftOf } from './draft.ts';
import { DRAFTS } from './drafts.ts';
import { type Html, html } from './html.ts';
import { footOf, sheet } from './layout.ts';
import type { Letter, LetterProps } from './letter.ts';
import { oneLine } from './mail-fields.ts';
import { INK, type Palette, paletteOf } from './palette.ts';
import { button } from './parts/button.ts';
import { coupon } from './parts/coupon.ts';
import { answer, facts, help } from './parts/facts.ts';
import { items, recommended } from './parts/item-list.ts';
import { referral, subscribe } from './parts/links.ts';
import { order } from './parts/order.ts';
import { reasons } from './parts/reasons.ts';
import { reviews } from './parts/reviews.ts';
import { scale } from './parts/scale.ts';
import { stars } from './parts/stars.ts';
import { plainText } from './plain-text.ts';
import { type Story, storyOf } from './story.ts';

const PARTS: Record<Part, (story: Story, palette: Palette) => Html | null> = {
  coupon,
  recommended,
  reviews,
  facts,
  help,
  answer,
  scale,
  stars,
  reasons,
  referral,
  subscribe,
};

/** Throws only where `unsubscribeUrl` is no http(s) url. */
export function renderLetter(key: LetterKey, props: LetterProps): Letter {
  // A letter that shows no code speaks of none, and counts no price with it.
  const story = storyOf(DRAFTS[key].includes('coupon') ? props : { ...props, code: null });
  const { subject: said, preheader, blocks } = draftOf(key, story);
  const subject = oneLine(props.subject ?? said);
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
    case 'button':
      return button(block.label, story.goals[block.goal], palette);
    case 'items':
      return items(block.title, story, palette);
    case 'order':
      return order(block.rows, story, palette);
    default:
      return PARTS[block.kind](story, palette);
  }
}
