/** Visits over loopback connections, from whichever address a proxy would tell of. */

import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

export interface Target {
  url: string;
  siteKey: string;
  origin: string;
}

export interface VisitSender {
  /** A new visitor looks at one page; the status of the answer. */
  visit(address: string): Promise<number>;
  close(): void;
}

/** `connections` kept open; what is sent beyond them waits for one. */
export function visitSender({ url, siteKey, origin }: Target, connections: number): VisitSender {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    visit(address) {
      const at = Date.now();
      const page = { type: 'page_view', at, url: `${origin}/`, path: '/' };
      const body = JSON.stringify({
        shop: siteKey,
        visitor: randomUUID(),
        visit: randomUUID(),
        batch: randomUUID(),
        sentAt: at,
        events: [page],
      });
      return new Promise((resolve, reject) => {
        const call = request(
          `${url}/v1/visits`,
          {
            method: 'POST',
            agent,
            headers: {
              origin,
              'x-forwarded-for': address,
              'content-type': 'text/plain',
              'content-length': body.length,
            },
          },
          (response) => {
            response.resume();
            response.once('end', () => resolve(response.statusCode ?? 0));
            response.once('error', reject);
          },
        );
        call.once('error', reject);
        call.end(body);
      });
    },
    close: () => agent.destroy(),
  };
}
