/** Which dialects a page speaks, by its globals and its markup. The dialects themselves are chunks, fetched when seen. */

import { guarded } from '../guard.ts';
import { ownGlobal } from '../own-global.ts';
import type { Dialect, DialectChunk } from './dialect.ts';
import { dialect as jsonLd } from './json-ld.ts';

/** The dialects' file names, put in by the build. */
declare const DIALECTS: Record<string, string>;

/** A global's name, or a selector, which asks for an element's name before its attributes: every page is looked through. The shop's own word first, then the platforms: what they say is trusted more than markup. */
const SIGNS: readonly [name: string, globals: string, selector: string][] = [
  ['attributes', '', '[data-linger-title],[data-linger-id],[data-linger-kind],[data-linger-cart]'],
  ['shopify', 'Shopify,ShopifyAnalytics', ''],
  ['woocommerce', 'wc_add_to_cart_params,wcSettings,woocommerce_params', 'body[class*="woocommerce"]'],
  [
    'opencart',
    '',
    'script[src*="catalog/view/"],link[href*="catalog/view/"],a[href*="route=product/"],form[action*="route=checkout/cart"]',
  ],
  ['bitrix', 'BX,bxSession', 'script[src*="/bitrix/"],link[href*="/bitrix/"]'],
  ['magento', 'hyva', '[data-mage-init],script[type="text/x-magento-init"]'],
  ['insales', 'InSales,EventBus', 'meta[name="page-config"]'],
  ['tilda', 'tcart,tStoreSingleProdSettings', '#allrecords,.t-store,.js-store-product'],
  ['ecwid', 'Ecwid', '.ecwid-productBrowser'],
  ['json-ld', '', 'script[type="application/ld+json" i]'],
  ['microdata', '', '[itemtype*="schema.org/Product" i]'],
  ['pixels', 'fbq,VK,_tmr', 'script[src*="vk.com/js/api/openapi"],script[src*="vk.ru/js/api/openapi"]'],
];

/** A page is looked through once for all of them. */
const ANY = SIGNS.flatMap(([, , selector]) => selector || []).join();

/** The names of those that the page speaks now. */
function spoken(): string[] {
  const marks = [...document.querySelectorAll(ANY)];
  return SIGNS.filter(
    ([, globals, selector]) =>
      globals.split(',').some((name) => ownGlobal(name)) ||
      (selector !== '' && marks.some((mark) => mark.matches(selector))),
  ).map(([name]) => name);
}

const safe = (dialect: Dialect): Dialect => ({ ...dialect, read: (here) => guarded(dialect.read)(here) ?? {} });

export interface Dialects {
  /** Those that the page speaks now, in order of trust. One that does not arrive is as good as none. */
  seen(): Promise<Dialect[]>;
  named(name: string): Promise<Dialect | null>;
  /** Any chunk of the reader's by its name. */
  load(name: string): Promise<unknown>;
}

export function createDialects(): Dialects {
  // Most shops have it: a file of its own would cost their pages more than it saves the others.
  const known: Record<string, Promise<Dialect | null>> = { 'json-ld': Promise.resolve(safe(jsonLd)) };

  function named(name: string): Promise<Dialect | null> {
    known[name] ??= fetched(name).catch(() => null);
    return known[name];
  }

  const load = (name: string): Promise<unknown> => import(new URL(DIALECTS[name] ?? '', import.meta.url).href);

  async function fetched(name: string): Promise<Dialect> {
    const { dialect } = (await load(name)) as DialectChunk;
    return safe(dialect);
  }

  return {
    named,
    load,
    async seen() {
      const loaded = await Promise.all(spoken().map(named));
      return loaded.flatMap((dialect) => dialect ?? []);
    },
  };
}
