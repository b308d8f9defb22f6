/** The shop's first page: a greeting, the shelves, and everything there is. */

import { html } from 'hono/html';
import { PRODUCTS, productsOf } from '../catalogue.ts';
import { CATEGORIES } from '../product.ts';
import { categoryPath, type Html, linkTo, pictureOf, type View } from '../view.ts';
import { layout } from './layout.ts';
import { productCards } from './product-card.ts';

export function homePage(view: View): Html {
  const { home, categories, tagline } = view.words;
  const shelves = CATEGORIES.map((category) => {
    const face = productsOf(category)[0]?.id ?? 'evening';
    return html`<li><a class="shelf" href="${linkTo(view, categoryPath(category))}">
<img src="${pictureOf(view, face)}" alt="" width="600" height="600">
<span><strong>${categories[category].name}</strong><br>${categories[category].line}</span></a></li>`;
  });
  const body = html`<section class="hero">
<div><h1>${home.title}</h1><p class="lead">${home.lead}</p><a class="button" href="#all">${home.start}</a></div>
<img src="${pictureOf(view, 'evening')}" alt="" width="1200" height="800">
</section>
<ul class="shelf-list">${shelves}</ul>
<section id="all" aria-labelledby="all-title"><h2 id="all-title">${home.all}</h2><p class="lead">${home.allLead}</p>
${productCards(view, PRODUCTS)}</section>`;
  return layout(view, { title: tagline, path: '', body });
}
