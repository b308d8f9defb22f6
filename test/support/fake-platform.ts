/** An HTTP server that stands in for a shop's platform: real connections, and faults on demand. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface PlatformCall {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
}

export interface PlatformReply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** An answer instead of the right one, or none: `drop` before the call is heard, `lose` after it was obeyed. */
export type Fault = PlatformReply | 'drop' | 'lose';

export interface FakePlatform {
  /** Calls to this host, whatever they name, come here. */
  fetch: typeof fetch;
  /** Everything that was asked. */
  calls: PlatformCall[];
  /** What becomes of the next calls, one after the other. */
  fail(...faults: Fault[]): void;
  stop(): Promise<void>;
}

export async function startFakePlatform(answer: (call: PlatformCall) => PlatformReply): Promise<FakePlatform> {
  const calls: PlatformCall[] = [];
  let faults: Fault[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://platform');
    const body = request.method === 'POST' ? await json(request).catch(() => null) : null;
    const call = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
    };
    calls.push(call);
    const fault = faults.shift();
    if (fault === 'drop') return void request.socket.destroy();
    const reply = fault && fault !== 'lose' ? fault : answer(call);
    if (fault === 'lose') return void request.socket.destroy();
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    calls,
    fetch: (input, init) => {
      const asked = new URL(String(input));
      return fetch(`http://127.0.0.1:${port}${asked.pathname}${asked.search}`, init);
    },
    fail: (...next) => {
      faults = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
