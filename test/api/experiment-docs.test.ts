import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../api/app.ts';
import { jsonBlocks, readDoc } from '../support/docs.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

describe.each(['experiments.md', 'experiments.ru.md'])('what docs/%s shows', (name) => {
  let instance: Instance;
  let shop: ShopHandle;

  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
  });
  afterAll(() => instance.close());

  const text = readDoc(name);

  it('is rules that work', async () => {
    const blocks = jsonBlocks(text);
    expect(blocks).toHaveLength(2);
    for (const rule of blocks) {
      const { status, body } = await shop.call('POST', '/v1/rules', rule);
      expect([body.errors, status]).toEqual([undefined, 201]);
      expect(body).toMatchObject(rule);
    }
  });

  it('is a margin that works', async () => {
    const [, body = ''] = /PATCH \/v1\/shop (\{.*\})`/.exec(text) ?? [];
    const answer = await shop.call('PATCH', '/v1/shop', JSON.parse(body));
    expect([answer.status, answer.body.margin]).toEqual([200, 0.35]);
  });

  it('is reports that there are', () => {
    const told = [...text.matchAll(/`GET (\/v1\/[a-z/-]+)/g)].map(([, path]) => path);
    const mounted = ENDPOINTS.map(({ spec }) => spec.path);
    expect(told.length).toBe(2);
    expect(told.filter((path) => !mounted.includes(path ?? ''))).toEqual([]);
  });
});
