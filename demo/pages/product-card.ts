/** A product as it stands on a shelf. */

import { html } from 'hono/html';
import type { Product } from '../product.ts';
import { type Html, linkTo, money, pictureOf, productPath, textOf, type View } from '../view.ts';

export function productCards(view: View, products: readonly Product[]): Html {
  return html`<ul class="cards">${products.map((product) => productCard(view, product))}</ul>`;
}

function productCard(view: View, product: Product): Html {
  const text = textOf(view, product);
  return html`<li class="card"><a href="${linkTo(view, productPath(product))}">
<img src="${pictureOf(view, product.id)}" alt="" width="600" height="600" loading="lazy">
<span class="card-name">${text.name}</span></a>
<p class="card-line">${text.line}</p>
<p class="card-price">${money(view, product.price)}${
    product.available ? '' : html`<span class="sold-out">${view.words.product.soldOut}</span>`
  }</p></li>`;
}
