/** A page's claims over a connection of its own: when they were asked, when the last byte came, and what the answer was, byte for byte. */

import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

export interface Claimed {
  ms: number;
  /** Status, headers and body, without the date. */
  answer: string;
}

export interface ClaimerOptions {
  url: string;
  siteKey: string;
  origin: string;
  rule: string;
}

export interface Claimer {
  /** A new visitor claims for this address; `eligible: false`: one who has looked at nothing. */
  claim(email: string, options?: { eligible?: boolean }): Promise<Claimed>;
  close(): void;
}

export function newClaimer({ url, siteKey, origin, rule }: ClaimerOptions): Claimer {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    claim(email, { eligible = true } = {}) {
      const at = Date.now();
      const page = { type: 'page_view', at, url: `${origin}/teapot`, path: '/teapot', title: 'Teapot', referrer: '' };
      const body = JSON.stringify({
        shop: siteKey,
        visitor: randomUUID(),
        visit: randomUUID(),
        batch: randomUUID(),
        sentAt: at,
        rule,
        variant: null,
        email,
        consent: { data: true, marketing: true, text: 'I agree.' },
        events: [eligible ? { ...page, kind: 'product' } : { type: 'engagement', at, ms: 10 }],
      });
      return new Promise((resolve, reject) => {
        const began = performance.now();
        const call = request(
          `${url}/v1/claims`,
          { method: 'POST', agent, headers: { origin, 'content-type': 'text/plain', 'content-length': body.length } },
          (response) => {
            let text = '';
            response.on('data', (chunk) => {
              text += chunk;
            });
            response.on('end', () => {
              const ms = performance.now() - began;
              const { date, ...headers } = response.headers;
              resolve({ ms, answer: JSON.stringify([response.statusCode, Object.entries(headers).sort(), text]) });
            });
            response.on('error', reject);
          },
        );
        call.on('error', reject);
        call.end(body);
      });
    },
    close: () => agent.destroy(),
  };
}
