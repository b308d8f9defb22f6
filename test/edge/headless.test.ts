import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type FakePostmark, startFakePostmark } from '../support/fake-postmark.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { ADMIN_KEY, ORIGIN, RULE, SHOP } from '../support/shop.ts';
import { TEAPOT } from '../support/visitor.ts';

describe('the server on a database and a mail provider of one’s own', () => {
  let database: TestDatabase;
  let postmark: FakePostmark;
  let server: RunningServer;

  beforeAll(async () => {
    database = await testDatabase();
    postmark = await startFakePostmark();
    server = await startServer({
      env: {
        DATABASE_URL: database.url,
        POSTMARK_URL: postmark.url,
        POSTMARK_TOKEN: 'x',
        ADMIN_KEY,
        SIGNING_KEY: 'signing-key-of-the-tests',
      },
    });
  });
  afterAll(async () => {
    await server?.stop();
    await postmark?.stop();
    await database?.drop();
  });

  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever an answer holds and asserts on it.
  async function call(method: string, path: string, key: string | null, body?: unknown): Promise<any> {
    const response = await fetch(server.url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        origin: ORIGIN,
        ...(key ? { authorization: `Bearer ${key}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.json();
  }

  const letters = (): string[] => postmark.sent().map((letter) => String(letter.Tag).split('/')[1] ?? '');

  it('has no demo and no inbox, delivers the letters in order, and ends when the code is used', async () => {
    expect((await fetch(`${server.url}/demo`)).status).toBe(404);
    expect((await fetch(`${server.url}/inbox`)).status).toBe(401);
    const { siteKey, secretKey } = await call('POST', '/v1/shops', ADMIN_KEY, SHOP);
    await call('POST', '/v1/flows', secretKey, {
      key: 'quick',
      name: 'Quick',
      enabled: true,
      purpose: 'marketing',
      entry: { on: 'offer_accepted' },
      stopOn: ['redeemed', 'purchased', 'unsubscribed', 'code_expired'],
      steps: [
        { send: 'offer' },
        { wait: '2s' },
        { send: 'reminder-1' },
        { wait: '2s' },
        { send: 'reminder-2' },
        { wait: '60s' },
        { send: 'last-chance' },
      ],
    });
    const rule = await call('POST', '/v1/rules', secretKey, { ...RULE, flow: 'quick' });
    const at = Date.now();
    const ids = { shop: siteKey, visitor: crypto.randomUUID(), visit: crypto.randomUUID() };
    const events = [
      { type: 'page_view', at, url: TEAPOT.url, path: '/teapot', title: '', referrer: '', kind: 'product' },
      { type: 'view_item', at, item: TEAPOT },
    ];
    await call('POST', '/v1/visits', null, { ...ids, batch: crypto.randomUUID(), sentAt: at, events });
    const claim = {
      ...ids,
      rule: rule.id,
      variant: null,
      email: 'ann@example.com',
      consent: { data: true, marketing: true, text: 'I agree.' },
    };
    expect(await call('POST', '/v1/claims', null, claim)).toEqual({ status: 'sent' });
    await expect.poll(letters, { timeout: 30_000 }).toEqual(['offer', 'reminder-1', 'reminder-2']);

    const code = /[0-9A-Z]{5}-[0-9A-Z]{6}/.exec(String(postmark.sent()[0]?.TextBody))?.[0] ?? '';
    const redeemed = await call('POST', `/v1/codes/${code}/redeem`, secretKey, { orderId: '7001', total: 42 });
    expect(redeemed).toEqual(expect.objectContaining({ code, status: 'redeemed', orderId: '7001', discount: 4.2 }));
    const { data } = await call('GET', '/v1/messages?contact=ann@example.com', secretKey);
    expect(
      data.map((one: { letter: string; status: string; chain: { status: string; reason: string } }) => [
        one.letter,
        one.status,
        one.chain.status,
        one.chain.reason,
      ]),
    ).toEqual([
      ['offer', 'sent', 'stopped', 'redeemed'],
      ['reminder-1', 'sent', 'stopped', 'redeemed'],
      ['reminder-2', 'sent', 'stopped', 'redeemed'],
    ]);
  });
});
