import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFirstParty, visitorCookie } from '../../api/visitor-cookie.ts';
import { type Answered, type Instance, ORIGIN, type ShopHandle, startInstance } from '../support/shop.ts';
import { type Browser, TEAPOT } from '../support/visitor.ts';

/** The widget's host, a subdomain of the shop's own. */
const OWN = 'https://linger.shop.example';
const YEAR_AND_MORE = 34_560_000;

let instance: Instance;
let shop: ShopHandle;
let name: string;

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop({ origins: [ORIGIN, 'https://www.shop.example', 'https://other.example'] });
  name = `linger_${shop.id.slice(0, 8)}`;
});
afterAll(() => instance.close());

const EVENTS = [{ type: 'page_view', at: 1, url: TEAPOT.url, path: '/teapot' }];

const post = (
  path: string,
  { visitor, visit }: Pick<Browser, 'visitor' | 'visit'>,
  { headers = {}, ...change }: Record<string, unknown> & { headers?: Record<string, string> } = {},
): Promise<Answered> =>
  instance.call(
    'POST',
    `${OWN}${path}`,
    { shop: shop.siteKey, visitor, visit, batch: randomUUID(), sentAt: 1, events: EVENTS, ...change },
    { 'content-type': 'text/plain', origin: ORIGIN, ...headers },
  );
const batch = (browser: Pick<Browser, 'visitor' | 'visit'>, change = {}) => post('/v1/visits', browser, change);
const cookieOf = ({ headers }: Answered): string | null => headers.get('set-cookie');
const owner = async ({ visit }: Pick<Browser, 'visit'>): Promise<string> =>
  (await shop.call('GET', `/v1/visits/${visit}`)).body.visitor;
const ids = () => ({ visitor: randomUUID(), visit: randomUUID() });

describe('a page and its host', () => {
  const settings = { trustedProxies: 0, publicUrl: 'https://linger.example' };
  const asked = (url: string, origin: string | null, headers: Record<string, string> = {}, change = {}): boolean =>
    isFirstParty(new Request(url, { headers: { ...(origin === null ? {} : { origin }), ...headers } }), {
      ...settings,
      ...change,
    });

  it.each<[url: string, origin: string | null, is: boolean]>([
    ['https://linger.shop.example/', 'https://shop.example', true],
    ['https://linger.shop.example/', 'https://www.shop.example', true],
    ['https://a.b.shop.example/', 'https://shop.example', true],
    ['https://shop.example/', 'https://shop.example', true],
    ['https://shop.example/', 'https://www.shop.example', true],
    ['http://localhost:8787/', 'http://localhost:3000', true],
    ['https://linger.example/', 'https://shop.example', false],
    ['https://shop.example.evil.test/', 'https://shop.example', false],
    ['https://evilshop.example/', 'https://shop.example', false],
    ['https://shop.example/', 'https://m.shop.example', false],
    ['https://example/', 'https://shop.example', false],
    ['https://linger.shop.example/', 'null', false],
    ['https://linger.shop.example/', null, false],
    ['https://linger.shop.example/', 'nonsense', false],
    ['https://linger.shop.example/', 'file://', false],
  ])('%s asked by %j are of one site: %j', (url, origin, is) => {
    expect(asked(url, origin)).toBe(is);
  });

  it('are told apart by a proxy that is ours alone', () => {
    const told = { 'x-forwarded-host': 'linger.shop.example:443, inner' };
    expect(asked('http://10.0.0.1:8787/', 'https://shop.example', told)).toBe(false);
    expect(asked('http://10.0.0.1:8787/', 'https://shop.example', told, { trustedProxies: 1 })).toBe(true);
    expect(
      asked('http://10.0.0.1:8787/', 'https://shop.example', { 'x-forwarded-host': '\\' }, { trustedProxies: 1 }),
    ).toBe(false);
  });

  it('make the cookie secure wherever TLS is spoken', () => {
    const of = (url: string, publicUrl: string, headers = {}, trustedProxies = 0): string | null =>
      visitorCookie(
        new Request(url, { headers: { origin: 'http://shop.example', ...headers } }),
        { trustedProxies, publicUrl },
        true,
      ).header(shop.id, 'x')['set-cookie'] ?? null;
    const proto = { 'x-forwarded-proto': 'https' };
    expect(of('https://shop.example/', 'http://l')).toContain('; Secure;');
    expect(of('http://shop.example/', 'https://l')).toContain('; Secure;');
    expect(of('http://shop.example/', 'http://l', proto, 1)).toContain('; Secure;');
    expect(of('http://shop.example/', 'http://l', proto)).not.toContain('Secure');
    expect(of('http://shop.example/', 'http://l')).not.toContain('Secure');
  });
});

describe('a browser on the shop’s own host', () => {
  it('is given a cookie that only servers read, for 400 days, and may read the answer with it', async () => {
    const ann = ids();
    const answer = await batch(ann);
    expect(cookieOf(answer)).toBe(
      `${name}=${ann.visitor}; Max-Age=${YEAR_AND_MORE}; Path=/; Secure; HttpOnly; SameSite=Lax`,
    );
    expect(answer.body.visitor.id).toBeUndefined();
    expect([
      answer.headers.get('access-control-allow-origin'),
      answer.headers.get('access-control-allow-credentials'),
      answer.headers.get('vary'),
    ]).toEqual([ORIGIN, 'true', 'Origin']);
  });

  it('is known again by it after its storage was cleared, in visits, claims and forms', async () => {
    const before = ids();
    await batch(before);
    const headers = { cookie: `other=1; ${name}=${before.visitor}; x` };
    const after = ids();
    const answer = await batch(after, { headers });
    expect(answer.body.visitor).toMatchObject({ id: before.visitor, visits: 2 });
    expect(cookieOf(answer)).toContain(`${name}=${before.visitor};`);
    expect(await owner(after)).toBe(before.visitor);
    // The page goes on as that visitor, or as it began.
    expect((await batch({ ...after, visitor: before.visitor }, { headers })).body.visitor).toMatchObject({ visits: 2 });
    expect((await batch(after, { headers })).body.visitor).toMatchObject({ id: before.visitor, visits: 2 });

    const rule = await shop.addRule({ code: { reveal: 'screen' } });
    const person = { rule, email: 'cookie@example.com', consent: { data: true, marketing: true, text: '' } };
    const claimed = await post('/v1/claims', after, { headers, ...person });
    expect(claimed.body.code).toEqual(expect.any(String));
    const form = await post('/v1/forms', ids(), {
      headers,
      kind: 'subscribe',
      email: 'form@example.com',
      consent: { data: true },
    });
    expect(form.body).toEqual({ status: 'received' });
    const made = await instance.db.engine(
      ({ sql }) =>
        sql<
          { madeBy: string }[]
        >`select made_by from contact where email in ('cookie@example.com', 'form@example.com')`,
    );
    expect(made.map(({ madeBy }) => madeBy)).toEqual([before.visitor, before.visitor]);
  });

  it('keeps a visit that it began as another, and is who its cookie says from the next on', async () => {
    const [old, now] = [ids(), ids()];
    await batch(old);
    await batch(now, { remember: false });
    const headers = { cookie: `${name}=${old.visitor}` };
    const goesOn = await batch(now, { headers });
    expect([goesOn.body.visitor.id, cookieOf(goesOn)?.split(';')[0], await owner(now)]).toEqual([
      undefined,
      `${name}=${old.visitor}`,
      now.visitor,
    ]);
    const next = { ...now, visit: randomUUID() };
    expect((await batch(next, { headers })).body.visitor.id).toBe(old.visitor);
  });

  it('has none where nothing may be remembered, and loses the one it has', async () => {
    for (const [change, more] of [
      [{ remember: false }, {}],
      [{}, { 'sec-gpc': '1' }],
    ] as const) {
      const plain = await batch(ids(), { ...change, headers: more });
      expect([plain.status, cookieOf(plain)]).toEqual([202, null]);
      const ann = ids();
      const had = await batch(ann, { ...change, headers: { cookie: `${name}=${randomUUID()}`, ...more } });
      expect([had.body.visitor.id, cookieOf(had), await owner(ann)]).toEqual([
        undefined,
        `${name}=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax`,
        ann.visitor,
      ]);
    }
  });

  it('is forgotten without a trace when its page asks for that alone', async () => {
    const nobody = ids();
    const headers = { cookie: `${name}=${randomUUID()}` };
    const answer = await batch(nobody, { remember: false, events: [], headers });
    expect([answer.status, cookieOf(answer)?.split(';').slice(0, 2)]).toEqual([202, [`${name}=`, ' Max-Age=0']]);
    expect((await shop.call('GET', `/v1/visits/${nobody.visit}`)).status).toBe(404);
    const evil = await batch(nobody, {
      remember: false,
      events: [],
      headers: { ...headers, origin: 'https://evil.test' },
    });
    expect([evil.status, cookieOf(evil)]).toEqual([202, null]);
  });

  it('is believed nothing but a random id, of this shop', async () => {
    const other = `linger_${randomUUID().slice(0, 8)}`;
    for (const cookie of [
      `${name}=x`,
      `${name}='; drop table visitor`,
      `${name}=`,
      name,
      `${other}=${randomUUID()}`,
      ';;=',
    ]) {
      const ann = ids();
      const answer = await batch(ann, { headers: { cookie } });
      expect([cookie, answer.status, await owner(ann), cookieOf(answer)?.split(';')[0]]).toEqual([
        cookie,
        202,
        ann.visitor,
        `${name}=${ann.visitor}`,
      ]);
    }
  });

  it('is shown no code by a made-up cookie: the code is for the visitor who claimed it first', async () => {
    const rule = await shop.addRule({ code: { reveal: 'screen' } });
    const person = { rule, email: 'first@example.com', consent: { data: true, marketing: true, text: '' } };
    const ann = ids();
    expect((await post('/v1/claims', ann, person)).body.code).toEqual(expect.any(String));
    const mallory = await post('/v1/claims', ids(), { ...person, headers: { cookie: `${name}=${randomUUID()}` } });
    expect(mallory.body).toEqual({ status: 'sent' });
  });

  it('is tied to nobody by identify where it asks not to be profiled', async () => {
    const email = 'private@example.com';
    await shop.call('POST', '/v1/orders', {
      id: 'P1',
      status: 'paid',
      email,
      total: 5,
      currency: 'EUR',
      placedAt: new Date(0).toISOString(),
    });
    const proof = createHmac('sha256', shop.identitySecret).update(email).digest('hex');
    const events = [...EVENTS, { type: 'identify', at: 1, email, proof }];
    const purchased = async (headers: Record<string, string>) =>
      (await batch(ids(), { events, headers })).body.visitor.purchasedAt;
    expect([await purchased({ 'sec-gpc': '1' }), await purchased({})]).toEqual([null, new Date(0).toISOString()]);
  });
});

describe('a browser elsewhere', () => {
  it('gets no cookie, and its cookie is not read', async () => {
    const before = ids();
    await batch(before);
    for (const origin of ['https://other.example', 'https://evil.test', 'null']) {
      const ann = ids();
      const answer = await batch(ann, { headers: { origin, cookie: `${name}=${before.visitor}` } });
      expect([origin, answer.status, cookieOf(answer), answer.body.visitor.id]).toEqual([origin, 202, null, undefined]);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  it('may read with credentials what its own site answers, though a proxy hides the host that was asked', async () => {
    for (const [site, told] of [
      ['same-site', ORIGIN],
      ['same-origin', ORIGIN],
      ['cross-site', '*'],
      ['none', '*'],
    ]) {
      const { visitor, visit } = ids();
      const answer = await shop.page(
        '/v1/visits',
        { shop: shop.siteKey, visitor, visit, sentAt: 1, events: EVENTS },
        { 'sec-fetch-site': site ?? '' },
      );
      expect([site, answer.headers.get('access-control-allow-origin'), cookieOf(answer)]).toEqual([site, told, null]);
    }
  });

  it('reads why it was refused, with credentials too, and passes the preflight', async () => {
    const refused = await post('/v1/claims', ids(), { email: 'nobody' });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([422, ORIGIN]);
    expect(refused.headers.get('access-control-allow-credentials')).toBe('true');
    const preflight = await instance.call('OPTIONS', `${OWN}/v1/claims`, undefined, {
      origin: ORIGIN,
      'access-control-request-method': 'POST',
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-credentials')]).toEqual([204, 'true']);
  });

  it('reads the config as everybody does', async () => {
    const { headers } = await instance.call('GET', `${OWN}/v1/config?shop=${shop.siteKey}`, undefined, {
      origin: ORIGIN,
      'sec-fetch-site': 'same-site',
    });
    expect([headers.get('access-control-allow-origin'), headers.get('vary'), headers.get('set-cookie')]).toEqual([
      '*',
      null,
      null,
    ]);
  });
});
