/** What flows do beside letters: signed calls of the shop's endpoint, tried again until they are taken, and notes to the staff. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runErrands } from '../../api/actions/shops/run-errands.ts';
import { tick } from '../../api/actions/tick.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

interface Received {
  headers: Record<string, string>;
  body: string;
}

let instance: Instance;
let shop: ShopHandle;
let server: Server;
let received: Received[] = [];
/** What the endpoint answers with, the last one from then on. */
let statuses: number[] = [];
/** What it waits for before it answers. */
let patience: Promise<unknown> = Promise.resolve();

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', async () => {
      received.push({ headers: request.headers as Record<string, string>, body });
      await patience;
      response.writeHead((statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(async () => {
  received = [];
  statuses = [];
  patience = Promise.resolve();
  // Receivers hold signatures to the real clock: no test may inherit another's travels.
  instance = await startInstance({ env: { LOOPBACK_CALLS: 'yes' } });
  shop = await instance.openShop();
});
afterEach(() => instance.close());
afterAll(() => {
  server.close();
});

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;

/** Registers the endpoint, and lets a contact come to the step that calls it. */
async function come(step: Record<string, string> = { webhook: 'crm' }): Promise<string> {
  const { body } = await shop.call('POST', '/v1/webhooks', { name: 'crm', url: url() });
  await shop.call('POST', '/v1/flows', {
    key: 'told',
    purpose: 'transactional',
    entry: { on: 'order_placed' },
    steps: [step],
  });
  await order();
  return body.secret;
}

const order = (change: Record<string, unknown> = {}) =>
  shop.call('POST', '/v1/orders', {
    id: 'A1',
    status: 'placed',
    email: 'ann@example.com',
    total: 42,
    currency: 'EUR',
    placedAt: '2026-11-22T09:30:00Z',
    ...change,
  });

const errand = async () => {
  const [row] = await instance.db.engine(
    ({ sql }) => sql<{ status: string; reason: string | null; attempt: number }[]>`
      select status, reason, attempt from errand where shop_id = ${shop.id}`,
  );
  return row;
};

it('calls once, signed, though several workers look for work', async () => {
  const secret = await come();
  await Promise.all([instance.tick(), instance.tick(), instance.tick()]);
  expect(received.length).toBe(1);
  const [{ headers, body }] = received as [Received];
  expect(headers['webhook-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Webhook(secret).verify(body, headers)).toMatchObject({
    type: 'flow.step',
    data: { flow: 'told', contact: { email: 'ann@example.com' } },
  });
  expect(await errand()).toEqual({ status: 'done', reason: null, attempt: 1 });
});

it('tries again with the same id, later each time, until it is taken', async () => {
  statuses = [503, 500, 200];
  await come();
  await instance.tick();
  expect(await errand()).toEqual({ status: 'queued', reason: 'http_503', attempt: 1 });
  await instance.tick();
  expect(received.length).toBe(1);
  instance.travel(5_000);
  await instance.tick();
  instance.travel(60_000);
  await instance.tick();
  expect(received.length).toBe(2);
  instance.travel(300_000);
  await instance.tick();
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(await errand()).toEqual({ status: 'done', reason: null, attempt: 3 });
});

it('gives up after ten attempts', async () => {
  statuses = [500];
  await come();
  for (let attempt = 0; attempt < 12; attempt += 1) {
    await instance.tick();
    instance.travel(86_400_000);
  }
  expect(received.length).toBe(10);
  expect(await errand()).toEqual({ status: 'failed', reason: 'http_500', attempt: 10 });
});

it('calls no more where it was told that the endpoint is gone', async () => {
  statuses = [410];
  await come();
  await instance.tick();
  expect(await errand()).toEqual({ status: 'failed', reason: 'http_410', attempt: 1 });
  expect((await shop.call('GET', '/v1/webhooks/crm')).body.disabledReason).toBe('http_410');
  expect((await shop.call('PATCH', '/v1/webhooks/crm', { url: url() })).body.disabledAt).toBeNull();
});

it('signs with both secrets for a day after one was changed, and shows a secret once', async () => {
  const former = await come();
  const { body } = await shop.call('POST', '/v1/webhooks/crm/rotate');
  await instance.tick();
  const [{ headers, body: told }] = received as [Received];
  for (const secret of [former, body.secret]) expect(new Webhook(secret).verify(told, headers)).toBeTruthy();
  expect((await shop.call('GET', '/v1/webhooks/crm')).text).not.toContain('whsec_');
});

it('lets letters go while an endpoint keeps a call waiting', async () => {
  let release = (): void => {};
  patience = new Promise<void>((resolve) => {
    release = resolve;
  });
  await come();
  const options = { limit: 100, deadline: instance.deps.now() + 30_000 };
  await tick(instance.deps, options);
  const calling = runErrands(instance.deps, options);
  await vi.waitFor(() => expect(received.length).toBe(1), 30_000);
  await shop.call('POST', '/v1/flows', {
    key: 'thanks',
    purpose: 'transactional',
    entry: { on: 'order_delivered' },
    steps: [{ send: 'thanks' }],
  });
  await order({ status: 'delivered' });
  expect((await tick(instance.deps, options)).claimed).toBe(1);
  expect((await errand())?.status).toBe('queued');
  release();
  await calling;
});

describe('deliveries', () => {
  const deliveries = async (query = '') => (await shop.call('GET', `/v1/webhooks/crm/deliveries${query}`)).body;
  const short = (rows: Record<string, unknown>[]) =>
    rows.map(({ attempt, delivered, status, reason }) => [attempt, delivered, status, reason]);

  it('tell every attempt, the latest first, with what came of it', async () => {
    statuses = [503, 410];
    await come();
    await instance.tick();
    instance.travel(5_000);
    await instance.tick();
    const { data, next } = await deliveries();
    expect([short(data), next]).toEqual([
      [
        [2, false, 410, 'http_410'],
        [1, false, 503, 'http_503'],
      ],
      null,
    ]);
    expect(data[0]).toMatchObject({
      type: 'flow.step',
      flow: 'told',
      contact: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(new Set(data.map(({ id }: { id: string }) => id))).toEqual(
      new Set(received.map(({ headers }) => headers['webhook-id'])),
    );
  });

  it('come page by page', async () => {
    statuses = [500];
    await come();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await instance.tick();
      instance.travel(36_000_000);
    }
    const seen: number[] = [];
    let cursor = '';
    do {
      const { data, next } = await deliveries(`?limit=2${cursor}`);
      seen.push(...data.map(({ attempt }: { attempt: number }) => attempt));
      cursor = next && `&cursor=${next}`;
    } while (cursor);
    expect(seen).toEqual([5, 4, 3, 2, 1]);
    expect((await shop.call('GET', '/v1/webhooks/crm/deliveries?cursor=x')).body.errors[0].path).toBe('cursor');
  });

  it('are forgotten after 30 days, and with their webhook', async () => {
    const kept = async () =>
      (await instance.db.engine(({ sql }) => sql`select from webhook_call where shop_id = ${shop.id}`)).length;
    await shop.call('POST', '/v1/webhooks', { name: 'crm', url: url() });
    await shop.call('POST', '/v1/webhooks/crm/test');
    instance.travel(29 * 86_400_000);
    await shop.call('POST', '/v1/webhooks/crm/test');
    await instance.tick();
    expect([(await deliveries()).data.length, await kept()]).toEqual([2, 2]);
    instance.travel(86_400_000);
    expect((await deliveries()).data.length).toBe(1);
    await instance.tick();
    expect(await kept()).toBe(1);
    await shop.call('DELETE', '/v1/webhooks/crm');
    expect([await kept(), (await shop.call('GET', '/v1/webhooks/crm/deliveries')).status]).toEqual([0, 404]);
  });

  it.each([
    ['is taken', 204, { delivered: true, status: 204, reason: null }],
    ['is refused', 500, { delivered: false, status: 500, reason: 'http_500' }],
    ['finds the endpoint gone', 410, { delivered: false, status: 410, reason: 'http_410' }],
    ['is led elsewhere', 302, { delivered: false, status: 302, reason: 'http_302' }],
  ])('a test %s: tells so at once, and changes nothing', async (_name, status, outcome) => {
    statuses = [status];
    const { body } = await shop.call('POST', '/v1/webhooks', { name: 'crm', url: url() });
    const tested = await shop.call('POST', '/v1/webhooks/crm/test');
    expect([tested.status, tested.body]).toMatchObject([200, outcome]);
    const [{ headers, body: told }] = received as [Received];
    expect(new Webhook(body.secret).verify(told, headers)).toMatchObject({ type: 'test', data: { webhook: 'crm' } });
    expect(headers['webhook-id']).toBe(tested.body.id);
    expect((await deliveries()).data).toMatchObject([{ ...outcome, id: tested.body.id, type: 'test', flow: null }]);
    await instance.tick();
    expect(received.length).toBe(1);
    expect((await shop.call('GET', '/v1/webhooks/crm')).body.disabledAt).toBeNull();
  });

  it('a test tells that nobody answers', async () => {
    await shop.call('POST', '/v1/webhooks', { name: 'crm', url: 'http://127.0.0.1:1/' });
    const { body } = await shop.call('POST', '/v1/webhooks/crm/test');
    expect(body).toMatchObject({ delivered: false, status: null, reason: 'no_connection' });
    expect((await shop.call('POST', '/v1/webhooks/erp/test')).status).toBe(404);
  });
});

describe('a step that calls a webhook', () => {
  const flow = (steps: unknown[], change: Record<string, unknown> = {}) =>
    shop.call('POST', '/v1/flows', { key: 'told', steps, ...change });
  const call = { webhook: 'crm' };

  it.each([
    ['steps.0.webhook', [call]],
    ['steps.1.webhook', [{ send: 'offer' }, call]],
    ['steps.0.waitFor.then.0.webhook', [{ waitFor: { event: 'clicked', timeout: '1d', then: [call] } }]],
    ['steps.0.branch.else.1.webhook', [{ branch: { if: ['orders', '>', 1], else: [{ send: 'offer' }, call] } }]],
    ['steps.0.split.1.steps.0.webhook', [{ split: [{ steps: [] }, { steps: [call] }] }]],
  ])('is refused where there is none of the name: %s', async (path, steps) => {
    const refused = await flow(steps);
    const errors = [{ path, message: 'there is no webhook "crm": POST /v1/webhooks adds it' }];
    expect([refused.status, refused.body.errors]).toEqual([422, errors]);
    const other = await shop.call('PATCH', '/v1/flows/discount-reminder', { steps });
    expect([other.status, other.body.errors]).toEqual([422, errors]);
    await shop.call('POST', '/v1/webhooks', { name: 'crm', url: url() });
    expect((await flow(steps)).status).toBe(201);
  });

  it('is another shop’s no more than it is nobody’s', async () => {
    const other = await instance.openShop();
    await other.call('POST', '/v1/webhooks', { name: 'crm', url: url() });
    expect((await flow([call])).status).toBe(422);
  });

  it('holds its webhook as long as the flow names it', async () => {
    await shop.call('POST', '/v1/webhooks', { name: 'crm', url: url() });
    await flow([call]);
    const kept = await shop.call('DELETE', '/v1/webhooks/crm');
    expect([kept.status, kept.body.code, kept.body.detail]).toEqual([
      409,
      'in_use',
      'The flow "told" calls this webhook.',
    ]);
    await shop.call('PATCH', '/v1/flows/told', { steps: [{ send: 'offer' }] });
    expect((await shop.call('DELETE', '/v1/webhooks/crm')).status).toBe(204);
    expect((await shop.call('DELETE', '/v1/webhooks/crm')).status).toBe(404);
  });
});

it('writes to the staff', async () => {
  await come({ notify: 'Call <b>her</b>' });
  await instance.tick();
  const [letter] = await instance.db.engine(
    ({ sql }) => sql<{ recipient: string; subject: string; html: string }[]>`
      select recipient, subject, html from inbox_letter where shop_id = ${shop.id}`,
  );
  expect(letter).toMatchObject({ recipient: 'hello@shop.example', subject: 'Lamp & Leaf: Call <b>her</b>' });
  expect(letter?.html).toContain('Call &lt;b&gt;her&lt;/b&gt;');
});
