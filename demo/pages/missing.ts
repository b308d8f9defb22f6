/** The page for an address the shop doesn't have. */

import { html } from 'hono/html';
import { type Html, linkTo, type View } from '../view.ts';
import { layout } from './layout.ts';

export function missingPage(view: View): Html {
  const { missing, cart } = view.words;
  const body = html`<h1>${missing.title}</h1><p class="lead">${missing.lead}</p><a class="button" href="${linkTo(view, '')}">${cart.back}</a>`;
  return layout(view, { title: missing.title, path: '', body });
}
