import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser, TEAPOT } from '../support/visitor.ts';

const exit = (signal: string, at: number) => ({ type: 'exit_intent', signal, at });
const page = (at: number) => ({ type: 'page_view', url: TEAPOT.url, path: '/teapot', at });

describe('the report on exit signals', () => {
  let instance: Instance;
  let shop: ShopHandle;

  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
  });
  afterAll(() => instance.close());

  const report = async (query = '') => (await shop.call('GET', `/v1/reports/exit-signals${query}`)).body;

  it('counts a signal as leaving when nothing but the signal followed, once a visit, and only where no offer interfered', async () => {
    const rule = await shop.addRule();
    const now = Date.now();
    const visit = (...events: Record<string, unknown>[]) =>
      newBrowser(shop).send([page(now - 25_000), ...events], { sentAt: now });
    await visit(exit('pointer', now - 20_000));
    await visit(exit('pointer', now - 20_000), exit('pointer', now - 15_000));
    await visit(exit('pointer', now - 20_000), page(now - 10_000));
    await visit(exit('pointer', now - 20_000), { type: 'offer_shown', rule, variant: null, at: now - 19_990 });
    await visit(exit('idle', now - 20_000), { type: 'search', term: 'lamp', at: now - 2_000 });
    expect((await report()).signals).toEqual([]);

    instance.travel(31 * 60_000);
    expect((await report()).signals).toEqual([
      { signal: 'idle', visits: 1, shown: 0, ghost: 1, left: 0, leftShare: 0 },
      { signal: 'pointer', visits: 4, shown: 1, ghost: 3, left: 2, leftShare: 2 / 3 },
    ]);
    expect((await report('?to=2020-01-01T00:00:00Z')).signals).toEqual([]);
  });

  it('wants a period that ends after it begins', async () => {
    const answer = await shop.call('GET', '/v1/reports/exit-signals?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z');
    expect([answer.status, answer.body.errors]).toEqual([422, [{ path: 'to', message: 'must be later than from' }]]);
  });

  it('tells of its own shop alone', async () => {
    const other = await instance.openShop();
    expect((await other.call('GET', '/v1/reports/exit-signals')).body.signals).toEqual([]);
  });
});
