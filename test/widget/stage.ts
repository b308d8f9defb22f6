/** What every browser test of the widget stands on: the built files, a browser, a recording server, visitors that leave no trace. */

import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { buildWidget } from '../../widget/build.ts';
import { launchBrowser } from '../support/browser.ts';
import { openRecorder, type Recorder } from './recorder.ts';
import { newVisitor, type Visitor, type VisitorOptions } from './visitor.ts';

export interface Stage {
  /** The shop and the API; as new before each test. */
  readonly shop: Recorder;
  /** A visitor whose browser knows nothing yet. */
  arrive(options?: VisitorOptions): Promise<Visitor>;
}

export function useStage(): Stage {
  let browser: Browser | undefined;
  let shop: Recorder | undefined;
  let visitors: Visitor[] = [];

  beforeAll(async () => {
    await buildWidget({ quiet: true });
    [browser, shop] = await Promise.all([launchBrowser(), openRecorder()]);
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
  });
  afterEach(async () => {
    await Promise.all(visitors.map((visitor) => visitor.close()));
    visitors = [];
    shop?.reset();
  });

  return {
    get shop() {
      if (!shop) throw new Error('The stage is not set yet.');
      return shop;
    },
    async arrive(options) {
      if (!browser) throw new Error('The stage is not set yet.');
      const visitor = await newVisitor(browser, options);
      visitors.push(visitor);
      return visitor;
    },
  };
}

/** A product's page with the tag in it. */
export const product = (title: string, sku: string, price = '129.00', more = ''): string => `<!doctype html>
<html lang="en"><title>${title} | Shop</title>
<script type="application/ld+json">${JSON.stringify({
  '@type': 'Product',
  name: title,
  sku,
  image: '/a.svg',
  offers: { price, priceCurrency: 'USD', availability: 'InStock' },
})}</script>TAG
<h1>${title}</h1><p><input aria-label="search"><a href="/elsewhere">away</a></p>${more}`;

/** A GA4 push of one item. */
export const push = (event: string, sku: string, name: string, price = 129): string => `<script>
(window.dataLayer = window.dataLayer || []).push({ event: '${event}', ecommerce: { currency: 'USD', items: [
  { item_id: '${sku}', item_name: '${name}', price: ${price}, quantity: 1 }] } });</script>`;
