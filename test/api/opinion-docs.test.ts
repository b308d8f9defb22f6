/** What the pages on opinions show is taken as it stands. */

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, startInstance } from '../support/shop.ts';

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.close());

describe.each(['opinions.md', 'opinions.ru.md'])('what docs/%s shows', (name) => {
  const text = readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

  it('is a flow that can be added', async () => {
    const shop = await instance.openShop();
    const [, json = ''] = /```json\n(\{\n {2}"key"[\s\S]*?)\n```/.exec(text) ?? [];
    const { status, body } = await shop.call('POST', '/v1/flows', JSON.parse(json));
    expect([status, body.errors]).toEqual([201, undefined]);
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
