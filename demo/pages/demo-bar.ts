/** The bar above the shop that says what to try next. It belongs to the demo, not to the shop, and looks it. */

import { html } from 'hono/html';
import { type Html, linkTo, type View } from '../view.ts';

export function demoBar(view: View, hint?: string): Html {
  const { demo } = view.words;
  const [withPointer, withTouch] = view.cart.length > 0 ? [demo.leave, demo.leaveTouch] : [demo.look, demo.lookTouch];
  const next =
    hint === undefined
      ? html`<span class="by-pointer">${withPointer}</span><span class="by-touch">${withTouch}</span>`
      : html`<span>${hint}</span>`;
  return html`<aside class="demo-bar" aria-label="${demo.label}">
<p><b>${demo.label}</b> ${next}</p>
<p class="demo-links"><a href="${view.inbox}">${demo.inbox}</a><a href="${linkTo(view, '/restart')}" rel="nofollow">${demo.restart}</a></p>
</aside>`;
}
