/** The routes of buying in one language: the cart, the checkout, the thanks. Plain forms, each answered by a redirect or by the page itself. */

import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { quantityOf, readQuantity } from './cart.ts';
import { findProduct } from './catalogue.ts';
import { faultsOf, NO_FORM, readCheckoutForm } from './checkout-form.ts';
import type { Linger } from './linger.ts';
import type { OrderBook } from './order-book.ts';
import { cartPage } from './pages/cart.ts';
import { checkoutPage } from './pages/checkout.ts';
import { missingPage } from './pages/missing.ts';
import { thanksPage } from './pages/thanks.ts';
import { orderForCode } from './place-order.ts';
import { changeCart, closeCart, draftOf, keep, takeCartChange, takePurchase } from './session.ts';
import { show } from './show.ts';
import { linkTo, pictureOf, productPath, type View } from './view.ts';

export interface BuyingOptions {
  viewOf: (c: Context) => View;
  linger: Linger;
  orders: OrderBook;
  newOrderId: () => string;
  now: () => number;
}

export function buying({ viewOf, linger, orders, newOrderId, now }: BuyingOptions): Hono {
  const routes = new Hono();
  const smallBody = bodyLimit({ maxSize: 16 * 1024 });

  routes.get('/cart', (c) => {
    const view = viewOf(c);
    return show(c, cartPage(view, takeCartChange(c, view)));
  });

  routes.post('/cart/:act', smallBody, async (c) => {
    const view = viewOf(c);
    const { id, quantity } = await c.req.parseBody();
    const product = findProduct(String(id));
    if (!product) return show(c, missingPage(view), 404);
    const count = readQuantity(String(quantity));
    switch (c.req.param('act')) {
      case 'add':
        changeCart(c, view, product, quantityOf(view.cart, product) + Math.max(1, count));
        return c.redirect(linkTo(view, productPath(product)), 303);
      case 'set':
        changeCart(c, view, product, count);
        return c.redirect(linkTo(view, '/cart'), 303);
      case 'remove':
        changeCart(c, view, product, 0);
        return c.redirect(linkTo(view, '/cart'), 303);
      default:
        return show(c, missingPage(view), 404);
    }
  });

  routes.get('/checkout', (c) => {
    const view = viewOf(c);
    if (view.cart.length === 0) return c.redirect(linkTo(view, '/cart'), 303);
    if (draftOf(c) === undefined) keep(c, view.base, 'draft', newOrderId());
    return show(c, checkoutPage(view, { form: NO_FORM, faults: [] }));
  });

  routes.post('/checkout', smallBody, async (c) => {
    const view = viewOf(c);
    if (view.cart.length === 0) return c.redirect(linkTo(view, '/cart'), 303);
    const id = draftOf(c) ?? newOrderId();
    keep(c, view.base, 'draft', id);
    const fields = await c.req.parseBody();
    const form = readCheckoutForm(fields);
    if (fields.act !== 'place') {
      if (form.code === '') return show(c, checkoutPage(view, { form, faults: [] }));
      const answer = await linger.checkCode(form.code, orderForCode(id, form, view.cart));
      return show(c, checkoutPage(view, { form, faults: [], answer }));
    }
    const faults = faultsOf(form);
    if (faults.length > 0) return show(c, checkoutPage(view, { form, faults }), 422);
    const { cart, locale } = view;
    const placing = await orders.place({ id, form, cart, locale, at: now(), urlsOf: absoluteUrls(view) });
    if (placing.kind === 'held') {
      const answer = { kind: 'refused', refusal: placing.refusal } as const;
      return show(c, checkoutPage(view, { form, faults: [], answer, held: true }), 422);
    }
    closeCart(c, view, id);
    return c.redirect(linkTo(view, `/thanks?order=${id}`), 303);
  });

  routes.get('/thanks', async (c) => {
    const view = viewOf(c);
    const order = await orders.find(c.req.query('order') ?? '');
    if (!order) return show(c, missingPage(view), 404);
    return show(c, thanksPage(view, order, takePurchase(c, view, order.id)));
  });

  return routes;
}

function absoluteUrls(view: View) {
  return (id: string) => ({
    url: `${view.origin}${linkTo(view, `/product/${id}`)}`,
    image: view.origin + pictureOf(view, id),
  });
}
