/** What the pages on opinions show is taken as it stands. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDoc } from '../support/docs.ts';
import { type Instance, startInstance } from '../support/shop.ts';
import { writeReview } from '../support/write-review.ts';

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.close());

describe.each(['opinions.md', 'opinions.ru.md'])('what docs/%s shows', (name) => {
  const text = readDoc(name);

  it('is flows that can be added', async () => {
    const shop = await instance.openShop();
    const flows = [...text.matchAll(/```json\n(\{\n {2}"key"[\s\S]*?)\n```/g)].map(([, json = '']) => JSON.parse(json));
    expect(flows).toHaveLength(2);
    for (const flow of flows) {
      const { status, body } = await shop.call('POST', '/v1/flows', flow);
      expect([status, body.errors]).toEqual([201, undefined]);
    }
  });

  it('publishes a review, and shows it to pages', async () => {
    const shop = await instance.openShop();
    const id = await writeReview(instance, shop.id, { itemId: 'cup' });
    const [, method = '', path = '', json = ''] =
      /curl -X (\w+) https:\/\/linger\.example(\S+) .*-d '(.*)'/.exec(text) ?? [];
    expect((await shop.call(method, path.replace('$REVIEW', id), JSON.parse(json))).status).toBe(200);
    const [, address = ''] = /fetch\(`https:\/\/linger\.example(.*?)`\)/.exec(text) ?? [];
    const { body } = await instance.call(
      'GET',
      address.replaceAll('${', '{').replace('{siteKey}', shop.siteKey).replace('{id}', 'cup'),
    );
    expect(body).toMatchObject({ count: 1, average: 5, data: [{ author: 'Ann' }] });
  });

  it('is calls that are answered', async () => {
    const shop = await instance.openShop();
    const paths = [...text.matchAll(/^curl "https:\/\/linger\.example([^"]+)"/gm)].map(([, path = '']) => path);
    expect(paths).toHaveLength(2);
    for (const path of paths) expect([path, (await shop.call('GET', path)).status]).toEqual([path, 200]);
  });

  it('begins a flow', async () => {
    const shop = await instance.openShop();
    const [, entry = ''] = /`(\{"on": "nps_answered".*?\})`/.exec(text) ?? [];
    const flow = { key: 'critics', entry: JSON.parse(entry), steps: [{ notify: 'Call them' }] };
    expect((await shop.call('POST', '/v1/flows', flow)).status).toBe(201);
  });
});
