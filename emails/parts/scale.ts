/** Eleven numbers to tap, 0 to 10, each a link of its own. On a phone they take two lines. */

import { NPS_SCORES } from '../../core/letters/letter-wishes.ts';
import { type Html, html } from '../html.ts';
import { type Palette, SOFT } from '../palette.ts';
import type { Story } from '../story.ts';

export function scale({ words, scores }: Story, { tint, onTint }: Palette): Html | null {
  if (!scores) return null;
  return html`
    <tr><td align="center" style="padding:8px 0 20px">
    <div style="font-size:0">${NPS_SCORES.map(
      (score) =>
        html`<a class="tint ink score" href="${scores(score)}" target="_blank" style="display:inline-block;width:44px;margin:2px;padding:10px 0;border-radius:10px;background-color:${tint};font-size:17px;line-height:24px;font-weight:600;text-align:center;text-decoration:none;color:${onTint}">${score}</a>`,
    )}</div>
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
      <td class="soft" align="left" style="padding:8px 4px 0;font-size:13px;line-height:18px;color:${SOFT}">${words.scale.least}</td>
      <td class="soft" align="right" style="padding:8px 4px 0;font-size:13px;line-height:18px;color:${SOFT}">${words.scale.most}</td>
    </tr></table>
    </td></tr>`;
}
