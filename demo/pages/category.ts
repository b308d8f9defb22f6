/** One shelf. */

import { html } from 'hono/html';
import { productsOf } from '../catalogue.ts';
import type { Category } from '../product.ts';
import { categoryPath, type Html, type View } from '../view.ts';
import { layout } from './layout.ts';
import { productCards } from './product-card.ts';

export function categoryPage(view: View, category: Category): Html {
  const { name, line } = view.words.categories[category];
  const body = html`<h1>${name}</h1><p class="lead">${line}</p>${productCards(view, productsOf(category))}`;
  return layout(view, { title: name, path: categoryPath(category), body });
}
