/** What a request tells of its sender without any cookie: device, language, country, and a range of addresses, never the address. */

import { UAParser } from 'ua-parser-js';
import { deviceOf } from './device.ts';
import { groupsOf, versionFour } from './ip-address.ts';

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

export function readNetwork(headers: Headers, options: NetworkOptions): Network {
  const address = addressOf(headers, options);
  let client: Network['client'] | undefined;
  return {
    address,
    range: address ? rangeOf(address) : null,
    // Most calls never ask, and it takes longer than all the rest of the head.
    get client() {
      client ??= clientOf(headers, options);
      return client;
    },
  };
}

function clientOf(headers: Headers, { trustedProxies }: NetworkOptions): Network['client'] {
  const agent = headers.get('user-agent')?.slice(0, 512) ?? '';
  const parsed = new UAParser(agent).getResult();
  return {
    device: deviceOf(agent, parsed.device.type),
    browser: parsed.browser.name ?? null,
    os: parsed.os.name ?? null,
    // Only a proxy of ours can be believed to tell the country.
    country: trustedProxies > 0 ? countryOf(headers) : null,
    language: languageOf(headers.get('accept-language')),
  };
}

/** The nth entry from the right of X-Forwarded-For, where n proxies are ours; anything further left may be made up. */
export function addressOf(headers: Headers, { peer, trustedProxies }: NetworkOptions): string | null {
  if (trustedProxies === 0) return peer;
  const chain = (headers.get('x-forwarded-for') ?? '').split(',').map((part) => withoutPort(part.trim()));
  const told = chain[chain.length - trustedProxies];
  return told && rangeOf(told) ? told : peer;
}

/** Some proxies add the port: `192.0.2.1:443`, `[2001:db8::1]:443`. */
const withoutPort = (entry: string): string =>
  entry.replace(/^\[([^\]]*)\](:\d+)?$/, '$1').replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1');

function countryOf(headers: Headers): string | null {
  const country = headers.get('cf-ipcountry') ?? headers.get('x-country');
  // XX and T1 are Cloudflare's words for an unknown country and for Tor.
  return country && /^[A-Z]{2}$/.test(country) && country !== 'XX' ? country : null;
}

export function languageOf(header: string | null): string | null {
  return /^\s*([a-z]{2})\b/i.exec(header ?? '')?.[1]?.toLowerCase() ?? null;
}

/** The network an address lies in: what a household or an office shares, and no more of the address than that. Null for what is no address. */
export function rangeOf(address: string): string | null {
  const four = versionFour(address);
  if (four) return `${four.slice(0, 3).join('.')}.0/24`;
  const groups = groupsOf(address);
  if (!groups) return null;
  const [a, b, c, d = 0] = groups;
  return `${[a, b, c, d & 0xff00].map((group = 0) => group.toString(16)).join(':')}::/56`;
}

/** What one customer of a provider has: an IPv4 address, or an IPv6 /56. To be hashed, never stored. */
export function householdOf(address: string): string | null {
  return versionFour(address)?.join('.') ?? rangeOf(address);
}
