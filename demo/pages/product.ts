/** A product's own page. */

import { html } from 'hono/html';
import { MOST_OF_ONE } from '../cart.ts';
import { productsOf } from '../catalogue.ts';
import { type AnalyticsEvent, ecommerceEvent, productData } from '../data-layer.ts';
import type { Product } from '../product.ts';
import { categoryPath, type Html, linkTo, money, pictureOf, productPath, textOf, type View } from '../view.ts';
import { layout } from './layout.ts';
import { productCards } from './product-card.ts';

/** `happened` are the events of the request that led here, an `add_to_cart` most of all. */
export function productPage(view: View, product: Product, happened: AnalyticsEvent[]): Html {
  const { words } = view;
  const text = textOf(view, product);
  const category = words.categories[product.category];
  const others = productsOf(product.category).filter((other) => other !== product);
  const stars = product.rating.toLocaleString(view.locale, { minimumFractionDigits: 1 });
  const body = html`<nav class="crumbs"><a href="${linkTo(view, categoryPath(product.category))}">${category.name}</a></nav>
<article class="product">
<img src="${pictureOf(view, product.id)}" alt="" width="600" height="600">
<div>
${happened.some(({ event }) => event === 'add_to_cart') ? html`<p class="notice" role="status">${words.product.added} <a href="${linkTo(view, '/cart')}">${words.product.openCart}</a></p>` : ''}
<h1>${text.name}</h1>
<p class="rating"><span aria-hidden="true">★ ${stars}</span><span class="unseen">${words.product.rated(stars)}</span> · ${words.product.reviews(product.reviews)}</p>
<p class="price">${money(view, product.price)}</p>
<p>${text.about}</p>
${product.available ? buyForm(view, product) : html`<p class="notice plain">${words.product.soldOutLine}</p>`}
<h2>${words.product.measures}</h2>
<dl class="details">${text.details.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
</div>
</article>
<section aria-labelledby="more"><h2 id="more">${words.product.more}</h2>${productCards(view, others)}</section>`;
  return layout(view, {
    title: text.name,
    path: productPath(product),
    events: [ecommerceEvent(view, 'view_item', [{ product, quantity: 1 }]), ...happened],
    data: productData(view, product),
    body,
  });
}

function buyForm(view: View, product: Product): Html {
  const { words } = view;
  return html`<form class="buy" method="post" action="${linkTo(view, '/cart/add')}">
<input type="hidden" name="id" value="${product.id}">
<label class="unseen" for="quantity">${words.product.quantity}</label>
<input id="quantity" name="quantity" type="number" inputmode="numeric" min="1" max="${MOST_OF_ONE}" value="1" required>
<button class="button">${words.product.add}</button>
</form>
<p class="quiet">${words.product.inStock}. ${words.product.delivery}</p>`;
}
