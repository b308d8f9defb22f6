/** Calls to urls that a shop has named: only to public hosts, and led nowhere else (TRUST 14). Knows nothing of what is asked there. */

import { isLoopback, isPublicUnicast } from './ip-address.ts';

export interface OutgoingOptions {
  /** Whether this machine itself may be called, by whichever port and without TLS: for tests and the demo. */
  loopback: boolean;
}

/** The call was not made: where it leads is not for shops to name. */
export class BlockedAddress extends Error {
  override readonly name = 'blocked_address';
}

/** As many redirects are followed where a call asks for it, each looked at like the first url. */
const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Names that are answered inside a network or by this machine (RFC 6761, RFC 6762, and by custom). */
const INSIDE = /(^|\.)(localhost|local|internal|intranet|private|lan|home|corp|arpa)$/;

/**
 * What is wrong with calling this url, or null: https on its usual port, no user, a public address or a name with a dot. Says nothing of
 * where a name leads: that is looked at when it is called.
 */
export function urlComplaint(text: string, { loopback }: OutgoingOptions): string | null {
  if (!URL.canParse(text)) return 'must be a url such as https://shop.example/path';
  // The parser has turned `2130706433`, `0x7f.1` and `017700000001` into plain addresses.
  const { protocol, hostname, port, username, password } = new URL(text);
  const host = bareHost(hostname);
  if (username || password) return 'must not hold a user or a password';
  if (loopback && isLocal(host)) return /^https?:$/.test(protocol) ? null : 'must be an http or https url';
  if (protocol !== 'https:') return 'must be an https url';
  if (port !== '') return 'must not name a port';
  return isPublicHost(host) ? null : 'must lead to a public host';
}

/**
 * `fetch` for urls that a shop has named; what is refused rejects with `BlockedAddress` before anything is sent. Redirects are answered as
 * they come (`redirect: 'manual'`), or fail ('error'); 'follow' follows three of a GET, without its headers once they lead to another origin.
 * Where names lead only `dial` can know: on Node it resolves, checks and calls the checked address. workerd's own fetch can't be pinned to an
 * address: there names are held to the rules above alone, and Cloudflare's network, which leads to public addresses only, is the second net.
 */
export function guardedFetch(dial: typeof fetch, options: OutgoingOptions): typeof fetch {
  return async function callGuarded(input, init = {}) {
    if (input instanceof Request) throw new TypeError('a guarded call is made by its url');
    const { redirect = 'follow', ...call } = init;
    const follows = redirect === 'follow' && /^(get|head)$/i.test(call.method ?? 'GET');
    let url = String(input);
    for (let redirects = 0; ; redirects += 1) {
      const complaint = urlComplaint(url, options);
      if (complaint) throw new BlockedAddress(complaint);
      const response = await dial(url, { ...call, redirect: 'manual' });
      const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
      if (location === null || redirect === 'manual') return response;
      await response.body?.cancel();
      if (!follows || redirects === MOST_REDIRECTS)
        throw new TypeError('redirected too often, or where none is followed');
      const next = new URL(location, url);
      if (next.origin !== new URL(url).origin) delete call.headers;
      url = next.href;
    }
  };
}

/** Whether a call may go to this address, whichever name led to it. */
export const mayDial = (address: string, { loopback }: OutgoingOptions): boolean =>
  isPublicUnicast(address) || (loopback && isLoopback(address));

const bareHost = (hostname: string): string => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

const isAddress = (host: string): boolean => host.includes(':') || /^[\d.]+$/.test(host);

const isLocal = (host: string): boolean => /(^|\.)localhost$/.test(host) || isLoopback(host);

const isPublicHost = (host: string): boolean =>
  isAddress(host) ? isPublicUnicast(host) : host.includes('.') && !INSIDE.test(host);
