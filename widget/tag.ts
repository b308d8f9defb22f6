/** The script tag the shop pasted: where our server is, which shop this is, which language it wants. */

import type { Config } from '../core/visits/wire.ts';

export interface Tag {
  /** Where the tag's script lies, and the chunks beside it: an address up to its last slash. */
  base: string;
  /** Where the API answers. */
  origin: string;
  /** The site key, `pk_…`. It identifies, and never authorises. */
  shop: string;
  /** `data-locale`, or "" where the page's language decides. */
  locale: string;
  /** Whether the server is of the page's own site, so that its cookie is the shop's own. A sandboxed page has no site. */
  own: boolean;
}

/** The same for everyone: asked for without a cookie, and without a word of who asks. */
export async function readConfig({ origin, shop }: Tag): Promise<Config> {
  const answer = await fetch(`${origin}/v1/config?shop=${encodeURIComponent(shop)}`, { credentials: 'omit' });
  return answer.json();
}

/** Only right while the script runs for the first time: later `currentScript` is someone else's. */
export function readTag(): Tag | null {
  const { currentScript } = document;
  // An element of that name stands in its place on some pages.
  const known = currentScript?.localName === 'script' && (currentScript as HTMLScriptElement);
  const script = known || document.querySelector<HTMLScriptElement>('script[data-shop][src*="/l.js"]');
  const shop = script?.getAttribute('data-shop');
  // No `URL`, no `dataset`: what a page hasn't used yet is dear the first time.
  const [, base, origin, hostname] = /^((\w+:\/\/([^/:]+)[^/]*)[^?#]*\/)/.exec(script?.src ?? '') ?? [];
  if (!script || !shop || !base || !origin) return null;
  return {
    base,
    origin,
    own: window.origin !== 'null' && `.${hostname}`.endsWith(`.${location.hostname.replace(/^www\./, '')}`),
    shop,
    locale: script.getAttribute('data-locale') ?? '',
  };
}
