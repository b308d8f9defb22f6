/** What a request tells of its sender without any cookie: device, language, country, and a range of addresses, never the address. */

import { isbot } from 'isbot';
import { UAParser } from 'ua-parser-js';

export interface Network {
  /** IPv4 /24 or IPv6 /56, or null. */
  range: string | null;
  /** The whole address, for limits in memory only: never stored, never logged. */
  address: string | null;
  client: {
    device: string | null;
    browser: string | null;
    os: string | null;
    country: string | null;
    language: string | null;
  };
}

export interface NetworkOptions {
  /** The address at the other end of the connection, as the runtime knows it. */
  peer: string | null;
  /** How many proxies of ours stand in front. */
  trustedProxies: number;
}

export function readNetwork(headers: Headers, { peer, trustedProxies }: NetworkOptions): Network {
  const address = clientAddress(headers, peer, trustedProxies);
  const agent = headers.get('user-agent')?.slice(0, 512) ?? '';
  const parsed = new UAParser(agent).getResult();
  return {
    address,
    range: address ? rangeOf(address) : null,
    client: {
      device: isbot(agent) ? 'bot' : (parsed.device.type ?? (agent ? 'desktop' : null)),
      browser: parsed.browser.name ?? null,
      os: parsed.os.name ?? null,
      // Only a proxy of ours can be believed to tell the country.
      country: trustedProxies > 0 ? countryOf(headers) : null,
      language: languageOf(headers.get('accept-language')),
    },
  };
}

/** The nth entry from the right of X-Forwarded-For, where n proxies are ours; anything further left may be made up. */
function clientAddress(headers: Headers, peer: string | null, trustedProxies: number): string | null {
  if (trustedProxies === 0) return peer;
  const chain = (headers.get('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  return chain[chain.length - trustedProxies] || peer;
}

function countryOf(headers: Headers): string | null {
  const country = headers.get('cf-ipcountry') ?? headers.get('x-country');
  return country && /^[A-Z]{2}$/.test(country) ? country : null;
}

function languageOf(header: string | null): string | null {
  return /^\s*([a-z]{2})\b/i.exec(header ?? '')?.[1]?.toLowerCase() ?? null;
}

/** The network an address lies in: what a household or an office shares, and no more of the address than that. */
export function rangeOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const four = mapped ?? address;
  if (/^\d+\.\d+\.\d+\.\d+$/.test(four)) return `${four.split('.').slice(0, 3).join('.')}.0/24`;
  const [head = '', tail = ''] = address.split('%', 1).join('').split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  const [a = '0', b = '0', c = '0', d = '0'] = groups;
  return `${a}:${b}:${c}:${d.padStart(4, '0').slice(0, 2)}00::/56`;
}
