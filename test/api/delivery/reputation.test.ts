/** Too many complaints, or too many addresses that are none: what sells waits, what is waited for goes on. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addFlow, enroll, enrollAll } from '../../support/enroll.ts';
import { HOUR, type Sending, startSending } from '../../support/sending.ts';
import { setPassword, tell } from '../../support/told.ts';

vi.setConfig({ testTimeout: 60_000 });

let sending: Sending;

beforeEach(async () => {
  sending = await startSending();
  await setPassword(sending.shop);
});
afterEach(() => sending.close());

async function send(count: number): Promise<void> {
  const people = Array.from({ length: count }, (_, n) => ({ email: `p${n}@example.com` }));
  await enrollAll(sending.instance.deps, sending.shop.id, people);
  await sending.instance.tick();
  expect(sending.postmark.sent()).toHaveLength(count);
}

async function happen(kind: 'SpamComplaint' | 'Bounce', from: number, to: number, TypeCode: number): Promise<void> {
  for (const { MessageID, To, Metadata } of sending.postmark.sent().slice(from, to)) {
    const BouncedAt = new Date(await sending.now()).toISOString();
    await tell(sending.instance, sending.shop, {
      RecordType: kind,
      MessageID,
      Metadata,
      Email: To,
      TypeCode,
      BouncedAt,
      ID: 1,
    });
  }
}

const halted = async (): Promise<string | null> =>
  (await sending.shop.call('GET', '/v1/shop')).body.marketingHaltedReason;
const warned = async () => {
  const { steps } = (await sending.shop.call('GET', '/v1/setup')).body;
  return steps.find(({ step }: { step: string }) => step === 'reputation')?.title ?? null;
};

describe('complaints', () => {
  it('one in a thousand warns, three halt what sells and nothing else, until the shop says to go on', async () => {
    await send(60);
    expect(await warned()).toBeNull();
    await happen('SpamComplaint', 0, 1, 100_001);
    expect([await warned(), await halted()]).toEqual(['Readers complain: 1 of the last 60 letters complained', null]);
    await happen('SpamComplaint', 1, 3, 100_001);
    expect(await halted()).toBe('3 of the last 60 letters complained');
    expect(await warned()).toBe('Letters that sell wait: 3 of the last 60 letters complained');

    await addFlow(sending.instance.deps, sending.shop.id, 'news-of-orders', [{ send: 'offer' }], {
      purpose: 'transactional',
    });
    const held = await enroll(sending.instance.deps, sending.shop.id, { email: 'next@example.com' });
    const waited = await enroll(sending.instance.deps, sending.shop.id, {
      email: 'other@example.com',
      flow: 'news-of-orders',
    });
    await sending.instance.tick();
    expect(await sending.trail(held.contactId)).toEqual([['offer', 'queued', 'halted']]);
    expect(await sending.trail(waited.contactId)).toEqual([['offer', 'sent', null]]);

    // Any change lifts what the provider refused; this one has to be said.
    await sending.shop.call('PATCH', '/v1/shop', { name: 'Another' });
    sending.instance.travel(HOUR);
    await sending.instance.tick();
    expect((await sending.trail(held.contactId))[0]?.[1]).toBe('queued');
    const { body } = await sending.shop.call('PATCH', '/v1/shop', { sending: { resume: true } });
    expect([body.marketingHaltedReason, body.sending.resume]).toEqual([null, undefined]);
    sending.instance.travel(HOUR);
    await sending.instance.tick();
    expect((await sending.trail(held.contactId))[0]?.[1]).toBe('sent');
    expect(await warned()).toBeNull();
  });
});

describe('addresses that are none', () => {
  it('more than five in a hundred halt what sells', async () => {
    await send(100);
    await happen('Bounce', 0, 5, 1);
    expect(await halted()).toBeNull();
    await happen('Bounce', 5, 6, 1);
    expect(await halted()).toBe('6 of the last 100 letters went to addresses that don’t exist');
  });

  it('full mailboxes don’t', async () => {
    await send(100);
    await happen('Bounce', 0, 12, 4_096);
    expect(await halted()).toBeNull();
  });
});
