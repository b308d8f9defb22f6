import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliveryAnswer } from '../../api/schemas/webhook.ts';
import { readDoc } from '../support/docs.ts';
import { type Answered, type Instance, RULE, type ShopHandle, startInstance } from '../support/shop.ts';

let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.close());

/** The calls that the page makes by curl, made. */
async function make(text: string): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (const [, method = '', path = '', body = ''] of text.matchAll(/curl -X (\w+) "\$LINGER([^"]+)".*?-d '(.*?)'/gs))
    answers.push(await shop.call(method, path, JSON.parse(body)));
  return answers;
}

describe.each(['segments.md', 'segments.ru.md'])('what docs/%s shows', (name) => {
  beforeAll(async () => {
    shop = await instance.openShop();
  });

  it('is a segment, entries and conditions that work', async () => {
    expect((await make(readDoc(name))).map(({ status }) => status)).toEqual([201]);
    await shop.call('POST', '/v1/segments', { key: 'loyal', condition: ['orders', '>=', 2] });
    const shown = [...readDoc(name).matchAll(/`([{[]"(?:on|segments)".*?[}\]])`/g)].map(([, json = '']) =>
      JSON.parse(json),
    );
    expect(shown).toHaveLength(5);
    for (const [index, one] of shown.entries()) {
      const narrowed = Array.isArray(one) ? { filter: one } : { entry: one };
      const flow = { key: `shown-${index}`, steps: [{ send: 'miss-you' }], ...narrowed };
      const { status, body } = await shop.call('POST', '/v1/flows', flow);
      expect([status, body.errors]).toEqual([201, undefined]);
    }
    const { status } = await shop.call('POST', '/v1/rules', { ...RULE, when: shown.at(-1) });
    expect(status).toBe(201);
  });
});

describe.each(['webhooks.md', 'webhooks.ru.md'])('what docs/%s shows', (name) => {
  it('is a webhook that can be added', async () => {
    shop = await instance.openShop();
    const answers = await make(readDoc(name));
    expect(answers.map(({ status, body }) => [status, body.secret?.slice(0, 6)])).toEqual([[201, 'whsec_']]);
  });

  it('is a list of calls as it is answered', () => {
    const lists = [...readDoc(name).matchAll(/```json\n(\{\n {2}"data": \[.*?)```/gs)].map(([, json = '']) =>
      JSON.parse(json),
    );
    expect(lists).toHaveLength(1);
    for (const one of lists[0].data) expect(deliveryAnswer.strict().safeParse(one).error?.issues).toBeUndefined();
  });
});
