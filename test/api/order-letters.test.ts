/** Letters about an order: what the shop told of it last, in the buyer's language, and not once it has gone on. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ORDER_STATUSES } from '../../core/flows/flow.ts';
import { ORDER_NEWS } from '../../core/recipes/order-news.ts';
import type { AcceptedMessage } from '../support/fake-postmark.ts';
import { type Sending, startSending } from '../support/sending.ts';

vi.setConfig({ testTimeout: 60_000 });

let sending: Sending;
let orders = 0;

beforeAll(async () => {
  sending = await startSending();
  for (const { key } of ORDER_NEWS) await sending.shop.done('POST', '/v1/flows', { recipe: key });
  await sending.shop.done('POST', '/v1/flows', {
    key: 'after-sale',
    purpose: 'transactional',
    entry: { on: 'order_placed' },
    stopOn: [],
    steps: [
      { wait: '1d' },
      { send: 'thanks' },
      { send: 'review-request' },
      { send: 'replenish' },
      { send: 'cross-sell-1' },
    ],
  });
});
afterAll(() => sending.close());
beforeEach(() => sending.postmark.clear());

const DETAILS = {
  number: 'No 7',
  total: 129,
  due: 100,
  items: [
    { id: 'shirt', title: 'Linen shirt', price: 84, quantity: 1, url: 'https://shop.example/shirt' },
    { id: 'mug', title: 'Morning mug', price: 22.5, quantity: 2 },
  ],
  payUrl: 'https://pay.example/7',
  payBefore: '2027-02-03T12:00:00Z',
  deliveryFrom: '2027-02-05T12:00:00Z',
  deliveryTo: '2027-02-07T12:00:00Z',
  tracking: 'LC123',
  trackingUrl: 'https://carrier.example/LC123',
};

/** Tells of an order: a new one, or the next word about it. */
async function tell(change: Record<string, unknown> = {}): Promise<string> {
  const id = (change.id as string | undefined) ?? `order-${++orders}`;
  await sending.shop.done('POST', '/v1/orders', {
    ...DETAILS,
    status: 'placed',
    email: 'ann@example.com',
    currency: 'EUR',
    codes: [],
    placedAt: '2026-11-22T09:30:00Z',
    ...change,
    id,
  });
  return id;
}

async function sent(): Promise<Record<string, AcceptedMessage>> {
  await sending.instance.tick();
  return Object.fromEntries(sending.postmark.sent().map((letter) => [letter.Tag?.split('/')[1], letter]));
}

const spaced = (text = ''): string => text.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ');

describe('news of an order', () => {
  it('tells its number, things, sums and dates', async () => {
    await tell({ status: 'awaiting_payment' });
    const { 'order-awaiting-payment': letter } = await sent();
    const text = spaced(letter?.TextBody);
    expect(letter?.Subject).toContain('No 7');
    expect(letter?.MessageStream).toBe('outbound');
    for (const told of [
      'Linen shirt',
      'Morning mug: €22.50 × 2',
      '€84',
      '€129',
      '€100',
      'February 3',
      'February 5',
      'https://pay.example/7',
    ])
      expect(text).toContain(told);
    expect(letter?.HtmlBody).toContain('href="https://pay.example/7"');
  });

  it.each(ORDER_STATUSES)('has a letter for %s', async (status) => {
    await tell({ status });
    const key = `order-${status.replaceAll('_', '-')}`;
    const letters = await sent();
    expect(Object.keys(letters)).toEqual([key]);
    expect(letters[key]?.Subject).toContain('No 7');
  });

  it('names the way of the parcel and the new day of one that is late', async () => {
    const id = await tell({ status: 'shipped' });
    const { 'order-shipped': shipped } = await sent();
    expect(shipped?.TextBody).toContain('LC123');
    expect(shipped?.HtmlBody).toContain('href="https://carrier.example/LC123"');
    await tell({ id, status: 'delayed', delayedUntil: '2027-02-11T12:00:00Z' });
    expect(spaced((await sent())['order-delayed']?.TextBody)).toContain('February 11');
  });

  it('is written in the order’s language, and calls an order without a number by its id', async () => {
    const id = await tell({ locale: 'ru', number: undefined });
    const { 'order-placed': letter } = await sent();
    expect(letter?.Subject).toContain(id);
    expect(spaced(letter?.TextBody)).toMatch(/Итого: 129/);
  });

  it('tells what is true when it leaves', async () => {
    const id = await tell({ status: 'awaiting_payment', email: 'late@example.com' });
    await tell({ id, status: 'awaiting_payment', email: 'late@example.com', due: 60 });
    expect(spaced((await sent())['order-awaiting-payment']?.TextBody)).toContain('€60 is due');
  });

  it('asks nobody to pay what is paid', async () => {
    const id = await tell({ status: 'awaiting_payment', email: 'quick@example.com' });
    await tell({ id, status: 'paid', email: 'quick@example.com' });
    expect(Object.keys(await sent())).toEqual(['order-paid']);
    const trail = await sending.trail();
    expect(trail).toContainEqual(['order-awaiting-payment', 'skipped', 'order_paid']);
  });
});

describe('letters after a sale', () => {
  it('show what was bought, with or without an address', async () => {
    await tell({ email: 'buyer@example.com' });
    await sent();
    sending.postmark.clear();
    sending.instance.travel(25 * 3_600_000);
    const letters = await sent();
    for (const key of ['thanks', 'review-request', 'replenish']) {
      expect(letters[key]?.TextBody, key).toContain('Linen shirt');
      expect(letters[key]?.TextBody, key).toContain('Morning mug');
    }
    // This shop has sold nothing else that could go with it.
    expect(await sending.trail()).toContainEqual(['cross-sell-1', 'skipped', 'nothing_to_show']);
  });

  it('don’t come once it was sent back', async () => {
    const email = 'back@example.com';
    const id = await tell({ email });
    await tell({ id, email, status: 'refunded' });
    await sent();
    sending.postmark.clear();
    sending.instance.travel(25 * 3_600_000);
    expect(await sent()).toEqual({});
    expect(await sending.trail()).toContainEqual(['review-request', 'skipped', 'order_refunded']);
  });
});

it('a critic’s letter names the order that was asked about', async () => {
  await sending.shop.done('POST', '/v1/flows', {
    key: 'ask',
    purpose: 'transactional',
    entry: { on: 'order_delivered' },
    stopOn: [],
    steps: [{ send: 'nps' }],
  });
  await sending.shop.done('POST', '/v1/flows', {
    key: 'sorry',
    purpose: 'transactional',
    entry: { on: 'nps_answered', group: 'critic' },
    stopOn: [],
    steps: [{ send: 'nps-critic' }],
  });
  await tell({ status: 'delivered', email: 'critic@example.com', number: 'No 99' });
  const { nps } = await sent();
  const page = /https:\/\/linger\.example(\/n\/[\w-]+)/.exec(nps?.TextBody ?? '')?.[1] ?? '';
  await sending.instance.call('POST', page, 'score=2', {
    'content-type': 'application/x-www-form-urlencoded',
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  });
  expect((await sent())['nps-critic']?.Subject).toContain('No 99');
});

it('a simulation shows the letter with its order', async () => {
  const { body } = await sending.shop.call('POST', '/v1/flows/order-placed/simulate', {
    person: {},
    events: [
      {
        at: '2026-11-02T09:00:00Z',
        on: 'ordered',
        order: 'A1',
        total: 40,
        items: [{ id: 'cup', title: 'Blue cup', price: 40, url: 'https://shop.example/cup' }],
      },
    ],
  });
  expect(body.letters[0].subject).toContain('A1');
  expect(spaced(body.letters[0].text)).toMatch(/Blue cup[\s\S]*Total: €40/);
});
