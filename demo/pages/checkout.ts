/** The checkout: who buys, with which code, for how much. */

import { html, raw } from 'hono/html';
import { totalOf } from '../cart.ts';
import type { CheckoutForm, FormFault } from '../checkout-form.ts';
import { ecommerceEvent } from '../data-layer.ts';
import type { CodeAnswer } from '../linger.ts';
import { afterDiscount } from '../place-order.ts';
import { type Html, linkTo, money, textOf, type View } from '../view.ts';
import { layout } from './layout.ts';

export interface CheckoutState {
  form: CheckoutForm;
  faults: FormFault[];
  /** What Linger said of the code, when it was asked. */
  answer?: CodeAnswer;
  /** The buyer had pressed “place the order”, and it was not placed. */
  held?: boolean;
}

export function checkoutPage(view: View, state: CheckoutState): Html {
  const { words } = view;
  const body = html`<h1>${words.checkout.title}</h1>
<form class="checkout" method="post" action="${linkTo(view, '/checkout')}">
${buyer(view, state)}
<section class="panel" aria-labelledby="order"><h2 id="order">${words.checkout.order}</h2>
<ul class="brief">${view.cart.map(
    ({ product, quantity }) =>
      html`<li><span>${textOf(view, product).name}${quantity > 1 ? `\u00a0×\u00a0${quantity}` : ''}</span><span>${money(view, product.price * quantity)}</span></li>`,
  )}</ul>
${codeField(view, state)}
${sums(view, state.answer)}
<button class="button wide" name="act" value="place">${words.checkout.place}</button>
<p class="quiet">${words.checkout.noMoney}</p>
</section></form>`;
  return layout(view, {
    title: words.checkout.title,
    path: '/checkout',
    hint: words.demo.pay,
    events: [ecommerceEvent(view, 'begin_checkout', view.cart)],
    body,
  });
}

function buyer(view: View, { form, faults }: CheckoutState): Html {
  const words = view.words.checkout;
  const wrongEmail = faults.includes('email');
  const wrongName = faults.includes('name');
  return html`<section aria-labelledby="you"><h2 id="you">${words.you}</h2>
<div class="field"><label for="email">${words.email}</label>
<input id="email" name="email" type="email" autocomplete="email" maxlength="254" required value="${form.email}" aria-describedby="email-hint" ${wrongEmail ? raw('aria-invalid="true"') : ''}>
<p id="email-hint" class="${wrongEmail ? 'wrong' : 'quiet'}">${wrongEmail ? words.emailWrong : words.emailHint}</p></div>
<div class="field"><label for="name">${words.name}</label>
<input id="name" name="name" autocomplete="name" maxlength="80" required value="${form.name}" ${wrongName ? raw('aria-invalid="true" aria-describedby="name-wrong"') : ''}>
${wrongName ? html`<p id="name-wrong" class="wrong">${words.nameWrong}</p>` : ''}</div>
</section>`;
}

/** “Apply” comes before “place” in the form, so that Enter in a field never places an order by accident. */
function codeField(view: View, { form, answer, held }: CheckoutState): Html {
  const words = view.words.checkout;
  return html`<div class="field"><label for="code">${words.code}</label>
<div class="code"><input id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="64" value="${form.code}" aria-describedby="code-answer" ${
    answer?.kind === 'refused' ? raw('aria-invalid="true"') : ''
  }>
<button class="button light" name="act" value="apply" formnovalidate>${words.apply}</button></div>
<div id="code-answer" role="status">${answer ? codeAnswer(view, form.code, answer) : ''}${
    held && answer?.kind === 'refused' ? html`<p class="wrong">${words.notPlaced}</p>` : ''
  }</div></div>`;
}

function codeAnswer(view: View, code: string, answer: CodeAnswer): Html {
  const { checkout, refusals } = view.words;
  switch (answer.kind) {
    case 'good':
      return html`<p class="right">${checkout.applied(code)}</p>`;
    case 'refused':
      return html`<p class="wrong">${refusals[answer.refusal]}</p>`;
    case 'silent':
      return html`<p class="notice plain">${checkout.silent}</p>`;
  }
}

function sums(view: View, answer: CodeAnswer | undefined): Html {
  const words = view.words.checkout;
  const goods = totalOf(view.cart);
  const discount = answer?.kind === 'good' ? answer.discount : 0;
  return html`<dl class="sums">
<div><dt>${words.goods}</dt><dd>${money(view, goods)}</dd></div>
${discount > 0 ? html`<div class="minus"><dt>${words.discount}</dt><dd>−${money(view, discount)}</dd></div>` : ''}
<div><dt>${words.delivery}</dt><dd>${words.free}</dd></div>
<div class="pay"><dt>${words.total}</dt><dd>${money(view, afterDiscount(goods, discount))}</dd></div>
</dl>`;
}
