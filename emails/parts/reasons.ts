/** Six reasons to stay away, one under the other: a tap on one is the answer. */

import { AWAY_REASONS } from '../../core/letters/letter-wishes.ts';
import { type Html, html } from '../html.ts';
import type { Palette } from '../palette.ts';
import type { Story } from '../story.ts';

export function reasons({ words, reasons: linkTo }: Story, { tint, onTint }: Palette): Html | null {
  if (!linkTo) return null;
  return html`
    <tr><td style="padding:8px 0 16px">
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
    ${AWAY_REASONS.map(
      (reason) => html`
      <tr><td class="tint" align="center" bgcolor="${tint}" style="background-color:${tint};border-radius:12px">
        <a class="ink" href="${linkTo(reason)}" target="_blank" style="display:block;padding:13px 16px;font-size:16px;line-height:22px;font-weight:600;text-decoration:none;color:${onTint}">${words.typeset(words.reasons[reason])}</a>
      </td></tr>
      <tr><td height="8" style="height:8px;font-size:0;line-height:8px">&nbsp;</td></tr>`,
    )}
    </table>
    </td></tr>`;
}
