import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

const HOUR = 3_600_000;

describe('flows', () => {
  let instance: Instance;
  let shop: ShopHandle;

  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop({ sending: { quietHours: null, dailyCap: null } });
  });
  afterAll(() => instance.close());

  const steps = [{ send: 'offer' }, { wait: '1h' }, { send: 'reminder-1' }];
  const trail = async (email: string) =>
    (await shop.call('GET', `/v1/messages?contact=${email}`)).body.data.map(
      (one: { letter: string; status: string }) => `${one.letter} ${one.status}`,
    );

  async function enter(flow: string, email: string): Promise<void> {
    const rule = await shop.addRule({ flow });
    const browser = newBrowser(shop);
    await browser.look();
    await browser.claim(rule, { email });
    await instance.tick();
  }

  it('begin with the reminders until the code is used', async () => {
    const { data } = (await shop.call('GET', '/v1/flows')).body;
    expect(data.map((one: { key: string; enabled: boolean }) => [one.key, one.enabled])).toEqual([
      ['discount-reminder', true],
    ]);
  });

  it('take the defaults for what is not said, and a taken key is told', async () => {
    const { status, body } = await shop.call('POST', '/v1/flows', { key: 'defaults', steps });
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({
        key: 'defaults',
        name: 'defaults',
        enabled: true,
        purpose: 'marketing',
        entry: { on: 'offer_accepted' },
        version: 1,
        steps,
        stopOn: ['redeemed', 'purchased', 'unsubscribed', 'code_expired'],
      }),
    ]);
    const taken = await shop.call('POST', '/v1/flows', { key: 'defaults', steps });
    expect([taken.status, taken.body.code]).toEqual([409, 'exists']);
  });

  it('are changed by merge patch, as a new version, and keep their key', async () => {
    await shop.call('POST', '/v1/flows', { key: 'changing', steps });
    expect((await shop.call('PATCH', '/v1/flows/changing', { name: 'New' })).body).toMatchObject({
      name: 'New',
      version: 2,
      steps,
    });
    expect((await shop.call('PATCH', '/v1/flows/changing', { key: 'other' })).body.errors[0].path).toBe('key');
    expect((await shop.call('PATCH', '/v1/flows/changing', { steps: [] })).status).toBe(422);
    expect((await shop.call('PATCH', '/v1/flows/nowhere', { name: 'x' })).status).toBe(404);
    await Promise.all([1, 2, 3, 4].map((index) => shop.call('PATCH', '/v1/flows/changing', { name: `N${index}` })));
    expect((await shop.call('GET', '/v1/flows/changing')).body.version).toBe(6);
  });

  it('leave people who are on their way on the version they began with', async () => {
    await shop.call('POST', '/v1/flows', { key: 'pinned', steps });
    await enter('pinned', 'old@example.com');
    await shop.call('PATCH', '/v1/flows/pinned', {
      steps: [{ send: 'offer' }, { wait: '1h' }, { send: 'last-chance' }],
    });
    await enter('pinned', 'new@example.com');
    instance.travel(HOUR + 1_000);
    await instance.tick();
    expect([await trail('old@example.com'), await trail('new@example.com')]).toEqual([
      ['offer sent', 'reminder-1 sent'],
      ['offer sent', 'last-chance sent'],
    ]);
  });

  it('switched off hold everybody where they are, and go on when switched on', async () => {
    await shop.call('POST', '/v1/flows', { key: 'held', steps });
    await enter('held', 'held@example.com');
    await shop.call('PATCH', '/v1/flows/held', { enabled: false });
    instance.travel(2 * HOUR);
    await instance.tick();
    expect(await trail('held@example.com')).toEqual(['offer sent']);
    await shop.call('PATCH', '/v1/flows/held', { enabled: true });
    await instance.tick();
    expect(await trail('held@example.com')).toEqual(['offer sent', 'reminder-1 sent']);
  });

  it('are removed once no rule names them, and their key may be used again', async () => {
    await shop.call('POST', '/v1/flows', { key: 'gone', steps });
    const rule = await shop.addRule({ flow: 'gone' });
    const used = await shop.call('DELETE', '/v1/flows/gone');
    expect([used.status, used.body.code]).toEqual([409, 'in_use']);
    await shop.call('DELETE', `/v1/rules/${rule}`);
    expect((await shop.call('DELETE', '/v1/flows/gone')).status).toBe(204);
    expect((await shop.call('GET', '/v1/flows/gone')).status).toBe(404);
    expect((await shop.call('POST', '/v1/flows', { key: 'gone', steps })).body.version).toBe(2);
  });

  it('are another shop’s secret', async () => {
    await shop.call('POST', '/v1/flows', { key: 'mine', steps });
    const other = await instance.openShop({ origins: ['https://other.example'] });
    expect((await other.call('GET', '/v1/flows/mine')).status).toBe(404);
    expect((await other.call('POST', '/v1/flows', { key: 'mine', steps })).status).toBe(201);
  });
});
