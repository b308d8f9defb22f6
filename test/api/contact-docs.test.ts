import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactImportAnswer } from '../../api/schemas/contact.ts';
import { readDoc } from '../support/docs.ts';
import { type Answered, type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.close());

describe.each(['contacts.md', 'contacts.ru.md'])('what docs/%s shows', (name) => {
  const text = readDoc(name);
  beforeAll(async () => {
    shop = await instance.openShop();
  });

  it('is a contact that is taken, found and changed', async () => {
    const answers: Answered[] = [];
    for (const [, path = '', body = ''] of text.matchAll(/curl -X POST "\$LINGER([^"]+)".*?-d '(.*?)'/gs))
      answers.push(await shop.call('POST', path, JSON.parse(body)));
    expect(answers.map(({ status }) => status)).toEqual([201]);
    const [, query = ''] = /`GET (\/v1\/contacts\?email=[^`]+)`/.exec(text) ?? [];
    const [found] = (await shop.call('GET', query)).body.data;
    expect(found).toEqual(answers[0]?.body);
    const [, patch = ''] = /`(\{"city": null.*?\})`/.exec(text) ?? [];
    const changed = await shop.call('PATCH', `/v1/contacts/${found.id}`, JSON.parse(patch));
    expect([changed.status, changed.body]).toEqual([200, { ...found, city: null, dates: {} }]);
  });

  it('is a file that is taken whole, and a report as it is answered', async () => {
    const [, file = ''] = /```csv\n(.*?)```/s.exec(text) ?? [];
    const { body } = await shop.call('POST', '/v1/contacts/import', file, { 'content-type': 'text/csv' });
    expect(body).toMatchObject({ rows: 2, created: 1, updated: 1, rejected: [], ignored: [] });
    const [, report = ''] = /```json\n(.*?)```/s.exec(text) ?? [];
    expect(contactImportAnswer.strict().safeParse(JSON.parse(report)).error?.issues).toBeUndefined();
    expect(Object.keys(JSON.parse(report))).toEqual(Object.keys(body));
  });
});
