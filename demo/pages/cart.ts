/** The cart: what is in it, how much of each, and the way to the checkout. */

import { html } from 'hono/html';
import { type CartEntry, MOST_OF_ONE, totalOf } from '../cart.ts';
import { type AnalyticsEvent, ecommerceEvent } from '../data-layer.ts';
import { type Html, linkTo, money, pictureOf, productPath, textOf, type View } from '../view.ts';
import { layout } from './layout.ts';

export function cartPage(view: View, happened: AnalyticsEvent[]): Html {
  const { cart } = view.words;
  return layout(view, {
    title: cart.title,
    path: '/cart',
    events: [...happened, ecommerceEvent(view, 'view_cart', view.cart)],
    body: html`<h1>${cart.title}</h1>${view.cart.length > 0 ? filled(view) : empty(view)}`,
  });
}

function empty(view: View): Html {
  const { cart } = view.words;
  return html`<p class="lead">${cart.empty}. ${cart.emptyLine}</p><a class="button" href="${linkTo(view, '#all')}">${cart.back}</a>`;
}

function filled(view: View): Html {
  const { cart } = view.words;
  return html`<ul class="lines">${view.cart.map((entry) => line(view, entry))}</ul>
<div class="cart-end"><p class="sum"><span>${cart.total}</span> <strong>${money(view, totalOf(view.cart))}</strong></p>
<a class="button" href="${linkTo(view, '/checkout')}">${cart.checkout}</a></div>`;
}

function line(view: View, { product, quantity }: CartEntry): Html {
  const { cart, product: words } = view.words;
  const { name } = textOf(view, product);
  const field = `quantity-${product.id}`;
  return html`<li class="line">
<a class="line-picture" href="${linkTo(view, productPath(product))}" tabindex="-1" aria-hidden="true"><img src="${pictureOf(view, product.id)}" alt="" width="600" height="600"></a>
<div class="line-name"><a href="${linkTo(view, productPath(product))}">${name}</a><p class="quiet">${money(view, product.price)} ${cart.each}</p></div>
<form class="line-form" method="post" action="${linkTo(view, '/cart/set')}">
<input type="hidden" name="id" value="${product.id}">
<label class="unseen" for="${field}">${words.quantity}: ${name}</label>
<input id="${field}" name="quantity" type="number" inputmode="numeric" min="0" max="${MOST_OF_ONE}" value="${quantity}" required>
<button class="button light">${cart.update}<span class="unseen">: ${name}</span></button>
<button class="button bare" formaction="${linkTo(view, '/cart/remove')}" formnovalidate>${cart.remove}<span class="unseen">: ${name}</span></button>
</form>
<p class="line-sum">${money(view, product.price * quantity)}</p>
</li>`;
}
