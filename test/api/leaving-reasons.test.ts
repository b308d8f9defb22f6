import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

const told = (rule: string, reason: string) => ({ type: 'custom', name: 'leaving_reason', data: { rule, reason } });

describe('the report on why visitors leave', () => {
  let instance: Instance;
  let shop: ShopHandle;

  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
  });
  afterAll(() => instance.close());

  const report = async (query = '') => (await shop.call('GET', `/v1/reports/leaving-reasons${query}`)).body;

  it('counts each visit once for a rule and a reason, and nothing that is no answer', async () => {
    const [first = '', second = ''] = [randomUUID(), randomUUID()].sort();
    for (const reason of ['price', 'price', 'delivery']) await newBrowser(shop).send([told(first, reason)]);
    const insistent = newBrowser(shop);
    await insistent.send([told(first, 'price'), told(first, 'price')]);
    await insistent.send([told(first, 'price'), told(second, 'other')]);
    await newBrowser(shop).send([
      told(first, '<script>'),
      { type: 'custom', name: 'leaving_reason', data: { reason: 'price' } },
      { type: 'custom', name: 'quiz', data: { rule: first, reason: 'price' } },
    ]);
    const { from, to, rules } = await report();
    expect(rules).toEqual([
      {
        rule: first,
        answers: 4,
        reasons: [
          { reason: 'price', count: 3, share: 0.75 },
          { reason: 'delivery', count: 1, share: 0.25 },
        ],
      },
      { rule: second, answers: 1, reasons: [{ reason: 'other', count: 1, share: 1 }] },
    ]);
    expect(Date.parse(to) - Date.parse(from)).toBe(30 * 86_400_000);
    expect((await report(`?rule=${second}`)).rules.map((one: { rule: string }) => one.rule)).toEqual([second]);
    expect((await report('?to=2020-01-01T00:00:00Z')).rules).toEqual([]);
  });

  it('remembers the latest on the visitor', async () => {
    const browser = newBrowser(shop);
    await browser.send([told(randomUUID(), 'price')]);
    await browser.send([told(randomUUID(), 'delivery'), told(randomUUID(), 'nonsense')]);
    const [row] = await instance.db.engine(
      ({ sql }) => sql<{ reason: string }[]>`select reason from visitor where id = ${browser.visitor}`,
    );
    expect(row?.reason).toBe('delivery');
  });

  it('wants a period that ends after it begins, and a rule by its id', async () => {
    for (const [query, path] of [
      ['from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', 'to'],
      ['rule=x', 'rule'],
    ]) {
      const { status, body } = await shop.call('GET', `/v1/reports/leaving-reasons?${query}`);
      expect([status, body.errors[0].path]).toEqual([422, path]);
    }
  });

  it('tells of its own shop alone', async () => {
    const other = await instance.openShop();
    expect((await other.call('GET', '/v1/reports/leaving-reasons')).body.rules).toEqual([]);
  });
});
