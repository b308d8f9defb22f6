/** The page after the order: its number, what was taken off, and an honest word when something went wrong on the way. */

import { html } from 'hono/html';
import { type AnalyticsEvent, ecommerceEvent } from '../data-layer.ts';
import type { PlacedOrder } from '../place-order.ts';
import { type Html, linkTo, money, textOf, type View } from '../view.ts';
import { layout } from './layout.ts';

/** `isNew`: the order was placed a moment ago, so that the purchase is told once and not with each reload. */
export function thanksPage(view: View, order: PlacedOrder, isNew: boolean): Html {
  const { thanks, checkout, demo } = view.words;
  const lines = order.cart.map(
    ({ product, quantity }) =>
      html`<li><span>${textOf(view, product).name}${quantity > 1 ? `\u00a0×\u00a0${quantity}` : ''}</span><span>${money(view, product.price * quantity)}</span></li>`,
  );
  const body = html`<section class="thanks"><h1>${thanks.title}</h1><p class="lead">${thanks.lead(order.name)}</p>
${order.unchecked ? html`<p class="notice plain">${thanks.unchecked}</p>` : ''}
${order.unreported ? html`<p class="notice plain">${thanks.unreported}</p>` : ''}
<div class="panel"><h2>${thanks.number} ${order.id}</h2><ul class="brief">${lines}</ul>
<dl class="sums">
${order.code !== null && !order.unchecked ? html`<div><dt>${thanks.code}</dt><dd>${order.code}</dd></div>` : ''}
${order.discount > 0 ? html`<div class="minus"><dt>${checkout.discount}</dt><dd>−${money(view, order.discount)}</dd></div>` : ''}
<div class="pay"><dt>${checkout.total}</dt><dd>${money(view, order.total)}</dd></div></dl></div>
<a class="button light" href="${linkTo(view, '')}">${thanks.again}</a></section>`;
  return layout(view, {
    title: thanks.title,
    path: '/thanks',
    query: `?order=${order.id}`,
    ...(order.unreported ? {} : { hint: demo.done, stage: 'bought' as const }),
    events: isNew ? [purchase(view, order)] : [],
    body,
  });
}

function purchase(view: View, order: PlacedOrder): AnalyticsEvent {
  const coupon = order.code !== null && !order.unchecked ? { coupon: order.code } : {};
  return ecommerceEvent(view, 'purchase', order.cart, { transaction_id: order.id, value: order.total, ...coupon });
}
