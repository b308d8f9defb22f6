/** Why a due letter stays or falls, through the real tick. What a permit is decided on in detail is proved in core. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextAt } from '../../../core/values/calendar.ts';
import { addFlow, type Enrolled, type Enrollee, enroll } from '../../support/enroll.ts';
import { DAY, HOUR, MINUTE, type Sending, startSending } from '../../support/sending.ts';

vi.setConfig({ testTimeout: 60_000 });

const ZONE = 'Europe/Berlin';
const NIGHTS = { dailyCap: null, quietHours: { from: '21:00', to: '09:00' } };
const CAP = { dailyCap: 1, quietHours: null };
const FREE = { dailyCap: null, quietHours: null };

let sending: Sending;
let people = 0;

beforeAll(async () => {
  sending = await startSending();
  const { deps } = sending.instance;
  await addFlow(deps, sending.shop.id, 'one', [{ send: 'offer' }]);
  await addFlow(deps, sending.shop.id, 'later', [{ wait: '2h' }, { send: 'reminder-1' }]);
  await addFlow(deps, sending.shop.id, 'stale', [{ send: 'offer', expiresAfter: '30m' }, { send: 'reminder-1' }]);
});
afterAll(() => sending.close());
beforeEach(async () => {
  await sending.shop.call('PATCH', '/v1/shop', { sending: FREE });
  await sending.travelTo(nextAt((await sending.now()) + DAY, '12:00', ZONE));
  await sending.instance.tick();
  sending.postmark.clear();
});

const join = (change: Partial<Enrollee> = {}): Promise<Enrolled> => {
  people += 1;
  return enroll(sending.instance.deps, sending.shop.id, { email: `p${people}@example.com`, flow: 'one', ...change });
};
const sql = (
  work: (tx: { sql: Parameters<Parameters<Sending['instance']['db']['engine']>[0]>[0]['sql'] }) => Promise<unknown>,
) => sending.instance.db.engine(work);
const one = async (person: Enrolled) => (await sending.letters(person.contactId))[0];

describe('never', () => {
  afterEach(() => {
    expect(sending.postmark.sent().filter(({ Tag }) => Tag?.endsWith('/offer'))).toEqual([]);
  });

  it('stale: counted from when it was due, and the chain goes on', async () => {
    const person = await join({ flow: 'stale' });
    sending.instance.travel(HOUR);
    await sending.instance.tick();
    expect(await sending.trail(person.contactId)).toEqual([
      ['offer', 'skipped', 'expired'],
      ['reminder-1', 'sent', null],
    ]);
  });

  it('on the list', async () => {
    const person = await join();
    const letter = await one(person);
    await sql(
      ({ sql }) => sql`
      insert into suppression (shop_id, address_hash, reason, at) values (${sending.shop.id}, ${letter?.addressHash ?? ''}, 'inactive_recipient', now())`,
    );
    await sending.instance.tick();
    expect(await one(person)).toMatchObject({ status: 'suppressed', reason: 'inactive_recipient' });
    expect(await sending.chain(person.enrollmentId)).toMatchObject({ status: 'stopped', reason: 'inactive_recipient' });
  });

  it('without consent', async () => {
    const person = await join({ subscribed: false });
    await sending.instance.tick();
    expect(await one(person)).toMatchObject({ status: 'suppressed', reason: 'no_consent', attempt: 0 });
    expect(await sending.chain(person.enrollmentId)).toMatchObject({ status: 'stopped', reason: 'no_consent' });
  });

  it('unsubscribed behind the chain’s back', async () => {
    const person = await join();
    await sql(({ sql }) => sql`update contact set marketing = 'unsubscribed' where id = ${person.contactId}`);
    await sending.instance.tick();
    expect(await one(person)).toMatchObject({ status: 'suppressed', reason: 'unsubscribed' });
  });

  it('the code was used behind the chain’s back', async () => {
    const person = await join();
    await sql(({ sql }) => sql`update code set status = 'redeemed' where code = ${person.code}`);
    await sending.instance.tick();
    expect(await one(person)).toMatchObject({ status: 'skipped', reason: 'code_redeemed' });
    expect(await sending.chain(person.enrollmentId)).toMatchObject({ status: 'stopped' });
  });

  it('the code ran out while the letter waited', async () => {
    const person = await join({ expiresIn: HOUR });
    sending.instance.travel(HOUR);
    await sending.instance.tick();
    expect(await one(person)).toMatchObject({ status: 'skipped', reason: 'code_expired' });
  });

  it('the code ran out between two letters', async () => {
    const person = await join({ flow: 'later', expiresIn: HOUR });
    sending.instance.travel(3 * HOUR);
    await sending.instance.tick();
    expect(await sending.letters(person.contactId)).toEqual([]);
    expect(await sending.chain(person.enrollmentId)).toMatchObject({ status: 'stopped', reason: 'code_expired' });
  });

  it('nothing to show and no code to remind of', async () => {
    const person = await join({ code: false, items: [] });
    await sending.instance.tick();
    expect(await one(person)).toMatchObject({ status: 'skipped', reason: 'nothing_to_show' });
  });
});

describe('not now', () => {
  it('the flow is switched off: asked again, no attempt burnt, sent when it is on', async () => {
    const person = await join();
    await sending.shop.call('PATCH', '/v1/flows/one', { enabled: false });
    await sending.instance.tick();
    expect(await one(person)).toMatchObject({ status: 'queued', reason: 'flow_disabled', attempt: 0, claim: null });
    await sending.shop.call('PATCH', '/v1/flows/one', { enabled: true });
    sending.instance.travel(MINUTE + 1_000);
    await sending.instance.tick();
    expect(await one(person)).toMatchObject({ status: 'sent', reason: null, attempt: 1 });
  });

  it('a chain whose flow is switched off stays where it is, and goes on from there', async () => {
    const person = await join({ flow: 'later' });
    await sending.shop.call('PATCH', '/v1/flows/later', { enabled: false });
    sending.instance.travel(3 * HOUR);
    await sending.instance.tick();
    expect(await sending.letters(person.contactId)).toEqual([]);
    expect(await sending.chain(person.enrollmentId)).toMatchObject({ status: 'active', step: 1 });
    await sending.shop.call('PATCH', '/v1/flows/later', { enabled: true });
    await sending.instance.tick();
    expect(await sending.trail(person.contactId)).toEqual([['reminder-1', 'sent', null]]);
  });

  it('a flow switched off while its letter is with the provider', async () => {
    const person = await join({ flow: 'stale' });
    sending.postmark.fail(['accept-reset']);
    await sending.instance.tick();
    await sending.shop.call('PATCH', '/v1/flows/stale', { enabled: false });
    sending.instance.travel(11 * MINUTE);
    await sending.instance.tick();
    expect(await sending.trail(person.contactId)).toEqual([['offer', 'sent', null]]);
    expect(await sending.chain(person.enrollmentId)).toMatchObject({ status: 'active', step: 1 });
    await sending.shop.call('PATCH', '/v1/flows/stale', { enabled: true });
    await sending.instance.tick();
    expect((await sending.trail(person.contactId)).at(-1)).toEqual(['reminder-1', 'sent', null]);
  });

  it('a paused chain keeps its letter', async () => {
    const person = await join();
    await sql(({ sql }) => sql`update enrollment set status = 'paused' where id = ${person.enrollmentId}`);
    await sending.instance.tick();
    expect(await one(person)).toMatchObject({ status: 'queued', reason: 'paused', attempt: 0 });
  });

  it('quiet hours in the shop’s zone', async () => {
    await sending.shop.call('PATCH', '/v1/shop', { sending: NIGHTS });
    const person = await join({ flow: 'later' });
    await sending.travelTo(nextAt(await sending.now(), '22:00', ZONE));
    await sending.instance.tick();
    const letter = await one(person);
    expect(letter).toMatchObject({ status: 'queued', reason: 'quiet_hours', attempt: 0 });
    expect(letter?.notBefore).toBe(nextAt(await sending.now(), '09:00', ZONE));
    await sending.travelTo((letter?.notBefore ?? 0) + 1_000);
    await sending.instance.tick();
    expect(await one(person)).toMatchObject({ status: 'sent' });
  });

  it('quiet hours in the contact’s own zone', async () => {
    await sending.shop.call('PATCH', '/v1/shop', { sending: NIGHTS });
    const [near, far] = [await join({ flow: 'later' }), await join({ flow: 'later' })];
    await sql(({ sql }) => sql`update contact set timezone = 'Asia/Tokyo' where id = ${far.contactId}`);
    sending.instance.travel(3 * HOUR);
    await sending.instance.tick();
    expect(await one(near)).toMatchObject({ status: 'sent' });
    expect(await one(far)).toMatchObject({
      status: 'queued',
      reason: 'quiet_hours',
      notBefore: nextAt(await sending.now(), '09:00', 'Asia/Tokyo'),
    });
  });

  it('neither night nor cap holds what a claim asked for back, and it counts towards the day', async () => {
    await sending.shop.call('PATCH', '/v1/shop', { sending: { ...NIGHTS, dailyCap: 1 } });
    await sending.travelTo(nextAt(await sending.now(), '23:30', ZONE));
    const email = `prompt${people}@example.com`;
    const first = await join({ email });
    await join({ email });
    await sending.instance.tick();
    expect(await sending.trail(first.contactId)).toEqual([
      ['offer', 'sent', null],
      ['offer', 'sent', null],
    ]);
    await sending.travelTo(nextAt(await sending.now(), '10:00', ZONE));
    const third = await join({ email });
    await sending.instance.tick();
    const reminder = await join({ email, flow: 'later' });
    sending.instance.travel(3 * HOUR);
    await sending.instance.tick();
    expect(third.contactId).toBe(first.contactId);
    expect((await sending.trail(reminder.contactId)).at(-1)).toEqual(['reminder-1', 'queued', 'daily_cap']);
  });

  it('one reminder a day over all flows: the next leaves tomorrow, none is lost', async () => {
    await sending.shop.call('PATCH', '/v1/shop', { sending: CAP });
    const email = `capped${people}@example.com`;
    const chains = [
      await join({ email, flow: 'later' }),
      await join({ email, flow: 'later' }),
      await join({ email, flow: 'later' }),
    ];
    const of = chains[0]?.contactId;
    sending.instance.travel(3 * HOUR);
    for (const expected of [1, 2, 3]) {
      await sending.instance.tick();
      expect((await sending.letters(of)).filter(({ status }) => status === 'sent').length).toBe(expected);
      expect((await sending.letters(of)).filter(({ reason }) => reason === 'daily_cap').length).toBe(3 - expected);
      await sending.travelTo(nextAt((await sending.now()) + 1, '00:00', ZONE) + 1_000);
    }
  });
});

it('after a long outage one letter leaves, and the waits count from now', async () => {
  const person = await join({ flow: 'discount-reminder' });
  await sending.instance.tick();
  sending.instance.travel(30 * DAY);
  await sending.instance.tick();
  expect(await sending.trail(person.contactId)).toEqual([
    ['offer', 'sent', null],
    ['reminder-1', 'sent', null],
  ]);
  const { dueAt } = await sending.chain(person.enrollmentId);
  expect((dueAt ?? 0) - (await sending.now())).toBeGreaterThan(DAY);
});
