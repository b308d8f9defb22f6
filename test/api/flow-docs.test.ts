import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENTRY_EVENTS } from '../../core/flows/flow.ts';
import { readDoc } from '../support/docs.ts';
import type { Answered, Instance, ShopHandle } from '../support/shop.ts';
import { startInstance } from '../support/shop.ts';

describe.each(['flows.md', 'flows.ru.md'])('what docs/%s shows', (name) => {
  const text = readDoc(name);
  let instance: Instance;
  let shop: ShopHandle;

  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
    await shop.call('POST', '/v1/webhooks', { name: 'crm', url: 'https://crm.example/' });
    const [, flow = ''] = /```json\n(.*?)```/s.exec(text) ?? [];
    const { status, body } = await shop.call('POST', '/v1/flows', JSON.parse(flow));
    expect([body.errors, status]).toEqual([undefined, 201]);
    expect(body).toMatchObject({ ...JSON.parse(flow), state: 'draft' });
  });
  afterAll(() => instance.close());

  it('is calls that work, and do what is said of them', async () => {
    const calls = [...text.matchAll(/^curl -X (\w+) https:\/\/linger\.example(\S+) -H .*? -d '(.*?)'$/gms)];
    const answers: Record<string, Answered> = {};
    for (const [, method = '', path = '', body = ''] of calls) {
      const answer = await shop.call(method, path, JSON.parse(body));
      expect([path, answer.body.errors, answer.status]).toEqual([path, undefined, 200]);
      answers[path.split('/')[4] ?? ''] = answer;
    }
    expect(Object.keys(answers)).toEqual(['simulate', 'scenarios', 'replay', 'activate', 'migrate']);
    const letters = answers.simulate?.body.letters.map((one: { letter: string }) => one.letter);
    expect(letters).toEqual(['nps', 'offer', 'last-chance']);
    expect(answers.scenarios?.body.unmet).toEqual([]);
    expect(answers.activate?.body.flow.state).toBe('live');
  });

  it('is steps that work', async () => {
    const steps = [...text.matchAll(/^\| `(\{.*\})` \|/gm)].map(([, step = '']) => JSON.parse(step));
    expect(steps.length).toBe(10);
    expect((await shop.call('POST', '/v1/flows', { key: 'all-steps', steps })).status).toBe(201);
  });

  it('is a trial of variants that works', async () => {
    const [, trial = ''] = /```json\n([^`]*"variants".*?)```/s.exec(text) ?? [];
    const { status, body } = await shop.call('POST', '/v1/flows', JSON.parse(trial));
    expect([body.errors, status]).toEqual([undefined, 201]);
    expect((await shop.call('GET', '/v1/reports/flows?flow=cart-tried')).body.trials).toMatchObject([
      { path: 'steps.0', decideBy: 'goal', verdict: 'too_early', variants: [{}, {}, {}] },
    ]);
  });

  it('names every entry', () => {
    const rows = [...text.matchAll(/^\| (`[a-z_]+`(?: `[a-z_]+`)*) \|/gm)].map(([, cell = '']) => cell);
    const named = rows.flatMap((cell) => [...cell.matchAll(/`([a-z_]+)`/g)].map(([, one = '']) => one));
    expect(named.sort()).toEqual([...ENTRY_EVENTS].sort());
  });
});
