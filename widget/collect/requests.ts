/** Sees which of the page's own requests (fetch and XMLHttpRequest) succeeded, and what they sent. Changes nothing about them. */

import type { Host, SeenRequest } from '../dialects/dialect.ts';
import { guarded } from '../guard.ts';
import { isRaw, type Raw } from './reading.ts';

/** Returns the way to subscribe. */
export function watchRequests(): Host['onRequest'] {
  const listeners: { address: RegExp; done: (request: SeenRequest) => void }[] = [];

  const seen = guarded((url: string, body: unknown) => {
    for (const { address, done } of listeners) {
      if (address.test(url) || (typeof body === 'string' && address.test(`?${body}`)))
        guarded(done)({ url, fields: fieldsOf(body) });
    }
  });

  const own = window.fetch;
  window.fetch = function (this: unknown, ...values: Parameters<typeof fetch>) {
    const answer: Promise<Response> = Reflect.apply(own, this, values);
    const [input, init] = values;
    const url = input instanceof Request ? input.url : String(input);
    answer.then(
      (response) => response.ok && seen(url, init?.body),
      () => {},
    );
    return answer;
  };

  const { open, send } = XMLHttpRequest.prototype;
  const urls = new WeakMap<XMLHttpRequest, string>();
  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, ...values: unknown[]) {
    urls.set(this, String(values[1]));
    return Reflect.apply(open, this, values);
  };
  XMLHttpRequest.prototype.send = function (this: XMLHttpRequest, body?: unknown) {
    this.addEventListener('load', () => this.status < 400 && seen(urls.get(this) ?? '', body));
    return Reflect.apply(send, this, [body]);
  };

  return (address, done) => void listeners.push({ address, done });
}

function fieldsOf(body: unknown): Raw {
  if (body instanceof FormData || body instanceof URLSearchParams) return Object.fromEntries(body);
  if (typeof body !== 'string') return {};
  if (!body.startsWith('{')) return Object.fromEntries(new URLSearchParams(body));
  const content: unknown = JSON.parse(body);
  return isRaw(content) ? content : {};
}
