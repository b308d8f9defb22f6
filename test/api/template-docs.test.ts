import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LETTER_KEYS } from '../../core/flows/flow.ts';
import { jsonBlocks, readDoc } from '../support/docs.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

describe.each(['templates.md', 'templates.ru.md'])('what docs/%s shows', (name) => {
  const text = readDoc(name);
  let instance: Instance;
  let shop: ShopHandle;
  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
  });
  afterAll(() => instance.close());

  it('is calls that work', async () => {
    const calls = [...text.matchAll(/curl -X (\w+) "\$LINGER([^"]+)".*?-d '(.*?)'\n/gs)];
    expect(calls).toHaveLength(3);
    for (const [, method = '', path = '', body = ''] of calls) {
      const answer = await shop.call(method, path, JSON.parse(body));
      expect([path, answer.status, answer.body.errors, answer.body.warnings ?? []]).toEqual([path, 200, undefined, []]);
    }
  });

  it('is letters that can be put, and an answer as it is given', async () => {
    const shown = jsonBlocks(text);
    const refusal = shown.pop();
    expect(shown).toHaveLength(2);
    for (const letter of shown) {
      const { status, body } = await shop.call('PUT', '/v1/templates/offer', letter);
      expect([status, body.errors, body.warnings]).toEqual([200, undefined, []]);
    }
    const slip = '{{ contact.frist_name }}';
    const hello = name.includes('.ru.') ? { ru: { body: `Привет, ${slip}` } } : { en: { body: `Hi ${slip}` } };
    const { body } = await shop.call('PUT', '/v1/templates/offer', hello);
    expect(body).toMatchObject(refusal);
  });

  it('names every variable', async () => {
    const table = [...text.matchAll(/^\| [^|]+ \| (`[a-z_.]+`(?: `[a-z_.]+`)*) \|$/gm)]
      .map(([, cell = '']) => cell)
      .join(' ');
    const told = new Set([...table.matchAll(/`([a-z_.]+)`/g)].map(([, one = '']) => one));
    const known = new Set<string>();
    for (const key of LETTER_KEYS) {
      const { variables } = (await shop.call('GET', `/v1/templates/${key}`)).body.guide;
      for (const { name: variable } of variables) if (!variable.includes('[]')) known.add(variable);
    }
    expect([...told].sort()).toEqual([...known].sort());
  });
});
