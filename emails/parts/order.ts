/** An order on one sheet: what was ordered, what it comes to, when it arrives. */

import { type Html, html } from '../html.ts';
import { INK, LINE, type Palette, SOFT } from '../palette.ts';
import type { Story } from '../story.ts';
import { itemRows } from './item-list.ts';

export function order({ words, order: view }: Story, palette: Palette): Html | null {
  if (!view) return null;
  return html`
    <tr><td style="padding:20px 0 12px">
    <p class="ink" style="margin:0 0 4px;font-size:17px;line-height:24px;font-weight:700;color:${INK}">${words.typeset(words.order.number(view.number))}</p>
    ${view.lines.length ? itemRows(view.lines, words, palette) : null}
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
      ${orderRows(view, words).map(([label, value], n) => row(label, value, n === 0))}
    </table>
    </td></tr>`;
}

/** Sums and dates in the order in which people look for them; what is not known is left out. */
export function orderRows(
  view: NonNullable<Story['order']>,
  { order: labels }: Story['words'],
): (readonly [label: string, value: string])[] {
  const rows = [
    [labels.total, view.total],
    [labels.due, view.due],
    [labels.payBefore, view.due && view.payDay],
    [labels.refunded, view.refunded],
    [labels.delivery, view.delayedDay ? null : view.delivery],
    [labels.delayed, view.delayedDay],
    [labels.tracking, view.tracking],
  ] as const;
  return rows.flatMap(([label, value]) => (value ? [[label, value] as const] : []));
}

function row(label: string, value: string, first: boolean): Html {
  const rule = first ? `border-top:1px solid ${LINE};` : '';
  const above = first ? 16 : 4;
  return html`
    <tr>
    <td class="line soft" align="left" valign="top" style="${rule}padding:${above}px 12px 4px 0;font-size:15px;line-height:22px;color:${SOFT}">${label}</td>
    <td class="line ink" align="right" valign="top" style="${rule}padding:${above}px 0 4px;font-size:15px;line-height:22px;font-weight:600;color:${INK}">${value}</td>
    </tr>`;
}
