import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../api/app.ts';
import { WARM_UP_SCHEDULE } from '../../core/letters/warm-up.ts';
import { jsonBlocks, readDoc } from '../support/docs.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

describe.each(['delivery.md', 'delivery.ru.md'])('what docs/%s shows', (name) => {
  let instance: Instance;
  let shop: ShopHandle;
  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
  });
  afterAll(() => instance.close());

  const text = readDoc(name);
  const [warmUp, pace, holdout] = jsonBlocks(text);

  it('is settings that work', async () => {
    expect((await shop.call('PATCH', '/v1/shop', warmUp)).body.sending.warmUp).toBe(true);
    expect((await shop.call('PATCH', '/v1/shop', pace)).body.limits.lettersPerSecond).toBe(10);
  });

  it('is a holdout that works', async () => {
    const flow = { key: 'welcome', entry: { on: 'subscribed' }, steps: [{ send: 'reminder-1' }] };
    await shop.call('POST', '/v1/flows', flow);
    expect((await shop.call('PATCH', '/v1/flows/welcome', holdout)).body.holdout).toBe(0.1);
  });

  it('is calls that there are, and one that works as it is written', async () => {
    const told = [...text.matchAll(/`(GET|PATCH) (\/v1\/[a-z/:-]+)/g)].map(([, verb, path]) => `${verb} ${path}`);
    const mounted = ENDPOINTS.map(({ spec }) => `${spec.method.toUpperCase()} ${spec.path}`);
    expect(told.length).toBeGreaterThan(5);
    expect(told.filter((call) => !mounted.includes(call))).toEqual([]);
    const [, path = ''] = /curl "https:\/\/linger\.example([^"]+)"/.exec(text) ?? [];
    expect((await shop.call('GET', path)).status).toBe(200);
  });

  it('is a mailbox that hands its mail on', async () => {
    const [, keys = ''] = /-X PATCH https:\/\/linger\.example\/v1\/shop .*? -d '(.*?)'$/m.exec(text) ?? [];
    expect((await shop.call('PATCH', '/v1/shop', JSON.parse(keys))).body.integrations.smtp).toEqual({
      connected: true,
    });
    const [, path = '', login = ''] = /@bounce\.eml https:\/\/linger\.example(\S+) -u (\S+)/.exec(text) ?? [];
    const authorization = `Basic ${btoa(login)}`;
    const { status, body } = await instance.call('POST', path.replace('$SHOP_ID', shop.id), 'Subject: x', {
      authorization,
    });
    expect([status, body]).toEqual([200, { heard: false }]);
  });

  it('is the schedule as it is kept', () => {
    const plain = text.replace(/(\d)[,\u00a0 ](\d{3})\b/g, '$1$2');
    for (const cap of WARM_UP_SCHEDULE) expect(plain).toMatch(new RegExp(`\\b${cap}\\b`));
  });
});
