import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

describe('what an experiment gives a visitor', () => {
  let instance: Instance;
  let shop: ShopHandle;
  let chance: number[] = [];

  beforeAll(async () => {
    instance = await startInstance({ random: () => chance.shift() ?? 0.5 });
    shop = await instance.openShop();
  });
  afterAll(() => instance.close());

  const variants = [
    { key: 'a', weight: 1 },
    { key: 'b', weight: 3, offer: { value: 5 } },
  ];

  /** The arm of a new visitor when chance falls so. */
  async function armOf(rule: string, ...falls: number[]): Promise<string | null> {
    chance = falls;
    const { body } = await newBrowser(shop).look();
    return body.visitor.arms[rule];
  }

  async function onlyRule(change: Record<string, unknown>): Promise<string> {
    const { body } = await shop.call('GET', '/v1/rules');
    for (const { id } of body.data) await shop.call('DELETE', `/v1/rules/${id}`);
    return shop.addRule(change);
  }

  it('is the holdout with the rule’s probability', async () => {
    const rule = await onlyRule({ holdout: 0.1, variants });
    expect(await armOf(rule, 0.0999)).toBe('holdout');
    expect(await armOf(rule, 0.1)).toBe('a');
  });

  it('is a variant by weight, and null where there are none', async () => {
    const rule = await onlyRule({ holdout: 0, variants });
    expect([await armOf(rule, 0), await armOf(rule, 0.249), await armOf(rule, 0.25), await armOf(rule, 0.999)]).toEqual(
      ['a', 'a', 'b', 'b'],
    );
    expect(await armOf(await onlyRule({ holdout: 0 }), 0)).toBe(null);
  });

  it('is drawn once: neither a reload nor a new visit haggles', async () => {
    const rule = await onlyRule({ holdout: 0.5, variants });
    chance = [0.9];
    const ann = newBrowser(shop);
    expect((await ann.look()).body.visitor.arms[rule]).toBe('b');
    chance = [0, 0, 0, 0];
    expect((await ann.look()).body.visitor.arms[rule]).toBe('b');
    expect((await newBrowser(shop, { visitor: ann.visitor }).look()).body.visitor.arms[rule]).toBe('b');
    const tabs = await Promise.all(Array.from({ length: 6 }, () => ann.look()));
    expect(new Set(tabs.map(({ body }) => body.visitor.arms[rule]))).toEqual(new Set(['b']));
  });

  it('may be another moment, or an offer of another kind', async () => {
    const rule = await onlyRule({
      holdout: 0,
      code: { reveal: 'screen' },
      variants: [
        { key: 'idle', moment: 'idle' },
        { key: 'free', offer: { kind: 'shipping' } },
        { key: 'plain', offer: { kind: 'none' } },
      ],
    });
    const { rules } = (await instance.call('GET', `/v1/config?shop=${shop.siteKey}`)).body;
    expect(rules[0].variants.map(({ moment, offer }: Record<string, unknown>) => [moment, offer])).toEqual([
      ['idle', undefined],
      [undefined, { kind: 'shipping' }],
      [undefined, { kind: 'none' }],
    ]);
    chance = [0.4];
    const free = newBrowser(shop);
    await free.look();
    const { body } = await free.claim(rule, { email: 'free@example.com' });
    expect((await shop.call('GET', `/v1/codes/${body.code}`)).body.offer).toEqual({
      kind: 'shipping',
      expiresIn: '7d',
    });
    chance = [0.9];
    const plain = newBrowser(shop);
    await plain.look();
    const answer = await plain.claim(rule, { email: 'plain@example.com' });
    expect([answer.status, answer.body.code]).toEqual([200, undefined]);
  });

  it('is stored with the rule’s version and the chance it had, and none where it was taken over', async () => {
    const rule = await onlyRule({ holdout: 0.2, variants });
    const rows = () =>
      instance.db.engine(
        ({ sql }) => sql`select arm, rule_version, probability from arm where rule_id = ${rule} order by drawn_at, arm`,
      );
    await armOf(rule, 0.3);
    await shop.call('PATCH', `/v1/rules/${rule}`, { holdout: 0.5 });
    await armOf(rule, 0.1);
    expect(await rows()).toEqual([
      { arm: 'a', ruleVersion: 1, probability: expect.closeTo(0.2, 6) },
      { arm: 'holdout', ruleVersion: 2, probability: 0.5 },
    ]);
  });

  it('beats the variant that the page names', async () => {
    const rule = await onlyRule({ holdout: 0, variants, code: { reveal: 'screen' } });
    chance = [0.9];
    const ann = newBrowser(shop);
    await ann.look();
    const { body } = await ann.claim(rule, { variant: 'a', email: 'beats@example.com' });
    expect((await shop.call('GET', `/v1/codes/${body.code}`)).body.offer.value).toBe(5);
  });

  it('holds a claim out too, also when the visit was never sent and the claim draws', async () => {
    const rule = await onlyRule({ holdout: 0.5 });
    const events = [{ type: 'page_view', at: 1, url: 'https://shop.example/', path: '/' }];
    chance = [0.4];
    const held = newBrowser(shop);
    expect((await held.claim(rule, { events })).body.code).toBe('holdout');
    expect((await held.claim(rule, {})).body.code).toBe('holdout');
    chance = [0.6];
    expect((await newBrowser(shop).claim(rule, { events, email: 'drawn@example.com' })).status).toBe(200);
  });

  it('goes with a person who is known to their next browser', async () => {
    const rule = await onlyRule({ holdout: 0, variants });
    const email = 'both@example.com';
    const proof = createHmac('sha256', shop.identitySecret).update(email).digest('hex');
    await shop.call('POST', '/v1/orders', {
      id: 'E1',
      status: 'paid',
      email,
      total: 1,
      currency: 'EUR',
      placedAt: new Date(0).toISOString(),
    });
    chance = [0.9];
    const phone = newBrowser(shop);
    expect((await phone.send([{ type: 'identify', email, proof }])).body.visitor.arms[rule]).toBe('b');
    chance = [0];
    const laptop = newBrowser(shop);
    expect((await laptop.send([{ type: 'identify', email, proof }])).body.visitor.arms[rule]).toBe('b');
  });
});
