/** Nobody can have letters sent to somebody else by the number (TRUST 6). */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, ORIGIN, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

const MINUTE = 60_000;
/** `SUBMITS=9000` is the whole proof; without it fewer show the same in seconds. */
const SUBMITS = Number(process.env.SUBMITS ?? 200);

describe('letters that strangers ask for', () => {
  let instance: Instance;
  let shops: { shop: ShopHandle; rule: string }[];

  beforeAll(async () => {
    instance = await startInstance();
    shops = await Promise.all(
      [1, 2, 3, 4, 5].map(async () => {
        const shop = await instance.openShop({ origins: [ORIGIN] });
        return { shop, rule: await shop.addRule() };
      }),
    );
  });
  afterAll(() => instance.close());

  async function claimIn({ shop, rule }: { shop: ShopHandle; rule: string }, email: string): Promise<string> {
    const browser = newBrowser(shop);
    await browser.look();
    const { text } = await browser.claim(rule, { email });
    await instance.tick();
    return text;
  }

  const letters = async ({ shop }: { shop: ShopHandle }, email: string) =>
    (await shop.call('GET', `/v1/messages?contact=${encodeURIComponent(email)}`)).body.data.map(
      (one: { status: string; reason: string | null; chain: { status: string; reason: string | null } }) =>
        `${one.status} ${one.reason ?? ''}`.trim(),
    );

  it('reach one address at most once in ten minutes over the whole instance, by any of its spellings', async () => {
    const [first, second] = shops;
    if (!first || !second) throw new Error('no shops');
    const answers = [await claimIn(first, 'tenmin@gmail.com'), await claimIn(second, 'Ten.Min+x@googlemail.com')];
    expect(new Set(answers)).toEqual(new Set(['{"status":"sent"}']));
    expect([await letters(first, 'tenmin@gmail.com'), await letters(second, 'tenmin@gmail.com')]).toEqual([
      ['sent'],
      ['suppressed bombing'],
    ]);

    instance.travel(10 * MINUTE + 1_000);
    await claimIn(second, 'tenmin@gmail.com');
    expect(await letters(second, 'tenmin@gmail.com')).toEqual(['suppressed bombing', 'sent']);
  });

  it('reach it at most three times a day', async () => {
    const email = 'day@example.com';
    for (const one of shops) {
      expect(await claimIn(one, email)).toBe('{"status":"sent"}');
      instance.travel(11 * MINUTE);
    }
    const all = await Promise.all(shops.map((one) => letters(one, email)));
    expect(all).toEqual([['sent'], ['sent'], ['sent'], ['suppressed bombing'], ['suppressed bombing']]);
    instance.travel(24 * 60 * MINUTE);
    const last = shops[4];
    if (!last) throw new Error('no shop');
    await claimIn(last, email);
    expect((await letters(last, email)).at(1)).toBe('sent');
  });

  it('reach it no more often for being asked for many times at once, all day long', async () => {
    const email = 'crowd@example.com';
    const answers = new Set<string>();
    for (let wave = 0; wave < 5; wave += 1) {
      let next = 0;
      const hand = async (): Promise<void> => {
        for (let one = next++; one < SUBMITS / 5; one = next++) {
          const { shop, rule } = shops[one % shops.length] as (typeof shops)[number];
          const browser = newBrowser(shop);
          await browser.look();
          answers.add((await browser.claim(rule, { email })).text);
        }
      };
      await Promise.all(Array.from({ length: 16 }, hand));
      await instance.tick();
      instance.travel(30 * MINUTE);
    }
    expect([...answers]).toEqual(['{"status":"sent"}']);
    const all = (await Promise.all(shops.map((one) => letters(one, email)))).flat();
    expect(all.filter((one) => one === 'sent').length).toBeLessThanOrEqual(3);
    expect(all).toContain('sent');
  }, 600_000);

  it('begin no chain while the cap is reached', async () => {
    const email = 'chain@example.com';
    const [first, second] = shops;
    if (!first || !second) throw new Error('no shops');
    await claimIn(first, email);
    await claimIn(second, email);
    const { data } = (await second.shop.call('GET', `/v1/messages?contact=${email}`)).body;
    expect(data.map((one: { chain: object }) => one.chain)).toEqual([
      expect.objectContaining({ status: 'stopped', reason: 'bombing' }),
    ]);
  });

  it('are held to it however long a chain waits before its first letter', async () => {
    const email = 'patient@example.com';
    const [first, second] = shops;
    if (!first || !second) throw new Error('no shops');
    for (const { shop } of [first, second]) {
      const steps = [{ wait: '1h' }, { send: 'offer' }];
      expect((await shop.call('PATCH', '/v1/flows/discount-reminder', { steps })).status).toBe(200);
    }
    await claimIn(first, email);
    await claimIn(second, email);
    instance.travel(60 * MINUTE + 1_000);
    await instance.tick();
    const all = [await letters(first, email), await letters(second, email)];
    expect(all.sort()).toEqual([['sent'], ['suppressed bombing']]);
  });

  it('are not capped in the demo, where one person tries again and again', async () => {
    const demo = await startInstance({ env: { DEMO: '1' } });
    const shop = await demo.openShop();
    const rules = [await shop.addRule(), await shop.addRule(), await shop.addRule(), await shop.addRule()];
    for (const rule of rules) {
      const browser = newBrowser(shop);
      await browser.look();
      await browser.claim(rule, { email: 'demo@example.com' });
      await demo.tick();
    }
    const { data } = (await shop.call('GET', '/v1/messages?contact=demo@example.com')).body;
    expect(data.map((one: { status: string }) => one.status)).toEqual(['sent', 'sent', 'sent', 'sent']);
    await demo.close();
  });
});
