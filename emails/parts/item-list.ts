/** Items, one row each: picture, title, price; readable with pictures off. */

import { type Html, html } from '../html.ts';
import type { ItemView } from '../item-view.ts';
import { INK, LINE, type Palette, SOFT } from '../palette.ts';
import type { Story } from '../story.ts';
import type { Words } from '../words/words.ts';

const SIDE = 88;

/** The letter's own items, under the title that its words give them. */
export function items(title: string, { words, told, items: views, minOrder }: Story, palette: Palette): Html | null {
  const note = told.priced && minOrder ? words.typeset(words.pricesFrom(minOrder)) : null;
  return list(title, views, note, words, palette);
}

export function recommended({ words, recommended: chosen }: Story, palette: Palette): Html | null {
  return chosen && list(words.recommended(chosen.reason, chosen.category), chosen.items, null, words, palette);
}

function list(title: string, views: ItemView[], note: string | null, words: Words, palette: Palette): Html | null {
  if (!views.length) return null;
  return html`
    <tr><td style="padding:20px 0 16px">
    <p class="soft" style="margin:0 0 4px;font-size:13px;line-height:18px;font-weight:600;color:${SOFT}">${words.typeset(title)}</p>
    ${itemRows(views, words, palette)}
    ${note ? html`<p class="soft" style="margin:4px 0 0;font-size:13px;line-height:19px;color:${SOFT}">${note}</p>` : null}
    </td></tr>`;
}

/** A table of rows with a rule between them. */
export function itemRows(views: ItemView[], words: Words, palette: Palette): Html {
  return html`
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
      ${views.map((item, n) => row(item, n > 0, words, palette))}
    </table>`;
}

function row(item: ItemView, ruled: boolean, words: Words, palette: Palette): Html {
  const rule = ruled ? `border-top:1px solid ${LINE};` : '';
  const count = item.quantity === null ? null : words.quantity(item.quantity);
  const times = count
    ? html`&nbsp;<span class="soft" style="font-weight:400;white-space:nowrap;color:${SOFT}">${count}</span>`
    : null;
  const few = item.stockLeft === null ? null : words.typeset(words.stockLeft(item.stockLeft));
  const place = item.description ? 'top' : 'middle';
  return html`
    <tr>
    <td class="line" width="${SIDE}" valign="${place}" style="${rule}padding:16px 0;width:${SIDE}px">${linked(item, picture(item, palette))}</td>
    <td class="line" valign="${place}" style="${rule}padding:16px 0 16px 20px">
      <p style="margin:0;font-size:16px;line-height:23px">${linked(item, html`<span class="ink" style="color:${INK};font-weight:500">${words.typeset(item.title)}</span>`)}${item.price === null ? times : null}</p>
      ${price(item, times)}
      ${few ? html`<p class="soft" style="margin:4px 0 0;font-size:14px;line-height:20px;color:${SOFT}">${few}</p>` : null}
      ${item.rating ? html`<p class="soft" style="margin:4px 0 0;font-size:14px;line-height:20px;color:${SOFT}">${words.typeset(words.rating(item.rating.average, item.rating.count))}</p>` : null}
      ${item.description ? html`<p class="soft" style="margin:6px 0 0;font-size:14px;line-height:21px;color:${SOFT}">${words.typeset(item.description)}</p>` : null}
    </td>
    </tr>`;
}

function picture({ image, title }: ItemView, { tint, onTint }: Palette): Html {
  if (image) {
    return html`<img class="tint soft" src="${image}" alt="${title}" width="${SIDE}" height="${SIDE}" style="display:block;width:${SIDE}px;height:${SIDE}px;object-fit:cover;border:0;border-radius:12px;background-color:${tint};font-size:11px;line-height:14px;color:${SOFT}">`;
  }
  // The first letter of the title stands in for a picture the page did not have.
  return html`<table role="presentation" aria-hidden="true" cellpadding="0" cellspacing="0" border="0"><tr><td class="tint ink" width="${SIDE}" height="${SIDE}" align="center" valign="middle" bgcolor="${tint}" style="width:${SIDE}px;height:${SIDE}px;border-radius:12px;background-color:${tint};font-size:30px;font-weight:600;color:${onTint}">${initial(title)}</td></tr></table>`;
}

/** Of one, and how many. */
function price({ price: now, was }: ItemView, times: Html | null): Html | null {
  if (now === null) return null;
  const before = was
    ? html`&nbsp; <s class="soft" style="font-size:14px;font-weight:400;color:${SOFT}">${was}</s>`
    : null;
  return html`<p class="ink" style="margin:4px 0 0;font-size:16px;line-height:23px;font-weight:700;color:${INK}">${now}${times}${before}</p>`;
}

const linked = ({ url }: ItemView, inner: Html): Html =>
  url ? html`<a href="${url}" target="_blank" style="text-decoration:none;color:${INK}">${inner}</a>` : inner;

const initial = (title: string): string => (/[\p{L}\p{N}]/u.exec(title)?.[0] ?? '·').toUpperCase();
