/** What a shop says of its terms stands in the letters that answer doubts, in the reader's language. */

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Sending, startSending } from '../support/sending.ts';

let sending: Sending;
let orders = 0;

beforeAll(async () => {
  sending = await startSending();
  await sending.shop.done('POST', '/v1/flows', {
    key: 'doubts',
    purpose: 'transactional',
    entry: { on: 'order_placed' },
    stopOn: [],
    steps: [{ send: 'browse-1' }],
  });
});
afterAll(() => sending.close());
beforeEach(() => sending.postmark.clear());

async function letterIn(locale: string): Promise<string> {
  orders += 1;
  await sending.shop.done('POST', '/v1/orders', {
    id: `order-${orders}`,
    status: 'placed',
    email: `ann${orders}@example.com`,
    locale,
    total: 42,
    currency: 'EUR',
    codes: [],
    placedAt: new Date(await sending.now()).toISOString(),
    items: [{ id: 'teapot', title: 'Teapot', price: 42, quantity: 1, url: 'https://shop.example/teapot' }],
  });
  await sending.instance.tick();
  const [letter, ...others] = sending.postmark.sent();
  expect(others).toEqual([]);
  return letter?.TextBody ?? '';
}

const FACTS = {
  en: { delivery: 'In 2 to 4 days, free from €80.', returns: 'Within 30 days, at our cost.' },
  ru: { delivery: 'За 2–4 дня, от 80 € бесплатно.' },
};

it('says nothing of terms that the shop has not told', async () => {
  expect(await letterIn('en')).not.toMatch(/Delivery:|Returns:|Questions\?/);
});

it.each([
  [
    'en',
    ['Delivery: In 2 to 4 days, free from €80.', 'Returns: Within 30 days, at our cost.', 'help@shop.example'],
    'Доставка',
  ],
  ['ru', ['Доставка: За 2–4 дня, от 80 € бесплатно.', 'help@shop.example'], 'Returns'],
])('in %s answers with the words of that language', async (locale, told, untold) => {
  await sending.shop.done('PATCH', '/v1/shop', { brand: { facts: FACTS, replyTo: 'help@shop.example' } });
  const letter = (await letterIn(locale)).replaceAll('\u00a0', ' ');
  for (const words of told) expect(letter).toContain(words);
  expect(letter).not.toContain(untold);
});
