/** What goes wrong on our own side: letters that can't be made, mailers that throw, providers that never answer. */

import postgres from 'postgres';
import { expect, it, vi } from 'vitest';
import type { Mailer } from '../../../emails/mailer.ts';
import { enroll, enrollAll } from '../../support/enroll.ts';
import { DAY, GRACE, startSending } from '../../support/sending.ts';

vi.setConfig({ testTimeout: 60_000 });

const people = (count: number) => Array.from({ length: count }, (_, n) => ({ email: `p${n}@example.com` }));

it('a letter that can’t be made fails with its chain, and takes no other down', async () => {
  const sending = await startSending();
  const { instance, shop, postmark } = sending;
  const [broken, ...others] = await enrollAll(instance.deps, shop.id, people(5));
  await instance.db.engine(
    ({ sql }) => sql`update message set letter = 'gone' where contact_id = ${broken?.contactId ?? ''}`,
  );
  await instance.tick();
  expect(await sending.trail(broken?.contactId)).toEqual([['gone', 'failed', 'render_failed']]);
  expect(await sending.chain(broken?.enrollmentId ?? '')).toMatchObject({
    status: 'error',
    reason: 'render_failed',
    dueAt: null,
  });
  for (const { contactId } of others) expect(await sending.trail(contactId)).toEqual([['offer', 'sent', null]]);
  instance.travel(2 * DAY);
  await instance.tick();
  expect((await sending.letters(broken?.contactId)).length).toBe(1);
  expect(postmark.sent().length).toBe(8);
  await sending.close();
});

it('a letter whose data are not to be had for a moment leaves when they are', async () => {
  const sending = await startSending();
  const { instance, shop, postmark } = sending;
  const person = await enroll(instance.deps, shop.id, { email: 'ann@example.com' });
  const owner = postgres(instance.databaseUrl, { max: 1 });
  await owner`revoke select on product from linger_app`;
  await instance.tick();
  expect(await sending.trail(person.contactId)).toEqual([['offer', 'queued', 'not_gathered']]);
  expect(postmark.sent()).toEqual([]);
  await owner`grant select on product to linger_app`;
  instance.travel(60_000);
  await instance.tick();
  expect(await sending.trail(person.contactId)).toEqual([['offer', 'sent', null]]);
  expect(postmark.sent()).toHaveLength(1);
  await owner.end();
  await sending.close();
});

it.each([
  [
    'at once',
    () => {
      throw new Error('no');
    },
  ],
  ['later', () => Promise.reject(new Error('no'))],
] as [string, Mailer['send']][])('a mailer that throws %s leaves the letter unknown', async (_name, send) => {
  const sending = await startSending({
    mailer: {
      name: 'thrower',
      send,
      find: () => {
        throw new Error('no');
      },
    },
  });
  const { instance, shop } = sending;
  const one = await enroll(instance.deps, shop.id, { email: 'ann@example.com' });
  await instance.tick();
  expect(await sending.trail(one.contactId)).toEqual([['offer', 'unknown', expect.stringMatching(/^Error/)]]);
  instance.travel(GRACE);
  await instance.tick();
  expect((await sending.letters(one.contactId))[0]?.status).toBe('unknown');
  await sending.close();
});

it('a provider that never answers keeps a turn no longer than its deadline and one call', {
  timeout: 30_000,
}, async () => {
  const sending = await startSending();
  const { instance, shop, postmark } = sending;
  await enrollAll(instance.deps, shop.id, people(60));
  postmark.fail(() => 'hang');
  // Ten are called at a time; the deadline passes while all of them hang.
  await sending.tickImpatiently(() => postmark.received() >= 10);
  const letters = await sending.letters();
  expect(letters.filter(({ status }) => status === 'unknown').length).toBe(10);
  // What was not begun is back in the queue, whole.
  const waiting = letters.filter(({ status }) => status === 'queued');
  expect(waiting.length).toBe(50);
  expect(
    waiting.every(({ attempt, claim, leaseUntil }) => attempt === 0 && claim === null && leaseUntil === null),
  ).toBe(true);
  postmark.fail([]);
  await instance.tick();
  expect(postmark.sent().length).toBe(50);
  instance.travel(GRACE);
  await instance.tick();
  expect(postmark.sent().length).toBe(60);
  expect(
    (await sending.letters()).filter(({ letter }) => letter === 'offer').every(({ status }) => status === 'sent'),
  ).toBe(true);
  await sending.close();
});
