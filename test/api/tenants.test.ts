import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../api/app.ts';
import { ADMIN_KEY, type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';
import { writeReview } from '../support/write-review.ts';

/** Stands in every name of the first shop, so that it shows wherever it leaks. */
const CANARY = 'canary';

describe('one shop among others', () => {
  let instance: Instance;
  let own: ShopHandle;
  let other: ShopHandle;
  /** Where each parameter of the first shop's rows leads. */
  let ids: Record<string, string>;

  beforeAll(async () => {
    instance = await startInstance();
    own = await instance.openShop({ name: `Shop ${CANARY}` });
    other = await instance.openShop();
    const rule = await own.addRule({ name: `Rule ${CANARY}`, code: { reveal: 'screen', prefix: 'CANARY' } });
    await own.call('POST', '/v1/flows', { key: `${CANARY}-flow`, name: `Flow ${CANARY}`, steps: [{ send: 'offer' }] });
    await own.call('POST', '/v1/webhooks', { name: CANARY, url: `https://${CANARY}.example/` });
    await own.call('POST', '/v1/segments', { key: `${CANARY}-segment`, condition: ['source', '!=', CANARY] });
    await own.call('PUT', '/v1/templates/offer', { en: { body: CANARY } });
    const browser = newBrowser(own);
    await browser.look();
    const { body } = await browser.claim(rule, { email: `${CANARY}@example.com` });
    await own.call('POST', '/v1/orders', {
      id: `${CANARY}-1`,
      status: 'paid',
      total: 1,
      currency: 'EUR',
      placedAt: '2026-11-22T09:30:00Z',
    });
    await own.call('POST', '/v1/referrals', { email: `${CANARY}@example.com` });
    const review = await writeReview(instance, own.id, { text: CANARY, author: CANARY, itemTitle: CANARY });
    const contact = await own.call('POST', '/v1/contacts', { email: `${CANARY}@example.com`, name: CANARY });
    const feed = await own.call('POST', '/v1/feeds', { url: `https://${CANARY}.example/feed.xml`, enabled: false });
    ids = {
      feeds: feed.body.id,
      reviews: review,
      contacts: contact.body.id,
      keys: (await own.call('GET', '/v1/keys')).body.data[0].id,
      rules: rule,
      flows: `${CANARY}-flow`,
      segments: `${CANARY}-segment`,
      webhooks: CANARY,
      templates: 'offer',
      codes: body.code,
      orders: `${CANARY}-1`,
      visits: browser.visit,
    };
  });
  afterAll(() => instance.close());

  const routes = ENDPOINTS.filter(({ spec }) => spec.access === 'shop').map(({ spec }) => spec);
  const shopRoutes = routes.map((spec): [string, (typeof routes)[number]] => [
    `${spec.method.toUpperCase()} ${spec.path}`,
    spec,
  ]);

  /** The path with the first shop's own row in it. */
  const pathOf = (path: string): string =>
    path.replace(/^\/v1\/(\w+)\/:\w+/, (_all, kind: string) => {
      const id = ids[kind];
      if (!id) throw new Error(`no row for ${path}`);
      return `/v1/${kind}/${id}`;
    });
  const queryOf = (path: string): string =>
    ({
      '/v1/messages': `?contact=${CANARY}@example.com`,
      '/v1/referrals': `?contact=${CANARY}@example.com`,
      '/v1/explain': `?visit=${ids.visits}`,
      '/v1/reports/experiments': `?rule=${ids.rules}`,
    })[path] ?? '';
  const bodyOf = (path: string): unknown =>
    /\/(check|reserve|redeem|release)$/.test(path)
      ? { orderId: 'stolen', total: 100 }
      : path === '/v1/webhooks/:name'
        ? { url: 'https://stolen.example/' }
        : path === '/v1/reviews/:id'
          ? { status: 'published' }
          : {};

  it.each(shopRoutes)('%s wants a key that speaks for a shop', async (_name, spec) => {
    const path = pathOf(spec.path) + queryOf(spec.path);
    const wrong: Record<string, string>[] = [
      {},
      { authorization: '' },
      { authorization: 'Bearer' },
      { authorization: 'Bearer ' },
      { authorization: 'Bearer nonsense' },
      { authorization: `Bearer ${'x'.repeat(9_000)}` },
      { authorization: `Bearer ${own.secretKey}x` },
      { authorization: `Bearer ${own.secretKey.slice(0, -1)}` },
      { authorization: `Bearer ${own.secretKey.toUpperCase()}` },
      { authorization: own.secretKey },
      { authorization: `Basic ${btoa(`x:${own.secretKey}`)}` },
      { authorization: `Bearer ${own.siteKey}` },
      { authorization: `Bearer ${ADMIN_KEY}` },
      { authorization: "Bearer ' or true --" },
    ];
    for (const headers of wrong) {
      const { status, body, text } = await instance.call(
        spec.method.toUpperCase(),
        path,
        spec.body ? bodyOf(spec.path) : undefined,
        headers,
      );
      expect([headers, status, body.code]).toEqual([headers, 401, 'unauthorized']);
      expect(text).not.toContain(CANARY);
    }
  });

  it.each(['key', 'access_token', 'authorization', 'secretKey'])('takes no key from ?%s=', async (name) => {
    expect((await instance.call('GET', `/v1/shop?${name}=${own.secretKey}`)).status).toBe(401);
  });

  it.each(shopRoutes)('%s shows and does nothing of another shop’s', async (_name, spec) => {
    const { status, text } = await other.call(
      spec.method.toUpperCase(),
      pathOf(spec.path) + queryOf(spec.path),
      spec.body ? bodyOf(spec.path) : undefined,
    );
    // Every shop has the same letters: what it reads there is its own.
    if (
      (spec.path.includes(':') && !spec.path.startsWith('/v1/templates/')) ||
      ['/v1/explain', '/v1/reports/experiments'].includes(spec.path)
    )
      expect(status).toBe(404);
    expect(text.toLowerCase()).not.toContain(CANARY);
  });

  it('lets a key that only reads look at everything of its own and change nothing', async () => {
    const made = await own.call('POST', '/v1/keys', { name: 'dashboard', scopes: ['read'] });
    expect([made.status, made.body]).toMatchObject([201, { name: 'dashboard', scopes: ['read'] }]);
    const key = { authorization: `Bearer ${made.body.secretKey}` };
    const spoken = new Map<string, string>();
    for (const [name, spec] of shopRoutes) {
      const path = pathOf(spec.path).replace(/:\w+/, 'none') + queryOf(spec.path);
      const body = spec.body ? bodyOf(spec.path) : undefined;
      const answer = await instance.call(spec.method.toUpperCase(), path, body, key);
      spoken.set(name, answer.status === 403 ? answer.body.code : 'looked');
      expect([name, answer.status < 500]).toEqual([name, true]);
    }
    const refused = shopRoutes.filter(([, { method, reads }]) => method !== 'get' && !reads).map(([name]) => name);
    expect([...spoken].filter(([, said]) => said === 'read_only_key').map(([name]) => name)).toEqual(refused);
    expect(shopRoutes.filter(([, { reads }]) => reads).map(([name]) => name)).toEqual([
      'POST /v1/rules/dry-run',
      'POST /v1/rules/:id/dry-run',
      'POST /v1/flows/:key/simulate',
      'POST /v1/flows/:key/replay',
      'POST /v1/segments/preview',
      'POST /v1/templates/:key/preview',
      'POST /v1/codes/:code/check',
    ]);
    // With it one could say in anybody's name who is looking.
    expect((await instance.call('GET', '/v1/shop', undefined, key)).body.identitySecret).toBeNull();
    expect((await own.call('GET', '/v1/shop')).body.identitySecret).toMatch(/^[0-9a-f]{64}$/);
    const foreign = (await other.call('POST', '/v1/keys', { name: 'dashboard', scopes: ['read'] })).body.secretKey;
    for (const [name, { method, path }] of shopRoutes) {
      if (method !== 'get' || !/^\/v1\/(?!templates)\w+\/:/.test(path)) continue;
      const { status } = await instance.call('GET', pathOf(path), undefined, { authorization: `Bearer ${foreign}` });
      expect([name, status]).toEqual([name, 404]);
    }
    expect((await own.call('DELETE', `/v1/keys/${ids.keys}`)).body.detail).toMatch(
      /^It is the only key that may change/,
    );
    await own.call('DELETE', `/v1/keys/${made.body.id}`);
    expect((await instance.call('GET', '/v1/shop', undefined, key)).status).toBe(401);
  });

  it('leaves everything of the first shop as it was after all that', async () => {
    expect((await own.call('GET', `/v1/rules/${ids.rules}`)).status).toBe(200);
    expect((await own.call('GET', `/v1/flows/${ids.flows}`)).status).toBe(200);
    expect((await own.call('GET', '/v1/templates/offer')).body).toMatchObject({
      version: 1,
      template: { en: { body: CANARY } },
    });
    expect((await own.call('GET', `/v1/codes/${ids.codes}`)).body.status).toBe('issued');
    expect((await own.call('GET', '/v1/reviews')).body.data).toMatchObject([{ status: 'waiting' }]);
    expect((await own.call('GET', `/v1/messages?contact=${CANARY}@example.com`)).body.data.length).toBe(1);
  });

  it('wants the operator’s key to open a shop', async () => {
    for (const key of ['', 'nonsense', own.secretKey, own.siteKey, `${ADMIN_KEY}x`, ADMIN_KEY.slice(1)]) {
      const { status, body, headers } = await instance.call(
        'POST',
        '/v1/shops',
        {},
        { authorization: `Bearer ${key}` },
      );
      expect([key, status, body.code, headers.get('www-authenticate')]).toEqual([
        key,
        401,
        'unauthorized',
        'Bearer realm="Linger"',
      ]);
    }
    // The scheme is read without regard to case (RFC 9110 §11.1).
    const opened = await instance.call('POST', '/v1/shops', {}, { authorization: `bearer ${ADMIN_KEY}` });
    expect(opened.status).toBe(422);
  });

  it('refuses a key from the moment it is revoked', async () => {
    const gone = await instance.openShop();
    const [{ id }] = (await gone.call('GET', '/v1/keys')).body.data;
    const only = await gone.call('DELETE', `/v1/keys/${id}`);
    expect([only.status, only.body.code]).toEqual([409, 'in_use']);
    const { status, body } = await gone.call('POST', '/v1/keys', { name: 'next' }, { 'idempotency-key': 'next' });
    expect([status, body.secretKey]).toEqual([201, expect.stringMatching(/^sk_[0-9a-f]{64}$/)]);
    const next = { authorization: `Bearer ${body.secretKey}` };
    expect((await gone.call('GET', '/v1/shop')).status).toBe(200);
    expect((await instance.call('DELETE', `/v1/keys/${id}`, undefined, next)).status).toBe(204);
    expect((await gone.call('GET', '/v1/shop')).status).toBe(401);
    const kept = await instance.call('GET', '/v1/keys', undefined, next);
    expect(kept.body.data).toMatchObject([
      { id, name: 'first', revokedAt: expect.any(String) },
      { name: 'next', revokedAt: null },
    ]);
    expect(kept.text).not.toContain('secretKey');
    const stored = await instance.db.engine(
      ({ sql }) => sql`select from idempotency where strpos(response, ${body.secretKey}) > 0`,
    );
    expect(stored.length).toBe(0);
  });

  it('tells apart orders, flows and visits that have one name in two shops', async () => {
    const order = { id: `${CANARY}-1`, status: 'paid', total: 2, currency: 'EUR', placedAt: '2026-11-22T09:30:00Z' };
    expect((await other.call('POST', '/v1/orders', order)).status).toBe(201);
    expect((await own.call('GET', `/v1/orders/${CANARY}-1`)).body.total).toBe(1);
    const visit = ids.visits ?? randomUUID();
    expect((await newBrowser(other, { visit }).look()).body.visitor.visits).toBe(1);
    expect((await own.call('GET', `/v1/visits/${visit}`)).body.visitor).not.toBe(
      (await other.call('GET', `/v1/visits/${visit}`)).body.visitor,
    );
  });

  it('logs no key', () => {
    const logged = JSON.stringify(instance.logs);
    for (const key of [own.secretKey, other.secretKey, ADMIN_KEY]) expect(logged).not.toContain(key);
  });
});
