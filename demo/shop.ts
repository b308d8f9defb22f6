/** The demo shop: a small foreign shop of plain pages. It knows Linger as any shop does, by its tag and its public HTTP API. */

import { type Context, Hono } from 'hono';
import { trimTrailingSlash } from 'hono/trailing-slash';
import { LOCALES, type Locale, localeOf } from '../core/values/locale.ts';
import { browsing } from './browsing.ts';
import { buying } from './buying.ts';
import { lingerApi } from './linger.ts';
import { orderBook } from './order-book.ts';
import { missingPage } from './pages/missing.ts';
import { pictureFor } from './picture.ts';
import { cartOf } from './session.ts';
import { show } from './show.ts';
import { STYLE } from './style.ts';
import { type View, WORDS } from './view.ts';

export interface DemoShopOptions {
  /** Reaches Linger's API by path: `fetch` with a base, or the app of the same process. */
  call: (path: string, init: RequestInit) => Promise<Response>;
  secretKey: string;
  siteKey: string;
  /** Url of `l.js`. */
  widget: string;
  /** Where the shop is mounted: `/demo`. */
  base: string;
  /** Url of the page that shows the letters. */
  inbox: string;
  /** How long a buyer waits for each of Linger's answers before the order goes on without it. */
  patienceMs?: number;
  /** `D-` and ten upper-case hexadecimal digits. */
  newOrderId?: () => string;
  now?: () => number;
}

export function demoShop(options: DemoShopOptions): Hono {
  const { call, secretKey, siteKey, widget, base, inbox } = options;
  const { patienceMs = 4000, newOrderId = randomOrderId, now = Date.now } = options;
  const linger = lingerApi({ call, secretKey, patienceMs });
  const orders = orderBook(linger);
  const shop = new Hono();

  function viewIn(locale: Locale, c: Context): View {
    const { origin } = new URL(c.req.url);
    return { locale, words: WORDS[locale], cart: cartOf(c), origin, base, siteKey, widget, inbox };
  }

  shop.use(trimTrailingSlash());

  shop.get('/', (c) => {
    c.header('vary', 'accept-language');
    return c.redirect(`${base}/${preferredLocale(c)}`, 302);
  });

  shop.get('/shop.css', (c) => {
    return c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=300' });
  });

  shop.get('/pictures/:file', (c) => {
    const [, name = ''] = /^([a-z-]+)\.svg$/.exec(c.req.param('file')) ?? [];
    const picture = pictureFor(name);
    if (picture === undefined) return c.notFound();
    return c.body(picture, 200, { 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': 'max-age=86400' });
  });

  for (const locale of LOCALES) {
    const viewOf = (c: Context) => viewIn(locale, c);
    shop.route(`/${locale}`, browsing(viewOf));
    shop.route(`/${locale}`, buying({ viewOf, linger, orders, newOrderId, now }));
    shop.all(`/${locale}/*`, (c) => show(c, missingPage(viewOf(c)), 404));
  }

  shop.all('*', (c) => show(c, missingPage(viewIn(preferredLocale(c), c)), 404));

  return shop;
}

function preferredLocale(c: Context): Locale {
  return localeOf(c.req.header('accept-language')?.split(/[,;]/)[0]);
}

function randomOrderId(): string {
  return `D-${crypto.randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`;
}
