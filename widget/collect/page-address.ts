/** The address a page goes by, and the addresses it may be told by. */

import { pageUrl, sameSite } from './url.ts';

export interface Addresses {
  /** What the page itself claims to be, or null where the claim can't be true. */
  canonical: string | null;
  openGraph: string | null;
  location: string;
}

export function readAddresses(): Addresses {
  const { href } = location;
  const own = pageUrl(href, href) ?? href;
  const claim = (selector: string, attribute: string): string | null => {
    const value = document.querySelector(selector)?.getAttribute(attribute) ?? '';
    const url = pageUrl(value, document.baseURI);
    // Saved mirrors point out of themselves, and some templates call every page the home page.
    const believable = url && !value.startsWith('..') && sameSite(url, own) && (rooted(own) || !rooted(url));
    return believable ? url : null;
  };
  return {
    canonical: claim('link[rel~="canonical" i]', 'href'),
    openGraph: claim('meta[property="og:url"],meta[name="og:url"]', 'content'),
    location: own,
  };
}

const rooted = (url: string): boolean => /^https?:\/\/[^/]+\/?$/.test(url);
