/** Which dialects a page speaks, by its globals and its markup. The dialects themselves are chunks, fetched when seen. */

import { guarded } from '../guard.ts';
import type { Dialect, DialectChunk } from './dialect.ts';

/** The dialects' file names, put in by the build. */
declare const DIALECTS: Record<string, string>;

/** A global's name, or a selector. The platforms first: what they say is trusted more than markup. */
const SIGNS: readonly [name: string, globals: string, selector: string][] = [
  ['shopify', 'Shopify,ShopifyAnalytics', ''],
  ['woocommerce', 'wc_add_to_cart_params,wcSettings,woocommerce_params', 'body[class*="woocommerce"]'],
  [
    'opencart',
    '',
    '[src*="catalog/view/"],[href*="catalog/view/"],[href*="route=product/"],[action*="route=checkout/cart"]',
  ],
  ['bitrix', 'BX,bxSession', '[src*="/bitrix/"],[href*="/bitrix/"]'],
  ['magento', '', '[data-mage-init],[type="text/x-magento-init"]'],
  ['insales', 'InSales,EventBus', ''],
  ['tilda', 'tcart,tStoreSingleProdSettings', '.t-store,.js-store-product'],
  ['ecwid', 'Ecwid', ''],
  ['microdata', '', '[itemtype*="schema.org/Product" i]'],
  ['pixels', 'fbq', ''],
];

const isSeen = (globals: string, selector: string): boolean =>
  globals.split(',').some((name) => name !== '' && Reflect.get(window, name)) ||
  (selector !== '' && document.querySelector(selector) !== null);

/** In order of trust. A dialect that does not arrive is as good as none. */
export async function loadDialects(): Promise<Dialect[]> {
  const chunks = SIGNS.filter(([, globals, selector]) => isSeen(globals, selector)).map(([name]) =>
    (import(new URL(DIALECTS[name] ?? '', import.meta.url).href) as Promise<DialectChunk>).catch(() => null),
  );
  const loaded = await Promise.all(chunks);
  return loaded
    .flatMap((chunk) => chunk?.dialect ?? [])
    .map((dialect) => ({
      ...dialect,
      read: () => guarded(dialect.read)() ?? {},
    }));
}
