/** Each part of a letter as rows of its table. */

import type { Block, Part } from './block.ts';
import { type Html, html } from './html.ts';
import { INK, type Palette } from './palette.ts';
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
import type { Story } from './story.ts';

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

/** Null where there is nothing to show. */
export function drawn(block: Block, story: Story, palette: Palette): Html | null {
  switch (block.kind) {
    case 'headline':
      return html`<tr><td style="padding:0 0 16px"><h1 class="h1 ink" style="margin:0;font-size:27px;line-height:33px;text-wrap:balance;font-weight:700;letter-spacing:-0.022em;color:${INK}">${block.text}</h1></td></tr>`;
    case 'paragraph':
      return html`<tr><td class="ink" style="padding:0 0 12px;font-size:17px;line-height:27px;text-wrap:pretty;color:${INK}">${block.text}</td></tr>`;
    case 'own':
      return html`<tr><td class="ink" style="padding:0 0 12px;font-size:17px;line-height:27px;color:${INK}">${block.html}</td></tr>`;
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
