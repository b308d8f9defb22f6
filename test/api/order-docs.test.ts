import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ORDER_STATUSES } from '../../core/flows/flow.ts';
import { jsonBlocks, readDoc } from '../support/docs.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

describe.each(['orders.md', 'orders.ru.md'])('what docs/%s shows', (name) => {
  let instance: Instance;
  let shop: ShopHandle;
  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
  });
  afterAll(() => instance.close());

  const text = readDoc(name);

  it('is an order that is taken', async () => {
    expect(jsonBlocks(text)).toHaveLength(1);
    for (const body of jsonBlocks(text)) {
      const answer = await shop.call('POST', '/v1/orders', body);
      expect([answer.status, answer.body.errors]).toEqual([201, undefined]);
    }
  });

  it('makes both platforms heard', async () => {
    expect(jsonBlocks(text, 'json patch')).toHaveLength(2);
    for (const body of jsonBlocks(text, 'json patch')) await shop.done('PATCH', '/v1/shop', body);
    expect((await shop.call('GET', '/v1/shop')).body.integrations).toMatchObject({
      shopify: { orders: true },
      woocommerce: { orders: true },
    });
  });

  it('names every status', () => {
    for (const status of ORDER_STATUSES) expect(text).toContain(`\`${status}\``);
  });
});
