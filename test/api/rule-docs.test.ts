import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VISIT_FACTS } from '../../core/visits/facts.ts';
import { jsonBlocks, readDoc } from '../support/docs.ts';
import { type Instance, RULE, type ShopHandle, startInstance } from '../support/shop.ts';

describe.each(['rules.md', 'rules.ru.md'])('what docs/%s shows', (name) => {
  let instance: Instance;
  let shop: ShopHandle;

  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
    await shop.call('POST', '/v1/segments', { key: 'loyal', condition: ['orders', '>=', 2] });
  });
  afterAll(() => instance.close());

  const text = readDoc(name);

  it('is rules that work', async () => {
    const blocks = jsonBlocks(text);
    expect(blocks.length).toBeGreaterThan(0);
    for (const rule of blocks) {
      const { status, body } = await shop.call('POST', '/v1/rules', rule);
      expect([body.errors, status]).toEqual([undefined, 201]);
      expect(body).toMatchObject(rule);
    }
  });

  it('is conditions that work', async () => {
    const conditions = [...text.matchAll(/\| `(.+)` \|$/gm)].flatMap(([, found = '']) => found.split('`, `'));
    expect(conditions.length).toBeGreaterThan(6);
    for (const condition of conditions) {
      const { status } = await shop.call('POST', '/v1/rules', { ...RULE, when: JSON.parse(condition) });
      expect([condition, status]).toEqual([condition, 201]);
    }
  });

  it('is a limit that works', async () => {
    const [, body = ''] = /PATCH \/v1\/shop (\{.*\})`/.exec(text) ?? [];
    expect((await shop.call('PATCH', '/v1/shop', JSON.parse(body))).body.limits.offersPerVisitor).toEqual({
      count: 3,
      days: 7,
    });
  });
});

it('docs/rules.md names every fact', () => {
  const listed = /The facts: (.*?)\. Days/s.exec(readDoc('rules.md'))?.[1]?.replace(/`/g, '').split(/\s+/);
  expect(listed?.sort()).toEqual(Object.keys(VISIT_FACTS).sort());
});
