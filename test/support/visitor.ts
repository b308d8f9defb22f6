/** A visitor's browser as the API sees it: ids, batches and claims. */

import { randomUUID } from 'node:crypto';
import type { Answered, ShopHandle } from './shop.ts';

export const TEAPOT = {
  id: 'teapot',
  title: 'Teapot',
  price: 42,
  currency: 'EUR',
  url: 'https://shop.example/teapot',
  image: 'https://shop.example/teapot.jpg',
};
export const LAMP = { id: 'lamp', title: 'Lamp', price: 120, currency: 'EUR', url: 'https://shop.example/lamp' };

export interface Browser {
  visitor: string;
  visit: string;
  /** One batch; each event's `at` is filled in with now. */
  send(events: Record<string, unknown>[], change?: Record<string, unknown>): Promise<Answered>;
  /** Looks at one page with a teapot on it. */
  look(): Promise<Answered>;
  claim(rule: string, change?: Record<string, unknown>): Promise<Answered>;
}

export function newBrowser(
  shop: ShopHandle,
  { visitor = randomUUID(), visit = randomUUID() }: { visitor?: string; visit?: string } = {},
): Browser {
  const browser: Browser = {
    visitor,
    visit,
    send: (events, change = {}) => {
      const at = Date.now();
      return shop.page('/v1/visits', {
        shop: shop.siteKey,
        visitor,
        visit,
        batch: randomUUID(),
        sentAt: at,
        events: events.map((event) => ({ at, ...event })),
        ...change,
      });
    },
    look: () =>
      browser.send([
        { type: 'page_view', url: TEAPOT.url, path: '/teapot', title: 'Teapot', referrer: '', kind: 'product' },
        { type: 'view_item', item: TEAPOT },
      ]),
    claim: (rule, change = {}) =>
      shop.page('/v1/claims', {
        shop: shop.siteKey,
        visitor,
        visit,
        rule,
        variant: null,
        email: 'ann@example.com',
        consent: { data: true, marketing: true, text: 'I agree.' },
        ...change,
      }),
  };
  return browser;
}
