/** Addresses as pages give them: resolved, http(s) only, without what advertising added to them. */

/** The API takes none that is longer. */
const LONGEST_URL = 2_000;

/** Parameters that say how a visitor came, never what is on the page. */
const TRACKING =
  /^(utm_.*|r1|r2|gclid|gclsrc|gbraid|wbraid|gad_.*|_gl|_ga|dclid|fbclid|yclid|ysclid|ymclid|_openstat|msclkid|ttclid|twclid|igshid|mc_[ce]id|srsltid|roistat.*|from|ref|lgr)$/i;

/** The absolute address without fragment and tracking, or null when it is none that a visitor could open. */
export function pageUrl(value: unknown, base: string): string | null {
  const url = resolved(value, base);
  if (!url) return null;
  url.hash = '';
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  return url.href;
}

/** An address that stands for a product without an id of its own. One too long for an id keeps both its ends. */
export function idOfUrl(url: string): string {
  const id = plain(url);
  return id.length > LONGEST_ID ? `${id.slice(0, LONGEST_ID / 2)}~${id.slice(1 - LONGEST_ID / 2)}` : id;
}

const LONGEST_ID = 200;
const plain = (url: string): string => url.replace(/\/+(?=$|\?)/, '').replace(/^(https?:)\/\/www\./, '$1//');

/** A picture's address, or null for what stands in for a picture. */
export function imageUrl(value: unknown, base: string): string | null {
  const href = resolved(value, base)?.href ?? '';
  return href && !/no[-_]?(image|photo|picture)|placeholder|blank\.|spacer|[/_-]logo[._-]|\b1x1\b/i.test(href)
    ? href
    : null;
}

/** Whether two addresses are on the same site, `www.` aside. */
export const sameSite = (one: string, other: string): boolean => hostOf(one) !== '' && hostOf(one) === hostOf(other);

/** Whether a hash is a route of a single-page shop, and not a place on the page. */
export const isRoute = (hash: string): boolean => /^#!?\//.test(hash);

/** What two addresses of one page have in common: host without `www.`, path without its last slash, query. */
export const samePage = (one: string, other: string): boolean => bare(one) === bare(other);

const bare = (url: string): string => plain(url).replace(/^https?:/, '');
const hostOf = (url: string): string => (/^https?:\/\/(?:www\.)?([^/:?#]+)/.exec(url)?.[1] ?? '').toLowerCase();

function resolved(value: unknown, base: string): URL | null {
  // "https://https://…" is what templates make of an absolute address that they take for a relative one.
  const text = typeof value === 'string' ? value.trim().replace(/^(https?:\/\/)+(?=https?:\/\/)/i, '') : '';
  try {
    const url = text ? new URL(text, base) : null;
    return url && /^https?:$/.test(url.protocol) && !url.username && url.href.length <= LONGEST_URL ? url : null;
  } catch {
    return null;
  }
}
