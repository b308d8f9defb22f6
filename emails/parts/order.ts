/** An order on one sheet: what was ordered, what it comes to, when it arrives. */

import type { OrderRow } from '../block.ts';
import { type Html, html } from '../html.ts';
import type { OrderView } from '../order-view.ts';
import { INK, LINE, type Palette, SOFT } from '../palette.ts';
import type { Story } from '../story.ts';
import type { Words } from '../words/words.ts';
import { itemRows } from './item-list.ts';

export function order(rows: readonly OrderRow[], { words, order: view }: Story, palette: Palette): Html | null {
  if (!view) return null;
  return html`
    <tr><td style="padding:20px 0 12px">
    <p class="ink" style="margin:0 0 4px;font-size:17px;line-height:24px;font-weight:700;color:${INK}">${words.typeset(words.order.number(view.number))}</p>
    ${view.lines.length ? itemRows(view.lines, words, palette) : null}
    ${rows.length ? sums(orderRows(rows, view, words)) : null}
    </td></tr>`;
}

/** What is not known is left out. */
export function orderRows(
  rows: readonly OrderRow[],
  view: OrderView,
  { order: labels }: Words,
): { label: string; value: string }[] {
  const values: Record<OrderRow, string | null> = {
    ...view,
    payBefore: view.due && view.payDay,
    delayed: view.delayedDay,
  };
  return rows.flatMap((name) => {
    const value = values[name];
    return value ? [{ label: labels[name], value }] : [];
  });
}

const sums = (rows: { label: string; value: string }[]): Html => html`
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
      ${rows.map(({ label, value }, n) => row(label, value, n === 0))}
    </table>`;

function row(label: string, value: string, first: boolean): Html {
  const rule = first ? `border-top:1px solid ${LINE};` : '';
  const above = first ? 16 : 4;
  return html`
    <tr>
    <td class="line soft" align="left" valign="top" style="${rule}padding:${above}px 12px 4px 0;font-size:15px;line-height:22px;color:${SOFT}">${label}</td>
    <td class="line ink" align="right" valign="top" style="${rule}padding:${above}px 0 4px;font-size:15px;line-height:22px;font-weight:600;color:${INK}">${value}</td>
    </tr>`;
}
