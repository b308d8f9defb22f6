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
});
