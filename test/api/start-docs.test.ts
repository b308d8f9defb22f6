import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callsOf, jsonBlocks, readDoc } from '../support/docs.ts';
import { ADMIN_KEY, type Answered, type Instance, ORIGIN, RULE, startInstance } from '../support/shop.ts';
import { TEAPOT } from '../support/visitor.ts';

describe.each(['start.md', 'start.ru.md', '../README.md', '../README.ru.md'])('the way that docs/%s shows', (name) => {
  let instance: Instance;
  beforeAll(async () => {
    instance = await startInstance();
  });
  afterAll(() => instance.close());

  it('can be gone from the first call to the last', async () => {
    const visit = '0e3c2f4a-7b7b-4f7e-8a53-6f1f5f6a2d22';
    const known: Record<string, string> = { ADMIN_KEY, VISIT: visit };
    const calls = callsOf(readDoc(name));
    expect(calls.length).toBeGreaterThan(1);
    for (const { method, path, key, body } of calls) {
      const address = path.replace(/\$(\w+)/g, (_, variable) => known[variable] ?? `no ${variable}`);
      const answer: Answered = await instance.call(method, address, body, { authorization: `Bearer ${known[key]}` });
      expect([method, address, answer.status < 300, answer.body]).toEqual([method, address, true, answer.body]);
      if (path === '/v1/shops') {
        known.SECRET_KEY = answer.body.secretKey;
        // The tag is in the page by now.
        const events = [{ type: 'view_item', at: Date.now(), item: TEAPOT }];
        const batch = { shop: answer.body.siteKey, visitor: visit, visit, sentAt: Date.now(), events };
        await instance.call('POST', '/v1/visits', batch, { origin: ORIGIN, 'content-type': 'text/plain' });
      }
      if (path === '/v1/rules') known.RULE = answer.body.id;
      if (path.startsWith('/v1/contacts?')) known.CONTACT = answer.body.data[0].id;
    }
  });
});

describe('what the pages on codes and on popups show', () => {
  let instance: Instance;
  beforeAll(async () => {
    instance = await startInstance();
  });
  afterAll(() => instance.close());

  it.each(['codes.md', 'codes.ru.md', 'widget.md', 'widget.ru.md'])('is calls that work: docs/%s', async (name) => {
    const shop = await instance.openShop();
    const calls = callsOf(readDoc(name));
    expect(calls.length).toBeGreaterThan(0);
    for (const { method, path, body, file } of calls) {
      const answer: Answered = file
        ? await shop.call('POST', path, 'code\nSPRING-1AAA\n', { 'content-type': 'text/csv' })
        : await shop.call(method, path, body);
      expect([path, answer.status, answer.body.errors]).toEqual([path, 200, undefined]);
    }
  });

  it.each(['codes.md', 'codes.ru.md'])('is plans and limits that are taken: docs/%s', async (name) => {
    const shop = await instance.openShop();
    const [plan, limits] = jsonBlocks(readDoc(name));
    expect((await shop.call('POST', '/v1/rules', { ...RULE, ...plan })).body).toMatchObject(plan);
    expect((await shop.call('PATCH', '/v1/shop', limits)).body).toMatchObject(limits);
  });
});
