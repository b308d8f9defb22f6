/** Five stars to tap, each a link of its own. */

import { STARS } from '../../core/letters/letter-wishes.ts';
import { type Html, html } from '../html.ts';
import { type Palette, SOFT } from '../palette.ts';
import type { Story } from '../story.ts';

export function stars({ words, stars: linkTo }: Story, { tint, onTint }: Palette): Html | null {
  if (!linkTo) return null;
  return html`
    <tr><td align="center" style="padding:8px 0 20px">
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:330px;margin:0 auto">
    <tr>${STARS.map(
      (star) =>
        html`<td width="20%" align="center" style="padding:3px"><a class="tint ink" href="${linkTo(star)}" target="_blank" aria-label="${words.stars.label(star)}" style="display:block;padding:10px 0;border-radius:10px;background-color:${tint};font-size:26px;line-height:32px;text-decoration:none;color:${onTint}">★<span style="display:block;font-size:13px;line-height:16px">${star}</span></a></td>`,
    )}</tr>
    <tr>
      <td class="soft" colspan="2" align="left" style="padding:6px 4px 0;font-size:13px;line-height:18px;color:${SOFT}">${words.stars.least}</td>
      <td></td>
      <td class="soft" colspan="2" align="right" style="padding:6px 4px 0;font-size:13px;line-height:18px;color:${SOFT}">${words.stars.most}</td>
    </tr></table>
    </td></tr>`;
}
