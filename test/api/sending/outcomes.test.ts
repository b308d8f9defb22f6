/** What each answer of the provider does to the letter, its chain, its address and its shop. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { addFlow, enroll, enrollAll } from '../../support/enroll.ts';
import type { Fault } from '../../support/fake-postmark.ts';
import { GRACE, HOUR, MINUTE, type Sending, startSending } from '../../support/sending.ts';

vi.setConfig({ testTimeout: 60_000 });

let sending: Sending;
let people = 0;

beforeAll(async () => {
  sending = await startSending();
  // One letter each, so that nobody's reminder meets another's fault.
  await addFlow(sending.instance.deps, sending.shop.id, 'one', [{ send: 'offer' }]);
});
afterAll(() => sending.close());
beforeEach(async () => {
  sending.postmark.clear();
  sending.instance.travel(HOUR);
  await sending.instance.tick();
  sending.postmark.clear();
});

/** One person whose letter meets this fault, and everything that is known of it then. */
async function meets(fault: Fault | null) {
  const { instance, postmark, shop } = sending;
  people += 1;
  const one = await enroll(instance.deps, shop.id, { email: `ann${people}@example.com`, flow: 'one' });
  postmark.fail([fault]);
  const began = await sending.now();
  const hangs = fault === 'hang' || fault === 'accept-hang' || fault === 'accept-hang-in-body';
  await (hangs ? sending.tickImpatiently() : instance.tick());
  const [letter] = await sending.letters(one.contactId);
  if (!letter) throw new Error('no letter was planned');
  const [halted] = await instance.db.engine(
    ({ sql }) =>
      sql<
        { haltedUntil: number | null; haltedReason: string | null }[]
      >`select halted_until, halted_reason from shop where id = ${shop.id}`,
  );
  const [suppressed] = await instance.db.engine(
    ({ sql }) => sql<{ reason: string }[]>`select reason from suppression where address_hash = ${letter.addressHash}`,
  );
  /** Since the turn began, which itself took a while. */
  const waits = letter.notBefore - began;
  const took = (await sending.now()) - began;
  return {
    one,
    letter,
    chain: await sending.chain(one.enrollmentId),
    halted,
    suppressed: suppressed?.reason ?? null,
    waits,
    took,
  };
}

describe('accepted', () => {
  it('is sent, and the chain goes on', async () => {
    const { letter, chain } = await meets(null);
    expect(letter).toMatchObject({
      status: 'sent',
      reason: null,
      attempt: 1,
      provider: 'postmark',
      claim: null,
      leaseUntil: null,
    });
    expect(letter.providerId).toBe(sending.postmark.sent()[0]?.MessageID);
    expect(letter.subject).toBe(sending.postmark.sent()[0]?.Subject);
    expect(chain).toMatchObject({ status: 'completed', step: 1, reason: 'finished' });
  });
});

describe('refused for good', () => {
  it.each([
    ['406', { answer: 406 }, 'inactive_recipient'],
    ['300', { answer: 300, message: "Invalid 'To' address" }, 'invalid_address'],
  ] as const)('%s takes the address off the list and ends the chain', async (_name, fault, reason) => {
    const { letter, chain, suppressed, halted } = await meets(fault);
    expect(letter).toMatchObject({ status: 'suppressed', reason, attempt: 1 });
    expect(chain).toMatchObject({ status: 'stopped', reason, dueAt: null });
    expect(suppressed).toBe(reason);
    expect(halted?.haltedUntil).toBeNull();
  });

  it('ends every other chain of that person, letters in the queue included', async () => {
    const { instance, shop, postmark } = sending;
    const email = 'many@example.com';
    const chains = [await enroll(instance.deps, shop.id, { email }), await enroll(instance.deps, shop.id, { email })];
    postmark.fail([{ answer: 406 }, { answer: 406 }]);
    await instance.tick();
    for (const { enrollmentId } of chains) {
      expect(await sending.chain(enrollmentId)).toMatchObject({ status: 'stopped', reason: 'inactive_recipient' });
    }
    instance.travel(40 * 24 * HOUR);
    await instance.tick();
    expect(postmark.sent()).toEqual([]);
    expect((await sending.letters(chains[0]?.contactId)).every(({ status }) => status !== 'queued')).toBe(true);
  });
});

describe('not this time', () => {
  it.each([
    ['429', { answer: 429, status: 429 }],
    ['500', { answer: 100, status: 500 }],
    ['503', { answer: 100, status: 503 }],
    ['100', { answer: 100 }],
  ] as const)('%s comes back with a pause, and leaves once', async (_name, fault) => {
    const { one, letter, chain, suppressed, halted, waits, took } = await meets(fault);
    expect(letter).toMatchObject({ status: 'queued', attempt: 1, claim: null, leaseUntil: null, callStartedAt: null });
    expect(waits).toBeGreaterThan(0);
    expect(waits).toBeLessThanOrEqual(2_000 + took);
    expect([chain.status, suppressed, halted?.haltedUntil]).toEqual(['active', null, null]);
    sending.instance.travel(2_000);
    await sending.instance.tick();
    expect((await sending.letters(one.contactId))[0]).toMatchObject({ status: 'sent', attempt: 2 });
    expect(sending.postmark.sent().length).toBe(1);
  });

  it('waits longer each time, and gives the letter up in the end', async () => {
    const { one } = await meets({ answer: 429, status: 429 });
    const waits: number[] = [];
    for (let attempt = 2; attempt <= 40; attempt += 1) {
      const [before] = await sending.letters(one.contactId);
      await sending.travelTo((before?.notBefore ?? 0) + 1);
      sending.postmark.fail([{ answer: 429, status: 429 }]);
      const at = await sending.now();
      await sending.instance.tick();
      const [after] = await sending.letters(one.contactId);
      if (after?.status !== 'queued') break;
      waits.push(after.notBefore - at);
    }
    expect(waits.length).toBe(38);
    expect(Math.max(...waits)).toBeLessThan(61 * MINUTE);
    expect(waits.at(-1)).toBeGreaterThan(29 * MINUTE);
    expect((await sending.letters(one.contactId))[0]).toMatchObject({
      status: 'failed',
      reason: 'postmark 429',
      attempt: 40,
    });
    expect(sending.postmark.sent()).toEqual([]);
  });
});

describe('the account can not send', () => {
  it.each([
    ['10', { answer: 10, status: 401 }],
    ['400', { answer: 400 }],
    ['401', { answer: 401 }],
    ['405', { answer: 405 }],
    ['412', { answer: 412 }],
    ['413', { answer: 413 }],
    ['300 for the sender', { answer: 300, message: "Invalid 'From' address" }],
  ] as const)('%s halts the shop and burns no attempt', async (_name, fault) => {
    const { one, letter, chain, suppressed, halted, waits } = await meets(fault);
    expect(letter).toMatchObject({ status: 'queued', attempt: 0, reason: expect.stringMatching(/^halted/) });
    expect([chain.status, suppressed]).toEqual(['active', null]);
    expect(halted?.haltedReason).toMatch(/postmark (10|300|4\d\d)/);
    expect(waits).toBeGreaterThan(9 * MINUTE);
    // Others of this shop wait too, and the provider is not asked again.
    people += 1;
    const other = await enroll(sending.instance.deps, sending.shop.id, {
      email: `other${people}@example.com`,
      flow: 'one',
    });
    await sending.instance.tick();
    expect((await sending.letters(other.contactId))[0]).toMatchObject({
      status: 'queued',
      reason: 'halted',
      attempt: 0,
    });
    expect(sending.postmark.received()).toBe(1);
    // When it is over both leave, and the shop no longer reports it.
    sending.instance.travel(11 * MINUTE);
    await sending.instance.tick();
    for (const { contactId } of [one, other])
      expect((await sending.letters(contactId))[0]).toMatchObject({ status: 'sent', attempt: 1 });
    const [shop] = await sending.instance.db.engine(
      ({ sql }) => sql`select halted_until, halted_reason from shop where id = ${sending.shop.id}`,
    );
    expect(shop).toEqual({ haltedUntil: null, haltedReason: null });
  });

  it('stops the rest of the batch at the fence', async () => {
    const { instance, shop, postmark } = sending;
    const batch = Array.from({ length: 50 }, (_, n) => ({ email: `batch${n}@example.com`, flow: 'one' }));
    await enrollAll(instance.deps, shop.id, batch);
    postmark.fail(() => ({ answer: 412 }));
    await instance.tick();
    // No more than were under way when the first answer came.
    expect(postmark.received()).toBeLessThan(25);
    const waiting = (await sending.letters()).filter(({ status }) => status === 'queued');
    expect(waiting.length).toBe(50);
    expect(waiting.every(({ attempt, claim }) => attempt === 0 && claim === null)).toBe(true);
  });

  it('holds no other shop up', async () => {
    const { instance, postmark } = sending;
    const other = await instance.openShop({ sending: { dailyCap: null, quietHours: null } });
    await meets({ answer: 412 });
    const bob = await enroll(instance.deps, other.id, { email: 'bob@example.com' });
    await instance.tick();
    expect((await sending.letters(bob.contactId))[0]?.status).toBe('sent');
    expect(postmark.sent().length).toBe(1);
  });
});

describe('nobody knows', () => {
  it.each([
    ['a socket that breaks before', 'drop', 0],
    ['silence before', 'hang', 0],
    ['a proxy’s page', { page: '<h1>Bad gateway</h1>', status: 502 }, 0],
    ['a code that is not on the list', { answer: 1235 }, 0],
    ['a socket that breaks after', 'accept-reset', 1],
    ['silence after', 'accept-hang', 1],
    ['silence in the body', 'accept-hang-in-body', 1],
    ['a body cut short', 'accept-cut', 1],
  ] as [string, Fault, number][])('%s is unknown, never queued', async (_name, fault, accepted) => {
    const { one, letter, chain, suppressed, halted } = await meets(fault);
    expect(letter).toMatchObject({ status: 'unknown', attempt: 1, claim: null });
    expect(letter.reason).toBeTruthy();
    expect([chain.status, chain.dueAt, suppressed, halted?.haltedUntil]).toEqual(['active', null, null, null]);
    expect(sending.postmark.sent().length).toBe(accepted);
    sending.instance.travel(9 * MINUTE);
    await sending.instance.tick();
    expect((await sending.letters(one.contactId))[0]?.status).toBe('unknown');
    sending.instance.travel(GRACE);
    await sending.instance.tick();
    expect((await sending.letters(one.contactId))[0]?.status).toBe('sent');
    expect(sending.postmark.sent().length).toBe(1);
  });
});
