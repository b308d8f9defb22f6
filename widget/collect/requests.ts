/** Sees which of the page's own requests (fetch and XMLHttpRequest) succeeded, and what they sent. Changes nothing about them. */

import type { SeenRequest } from '../dialects/dialect.ts';
import { guarded, ignore } from '../guard.ts';
import { isRaw, type Raw } from './reading.ts';

/** Reports each request whose address, or whose body, fits. */
export function onRequest(address: RegExp, done: (request: SeenRequest) => void): void {
  const seen = guarded((url: string, body: unknown) => {
    if (address.test(url) || (typeof body === 'string' && address.test(`?${body}`)))
      done({ url, fields: fieldsOf(body) });
  });

  const { fetch: own } = window;
  // A page without one stays without one.
  const wrapped: typeof fetch = function (this: unknown, ...values: Parameters<typeof fetch>) {
    const answer: Promise<Response> = Reflect.apply(own, this, values);
    const [input, init] = values;
    const url = input instanceof Request ? input.url : String(input);
    // Pages have put stranger things in its place than one that answers with no promise.
    guarded(() => void answer.then((response) => response.ok && seen(url, init?.body), ignore))();
    return answer;
  };
  if ('fetch' in window) window.fetch = wrapped;

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
}

function fieldsOf(body: unknown): Raw {
  if (body instanceof FormData || body instanceof URLSearchParams) return Object.fromEntries(body);
  if (typeof body !== 'string') return {};
  if (!body.startsWith('{')) return Object.fromEntries(new URLSearchParams(body));
  const content: unknown = JSON.parse(body);
  return isRaw(content) ? content : {};
}
