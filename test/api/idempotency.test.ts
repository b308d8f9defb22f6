import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.ts';
import type { Deps } from '../../api/deps.ts';
import { type Instance, RULE, type ShopHandle, startInstance } from '../support/shop.ts';

const HOURS = 3_600_000;

describe('Idempotency-Key', () => {
  let instance: Instance;
  let shop: ShopHandle;

  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
  });
  afterAll(() => instance.close());

  const add = (key: string, change: Record<string, unknown> = {}, on = shop) =>
    on.call('POST', '/v1/rules', { ...RULE, ...change }, { 'idempotency-key': key });
  const rules = async (on = shop): Promise<number> => (await on.call('GET', '/v1/rules')).body.data.length;

  it('answers a repeated call with the first answer, and repeats nothing', async () => {
    const before = await rules();
    const first = await add('repeat');
    const second = await add('repeat');
    expect([first.status, second.status, second.text]).toEqual([201, 201, first.text]);
    expect([first.headers.get('idempotency-replayed'), second.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ]);
    for (const header of ['content-type', 'cache-control', 'x-content-type-options']) {
      expect([header, second.headers.get(header)]).toEqual([header, first.headers.get(header)]);
    }
    expect(await rules()).toBe(before + 1);
  });

  it('answers a repeated refusal with the same refusal, even when it would be none by now', async () => {
    const flow = { flow: 'late-flow' };
    const first = await add('refused', flow);
    expect([first.status, first.body.errors[0].path]).toEqual([422, 'flow']);
    await shop.call('POST', '/v1/flows', { key: 'late-flow', steps: [{ send: 'offer' }] });
    const second = await add('refused', flow);
    expect([second.status, second.text, second.headers.get('content-type')]).toEqual([
      422,
      first.text,
      'application/problem+json',
    ]);
    expect((await add('refused-anew', flow)).status).toBe(201);
  });

  it('answers a repeated removal, which has no body, with the same nothing', async () => {
    const id = await shop.addRule();
    for (const replayed of [null, 'true']) {
      const { status, text, headers } = await shop.call('DELETE', `/v1/rules/${id}`, undefined, {
        'idempotency-key': 'gone',
      });
      expect([status, text, headers.get('idempotency-replayed')]).toEqual([204, '', replayed]);
    }
    expect((await shop.call('DELETE', `/v1/rules/${id}`, undefined, { 'idempotency-key': 'gone-again' })).status).toBe(
      404,
    );
  });

  it('refuses the key with another body', async () => {
    await add('other-body');
    const before = await rules();
    const { status, body } = await add('other-body', { name: 'Another' });
    expect([status, body.code]).toEqual([422, 'idempotency_mismatch']);
    expect(await rules()).toBe(before);
  });

  it('refuses the key with another query: what it asks for is part of the call', async () => {
    const upload = (pool: string) =>
      shop.call('POST', `/v1/codes/import?pool=${pool}`, 'QUERY-1\nQUERY-2\n', {
        'content-type': 'text/csv',
        'idempotency-key': 'upload',
      });
    const [first, again, other] = [await upload('spring'), await upload('spring'), await upload('summer')];
    expect([first.status, first.body.pool, first.body.accepted]).toEqual([200, 'spring', 2]);
    expect([again.text, again.headers.get('idempotency-replayed')]).toEqual([first.text, 'true']);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_mismatch']);
  });

  it('is one key per method, path and shop', async () => {
    const other = await instance.openShop();
    expect((await add('same-key')).status).toBe(201);
    expect((await add('same-key', {}, other)).headers.get('idempotency-replayed')).toBeNull();
    expect(
      (
        await shop.call(
          'POST',
          '/v1/flows',
          { key: 'same-key', steps: [{ send: 'offer' }] },
          { 'idempotency-key': 'same-key' },
        )
      ).status,
    ).toBe(201);
    const id = await shop.addRule();
    for (const method of ['PATCH', 'DELETE']) {
      const body = method === 'PATCH' ? { name: 'Changed' } : undefined;
      expect(
        (await shop.call(method, `/v1/rules/${id}`, body, { 'idempotency-key': 'same-key' })).headers.get(
          'idempotency-replayed',
        ),
      ).toBeNull();
    }
  });

  it('is kept for 24 hours and then forgotten', async () => {
    const first = await add('a-day');
    instance.travel(24 * HOURS - 60_000);
    expect((await add('a-day')).text).toBe(first.text);
    instance.travel(2 * 60_000);
    const anew = await add('a-day', { name: 'Another day' });
    expect([anew.status, anew.body.name]).toEqual([201, 'Another day']);
  });

  it('says so while the first call is still running', async () => {
    const id = await shop.addRule();
    const send = (name: string) => shop.call('PATCH', `/v1/rules/${id}`, { name }, { 'idempotency-key': 'slow' });
    const running = await instance.db.engine(async ({ sql }) => {
      await sql`select from rule where id = ${id} for update`;
      const first = send('Slow');
      await expect
        .poll(async () => {
          const [row] = await instance.db.engine(
            (tx) => tx.sql<{ count: number }[]>`select count(*) as count from idempotency where key = 'slow'`,
          );
          return row?.count;
        })
        .toBe(1);
      const second = await send('Slow');
      expect([second.status, second.body.code]).toEqual([409, 'in_progress']);
      expect((await send('Another')).body.code).toBe('idempotency_mismatch');
      return { first };
    });
    expect((await running.first).status).toBe(200);
    expect((await send('Slow')).headers.get('idempotency-replayed')).toBe('true');
  });

  it('runs a call once, however many come at once', async () => {
    const before = await rules();
    const answers = await Promise.all(Array.from({ length: 10 }, () => add('at-once')));
    expect(answers.filter(({ status, headers }) => status === 201 && !headers.has('idempotency-replayed')).length).toBe(
      1,
    );
    expect(answers.every(({ status, body }) => status === 201 || body.code === 'in_progress')).toBe(true);
    expect(await rules()).toBe(before + 1);
  });

  it('is free again when the call failed on our side', async () => {
    let broken = true;
    const deps: Deps = {
      ...instance.deps,
      newId() {
        if (broken) throw new Error('no ids today');
        return instance.deps.newId();
      },
    };
    const app = createApp({ deps, peer: () => null, widgetFile: async () => null });
    const send = () =>
      app.request('/v1/rules', {
        method: 'POST',
        headers: { authorization: `Bearer ${shop.secretKey}`, 'idempotency-key': 'broken' },
        body: JSON.stringify(RULE),
      });
    expect((await send()).status).toBe(500);
    broken = false;
    const second = await send();
    expect([second.status, second.headers.get('idempotency-replayed')]).toEqual([201, null]);
  });

  it('is free again a minute after the server died in the middle of the call', async () => {
    const first = await add('died');
    await instance.db.engine(
      ({ sql }) => sql`update idempotency set status = null, response = null where key = 'died'`,
    );
    expect((await add('died')).body.code).toBe('in_progress');
    instance.travel(61_000);
    const anew = await add('died');
    expect([anew.status, anew.body.id === first.body.id]).toEqual([201, false]);
  });

  it.each(['x'.repeat(256), 'with space', 'ключ'.normalize().replace(/./g, 'é')])(
    'refuses a key of the wrong form (%#)',
    async (key) => {
      const { status, body } = await add(key);
      expect([status, body.errors[0].path]).toEqual([422, 'Idempotency-Key']);
    },
  );
});
