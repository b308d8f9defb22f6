/** What a request tells of its sender without any cookie: device, language, country, and a range of addresses, never the address. */

import { UAParser } from 'ua-parser-js';
import { deviceOf } from './device.ts';

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
      device: deviceOf(agent, parsed.device.type),
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

function languageOf(header: string | null): string | null {
  return /^\s*([a-z]{2})\b/i.exec(header ?? '')?.[1]?.toLowerCase() ?? null;
}

/** Whether the address is this machine's own. */
export const isLoopback = (address: string | null): boolean =>
  address !== null && /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/i.test(address);

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

/** The four numbers of an IPv4 address, also where it is mapped into IPv6 (::ffff:0:0/96), in either notation. */
function versionFour(address: string): number[] | null {
  const four = fourOf(address.replace(/^::ffff:/i, ''));
  if (four) return four;
  const groups = groupsOf(address);
  if (groups?.[5] !== 0xffff || groups.slice(0, 5).some((group) => group !== 0)) return null;
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 0xff, low >> 8, low & 0xff];
}

function fourOf(text: string): number[] | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null;
  const parts = text.split('.').map(Number);
  return parts.every((part) => part < 256) ? parts : null;
}

/** The eight groups of an IPv6 address (RFC 4291), whatever its shorthand and zone. */
function groupsOf(address: string): number[] | null {
  const [bare = ''] = address.split('%', 1);
  // The tail may be written as IPv4.
  const plain = bare.replace(/(?<=:)\d+(\.\d+){3}$/, (tail) => {
    const [a = 0, b = 0, c = 0, d = 0] = fourOf(tail) ?? [];
    return fourOf(tail) ? `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}` : tail;
  });
  const halves = plain.split('::');
  if (halves.length > 2) return null;
  const [left = [], right = []] = halves.map((half) =>
    half.split(':').filter((group, index, all) => group !== '' || all.length > 1 || index > 0),
  );
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right];
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : null;
}
