/** The script tag the shop pasted: where our server is, which shop this is, which language it wants. */

export interface Tag {
  /** The tag's own address: chunks lie beside it. */
  src: string;
  /** Where the API answers. */
  origin: string;
  /** The site key, `pk_…`. It identifies, and never authorises. */
  shop: string;
  /** `data-locale`, or "" where the page's language decides. */
  locale: string;
}

/** Only right while the script runs for the first time: later `currentScript` is someone else's. */
export function readTag(): Tag | null {
  const { currentScript } = document;
  // An element of that name stands in its place on some pages.
  const known = currentScript instanceof HTMLScriptElement && currentScript;
  const script = known || document.querySelector<HTMLScriptElement>('script[data-shop][src$="/l.js"]');
  if (!script?.dataset.shop) return null;
  return {
    src: script.src,
    origin: new URL(script.src).origin,
    shop: script.dataset.shop,
    locale: script.dataset.locale ?? '',
  };
}
