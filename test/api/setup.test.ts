import { afterEach, describe, expect, it } from 'vitest';
import { type Instance, RULE, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

describe('the way to a running shop', () => {
  let instance: Instance;
  afterEach(() => instance.close());

  const missing = async (shop: ShopHandle): Promise<string[]> => {
    const { ready, steps } = (await shop.call('GET', '/v1/setup')).body;
    const left = steps.filter((one: { done: boolean }) => !one.done).map((one: { step: string }) => one.step);
    expect(ready).toBe(left.length === 0);
    return left;
  };

  it('ticks off step by step', async () => {
    instance = await startInstance({ env: { POSTMARK_TOKEN: 'token' } });
    const shop = await instance.openShop();
    expect(await missing(shop)).toEqual(['rule', 'tag', 'offer', 'order']);
    await shop.call('PATCH', '/v1/flows/discount-reminder', { enabled: false });
    expect(await missing(shop)).toEqual(['flow', 'rule', 'tag', 'offer', 'order']);
    await shop.call('PATCH', '/v1/flows/discount-reminder', { enabled: true });
    const { body } = await shop.call('POST', '/v1/rules', { ...RULE, enabled: false });
    expect(await missing(shop)).toEqual(['rule', 'tag', 'offer', 'order']);
    await shop.call('PATCH', `/v1/rules/${body.id}`, { enabled: true });
    expect(await missing(shop)).toEqual(['tag', 'offer', 'order']);
    const browser = newBrowser(shop);
    await browser.look();
    expect(await missing(shop)).toEqual(['offer', 'order']);
    await browser.claim(body.id);
    expect(await missing(shop)).toEqual(['order']);
    await shop.call('POST', '/v1/orders', {
      id: '1',
      status: 'paid',
      total: 1,
      currency: 'EUR',
      placedAt: new Date(0).toISOString(),
    });
    expect(await missing(shop)).toEqual([]);
  });

  it('shows the tag with the shop’s own key, and is nobody else’s', async () => {
    instance = await startInstance();
    const shop = await instance.openShop();
    const { steps } = (await shop.call('GET', '/v1/setup')).body;
    const tag = steps.find((one: { step: string }) => one.step === 'tag');
    expect(tag.how).toContain(
      `<script async src="https://linger.example/l.js?shop=${shop.siteKey}" data-shop="${shop.siteKey}"></script>`,
    );
    expect(await missing(shop)).toEqual(['mail', 'rule', 'tag', 'offer', 'order']);
    const save = await shop.addRule({ offer: { kind: 'none' } });
    const browser = newBrowser(shop);
    await browser.look();
    await browser.claim(save);
    expect(await missing(shop)).toEqual(['mail', 'order']);
    expect(await missing(await instance.openShop({ origins: ['https://other.example'] }))).toContain('tag');
  });
});
