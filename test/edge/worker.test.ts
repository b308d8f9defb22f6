import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestHarness } from 'wrangler';
import { buildWidget } from '../../widget/build.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type FakePostmark, startFakePostmark } from '../support/fake-postmark.ts';
import { ADMIN_KEY, ORIGIN, RULE, SHOP } from '../support/shop.ts';
import { TEAPOT } from '../support/visitor.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

describe('the same app in workerd', () => {
  let database: TestDatabase;
  let postmark: FakePostmark;
  let server: ReturnType<typeof createTestHarness>;

  beforeAll(async () => {
    await buildWidget({ quiet: true });
    database = await testDatabase();
    postmark = await startFakePostmark();
    process.env.CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE = database.url;
    server = createTestHarness({
      root: ROOT,
      workers: [
        {
          configPath: `${ROOT}wrangler.toml`,
          vars: { POSTMARK_URL: postmark.url },
          secrets: { ADMIN_KEY, SIGNING_KEY: 'signing-key-of-the-tests', POSTMARK_TOKEN: 'x' },
        },
      ],
    });
    await server.listen();
  });

  afterAll(async () => {
    await server?.close();
    await postmark?.stop();
    await database?.drop();
  });

  async function call(
    method: string,
    path: string,
    key: string | null,
    body?: unknown,
    // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever an answer holds and asserts on it.
  ): Promise<{ status: number; body: any }> {
    const response = await server.fetch(path, {
      method,
      headers: {
        'content-type': 'application/json',
        origin: ORIGIN,
        ...(key ? { authorization: `Bearer ${key}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : null };
  }

  it('takes a claim, is woken by the queue, and goes on by the cron until the code is used', async () => {
    const { secretKey, siteKey } = (await call('POST', '/v1/shops', ADMIN_KEY, SHOP)).body;
    await call('POST', '/v1/flows', secretKey, {
      key: 'quick',
      steps: [{ send: 'offer' }, { wait: '1s' }, { send: 'reminder-1' }, { wait: '1d' }, { send: 'last-chance' }],
    });
    const rule = (await call('POST', '/v1/rules', secretKey, { ...RULE, flow: 'quick' })).body.id;
    const ids = { shop: siteKey, visitor: crypto.randomUUID(), visit: crypto.randomUUID() };
    const at = Date.now();
    const events = [
      { type: 'page_view', at, url: TEAPOT.url, path: '/teapot' },
      { type: 'view_item', at, item: TEAPOT },
    ];
    const seen = await call('POST', '/v1/visits', null, { ...ids, sentAt: at, events });
    expect([seen.status, seen.body.visitor.arms]).toEqual([202, { [rule]: null }]);

    const claim = {
      ...ids,
      rule,
      variant: null,
      email: 'ann@example.com',
      consent: { data: true, marketing: true, text: 'I agree.' },
    };
    const claimed = await call('POST', '/v1/claims', null, claim);
    expect([claimed.status, claimed.body]).toEqual([200, { status: 'sent' }]);
    await expect.poll(() => postmark.sent().length, { timeout: 20_000 }).toBe(1);

    const letters = async () => (await call('GET', '/v1/messages?contact=ann@example.com', secretKey)).body.data;
    const worker = server.getWorker();
    await expect
      .poll(
        async () => {
          await worker.scheduled({ cron: '* * * * *' });
          return (await letters()).map((one: { letter: string; status: string }) => `${one.letter} ${one.status}`);
        },
        { timeout: 20_000 },
      )
      .toEqual(['offer sent', 'reminder-1 sent']);

    const code = /[0-9A-Z]{5}-[0-9A-Z]{6}/.exec(JSON.stringify(postmark.sent()[0]))?.[0] ?? '';
    const redeemed = await call('POST', `/v1/codes/${code}/redeem`, secretKey, { orderId: 'A1', total: 42 });
    expect([redeemed.status, redeemed.body.discount]).toEqual([200, 4.2]);
    expect((await letters())[0].chain).toEqual(expect.objectContaining({ status: 'stopped', reason: 'redeemed' }));
  });

  it('writes letters in a shop’s own words, and stops those that take too much, though its clock stands still meanwhile', async () => {
    const { secretKey } = (await call('POST', '/v1/shops', ADMIN_KEY, SHOP)).body;
    const put = (html: string) => call('PUT', '/v1/templates/offer', secretKey, { en: { html } });
    expect((await put('<p>For {{ contact.name }}</p>{% part coupon %}')).status).toBe(200);
    const { body } = await call('POST', '/v1/templates/offer/preview', secretKey, {});
    expect(body.text).toMatch(/^For Ann\n\nYour code: SAMPLE-CODE/);
    const refused = await put('{% for a in (1..9999) %}{% for b in (1..9) %}{% endfor %}{% endfor %}');
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [{ path: 'en.html', message: 'it takes more than 10000 steps' }],
    ]);
  });

  it('serves the widget to any page', async () => {
    const response = await server.fetch('/l.js', { headers: { origin: ORIGIN } });
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('access-control-allow-origin'),
    ]).toEqual([200, 'text/javascript; charset=utf-8', '*']);
    expect((await response.text()).length).toBeGreaterThan(500);
  });

  it('knows a browser again by its first-party cookie', async () => {
    const { id, siteKey } = (await call('POST', '/v1/shops', ADMIN_KEY, SHOP)).body;
    const send = (headers: Record<string, string>) =>
      server.fetch('/v1/visits', {
        method: 'POST',
        headers: {
          origin: ORIGIN,
          'x-forwarded-host': 'linger.shop.example',
          'x-forwarded-for': '198.51.100.7',
          'content-type': 'text/plain',
          ...headers,
        },
        body: JSON.stringify({
          shop: siteKey,
          visitor: crypto.randomUUID(),
          visit: crypto.randomUUID(),
          sentAt: 1,
          events: [],
        }),
      });
    const first = await send({});
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect([first.status, cookie.split('=')[0]]).toEqual([202, `linger_${id.slice(0, 8)}`]);
    const again = await send({ cookie });
    // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever an answer holds and asserts on it.
    const { visitor } = (await again.json()) as any;
    expect(visitor).toMatchObject({ id: cookie.split('=')[1], visits: 2 });
    expect(again.headers.get('access-control-allow-credentials')).toBe('true');
  });

  it('answers bad input as the Node root does', async () => {
    const response = await call('POST', '/v1/visits', null, { shop: 1 });
    expect([response.status, response.body.code, response.body.errors[0].path]).toEqual([422, 'invalid', 'shop']);
  });
});
