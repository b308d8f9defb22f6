/** The way back to the shop. */

import { type Html, html } from '../html.ts';
import type { Palette } from '../palette.ts';

export function button(label: string, url: string | null, { accent, onAccent }: Palette): Html | null {
  if (!url) return null;
  // The padding is on the cell for Outlook's sake and on the link for everyone's thumb.
  return html`
    <tr><td style="padding:8px 0 20px">
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
    <tr><td class="button" align="center" bgcolor="${accent}" style="background-color:${accent};border-radius:12px;mso-padding-alt:16px 20px">
      <a href="${url}" target="_blank" style="display:block;padding:16px 20px;font-size:17px;line-height:24px;font-weight:600;text-decoration:none;color:${onAccent}">${label}</a>
    </td></tr>
    </table>
    </td></tr>`;
}
