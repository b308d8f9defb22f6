/** Quiet links under a letter: one to pass on, one to more letters. */

import { type Html, html } from '../html.ts';
import { INK, type Palette, SOFT } from '../palette.ts';
import type { Story } from '../story.ts';

/** The address itself, to be copied as well as followed. */
export function referral({ words, referralUrl }: Story, { tint }: Palette): Html | null {
  if (!referralUrl) return null;
  return html`
    <tr><td style="padding:12px 0 20px">
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="tint" bgcolor="${tint}" style="background-color:${tint};border-radius:16px">
    <tr><td align="center" style="padding:20px 16px">
      <p class="soft" style="margin:0 0 6px;font-size:13px;line-height:18px;color:${SOFT}">${words.typeset(words.referral)}</p>
      <a class="ink" href="${referralUrl}" target="_blank" style="font-size:16px;line-height:24px;font-weight:600;color:${INK};word-break:break-word">${referralUrl.replace(/^https?:\/\//, '')}</a>
    </td></tr>
    </table>
    </td></tr>`;
}

export function subscribe({ words, subscribeUrl }: Story): Html | null {
  if (!subscribeUrl) return null;
  return html`<tr><td align="center" style="padding:0 0 16px;font-size:15px;line-height:23px"><a class="soft" href="${subscribeUrl}" target="_blank" style="color:${SOFT};text-decoration:underline;display:inline-block;padding:11px">${words.typeset(words.subscribe)}</a></td></tr>`;
}
