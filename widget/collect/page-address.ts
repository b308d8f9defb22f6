/** The address a page goes by, and the addresses it may be told by. */

import { isRoute } from '../../core/values/page-key.ts';
import type { Believe } from './claims.ts';
import { pageUrl, samePage, sameSite } from './url.ts';

export interface Addresses {
  /** What the page itself claims to be, or null where the claim can't be true. */
  canonical: string | null;
  openGraph: string | null;
  location: string;
}

export function readAddresses(believe: Believe): Addresses {
  const { href, hash } = location;
  // A route in the hash is a page of its own; what the document claims is of them all.
  const route = isRoute(hash) ? hash : '';
  const own = (pageUrl(href, href) ?? href) + route;
  const claim = (selector: string, attribute: string): string | null => {
    const value = document.querySelector(selector)?.getAttribute(attribute) ?? '';
    const url = pageUrl(value, document.baseURI);
    // Saved mirrors point out of themselves, and some templates call every page the home page.
    const believable = url && !route && !value.startsWith('..') && sameSite(url, own) && (rooted(own) || !rooted(url));
    // A page drawn without loading may still carry the last one's: then it is believed where it speaks of this one.
    return believable && (believe(selector + value, own) || samePage(url, own)) ? url : null;
  };
  return {
    canonical: claim('link[rel~="canonical" i]', 'href'),
    openGraph: claim('meta[property="og:url"],meta[name="og:url"]', 'content'),
    location: own,
  };
}

const rooted = (url: string): boolean => /^https?:\/\/[^/]+\/?$/.test(url);
