import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, RULE, type ShopHandle, startInstance } from '../support/shop.ts';

describe('rules', () => {
  let instance: Instance;
  let shop: ShopHandle;

  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
  });
  afterAll(() => instance.close());

  const config = () => instance.call('GET', `/v1/config?shop=${shop.siteKey}`);
  const configured = async () => (await config()).body.rules.map((one: { id: string }) => one.id);
  const required = { name: 'Bare', moment: 'exit', when: ['pages', '>=', 1], offer: { kind: 'shipping' } };

  it('take the defaults for what is not said', async () => {
    const { status, body } = await shop.call('POST', '/v1/rules', required);
    expect([status, body]).toEqual([
      201,
      {
        ...required,
        id: expect.any(String),
        version: 1,
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
        enabled: false,
        priority: 0,
        code: { mode: 'unique', reveal: 'email' },
        popup: { format: 'modal' },
        quietFor: { refused: '30d', shown: '1d' },
        holdout: 0.1,
        variants: [],
        flow: 'discount-reminder',
      },
    ]);
    expect((await shop.call('GET', `/v1/rules/${body.id.toUpperCase()}`)).body).toEqual(body);
  });

  it('are changed by merge patch, but for the condition, which is replaced whole', async () => {
    const id = await shop.addRule({
      when: { all: [['pages', '>=', 2]] },
      quietFor: { shown: '2d' },
      code: { prefix: 'BACK' },
    });
    const { body } = await shop.call('PATCH', `/v1/rules/${id}`, {
      when: { any: [['seconds', '>', 9]] },
      code: { prefix: null },
      holdout: 0.2,
    });
    expect(body).toMatchObject({
      version: 2,
      when: { any: [['seconds', '>', 9]] },
      quietFor: { refused: '30d', shown: '2d' },
      holdout: 0.2,
    });
    expect([body.when, body.code]).toEqual([{ any: [['seconds', '>', 9]] }, { mode: 'unique', reveal: 'email' }]);
  });

  it('lose no change when two are made at once', async () => {
    const id = await shop.addRule();
    const changes = Array.from({ length: 8 }, (_, index) => ({
      popup: { texts: { [`x${'abcdefgh'[index]}`]: { title: `${index}` } } },
    }));
    await Promise.all(changes.map((change) => shop.call('PATCH', `/v1/rules/${id}`, change)));
    const { body } = await shop.call('GET', `/v1/rules/${id}`);
    expect([body.version, Object.keys(body.popup.texts)]).toEqual([9, expect.objectContaining({ length: 8 })]);
  });

  it('are refused as a whole when any part is wrong, and stay as they were', async () => {
    const id = await shop.addRule();
    for (const [patch, path] of [
      [{ offer: { value: 120 } }, 'offer.value'],
      [{ when: ['pages', 'near', 1] }, 'when'],
      [{ flow: 'nowhere' }, 'flow'],
      [{ name: null }, 'name'],
      [{ id: 'x' }, ''],
    ] as const) {
      const { status, body } = await shop.call('PATCH', `/v1/rules/${id}`, patch);
      expect([status, body.errors[0].path]).toEqual([422, expect.stringMatching(new RegExp(`^${path}`))]);
    }
    expect((await shop.call('GET', `/v1/rules/${id}`)).body).toMatchObject({ ...RULE, version: 1 });
    expect((await shop.call('POST', '/v1/rules', { ...RULE, flow: 'nowhere' })).status).toBe(422);
  });

  it.each([
    ['that gives less', { offer: { tiers: [{ from: 50, kind: 'percent', value: 5 }] } }, 'offer.tiers.0.value'],
    [
      'that begins below the one before',
      {
        offer: {
          tiers: [
            { from: 50, kind: 'percent', value: 15 },
            { from: 40, kind: 'percent', value: 20 },
          ],
        },
      },
      'offer.tiers.1.from',
    ],
    [
      'that begins below the smallest order',
      { offer: { minOrder: 50, tiers: [{ from: 50, kind: 'percent', value: 15 }] } },
      'offer.tiers.0.from',
    ],
    [
      'that takes less than a percent does',
      { offer: { tiers: [{ from: 50, kind: 'fixed', value: 5 }] } },
      'offer.tiers.0.value',
    ],
    ['of a kind that is no discount', { offer: { tiers: [{ from: 50, kind: 'gift' }] } }, 'offer.tiers.0.kind'],
    ['without its value', { offer: { tiers: [{ from: 50, kind: 'fixed' }] } }, 'offer.tiers.0.value'],
    [
      'of free shipping with a value',
      { offer: { tiers: [{ from: 50, kind: 'shipping', value: 5 }] } },
      'offer.tiers.0.value',
    ],
    [
      'of free shipping twice',
      {
        offer: {
          tiers: [
            { from: 50, kind: 'shipping' },
            { from: 60, kind: 'shipping' },
          ],
        },
      },
      'offer.tiers.1.kind',
    ],
    [
      'of free shipping where that is the offer',
      { offer: { kind: 'shipping', value: null, tiers: [{ from: 50, kind: 'shipping' }] } },
      'offer.tiers.0.kind',
    ],
    [
      'for a gift',
      { offer: { kind: 'gift', value: null, gift: 'Mug', tiers: [{ from: 50, kind: 'fixed', value: 5 }] } },
      'offer.tiers',
    ],
    [
      'that a variant’s value overtakes',
      {
        offer: { tiers: [{ from: 50, kind: 'percent', value: 15 }] },
        variants: [{ key: 'a', offer: { value: 15 } }],
      },
      'variants.0.offer.tiers.0.value',
    ],
    [
      'beside a discount that finds its size by itself',
      { offer: { tiers: [{ from: 50, kind: 'percent', value: 15 }] }, adaptive: { values: [5, 10] } },
      'offer.tiers',
    ],
  ])('have no tier %s', async (_name, change, path) => {
    const id = await shop.addRule();
    const { status, body } = await shop.call('PATCH', `/v1/rules/${id}`, change);
    expect([status, body.errors?.[0].path]).toEqual([422, path]);
  });

  it('are gone when deleted, from pages too', async () => {
    const id = await shop.addRule();
    expect(await configured()).toContain(id);
    expect((await shop.call('DELETE', `/v1/rules/${id}`)).status).toBe(204);
    for (const method of ['GET', 'DELETE'] as const)
      expect((await shop.call(method, `/v1/rules/${id}`)).status).toBe(404);
    expect(await configured()).not.toContain(id);
  });

  it('are another shop’s secret', async () => {
    const id = await shop.addRule();
    const other = await instance.openShop({ origins: ['https://other.example'] });
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { enabled: false }],
      ['DELETE', undefined],
    ] as const) {
      expect((await other.call(method, `/v1/rules/${id}`, body)).status).toBe(404);
    }
    expect((await other.call('GET', '/v1/rules')).body.data).toEqual([]);
  });

  it('reach pages while they and their flow are on, the highest priority first, without what pages need not know', async () => {
    await shop.call('POST', '/v1/flows', { key: 'quiet', steps: [{ send: 'offer' }] });
    const [low, high, stopped] = [
      await shop.addRule({ priority: -1 }),
      await shop.addRule({ priority: 9 }),
      await shop.addRule({ flow: 'quiet' }),
    ];
    expect(await configured()).toContain(stopped);
    await shop.call('PATCH', '/v1/flows/quiet', { enabled: false });
    const ids = await configured();
    expect([ids[0], ids.at(-1), ids.includes(stopped)]).toEqual([high, low, false]);
    const { text, headers } = await config();
    expect(text).not.toMatch(/holdout|discount-reminder|Leaving|sender|secret/);
    expect([headers.get('access-control-allow-origin'), headers.get('cache-control')]).toEqual([
      '*',
      'public, max-age=60',
    ]);
    const cached = await instance.call('GET', `/v1/config?shop=${shop.siteKey}`, undefined, {
      'if-none-match': headers.get('etag') ?? '',
    });
    expect([cached.status, cached.text]).toEqual([304, '']);
  });
});
