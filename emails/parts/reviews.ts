/** What buyers wrote, each with its stars. */

import { STARS } from '../../core/letters/letter-wishes.ts';
import { type Html, html } from '../html.ts';
import { INK, type Palette, SOFT } from '../palette.ts';
import type { Story } from '../story.ts';

export function reviews({ words, reviews: written }: Story, { onTint }: Palette): Html | null {
  if (!written.length) return null;
  return html`
    <tr><td style="padding:16px 0 4px">
    <p class="soft" style="margin:0 0 12px;font-size:13px;line-height:18px;font-weight:600;color:${SOFT}">${words.reviews}</p>
    ${written.map(
      ({ author, stars, text }) => html`
      <p class="ink" style="margin:0 0 4px;font-size:16px;line-height:25px;color:${INK}">${text}</p>
      <p class="soft" style="margin:0 0 16px;font-size:14px;line-height:20px;color:${SOFT}"><span class="ink" aria-label="${words.stars.label(stars)}" style="color:${onTint};letter-spacing:1px">${starLine(stars)}</span>${author ? html`&nbsp; ${author}` : null}</p>`,
    )}
    </td></tr>`;
}

export const starLine = (stars: number): string => STARS.map((star) => (star <= stars ? '★' : '☆')).join('');
