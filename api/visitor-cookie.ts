/** The cookie by which a shop's own host knows a browser again, longer than browsers let pages remember. It holds a random id and nothing else. */

import type { Settings } from './settings.ts';

/** The longest that browsers keep a cookie (RFC 6265bis §5.5): 400 days. */
const MAX_AGE_S = 34_560_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Proxied = Pick<Settings, 'trustedProxies' | 'publicUrl'>;

/** Whether a page calls a host of its own site: its own host without `www.`, or one below it. Then the cookie is first-party there. */
export function isFirstParty(request: Request, settings: Proxied): boolean {
  const origin = request.headers.get('origin');
  if (!origin || !URL.canParse(origin)) return false;
  const own = new URL(origin).hostname.replace(/^www\./, '');
  const asked = askedHost(request, settings);
  return own !== '' && (asked === own || asked.endsWith(`.${own}`));
}

function askedHost({ url, headers }: Request, { trustedProxies }: Proxied): string {
  const told = trustedProxies > 0 ? headers.get('x-forwarded-host')?.split(',')[0]?.trim() : null;
  const host = told ? `http://${told}` : url;
  return URL.canParse(host) ? new URL(host).hostname : '';
}

export interface VisitorCookie {
  /** The visitor that the browser says it is to this shop, or null. */
  read(shopId: string): string | null;
  /** The Set-Cookie header for who it is from now on; none where there is nothing to say. */
  header(shopId: string, visitor: string): Record<string, string>;
}

/** Reads and sets no cookie where the page may not remember: one that is there is taken back. */
export function visitorCookie(request: Request, settings: Proxied, remember: boolean): VisitorCookie {
  const firstParty = isFirstParty(request, settings);
  const present = firstParty ? readCookies(request.headers.get('cookie')) : new Map<string, string>();
  const nameOf = (shopId: string): string => `linger_${shopId.slice(0, 8)}`;
  const read = (shopId: string): string | null => {
    const value = present.get(nameOf(shopId))?.toLowerCase();
    return remember && value && UUID.test(value) ? value : null;
  };
  const written = (shopId: string, value: string, maxAge: number): string =>
    [
      `${nameOf(shopId)}=${value}`,
      `Max-Age=${maxAge}`,
      'Path=/',
      ...(isSecure(request, settings) ? ['Secure'] : []),
      'HttpOnly',
      'SameSite=Lax',
    ].join('; ');
  return {
    read,
    header(shopId, visitor) {
      if (!firstParty) return {};
      if (remember) return { 'set-cookie': written(shopId, read(shopId) ?? visitor, MAX_AGE_S) };
      return present.has(nameOf(shopId)) ? { 'set-cookie': written(shopId, '', 0) } : {};
    },
  };
}

function readCookies(header: string | null): Map<string, string> {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split(/=(.*)/s, 2));
  return new Map(pairs.map(([name = '', value = '']) => [name, value]));
}

/** Where TLS ends before us, the proxy says so, or the address under which we are known does. */
const isSecure = ({ url, headers }: Request, { trustedProxies, publicUrl }: Proxied): boolean =>
  url.startsWith('https:') ||
  publicUrl.startsWith('https:') ||
  (trustedProxies > 0 && headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https');
