import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, RULE, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

describe('versions of a rule', () => {
  let instance: Instance;
  let shop: ShopHandle;

  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
  });
  afterAll(() => instance.close());

  const patch = (id: string, body: unknown, headers = {}) => shop.call('PATCH', `/v1/rules/${id}`, body, headers);
  const versions = async (id: string, query = '') => (await shop.call('GET', `/v1/rules/${id}/versions${query}`)).body;

  it('are all kept, the latest first', async () => {
    const id = await shop.addRule({ name: 'One' });
    await patch(id, { name: 'Two', pages: { include: ['/sale'] } });
    await patch(id, { name: 'Three', pages: null });
    const { data, next } = await versions(id);
    expect(next).toBe(null);
    expect(data).toMatchObject([
      { id, version: 3, name: 'Three', createdAt: expect.any(String) },
      { version: 2, name: 'Two', pages: { include: ['/sale'] } },
      { ...RULE, version: 1, name: 'One' },
    ]);
    expect(data[0]).not.toHaveProperty('pages');
  });

  it('are read a page at a time', async () => {
    const id = await shop.addRule();
    for (let priority = 1; priority < 5; priority += 1) await patch(id, { priority });
    const numbers = async (query: string) => {
      const { data, next } = await versions(id, query);
      return [data.map(({ version }: { version: number }) => version), next];
    };
    expect(await numbers('?limit=2')).toEqual([[5, 4], '4']);
    expect(await numbers('?limit=2&before=4')).toEqual([[3, 2], '2']);
    expect(await numbers('?limit=2&before=2')).toEqual([[1], null]);
    for (const wrong of ['limit=0', 'limit=101', 'limit=x', 'before=0', 'before=1.5'])
      expect([wrong, (await shop.call('GET', `/v1/rules/${id}/versions?${wrong}`)).status]).toEqual([wrong, 422]);
  });

  it('let a change be made only to what was seen', async () => {
    const id = await shop.addRule();
    const { headers } = await shop.call('GET', `/v1/rules/${id}`);
    expect(headers.get('etag')).toBe('"1"');
    const first = await patch(id, { priority: 1 }, { 'if-match': '"1"' });
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"2"']);
    for (const seen of ['"1"', '"3"', 'W/"2"', '2', 'nonsense', '']) {
      const { status, body } = await patch(id, { priority: 9 }, { 'if-match': seen });
      expect([seen, status, body.code]).toEqual([seen, 409, 'version_mismatch']);
    }
    for (const seen of ['"2"', '"1", "3"', '*'])
      expect((await patch(id, { name: seen }, { 'if-match': seen })).status).toBe(200);
    expect((await shop.call('GET', `/v1/rules/${id}`)).body).toMatchObject({ version: 5, priority: 1 });
    const remove = (seen: string) => shop.call('DELETE', `/v1/rules/${id}`, undefined, { 'if-match': seen });
    expect([(await remove('"4"')).status, (await remove('"5"')).status]).toEqual([409, 204]);
  });

  it('let one of many who change at once win', async () => {
    const id = await shop.addRule();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, priority) => patch(id, { priority }, { 'if-match': '"1"' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)]);
    expect((await versions(id)).data).toHaveLength(2);
  });

  it('are not made by what is refused', async () => {
    const id = await shop.addRule();
    await patch(id, { offer: { value: 200 } });
    expect((await versions(id)).data).toHaveLength(1);
  });

  it('stand in each decision', async () => {
    const id = await shop.addRule();
    await patch(id, { priority: 3 });
    const browser = newBrowser(shop);
    await browser.look();
    await browser.claim(id);
    const { decisions } = (await shop.call('GET', `/v1/visits/${browser.visit}`)).body;
    expect(decisions).toMatchObject([{ rule: id, version: 2, outcome: 'accepted' }]);
  });

  it('of another shop, and of a rule that is gone, are not found', async () => {
    const id = await shop.addRule();
    const other = await instance.openShop({ origins: ['https://other.example'] });
    expect((await other.call('GET', `/v1/rules/${id}/versions`)).status).toBe(404);
    await shop.call('DELETE', `/v1/rules/${id}`);
    expect((await shop.call('GET', `/v1/rules/${id}/versions`)).status).toBe(404);
    expect((await shop.call('GET', '/v1/rules/nonsense/versions')).status).toBe(404);
  });
});
