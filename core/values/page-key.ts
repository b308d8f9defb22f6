/** What addresses of one page have in common, and what advertising adds to them. Works on their text: whether they are addresses is for others to see. */

/** Parameters that say how a visitor came, never what is on the page. */
export const TRACKING =
  /^(utm_.*|r1|r2|gclid|gclsrc|gbraid|wbraid|gad_.*|_gl|_ga|dclid|fbclid|yclid|ysclid|ymclid|_openstat|msclkid|ttclid|twclid|igshid|mc_[ce]id|srsltid|roistat.*|from|ref|lgr|linger)$/i;

const LONGEST_ID = 200;

/** An address that stands for a product without an id of its own. One too long for an id keeps both its ends. */
export function idOfUrl(url: string): string {
  const id = plainUrl(url);
  return id.length > LONGEST_ID ? `${id.slice(0, LONGEST_ID / 2)}~${id.slice(1 - LONGEST_ID / 2)}` : id;
}

/** Without `www.` and last slashes. */
export const plainUrl = (url: string): string => url.replace(/\/+(?=$|\?)/, '').replace(/^(https?:)\/\/www\./, '$1//');

/** The page, by whichever scheme. */
export const pageKey = (url: string): string => idOfUrl(url).replace(/^https?:/, '');

/** Whether a hash is a route of a single-page shop, and not a place on the page. */
export const isRoute = (hash: string): boolean => /^#!?\//.test(hash);

/** Addresses of what stands in for a picture. A "hoodie-with-logo" is a hoodie. */
export const STAND_IN = /no[-_]?(image|photo|picture)|placeholder|blank\.|spacer|[^h][/_-]logo[._-]|\b1x1\b/i;
