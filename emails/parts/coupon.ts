/** The ticket: what the code gives, the code itself, until when and from which order on. */

import { type Html, html } from '../html.ts';
import { INK, type Palette, SOFT } from '../palette.ts';
import type { Story } from '../story.ts';

const MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace";

export function coupon(
  { words, told, code, moment, minOrder, bounds, tiers }: Story,
  { accent, tint, onTint }: Palette,
): Html | null {
  if (!code) return null;
  const benefit = words.typeset(words.benefit(told));
  const terms = [
    minOrder && capital(words.typeset(words.minOrder(minOrder))),
    ...tiers.map(({ amount, from }) => capital(words.typeset(words.tier(amount, from)))),
    ...bounds.map((bound) => words.typeset(bound)),
    moment && words.typeset(words.validUntil(moment)),
  ].filter((term) => term !== null);
  return html`
    <tr><td style="padding:12px 0 20px">
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="tint" bgcolor="${tint}" style="background-color:${tint};border-radius:16px">
    <tr><td class="ticket" align="center" style="padding:28px 16px 24px">
      ${benefit ? html`<p class="${benefit.length > 20 ? 'ink' : 'large ink'}" style="margin:0 0 20px;font-size:${benefit.length > 20 ? 24 : 28}px;line-height:1.2;font-weight:700;letter-spacing:-0.02em;color:${onTint}">${benefit}</p>` : null}
      <p class="soft" style="margin:0 0 8px;font-size:13px;line-height:18px;color:${SOFT}">${words.yourCode}</p>
      <table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 auto">
      <tr><td class="chip ink" align="center" bgcolor="#ffffff" style="background-color:#ffffff;border:2px dashed ${accent};border-radius:12px;padding:14px 12px;font-family:${MONO};font-size:${codeSize(code)}px;line-height:1.3;font-weight:700;letter-spacing:0.04em;color:${INK};word-break:break-all;-webkit-user-select:all;user-select:all">${code}</td></tr>
      </table>
      ${terms.map((term, n) => html`<p class="soft" style="margin:${n ? 4 : 16}px 0 0;font-size:14px;line-height:21px;color:${SOFT}">${term}</p>`)}
    </td></tr>
    </table>
    </td></tr>`;
}

/** Large, but on one line of a narrow phone (about 230 px inside the frame). */
function codeSize(code: string): number {
  if (code.length <= 12) return 26;
  return code.length <= 17 ? 20 : 15;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
