/** Addresses in feeds: resolved, http(s) only, without what advertising added to them; a hash that is a route stays. */

import { isRoute, pageKey, STAND_IN, TRACKING } from '../../core/values/page-key.ts';

const LONGEST = 2_000;

function resolved(text: string, base: string | null): URL | null {
  const plain = text.trim().replace(/^(https?:\/\/)+(?=https?:\/\/)/i, '');
  const url = URL.parse(plain, base ?? undefined);
  return url && /^https?:$/.test(url.protocol) && !url.username && url.href.length <= LONGEST ? url : null;
}

/** Of a product's page. */
export function feedUrl(text: string): string | null {
  const url = resolved(text, null);
  if (!url) return null;
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  return url.href;
}

/** Null for what stands in for a picture. */
export function feedImage(text: string): string | null {
  const href = resolved(text, null)?.href;
  return href && !STAND_IN.test(href) ? href : null;
}

/** What pages of one product have in common, however they are linked. */
export function productKey(href: string): string {
  const url = URL.parse(href);
  if (!url) return pageKey(href);
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  if (!isRoute(url.hash)) url.hash = '';
  return pageKey(url.href);
}
