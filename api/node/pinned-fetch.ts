/** The way out on Node: a name is resolved once, all it leads to is checked, and the connection goes to what was checked. */

import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { BlockedAddress, mayDial, type OutgoingOptions } from '../outgoing.ts';

/** All addresses of a name. */
export type Resolve = (name: string) => Promise<LookupAddress[]>;

export interface PinnedOptions extends OutgoingOptions {
  resolve?: Resolve;
}

const resolveBySystem: Resolve = (name) =>
  new Promise((resolve, reject) => {
    systemLookup(name, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

/** Statuses whose answer has no body (RFC 9110). */
const BODILESS = new Set([204, 205, 304]);

/**
 * As much of `fetch` as calls to shops take: text or bytes as the body, a signal, and no redirect is ever followed. Every call has a
 * connection of its own, so that none is shared by names.
 */
export function pinnedFetch({ resolve = resolveBySystem, ...options }: PinnedOptions): typeof fetch {
  /** In place of the connection's own: between this look and the call nothing is asked again, so that no name can change its mind. */
  const lookup: LookupFunction = (name, { all }, answer) => {
    resolve(name).then(
      (addresses) => {
        const [first] = addresses;
        const blocked = addresses.find(({ address }) => !mayDial(address, options));
        if (blocked || !first) answer(new BlockedAddress('the name leads to an address that is not public'), []);
        else if (all) answer(null, addresses);
        else answer(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => answer(error, []),
    );
  };

  return async function dial(input, { method = 'GET', headers, body, signal } = {}) {
    const url = new URL(String(input));
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (/^[\d.]+$|:/.test(literal) && !mayDial(literal, options))
      throw new BlockedAddress('the url names an address that is not public');
    const send = url.protocol === 'https:' ? tlsRequest : plainRequest;
    return new Promise((answered, failed) => {
      const call = send(url, {
        method,
        headers: { 'user-agent': 'Linger', ...Object.fromEntries(new Headers(headers ?? {})) },
        lookup,
        agent: false,
        ...(signal ? { signal } : {}),
      });
      call.once('error', (error) => failed(signal?.aborted ? signal.reason : error));
      call.once('response', (answer) => {
        const status = answer.statusCode ?? 0;
        const told = new Headers();
        for (let at = 0; at < answer.rawHeaders.length; at += 2)
          told.append(answer.rawHeaders[at] ?? '', answer.rawHeaders[at + 1] ?? '');
        const empty = BODILESS.has(status) || method === 'HEAD';
        if (empty) answer.resume();
        answered(
          new Response(empty ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>), {
            status,
            headers: told,
          }),
        );
      });
      call.end(body ?? undefined);
    });
  };
}
