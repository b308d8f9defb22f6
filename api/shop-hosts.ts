/** A shop's hosts: which page may speak for it, and which urls lead to it. An exact allow-list, `*.` for subdomains on request. */

/** Whether the text is an origin as a shop may list it: scheme, host, perhaps `*.` and a port; no path. */
export function isOrigin(text: string): boolean {
  const plain = text.replace(/^(https?:\/\/)\*\./, '$1');
  if (plain.includes('*') || !URL.canParse(plain)) return false;
  const { origin, protocol, hostname } = new URL(plain);
  // Everything below a top-level domain is nobody's shop.
  if (plain !== text && !hostname.includes('.') && hostname !== 'localhost') return false;
  return /^https?:$/.test(protocol) && origin === plain.toLowerCase();
}

/** As browsers send it: its host in letters that every network knows, without the port that its scheme has anyway. What is no origin stays. */
export function asSent(text: string): string {
  const [, scheme = '', star = '', host = ''] = /^(https?:\/\/)(\*\.)?([^/?#@*]+)$/.exec(text) ?? [];
  return host && URL.canParse(scheme + host) ? new URL(scheme + host).origin.replace('//', `//${star}`) : text;
}

/** Whether a request's Origin header is on the shop's list. No header is no origin. */
export function originAllowed(header: string | null, origins: readonly string[]): boolean {
  if (!header || header === 'null' || !URL.canParse(header)) return false;
  const asked = new URL(header);
  if (asked.origin !== header) return false;
  return origins.some((allowed) => {
    if (!allowed.includes('*')) return new URL(allowed).origin === asked.origin;
    const base = new URL(allowed.replace('*.', ''));
    return (
      base.protocol === asked.protocol && base.port === asked.port && hostMatches(asked.hostname, `*.${base.hostname}`)
    );
  });
}

/** Whether an http(s) url without userinfo points to one of the shop's hosts; ports and schemes may differ between a shop's parts. */
export function isOnShop(url: string, origins: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  if (!/^https?:$/.test(protocol) || username || password) return false;
  return origins.some((origin) => hostMatches(hostname, hostOf(origin)));
}

/** `*.shop.example` stands for every host below `shop.example`. */
const hostMatches = (host: string, allowed: string): boolean =>
  allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed;

const hostOf = (origin: string): string => origin.replace(/^https?:\/\//, '').replace(/[:/].*$/, '');
