/** A copied site key, and whoever floods, reach no further than their limits (TRUST 1). */

import { randomUUID } from 'node:crypto';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.ts';
import { RATES, tokenBuckets, UNLIMITED } from '../../api/page-limiter.ts';
import { type Answered, type Instance, ORIGIN, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser, TEAPOT } from '../support/visitor.ts';

const from = (address: string | null, range = address && `${address.replace(/\.\d+$/, '.0')}/24`) => ({
  address,
  range,
});
const FLOOD = from('198.51.100.7');

/** Buckets on a clock that the test moves. */
function limited(options: { most?: number } = {}) {
  let at = 1_000_000;
  const limiter = tokenBuckets({ now: () => at, ...options });
  return {
    limiter,
    pass: (ms: number) => {
      at += ms;
    },
    admitted: (count: number, call: (index: number) => Parameters<typeof limiter.admits>[0]) =>
      Array.from({ length: count }, (_, index) => limiter.admits(call(index))).filter(Boolean).length,
  };
}

describe('calls of pages', () => {
  it('at 10,000 a second from one address leave another shop, and the neighbours of that shop, alone', () => {
    const { pass, admitted } = limited();
    const seconds = 10;
    let [flooded, others, shoppers] = [0, 0, 0];
    for (let tenth = 0; tenth < seconds * 10; tenth += 1) {
      flooded += admitted(1_000, () => ({ shop: 'a', visitor: randomUUID(), network: FLOOD }));
      others += admitted(1, () => ({ shop: 'b', visitor: `b${tenth}`, network: from('198.51.100.8') }));
      shoppers += admitted(1, () => ({ shop: 'a', visitor: `a${tenth}`, network: from('203.0.113.9') }));
      pass(100);
    }
    expect(flooded).toBeLessThanOrEqual(RATES.shop.burst + RATES.shop.perSecond * seconds);
    expect([others, shoppers]).toEqual([seconds * 10, seconds * 10]);
  });

  it('of one visitor are let through by bursts, and as time passes', () => {
    const { pass, admitted } = limited();
    const one = () => ({ shop: 'a', visitor: 'v', network: FLOOD });
    expect(admitted(100, one)).toBe(RATES.visitor.burst);
    pass(10_000);
    expect(admitted(100, one)).toBe(RATES.visitor.perSecond * 10);
    pass(3_600_000);
    expect(admitted(100, one)).toBe(RATES.visitor.burst);
    // A clock that is set back gives nothing and takes nothing.
    pass(-7_200_000);
    expect(admitted(10, one)).toBe(0);
    pass(1_000);
    expect(admitted(10, one)).toBe(RATES.visitor.perSecond);
  });

  it('of one network are counted over all shops, so that made-up site keys help nobody', () => {
    const { admitted } = limited();
    expect(admitted(20_000, (index) => ({ shop: `pk_${index}`, visitor: randomUUID(), network: FLOOD }))).toBe(
      RATES.network.burst,
    );
  });

  it('for the config are counted by network and shop, whoever asks: an office has many visitors', () => {
    const { admitted } = limited();
    const ask = () => ({ shop: 'a', visitor: null, network: FLOOD });
    expect(admitted(5_000, ask)).toBe(RATES.shop.burst);
    expect(admitted(1, () => ({ shop: 'b', visitor: null, network: FLOOD }))).toBe(1);
    expect(admitted(1, () => ({ shop: 'a', visitor: null, network: from('203.0.113.9') }))).toBe(1);
  });

  it('are remembered in bounded memory, whoever calls', () => {
    const { limiter, admitted } = limited({ most: 1_000 });
    const address = (index: number) => from(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`, `range ${index}`);
    expect(admitted(20_000, (index) => ({ shop: 'a', visitor: randomUUID(), network: address(index) }))).toBe(20_000);
    expect(limiter.size()).toBeLessThanOrEqual(1_000);
    expect(limiter.size()).toBeGreaterThan(500);
  });

  it('from this machine, and from nobody knows where, are not limited', () => {
    const { limiter, admitted } = limited();
    for (const address of ['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])
      expect(admitted(5_000, () => ({ shop: 'a', visitor: 'v', network: from(address, 'x') }))).toBe(5_000);
    expect(admitted(5_000, () => ({ shop: 'a', visitor: 'v', network: from(null) }))).toBe(5_000);
    expect(limiter.size()).toBe(0);
    expect(admitted(5_000, () => ({ shop: 'a', visitor: 'v', network: from('1.127.0.1') }))).toBe(60);
  });
});

describe('a page beyond its limits', () => {
  let instance: Instance;
  let shop: ShopHandle;
  let rule: string;

  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
    rule = await shop.addRule();
  });
  afterAll(() => instance.close());

  const count = async (table: string, id = shop.id) =>
    (
      await instance.db.engine(
        ({ sql }) => sql<{ count: number }[]>`select count(*) as count from ${sql(table)} where shop_id = ${id}`,
      )
    )[0]?.count;
  const said = ({ status, text, headers }: Answered) => ({ status, text, headers: [...headers].sort() });

  it('is answered like any other that is dropped, and leaves no row', async () => {
    const browser = newBrowser(shop);
    await browser.look();
    const claim = { email: 'limited@example.com', visit: randomUUID() };
    const form = { shop: shop.siteKey, ...browser, kind: 'subscribe', email: 'x@example.com', consent: { data: true } };
    const elsewhere = { origin: 'https://evil.test' };
    const first = { shop: shop.siteKey, visitor: randomUUID(), visit: randomUUID(), sentAt: 1, events: [] };
    const dropped = [
      await shop.page('/v1/visits', first, elsewhere),
      await browser.claim(rule, { ...claim, hp: 'x' }),
      await shop.page('/v1/forms', form, elsewhere),
    ].map(said);

    Object.assign(instance.deps, { limiter: { admits: () => false } });
    const before = [await count('visit'), await count('contact'), await count('decision')];
    const limits = [
      await shop.page('/v1/visits', first),
      await browser.claim(rule, claim),
      await shop.page('/v1/forms', form),
    ].map(said);
    Object.assign(instance.deps, { limiter: UNLIMITED });
    expect(limits).toEqual(dropped);
    expect([await count('visit'), await count('contact'), await count('decision')]).toEqual(before);
  });

  it('is given no config, and no cache keeps that', async () => {
    const config = () => instance.call('GET', `/v1/config?shop=${shop.siteKey}`);
    Object.assign(instance.deps, { limiter: { admits: () => false } });
    const { status, body, headers } = await config();
    Object.assign(instance.deps, { limiter: UNLIMITED });
    expect([status, body.code]).toEqual([429, 'too_many_calls']);
    expect([headers.get('cache-control'), headers.get('retry-after')]).toEqual(['no-store', '5']);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    const served = await config();
    expect([served.status, served.headers.get('cache-control')]).toEqual([200, 'public, max-age=60']);
  });

  it('opens no more visits than its shop takes in a UTC day; those that are open go on', async () => {
    const small = await instance.openShop({ limits: { visitsPerDay: 5 } });
    const other = await instance.openShop();
    const open = newBrowser(small);
    await open.look();
    for (let index = 0; index < 8; index += 1) await newBrowser(small).look();
    expect([await count('visit', small.id), await count('visitor', small.id), await count('batch', small.id)]).toEqual([
      5, 5, 5,
    ]);
    const dropped = await newBrowser(small).look();
    expect([dropped.status, dropped.body.visitor.visits]).toEqual([202, 1]);
    await open.look();
    expect((await small.call('GET', `/v1/visits/${open.visit}`)).body.facts.pages).toBe(2);
    const late = newBrowser(small);
    const page = { type: 'page_view', at: 1, url: TEAPOT.url, path: '/teapot' };
    expect((await late.claim(await small.addRule(), { sentAt: 1, events: [page] })).body.code).toBe('not_eligible');
    await newBrowser(other).look();
    expect(await count('visit', other.id)).toBe(1);

    await small.call('PATCH', '/v1/shop', { limits: { visitsPerDay: 6 } });
    await newBrowser(small).look();
    expect(await count('visit', small.id)).toBe(6);
    instance.travel(86_400_000);
    for (let index = 0; index < 8; index += 1) await newBrowser(small).look();
    expect(await count('visit', small.id)).toBe(12);
  });
});

describe('a flood over a socket', () => {
  it('fills one shop no further than its rate, while all of another shop’s visits are kept', async () => {
    const instance = await startInstance({ env: { TRUSTED_PROXIES: '1' } });
    const [flooded, other] = [await instance.openShop(), await instance.openShop()];
    const rate = { perSecond: 10, burst: 50 };
    const limiter = tokenBuckets({ now: () => Date.now(), rates: { ...RATES, shop: rate } });
    const deps = { ...instance.deps, limiter };
    const app = createApp({ deps, peer: () => '127.0.0.1', widgetFile: async () => null });
    const port = await new Promise<number>((resolve) => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (address) => resolve(address.port));
      afterAll(() => server.close());
    });
    const visit = async (shop: ShopHandle, address: string): Promise<number> => {
      const ids = { shop: shop.siteKey, visitor: randomUUID(), visit: randomUUID() };
      const response = await fetch(`http://127.0.0.1:${port}/v1/visits`, {
        method: 'POST',
        headers: { origin: ORIGIN, 'x-forwarded-for': address, 'content-type': 'text/plain' },
        body: JSON.stringify({ ...ids, sentAt: 1, events: [{ type: 'page_view', at: 1, url: TEAPOT.url, path: '/' }] }),
      });
      await response.text();
      return response.status;
    };

    const began = Date.now();
    const statuses: number[] = [];
    const attack = Array.from({ length: 30 }, async () => {
      for (let index = 0; index < 40; index += 1) statuses.push(await visit(flooded, '198.51.100.7'));
    });
    const calm: number[] = [];
    for (let index = 0; index < 20; index += 1) calm.push(await visit(other, `203.0.113.${index}`));
    await Promise.all(attack);
    const seconds = (Date.now() - began) / 1_000;

    expect(new Set([...statuses, ...calm])).toEqual(new Set([202]));
    const kept = async ({ id }: ShopHandle) =>
      (await instance.db.engine(({ sql }) => sql`select from visit where shop_id = ${id}`)).length;
    expect(await kept(other)).toBe(20);
    expect(await kept(flooded)).toBeGreaterThanOrEqual(rate.burst);
    expect(await kept(flooded)).toBeLessThanOrEqual(rate.burst + rate.perSecond * seconds + 1);
    await instance.close();
  }, 30_000);
});
