import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECIPES } from '../../core/recipes/all.ts';
import { readDoc } from '../support/docs.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

describe('recipes', () => {
  let instance: Instance;
  let shop: ShopHandle;
  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
  });
  afterAll(() => instance.close());

  it('are listed with what the shop has already', async () => {
    const { status, body } = await shop.call('GET', '/v1/flows/recipes');
    expect(status).toBe(200);
    const { data } = body as { data: { key: string; added: boolean; names: object; needs: string[] }[] };
    expect(data.map(({ key }) => key)).toEqual(RECIPES.map(({ key }) => key));
    expect(data.filter(({ added }) => added).map(({ key }) => key)).toEqual(['discount-reminder']);
  });

  it.each(RECIPES.filter(({ key }) => key !== 'discount-reminder'))(
    '$key is switched on with one call',
    async (recipe) => {
      const { status, body } = await shop.call('POST', '/v1/flows', { recipe: recipe.key });
      expect([status, body]).toMatchObject([201, { key: recipe.key, steps: recipe.flow.steps, enabled: true }]);
      const scenarios = (await shop.call('GET', `/v1/flows/${recipe.key}/scenarios`)).body as unknown as {
        data: { name: string; unmet: unknown[] }[];
      };
      expect(scenarios.data.map(({ name }) => name)).toEqual(Object.keys(recipe.scenarios).sort());
      expect(scenarios.data.filter(({ unmet }) => unmet.length > 0)).toEqual([]);
      const again = await shop.call('POST', '/v1/flows', { recipe: recipe.key });
      expect([again.status, again.body.code]).toEqual([409, 'exists']);
    },
  );

  it('takes another key and whatever else is to be different', async () => {
    const { status, body } = await shop.call('POST', '/v1/flows', {
      recipe: 'abandoned-cart',
      key: 'big-carts',
      name: 'Big carts',
      enabled: false,
      entry: { after: '30m' },
      priority: null,
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ key: 'big-carts', name: 'Big carts', enabled: false });
    expect(body.entry).toEqual({ on: 'cart_abandoned', after: '30m' });
    expect(body).not.toHaveProperty('priority');
  });

  it('is named in the shop’s language', async () => {
    const russian = await instance.openShop({ locale: 'ru' });
    const { body } = await russian.call('POST', '/v1/flows', { recipe: 'welcome' });
    expect(body.name).toBe('Приветствие');
    const { text } = await russian.call('POST', '/v1/flows', { recipe: 'nps' });
    expect(text).toContain('Покупатель не порекомендовал бы магазин.');
    expect(text).not.toContain('would not recommend');
  });

  it('names those that there are to who asks for another', async () => {
    const { status, body } = await shop.call('POST', '/v1/flows', { recipe: 'magic' });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      { path: 'recipe', message: `must be one of ${RECIPES.map(({ key }) => key).join(', ')}` },
    ]);
  });

  it('says where an override is wrong', async () => {
    const { status, body } = await shop.call('POST', '/v1/flows', {
      recipe: 'nps',
      key: 'other',
      steps: [{ send: 'nothing' }],
    });
    expect([status, body.errors]).toMatchObject([422, [{ path: 'steps.0.send' }]]);
  });
});

describe.each([
  ['recipes.md', 'en'],
  ['recipes.ru.md', 'ru'],
] as const)('docs/%s', (name, locale) => {
  const text = readDoc(name);

  it('lists every recipe by what it does', () => {
    const rows = [...text.matchAll(/^\| `([a-z-]+)` \| (.*?) \|/gm)].map(([, key, about]) => [key, about]);
    expect(rows).toEqual(RECIPES.map((recipe) => [recipe.key, recipe.about[locale]]));
  });

  it('shows calls that work', async () => {
    const instance = await startInstance();
    try {
      const shop = await instance.openShop();
      const bodies = [...text.matchAll(/-d '(.*?)'$/gm)].map(([, body = '']) => JSON.parse(body));
      expect(bodies).toHaveLength(2);
      for (const body of bodies) expect((await shop.call('POST', '/v1/flows', body)).status).toBe(201);
    } finally {
      await instance.close();
    }
  });
});
