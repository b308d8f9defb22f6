import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answered, type Instance, ORIGIN, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser, TEAPOT } from '../support/visitor.ts';

let instance: Instance;
let shop: ShopHandle;
let rule: string;

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop({ origins: [ORIGIN, 'https://*.wild.example', 'http://localhost:3000'] });
  rule = await shop.addRule({ name: 'Secret name', holdout: 0, priority: 1 });
});
afterAll(() => instance.close());

describe('the config', () => {
  const read = (headers: Record<string, string> = {}) =>
    instance.call('GET', `/v1/config?shop=${shop.siteKey}`, undefined, headers);

  it('may be read from anywhere and kept for a minute', async () => {
    const { status, headers } = await read({ origin: 'https://evil.test' });
    expect([status, headers.get('access-control-allow-origin'), headers.get('cache-control')]).toEqual([
      200,
      '*',
      'public, max-age=60',
    ]);
    expect(headers.get('vary')).toBeNull();
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('has the same bytes for everyone', async () => {
    const one = await read({ origin: ORIGIN, 'accept-language': 'ru', 'user-agent': 'one' });
    const other = await read({ origin: 'https://evil.test', 'accept-language': 'en' });
    expect(other.text).toBe(one.text);
    expect(other.headers.get('etag')).toBe(one.headers.get('etag'));
  });

  it('never tells names, shares or flows', async () => {
    const { text, body } = await read();
    expect(text).not.toMatch(/Secret name|holdout|discount-reminder|"flow"|secret|"code"|prefix/);
    expect(Object.keys(body).sort()).toEqual(['rules', 'settings', 'shop']);
    expect(Object.keys(body.rules[0]).sort()).toEqual([
      'id',
      'moment',
      'offer',
      'popup',
      'priority',
      'quietFor',
      'reveal',
      'variants',
      'when',
    ]);
  });

  it('is not sent again while nothing changed', async () => {
    const etag = (await read()).headers.get('etag') ?? '';
    const again = await read({ 'if-none-match': etag });
    expect([
      again.status,
      again.text,
      again.headers.get('etag'),
      again.headers.get('access-control-allow-origin'),
    ]).toEqual([304, '', etag, '*']);
    // A proxy that packs answers makes the mark weak; caches may send several.
    for (const known of [`W/${etag}`, `"other", ${etag}`, '*'])
      expect([known, (await read({ 'if-none-match': known })).status]).toEqual([known, 304]);
    for (const other of ['"other"', etag.slice(1, -1), ''])
      expect([other, (await read({ 'if-none-match': other })).status]).toEqual([other, 200]);
    await shop.call('PATCH', `/v1/rules/${rule}`, { priority: 2 });
    const changed = await read({ 'if-none-match': etag });
    expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false]);
  });

  it('tells of a rule that is off to who asks for it by its id, and of nobody else’s', async () => {
    const draft = await shop.addRule({ enabled: false, code: { mode: 'static', code: 'SECRETDRAFT' } });
    const foreign = await (await instance.openShop()).addRule({ enabled: false });
    const ask = async (id: string) => {
      const { status, body, text } = await instance.call('GET', `/v1/config?shop=${shop.siteKey}&rule=${id}`);
      expect(text).not.toContain('SECRETDRAFT');
      return [status, body.rules.filter((one: { id: string }) => one.id === id).length];
    };
    expect([await ask(draft), await ask(rule), await ask(foreign), await ask('nonsense')]).toEqual([
      [200, 1],
      [200, 1],
      [200, 0],
      [200, 0],
    ]);
    expect((await read()).text).not.toContain(draft);
  });

  it('has the highest priority first, and no rule that is off or gone or whose flow is off', async () => {
    await shop.call('POST', '/v1/flows', { key: 'sleeping', steps: [{ send: 'offer' }] });
    const high = await shop.addRule({ priority: 9 });
    const idle = await shop.addRule({ flow: 'sleeping' });
    const gone = await shop.addRule();
    await shop.addRule({ enabled: false });
    const ids = async (): Promise<string[]> => (await read()).body.rules.map((one: { id: string }) => one.id);
    expect((await ids()).slice(0, 2)).toEqual([high, rule]);
    expect(new Set(await ids())).toEqual(new Set([high, rule, idle, gone]));
    await shop.call('PATCH', '/v1/flows/sleeping', { enabled: false });
    await shop.call('DELETE', `/v1/rules/${gone}`);
    await shop.call('PATCH', `/v1/rules/${high}`, { enabled: false });
    expect(await ids()).toEqual([rule]);
  });

  it('is for nobody under an unknown key', async () => {
    const { status, body, headers } = await instance.call('GET', '/v1/config?shop=pk_nobody');
    expect([status, body.code, headers.get('access-control-allow-origin')]).toEqual([404, 'not_found', '*']);
  });
});

const batch = (change: Record<string, unknown> = {}) => ({
  shop: shop.siteKey,
  visitor: randomUUID(),
  visit: randomUUID(),
  batch: randomUUID(),
  sentAt: Date.now(),
  events: [
    { type: 'page_view', at: Date.now(), url: TEAPOT.url, path: '/teapot', title: '', referrer: '', kind: 'product' },
  ],
  ...change,
});
const claim = (change: Record<string, unknown> = {}) => ({
  shop: shop.siteKey,
  visitor: randomUUID(),
  visit: randomUUID(),
  rule,
  variant: null,
  email: 'ann@example.com',
  consent: { data: true, marketing: true, text: 'Yes.' },
  events: batch().events,
  sentAt: Date.now(),
  ...change,
});

/** How many rows page calls have left. */
const stored = async (): Promise<number> => {
  const [row] = await instance.db.engine(
    ({ sql }) => sql<{ count: number }[]>`
    select (select count(*) from visitor) + (select count(*) from visit) + (select count(*) from event) + (select count(*) from batch)
      + (select count(*) from contact) + (select count(*) from decision) + (select count(*) from arm) as count`,
  );
  return row?.count ?? -1;
};

describe('page calls', () => {
  it.each(['/v1/visits', '/v1/claims', '/v1/forms', '/v1/restore'])(
    'need no preflight, and pass one: %s',
    async (path) => {
      const { status, headers } = await instance.call('OPTIONS', path, undefined, {
        origin: ORIGIN,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      });
      expect(status).toBe(204);
      expect([headers.get('access-control-allow-origin'), headers.get('access-control-allow-headers')]).toEqual([
        '*',
        'content-type',
      ]);
      expect(headers.get('access-control-allow-methods')).toContain('POST');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    },
  );

  it.each(['text/plain', 'text/plain;charset=UTF-8', 'application/json', ''])('take JSON as %j', async (type) => {
    const { status, headers } = await shop.page('/v1/visits', batch(), { 'content-type': type });
    expect([status, headers.get('access-control-allow-origin'), headers.get('set-cookie')]).toEqual([202, '*', null]);
  });

  it.each(['/v1/visits', '/v1/claims', '/v1/forms', '/v1/restore'])(
    'tell what is wrong before they look at key and origin: %s',
    async (path) => {
      const headers = { origin: 'https://evil.test' };
      const wrong: [body: unknown, status: number, code: string][] = [
        ['x'.repeat(65 * 1024), 413, 'too_large'],
        [`{${' '.repeat(65 * 1024)}`, 413, 'too_large'],
        ['{', 400, 'invalid_json'],
        [{ shop: 'pk_nobody' }, 422, 'invalid'],
      ];
      for (const [body, status, code] of wrong) {
        const answered = await shop.page(path, body, headers);
        expect([answered.status, answered.body.code, answered.headers.get('access-control-allow-origin')]).toEqual([
          status,
          code,
          '*',
        ]);
      }
    },
  );

  const STRANGERS: (string | undefined)[] = [
    'https://evil.test',
    'null',
    undefined,
    '',
    'https://shop.example.evil.test',
    'https://evilshop.example',
    'http://shop.example',
    'https://shop.example:8443',
    'https://sub.shop.example',
    'https://shop.example/',
    'https://shop.example.',
    'https://SHOP.example',
    'https://wild.example',
    'https://evilwild.example',
    'http://a.wild.example',
    'https://a.wild.example:1',
    'https://a.wild.example.evil.test',
    'http://localhost',
    'http://localhost:3001',
    'file://',
    'https://shop.example@evil.test',
  ];

  it.each(STRANGERS)('are dropped from the origin %j, and answered like what is kept', async (origin) => {
    const kept = await shop.page('/v1/visits', batch());
    const before = await stored();
    const headers: Record<string, string> = {
      'content-type': 'text/plain',
      ...(origin === undefined ? {} : { origin }),
    };
    const dropped = await instance.call('POST', '/v1/visits', batch(), headers);
    expect([dropped.status, shapeOf(dropped.body)]).toEqual([kept.status, shapeOf(kept.body)]);
    expect(telling(dropped)).toEqual(telling(kept));
    const claimed = await instance.call('POST', '/v1/claims', claim(), headers);
    expect([claimed.status, claimed.body.code]).toEqual([409, 'not_eligible']);
    expect(await stored()).toBe(before);
  });

  it('are dropped under a site key that nobody has, or another key of the shop', async () => {
    const before = await stored();
    for (const key of ['pk_nobody', shop.secretKey, shop.id, shop.siteKey.toUpperCase()]) {
      expect((await shop.page('/v1/visits', batch({ shop: key }))).status).toBe(202);
      expect((await shop.page('/v1/claims', claim({ shop: key }))).body.code).toBe('not_eligible');
    }
    expect(await stored()).toBe(before);
  });

  it.each([ORIGIN, 'https://a.wild.example', 'https://a.b.wild.example', 'http://localhost:3000'])(
    'are kept from %s',
    async (origin) => {
      const before = await stored();
      expect((await shop.page('/v1/visits', batch(), { origin })).status).toBe(202);
      expect(await stored()).toBeGreaterThan(before);
      expect((await shop.page('/v1/claims', claim(), { origin })).status).toBe(200);
    },
  );

  it('from nowhere may tell of a purchase and of a checkout, and of nothing beside', async () => {
    const told = async (...events: Record<string, unknown>[]): Promise<boolean> => {
      const before = await stored();
      const { status } = await shop.page(
        '/v1/visits',
        batch({ events: events.map((event) => ({ at: Date.now(), ...event })) }),
        { origin: 'null' },
      );
      expect(status).toBe(202);
      return (await stored()) > before;
    };
    const purchase = { type: 'purchase', orderId: 'A1' };
    const checkout = { type: 'begin_checkout' };
    const [page] = batch().events;
    expect(await told(checkout)).toBe(true);
    expect(await told(purchase, checkout)).toBe(true);
    expect(await told(purchase, page ?? {})).toBe(false);
    expect(await told(page ?? {})).toBe(false);
    expect(await told()).toBe(false);
  });

  it('from nowhere make nobody eligible', async () => {
    const browser = newBrowser(shop);
    await browser.send([{ type: 'begin_checkout' }], {});
    const { status } = await shop.page(
      '/v1/claims',
      claim({ visitor: browser.visitor, visit: browser.visit, events: [] }),
      { origin: 'null' },
    );
    expect(status).toBe(409);
  });
});

/** The headers, without those that follow from the request's own host and origin, whoever's they are. */
const telling = ({ headers }: Answered): string[] =>
  [...headers.keys()].filter((name) => name !== 'vary' && name !== 'access-control-allow-credentials').sort();

/** The same keys with the same types; null and a value of any type count as one. */
function shapeOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return 'value';
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === 'arms' ? 'arms' : shapeOf(inner)]),
  );
}
