import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

describe('the loop, from a viewed item to a used code', () => {
  let instance: Instance;
  let shop: ShopHandle;

  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
  });
  afterAll(() => instance.close());

  it('mails the code, reminds, and ends when the code is used', async () => {
    const rule = await shop.addRule();
    const ann = newBrowser(shop);
    const seen = await ann.look();
    expect(seen.status).toBe(202);
    expect(seen.body.visitor.arms).toEqual({ [rule]: null });

    const claimed = await ann.claim(rule);
    expect([claimed.status, claimed.body]).toEqual([200, { status: 'sent' }]);
    await instance.tick();
    instance.travel(26 * 3_600_000);
    await instance.tick();

    const messages = async () => (await shop.call('GET', '/v1/messages?contact=ann@example.com')).body.data;
    const before = await messages();
    expect(before.map((one: { letter: string; status: string }) => [one.letter, one.status])).toEqual([
      ['offer', 'sent'],
      ['reminder-1', expect.stringMatching(/sent|queued/)],
    ]);

    const letters = await instance.db.engine(({ sql }) => sql<{ text: string }[]>`select text from inbox_letter`);
    const code = /[0-9A-Z]{5}-[0-9A-Z]{6}/.exec(letters[0]?.text ?? '')?.[0] ?? '';
    const redeemed = await shop.call('POST', `/v1/codes/${code.toLowerCase()}/redeem`, { orderId: 'A1', total: 42 });
    expect([redeemed.status, redeemed.body]).toEqual([
      200,
      expect.objectContaining({ code, status: 'redeemed', orderId: 'A1', discount: 4.2 }),
    ]);

    instance.travel(30 * 86_400_000);
    await instance.tick();
    const after = await messages();
    expect(after.length).toBe(2);
    expect(after[0].chain).toEqual(expect.objectContaining({ status: 'stopped', reason: 'redeemed' }));
  });
});
