/** The frame around every page of the demo shop: head with the public integration, header, footer, and the bar that explains the demo. */

import { html, raw } from 'hono/html';
import { LOCALES } from '../../core/values/locale.ts';
import { countOf } from '../cart.ts';
import { type AnalyticsEvent, scriptJson } from '../data-layer.ts';
import { CATEGORIES } from '../product.ts';
import { categoryPath, type Html, linkTo, type View, WORDS } from '../view.ts';
import { type DemoHint, demoBar } from './demo-bar.ts';

export interface Page extends DemoHint {
  title: string;
  /** The page's path inside the shop, without base and language: `/cart`. */
  path: string;
  /** Kept by the language switch: `?order=…`. */
  query?: string;
  events?: AnalyticsEvent[];
  /** Schema.org data about the page's subject. */
  data?: unknown;
  body: Html;
}

export function layout(view: View, page: Page): Html {
  const { locale, words, base } = view;
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · ${words.shop}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="${view.origin}${linkTo(view, page.path)}">
<link rel="icon" type="image/svg+xml" href="${base}/pictures/sign.svg">
<link rel="stylesheet" href="${base}/shop.css">
${page.data === undefined ? '' : html`<script type="application/ld+json">${scriptJson(page.data)}</script>`}
${pushed(page.events ?? [])}
<script async src="${view.widget}" data-shop="${view.siteKey}"></script>
</head>
<body>
<a class="skip" href="#content">${words.skip}</a>
${demoBar(view, page)}
${header(view, page)}
<main id="content" tabindex="-1">${page.body}</main>
<footer class="footer"><p><strong>${words.shop}</strong> — ${words.tagline}</p><p>${words.footer}</p></footer>
</body>
</html>`;
}

/** GA4's recipe: the last event's `ecommerce` is cleared before each new one. */
function pushed(events: AnalyticsEvent[]): Html {
  const pushes = events.map((event) => `dataLayer.push({"ecommerce":null});dataLayer.push(${scriptJson(event)});`);
  return html`<script>window.dataLayer=window.dataLayer||[];${raw(pushes.join(''))}</script>`;
}

function header(view: View, page: Page): Html {
  const { words } = view;
  const count = countOf(view.cart);
  const shelves = CATEGORIES.map((category) => {
    const here = page.path === categoryPath(category);
    return html`<a href="${linkTo(view, categoryPath(category))}" ${here ? raw('aria-current="page"') : ''}>${words.categories[category].name}</a>`;
  });
  return html`<header class="header">
<a class="brand" href="${linkTo(view, '')}"><img src="${view.base}/pictures/sign.svg" alt="" width="32" height="32">${words.shop}</a>
<nav class="shelves" aria-label="${words.mainMenu}">${shelves}</nav>
<nav class="languages" aria-label="${words.languages}">${LOCALES.map((locale) => languageLink(view, page, locale))}</nav>
<a class="to-cart" href="${linkTo(view, '/cart')}">${words.cart.title}${
    count > 0
      ? html` <span class="badge"><span aria-hidden="true">${count}</span><span class="unseen">, ${words.cart.count(count)}</span></span>`
      : ''
  }</a>
</header>`;
}

function languageLink(view: View, page: Page, locale: View['locale']): Html {
  const name = WORDS[locale].language;
  const href = linkTo(view, page.path, locale) + (page.query ?? '');
  return html`<a href="${href}" lang="${locale}" hreflang="${locale}" title="${name}" ${
    locale === view.locale ? raw('aria-current="true"') : ''
  }><abbr aria-hidden="true">${locale.toUpperCase()}</abbr><span class="unseen">${name}</span></a>`;
}
