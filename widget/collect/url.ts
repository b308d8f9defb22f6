/** Addresses as pages give them: resolved, http(s) only, without what advertising added to them. */

import { plainUrl, STAND_IN, TRACKING } from '../../core/values/page-key.ts';

/** The API takes none that is longer. */
const LONGEST_URL = 2_000;

/** The absolute address without fragment and tracking, or null when it is none that a visitor could open. */
export function pageUrl(value: unknown, base: string): string | null {
  const url = resolved(value, base);
  if (!url) return null;
  url.hash = '';
  if (url.search)
    for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  return url.href;
}

/** A picture's address, or null for what stands in for a picture. */
export function imageUrl(value: unknown, base: string): string | null {
  const href = resolved(value, base)?.href ?? '';
  return href && !STAND_IN.test(href) ? href : null;
}

/** Whether two addresses are on the same site, `www.` aside. */
export const sameSite = (one: string, other: string): boolean => hostOf(one) !== '' && hostOf(one) === hostOf(other);

/** What two addresses of one page have in common: host without `www.`, path without its last slash, query. */
export const samePage = (one: string, other: string): boolean => bare(one) === bare(other);

const bare = (url: string): string => plainUrl(url).replace(/^https?:/, '');
const hostOf = (url: string): string => (/^https?:\/\/(?:www\.)?([^/:?#]+)/.exec(url)?.[1] ?? '').toLowerCase();

function resolved(value: unknown, base: string): URL | null {
  // "https://https://…" is what templates make of an absolute address that they take for a relative one.
  const text = typeof value === 'string' ? value.trim().replace(/^(https?:\/\/)+(?=https?:\/\/)/i, '') : '';
  try {
    const url = text ? new URL(text, base) : null;
    return url &&
      (url.protocol === 'https:' || url.protocol === 'http:') &&
      !url.username &&
      url.href.length <= LONGEST_URL
      ? url
      : null;
  } catch {
    return null;
  }
}
