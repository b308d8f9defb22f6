/** Several workers over one queue: every letter is accepted exactly once, as the provider saw it. */

import { afterEach, expect, it, vi } from 'vitest';
import { sendDue } from '../../../api/actions/sending/send-due.ts';
import { tick } from '../../../api/actions/tick.ts';
import { addFlow, enrollAll } from '../../support/enroll.ts';
import { type Sending, startSending } from '../../support/sending.ts';

vi.setConfig({ testTimeout: 60_000 });

let sending: Sending;

afterEach(() => sending.close());

const emails = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ email: `p${n}@example.com`, flow: 'one' }));
const crowd = (workers: number): Promise<unknown> => {
  const { deps } = sending.instance;
  return Promise.all(
    Array.from({ length: workers }, (_, n) => tick(deps, { limit: 20 + 7 * n, deadline: deps.now() + 60_000 })),
  );
};

it.each([2, 3])('%i at once', async (workers) => {
  sending = await startSending();
  const { instance, shop, postmark } = sending;
  await addFlow(instance.deps, shop.id, 'one', [{ send: 'offer' }]);
  await enrollAll(instance.deps, shop.id, emails(200));
  await crowd(workers);
  const accepted = postmark.sent();
  expect(accepted.length).toBe(200);
  expect(postmark.received()).toBe(200);
  expect(new Set(accepted.map(({ To }) => To)).size).toBe(200);
  const letters = await sending.letters();
  expect(letters.every(({ status, attempt, claim }) => status === 'sent' && attempt === 1 && claim === null)).toBe(
    true,
  );
  expect(new Set(accepted.map(({ Metadata }) => Metadata?.m))).toEqual(new Set(letters.map(({ id }) => id)));
});

it('one letter a day, though three workers come upon three of one person at the same moment', {
  timeout: 60_000,
}, async () => {
  sending = await startSending({ shop: { sending: { dailyCap: 1, quietHours: null } } });
  const { instance, shop, postmark } = sending;
  for (const key of ['a', 'b', 'c'])
    await addFlow(instance.deps, shop.id, key, [{ wait: '2h' }, { send: 'reminder-1' }]);
  const people = Array.from({ length: 40 }, (_, n) => `p${n}@example.com`);
  await enrollAll(
    instance.deps,
    shop.id,
    people.flatMap((email) => ['a', 'b', 'c'].map((flow) => ({ email, flow }))),
  );
  instance.travel(3 * 3_600_000);
  await crowd(3);
  const of = (email: string): number => postmark.sent().filter(({ To }) => To === email).length;
  expect(people.map(of)).toEqual(people.map(() => 1));
  const held = (await sending.letters()).filter(({ status }) => status === 'queued');
  expect(held.length).toBe(80);
  expect(held.every(({ reason, attempt }) => reason === 'daily_cap' && attempt === 0)).toBe(true);
});

it('each letter is on the broadcast stream, says whose it is, and can be unsubscribed from in one click', async () => {
  sending = await startSending();
  const { instance, shop, postmark } = sending;
  await addFlow(instance.deps, shop.id, 'one', [{ send: 'offer' }]);
  await addFlow(instance.deps, shop.id, 'news', [{ send: 'offer' }], { purpose: 'transactional', stopOn: [] });
  await enrollAll(instance.deps, shop.id, [...emails(1), { email: 'news@example.com', flow: 'news' }]);
  await instance.tick();
  const [selling, telling] = ['p0@example.com', 'news@example.com'].map((to) =>
    postmark.sent().find(({ To }) => To === to),
  );
  expect(telling?.MessageStream).toBe('outbound');
  expect(selling).toMatchObject({
    MessageStream: 'broadcast',
    Metadata: { m: expect.any(String) },
    Tag: 'one/offer',
    TrackOpens: false,
  });
  expect((await sending.letters()).map(({ id }) => id)).toContain(selling?.Metadata?.m);
  expect(selling?.From).toContain('hello@shop.example');
  const headers = Object.fromEntries((selling?.Headers ?? []).map(({ Name, Value }) => [Name, Value]));
  expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  const link = /^<(https:\/\/linger\.example\/u\/[\w-]{43})>$/.exec(headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
  expect(selling?.TextBody).toContain(link);
  const posted = await instance.call('POST', new URL(link).pathname, 'List-Unsubscribe=One-Click', {
    'content-type': 'application/x-www-form-urlencoded',
  });
  expect(posted.status).toBe(200);
  const [person] = await instance.db.engine(
    ({ sql }) => sql<{ marketing: string }[]>`select marketing from contact where canonical = 'p0@example.com'`,
  );
  expect(person?.marketing).toBe('unsubscribed');
});

it('a shop with hundreds of letters due keeps no other shop waiting', async () => {
  sending = await startSending();
  const { instance, shop } = sending;
  const small = await instance.openShop({ sending: { dailyCap: null, quietHours: null } });
  for (const { id } of [shop, small]) await addFlow(instance.deps, id, 'one', [{ send: 'offer' }]);
  await enrollAll(instance.deps, shop.id, emails(300));
  instance.travel(60_000);
  const late = await enrollAll(instance.deps, small.id, emails(2));
  expect(await sendDue(instance.deps, 20, Number.POSITIVE_INFINITY)).toEqual({ claimed: 20, waitMs: null });
  for (const { contactId } of late) expect(await sending.trail(contactId)).toEqual([['offer', 'sent', null]]);
});

it('chains of one person that are refused at the same moment end without a deadlock', async () => {
  sending = await startSending();
  const { instance, shop, postmark } = sending;
  await addFlow(instance.deps, shop.id, 'one', [{ send: 'offer' }]);
  await enrollAll(
    instance.deps,
    shop.id,
    Array.from({ length: 90 }, (_, n) => ({ email: `p${n % 30}@example.com`, flow: 'one' })),
  );
  postmark.fail(() => ({ answer: 406 }));
  await crowd(3);
  expect(postmark.sent()).toEqual([]);
  expect((await sending.letters()).every(({ status }) => status === 'suppressed' || status === 'cancelled')).toBe(true);
  const [seen] = await instance.db.engine(
    ({ sql }) => sql<{ deadlocks: number; open: number }[]>`
      select (select deadlocks from pg_stat_database where datname = current_database()) as deadlocks,
        (select count(*) from enrollment where status <> 'stopped') as open`,
  );
  expect(seen).toEqual({ deadlocks: 0, open: 0 });
});
