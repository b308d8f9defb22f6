/** The routes of looking around in one language: the first page, the shelves, the products. */

import { type Context, Hono } from 'hono';
import { findCategory, findProduct } from './catalogue.ts';
import { categoryPage } from './pages/category.ts';
import { homePage } from './pages/home.ts';
import { missingPage } from './pages/missing.ts';
import { productPage } from './pages/product.ts';
import { restartPage } from './pages/restart.ts';
import { forget, forgetVisitor, takeCartChange } from './session.ts';
import { show } from './show.ts';
import { linkTo, type View } from './view.ts';

export function browsing(viewOf: (c: Context) => View): Hono {
  const routes = new Hono();

  routes.get('/', (c) => show(c, homePage(viewOf(c))));

  routes.get('/category/:category', (c) => {
    const view = viewOf(c);
    const category = findCategory(c.req.param('category'));
    return category ? show(c, categoryPage(view, category)) : show(c, missingPage(view), 404);
  });

  routes.get('/product/:id', (c) => {
    const view = viewOf(c);
    const product = findProduct(c.req.param('id'));
    return product ? show(c, productPage(view, product, takeCartChange(c, view))) : show(c, missingPage(view), 404);
  });

  routes.get('/restart', (c) => {
    const view = viewOf(c);
    forget(c, view.base, 'cart', 'draft', 'said');
    forgetVisitor(c);
    return c.req.query('home') === undefined ? show(c, restartPage(view)) : c.redirect(linkTo(view, ''), 303);
  });

  return routes;
}
