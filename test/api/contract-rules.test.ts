import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

let instance: Instance;
let shop: ShopHandle;

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop();
});
afterAll(() => instance.close());

const LEAST = { name: 'Least', moment: 'exit', when: ['pages', '>=', 2], offer: { kind: 'percent', value: 10 } };

describe('rules', () => {
  it('need four fields and have these defaults', async () => {
    const { status, body } = await shop.call('POST', '/v1/rules', LEAST);
    expect([status, body]).toEqual([
      201,
      {
        ...LEAST,
        id: expect.any(String),
        version: 1,
        enabled: false,
        priority: 0,
        holdout: 0.1,
        flow: 'discount-reminder',
        variants: [],
        code: { mode: 'unique', reveal: 'email' },
        popup: { format: 'modal' },
        quietFor: { refused: '30d', shown: '1d' },
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
      },
    ]);
    const read = await shop.call('GET', `/v1/rules/${body.id}`);
    expect(read.body).toEqual(body);
    // As people look for them, however the database keeps them.
    expect(read.text).toMatch(/^\{"id":.*"name":.*"moment":.*"when":.*"offer":.*"flow":/);
  });

  it('keep an explicit value where there is a default', async () => {
    const change = { enabled: true, holdout: 0, priority: -5, code: { reveal: 'screen' }, quietFor: { shown: '2d' } };
    const { body } = await shop.call('POST', '/v1/rules', { ...LEAST, ...change });
    expect(body).toEqual(
      expect.objectContaining({
        ...change,
        code: { mode: 'unique', reveal: 'screen' },
        quietFor: { refused: '30d', shown: '2d' },
      }),
    );
  });

  it('name a flow that there is', async () => {
    const { status, body } = await shop.call('POST', '/v1/rules', { ...LEAST, flow: 'unknown' });
    expect([status, body.code, body.errors]).toEqual([
      422,
      'invalid',
      [{ path: 'flow', message: 'there is no flow "unknown"' }],
    ]);
  });

  it.each<[condition: unknown[], message: string]>([
    [['device', '=', 'phone'], 'must be one of mobile, tablet, desktop, tv, console, wearable, embedded, bot'],
    [
      ['device', 'in', ['mobile', 'pc']],
      'must be a list, each one of mobile, tablet, desktop, tv, console, wearable, embedded, bot',
    ],
    [['country', '=', 'Germany'], 'must be a country’s two letters such as DE'],
    [['country', 'notIn', ['DE', 'AUT']], 'must be a list, each a country’s two letters such as DE'],
    [['language', '!=', 'de-AT'], 'must be a language’s two letters such as en'],
    [['hour', '=', 24], 'must be a whole hour, 0 to 23'],
    [['hour', '>=', 24], 'must be a whole hour, 0 to 23'],
    [['hour', '>', 23], 'must be a whole hour, 0 to 23'],
    [['hour', '<', 0], 'must be a whole hour, 0 to 23'],
    [['weekday', '<=', 0], 'must be 1 (Monday) to 7 (Sunday)'],
    [['weekday', 'in', [6, 0]], 'must be a list, each 1 (Monday) to 7 (Sunday)'],
  ])('wait for nothing that never comes: %j', async (condition, message) => {
    const { status, body } = await shop.call('POST', '/v1/rules', { ...LEAST, when: { not: condition } });
    expect([status, body.errors]).toEqual([422, [{ path: 'when.not.2', message }]]);
  });

  it.each([
    [['device', 'in', ['Mobile', 'tablet']]],
    [['country', '=', 'de']],
    [['language', 'startsWith', 'e']],
    [['hour', '<', 24]],
    [['hour', '>=', 23]],
    [['weekday', '>=', 6]],
  ])('ask for what does: %j', async (when) => {
    expect((await shop.call('POST', '/v1/rules', { ...LEAST, when })).status).toBe(201);
  });

  const changes: [name: string, patch: Record<string, unknown>, holds: Record<string, unknown>][] = [
    ['one field, and leave the others', { priority: 7 }, { priority: 7, name: 'Full', holdout: 0.2 }],
    [
      'a field within an object',
      { offer: { value: 20 } },
      { offer: { kind: 'percent', value: 20, minOrder: 50, expiresIn: '7d' } },
    ],
    ['a field to nothing', { offer: { minOrder: null } }, { offer: { kind: 'percent', value: 10, expiresIn: '7d' } }],
    ['a field to its default', { holdout: null, priority: null }, { holdout: 0.1, priority: 0 }],
    ['a condition as a whole', { when: { any: [['carted', '>=', 1]] } }, { when: { any: [['carted', '>=', 1]] } }],
    ['a list as a whole', { variants: [{ key: 'only' }] }, { variants: [{ key: 'only', weight: 1 }] }],
    [
      'texts of one language, and leave the other’s',
      { popup: { texts: { ru: null } } },
      { popup: { format: 'modal', texts: { en: { title: 'Wait' } } } },
    ],
    ['nothing', {}, { name: 'Full' }],
  ];

  it.each(changes)('change %s', async (_name, patch, holds) => {
    const full = {
      ...LEAST,
      name: 'Full',
      holdout: 0.2,
      priority: 3,
      when: {
        all: [
          ['pages', '>=', 2],
          ['seconds', '>=', 20],
        ],
      },
      offer: { kind: 'percent', value: 10, minOrder: 50, expiresIn: '7d' },
      variants: [{ key: 'a' }, { key: 'b', weight: 2 }],
      popup: { texts: { en: { title: 'Wait' }, ru: { title: 'Постойте' } } },
    };
    const { body: before } = await shop.call('POST', '/v1/rules', full);
    const { status, body } = await shop.call('PATCH', `/v1/rules/${before.id}`, patch);
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ ...holds, id: before.id, version: 2, createdAt: before.createdAt }),
    ]);
    expect((await shop.call('GET', `/v1/rules/${before.id}`)).body).toEqual(body);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ name: null }, 'name'],
    [{ when: null }, 'when'],
    [{ offer: null }, 'offer'],
    [{ offer: { kind: null } }, 'offer.kind'],
    [{ offer: { value: null } }, 'offer.value'],
    [{ id: '00000000-0000-0000-0000-000000000000' }, 'id'],
    [{ version: 9 }, 'version'],
    [{ flow: 'unknown' }, 'flow'],
  ])('refuse the change %j and stay as they are', async (patch, path) => {
    const { body: before } = await shop.call('POST', '/v1/rules', LEAST);
    const { status, body } = await shop.call('PATCH', `/v1/rules/${before.id}`, patch);
    expect([status, body.errors[0].path]).toEqual([422, path]);
    expect((await shop.call('GET', `/v1/rules/${before.id}`)).body).toEqual(before);
  });
});

describe('flows', () => {
  it('are there from the first day: discount-reminder', async () => {
    const { body } = await shop.call('GET', '/v1/flows');
    expect(body.data.map((flow: { key: string; enabled: boolean }) => [flow.key, flow.enabled])).toContainEqual([
      'discount-reminder',
      true,
    ]);
  });

  it('need a key and steps and have these defaults', async () => {
    const { status, body } = await shop.call('POST', '/v1/flows', { key: 'least', steps: [{ send: 'offer' }] });
    expect([status, body]).toEqual([
      201,
      {
        key: 'least',
        state: 'live',
        name: 'least',
        enabled: true,
        purpose: 'marketing',
        entry: { on: 'offer_accepted' },
        steps: [{ send: 'offer' }],
        stopOn: ['redeemed', 'purchased', 'unsubscribed', 'code_expired'],
        version: 1,
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
      },
    ]);
  });

  it('refuse a key that is taken', async () => {
    const { status, body } = await shop.call('POST', '/v1/flows', {
      key: 'discount-reminder',
      steps: [{ send: 'offer' }],
    });
    expect([status, body.code, body.errors[0].path]).toEqual([409, 'exists', 'key']);
  });

  it('change field by field, their steps as a whole, their key never', async () => {
    await shop.call('POST', '/v1/flows', {
      key: 'changing',
      name: 'One',
      goal: { on: 'purchased', within: '7d' },
      steps: [{ send: 'offer' }, { wait: '1d' }, { send: 'reminder-1' }],
    });
    const patch = (body: unknown) => shop.call('PATCH', '/v1/flows/changing', body);
    expect((await patch({ name: 'Two', goal: null })).body).toEqual(
      expect.objectContaining({
        name: 'Two',
        version: 2,
        steps: [{ send: 'offer' }, { wait: '1d' }, { send: 'reminder-1' }],
      }),
    );
    expect((await shop.call('GET', '/v1/flows/changing')).body).not.toHaveProperty('goal');
    expect((await patch({ steps: [{ send: 'offer' }] })).body.steps).toEqual([{ send: 'offer' }]);
    const renamed = await patch({ key: 'renamed' });
    expect([renamed.status, renamed.body.errors[0].path]).toEqual([422, 'key']);
    expect((await patch({ steps: null })).body.errors).toEqual([{ path: 'steps', message: 'is required' }]);
  });

  it('stay while a rule names them', async () => {
    await shop.call('POST', '/v1/flows', { key: 'needed', steps: [{ send: 'offer' }] });
    const rule = await shop.addRule({ flow: 'needed' });
    const { status, body } = await shop.call('DELETE', '/v1/flows/needed');
    expect([status, body.code]).toEqual([409, 'in_use']);
    await shop.call('DELETE', `/v1/rules/${rule}`);
    expect((await shop.call('DELETE', '/v1/flows/needed')).status).toBe(204);
  });
});

describe('the shop', () => {
  it('changes what is named and nothing else', async () => {
    const one = await instance.openShop({ brand: { accent: '#0a7' }, privacyUrl: 'https://shop.example/privacy' });
    const { body: before } = await one.call('GET', '/v1/shop');
    const { status, body } = await one.call('PATCH', '/v1/shop', {
      name: 'Renamed',
      privacyUrl: null,
      sending: { dailyCap: null },
      sender: { name: 'Ann' },
    });
    expect([status, body]).toEqual([
      200,
      {
        ...before,
        name: 'Renamed',
        privacyUrl: null,
        sending: { ...before.sending, dailyCap: null },
        sender: { ...before.sender, name: 'Ann' },
      },
    ]);
    expect((await one.call('GET', '/v1/shop')).body).toEqual(body);
  });

  it('is where popups take their looks from, as far as a rule and its variants say nothing else', async () => {
    const picture = 'https://shop.example/workshop.jpg';
    const one = await instance.openShop({
      brand: { accent: '#0a7', radius: 4, font: 'humanist', picture, footer: 'Open' },
    });
    const looks = async () => {
      const [rule] = (await instance.call('GET', `/v1/config?shop=${one.siteKey}`)).body.rules;
      return [rule.popup, ...rule.variants.map(({ popup }: { popup?: unknown }) => popup)];
    };
    const { body } = await one.call('POST', '/v1/rules', {
      name: 'Branded',
      enabled: true,
      moment: 'exit',
      when: ['pages', '>=', 1],
      offer: { kind: 'percent', value: 10 },
      variants: [
        { key: 'a', weight: 1 },
        { key: 'b', weight: 1, popup: { format: 'slide' } },
        { key: 'c', weight: 1, popup: { theme: { radius: 20 } } },
      ],
    });
    const brand = { accent: '#0a7', radius: 4, font: 'humanist', picture };
    expect(await looks()).toEqual([
      { format: 'modal', theme: brand },
      undefined,
      { format: 'slide' },
      { theme: { ...brand, radius: 20 } },
    ]);
    const theme = { accent: '#123', side: 'left' };
    expect(
      (await one.call('PATCH', `/v1/rules/${body.id}`, { popup: { format: 'tab', theme } })).body.popup.theme,
    ).toEqual(theme);
    expect((await looks())[0]).toEqual({ format: 'tab', theme: { ...brand, ...theme } });
    await one.call('PATCH', '/v1/shop', { brand: { picture: null } });
    const { picture: _gone, ...rest } = brand;
    expect((await looks())[0]).toEqual({ format: 'tab', theme: { ...rest, ...theme } });
  });

  it('says how much its pages remember, whom they tell, and whether they keep a list for what is sold out', async () => {
    const one = await instance.openShop();
    const told = async () => {
      const { memory, outward, waitlist } = (await one.call('GET', '/v1/shop')).body;
      const { settings } = (await instance.call('GET', `/v1/config?shop=${one.siteKey}`)).body;
      expect(settings).toMatchObject({ memory, outward, waitlist });
      return [memory, outward, waitlist];
    };
    expect(await told()).toEqual(['full', true, true]);
    await one.call('PATCH', '/v1/shop', { memory: 'none', outward: false });
    expect(await told()).toEqual(['none', false, true]);
    await one.call('PATCH', '/v1/shop', { waitlist: false });
    expect(await told()).toEqual(['none', false, false]);
    // As a shop that was opened before these could be set has it.
    await instance.db.engine(
      ({ sql }) =>
        sql`update shop set settings = settings - 'memory' - 'outward' - 'waitlist' where site_key = ${one.siteKey}`,
    );
    expect(await told()).toEqual(['full', true, true]);
  });

  it('shows its secret key once', async () => {
    const { body } = await shop.call('GET', '/v1/shop');
    expect(body).not.toHaveProperty('secretKey');
    expect(body.siteKey).toBe(shop.siteKey);
  });
});
