/** Letters whose fate is unknown, and workers that vanished or froze. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendDue } from '../../../api/actions/sending/send-due.ts';
import type { Mailer } from '../../../emails/mailer.ts';
import { addFlow, enroll } from '../../support/enroll.ts';
import { GRACE, HOUR, MINUTE, type Sending, startSending } from '../../support/sending.ts';

vi.setConfig({ testTimeout: 60_000 });

let sending: Sending;
let people = 0;

/** How long an accepted letter stays invisible to searches. */
const LAG = 5 * MINUTE;

beforeAll(async () => {
  sending = await startSending({ searchLagMs: LAG });
  const { deps } = sending.instance;
  await addFlow(deps, sending.shop.id, 'one', [{ send: 'offer' }]);
  await addFlow(deps, sending.shop.id, 'reminder', [{ send: 'reminder-1' }, { wait: '1d' }, { send: 'reminder-2' }]);
});
afterAll(() => sending.close());
beforeEach(async () => {
  sending.instance.travel(HOUR);
  await sending.instance.tick();
  sending.postmark.clear();
});

const join = (flow = 'one') => {
  people += 1;
  return enroll(sending.instance.deps, sending.shop.id, { email: `p${people}@example.com`, flow });
};
const acceptedFor = ({ email }: { email: string }): number =>
  sending.postmark.sent().filter(({ To }) => To === email).length;
const tickAfter = async (ms: number): Promise<void> => {
  sending.instance.travel(ms);
  await sending.instance.tick();
};

describe('unknown', () => {
  it('is asked about only after the grace time, and found', async () => {
    const person = await join('reminder');
    sending.postmark.fail(['accept-cut']);
    await tickAfter(0);
    await tickAfter(10 * MINUTE - 10_000);
    expect((await sending.letters(person.contactId))[0]?.status).toBe('unknown');
    await tickAfter(11_000);
    const [letter] = await sending.letters(person.contactId);
    expect(letter).toMatchObject({
      status: 'sent',
      providerId: sending.postmark.sent()[0]?.MessageID,
      attempt: 1,
      resends: 0,
    });
    expect(await sending.chain(person.enrollmentId)).toMatchObject({ status: 'active', step: 2 });
    expect(sending.postmark.received()).toBe(1);
  });

  it('the letter with the code goes once more when the provider never had it, and only once', async () => {
    const person = await join();
    sending.postmark.fail(['drop', 'drop']);
    await tickAfter(0);
    await tickAfter(GRACE);
    expect((await sending.letters(person.contactId))[0]).toMatchObject({ status: 'unknown', resends: 1, attempt: 2 });
    await tickAfter(GRACE);
    expect((await sending.letters(person.contactId))[0]).toMatchObject({ status: 'failed', reason: 'not_found' });
    await tickAfter(24 * HOUR);
    expect((await sending.letters(person.contactId))[0]).toMatchObject({ status: 'failed', attempt: 2 });
    expect(acceptedFor(person)).toBe(0);
    expect(await sending.chain(person.enrollmentId)).toMatchObject({ status: 'completed' });
  });

  it('a reminder that the provider never had stays lost, and the chain goes on', async () => {
    const person = await join('reminder');
    sending.postmark.fail(['drop']);
    await tickAfter(0);
    await tickAfter(GRACE);
    expect(await sending.trail(person.contactId)).toEqual([['reminder-1', 'failed', 'not_found']]);
    await tickAfter(25 * HOUR);
    expect((await sending.trail(person.contactId)).at(-1)).toEqual(['reminder-2', 'sent', null]);
    expect(sending.postmark.sent().map(({ Tag }) => Tag)).toEqual(['reminder/reminder-2']);
  });

  it('a search without an answer is made again', async () => {
    const person = await join();
    sending.postmark.fail(['accept-reset']);
    sending.postmark.failSearches(['drop', { answer: 100, status: 500 }, 'hang']);
    await tickAfter(0);
    for (const ms of [GRACE, 2 * MINUTE, 2 * MINUTE]) {
      sending.instance.travel(ms);
      await sending.tickImpatiently();
      expect((await sending.letters(person.contactId))[0]).toMatchObject({ status: 'unknown', resends: 0 });
    }
    await tickAfter(2 * MINUTE);
    expect((await sending.letters(person.contactId))[0]).toMatchObject({ status: 'sent' });
    expect(sending.postmark.sent().length).toBe(1);
  });

  it('the letter with the code stays lost when its chain was stopped meanwhile', async () => {
    const person = await join();
    sending.postmark.fail(['drop']);
    await tickAfter(0);
    await sending.shop.call('POST', `/v1/codes/${person.code}/redeem`, { orderId: `order-${people}`, total: 40 });
    await tickAfter(GRACE);
    expect(await sending.trail(person.contactId)).toEqual([['offer', 'failed', 'not_found']]);
    expect(sending.postmark.sent()).toEqual([]);
  });

  it('a repeat of the offer moves its chain nowhere', async () => {
    const person = await join('reminder');
    await tickAfter(0);
    const before = await sending.chain(person.enrollmentId);
    await sending.instance.db.engine(
      ({ sql }) => sql`
        with again as (
          insert into message (shop_id, id, enrollment_id, contact_id, step, occurrence, letter, purpose, claimed, prompt, address_hash, status,
            attempt, resends, queued_at, not_before)
          select shop_id, gen_random_uuid(), enrollment_id, contact_id, 0, 1, 'offer', purpose, true, true, address_hash, 'queued', 0, 0, queued_at, queued_at
          from message where contact_id = ${person.contactId} returning shop_id, id, not_before
        )
        insert into outbox (shop_id, id, not_before) select * from again`,
    );
    await tickAfter(0);
    expect((await sending.letters(person.contactId)).map(({ status }) => status)).toEqual(['sent', 'sent']);
    expect(await sending.chain(person.enrollmentId)).toEqual(before);
  });
});

describe('a worker that vanished', () => {
  it('before the call: the letter goes back, whole', async () => {
    const person = await join();
    await vanish('compose');
    expect((await sending.letters(person.contactId))[0]).toMatchObject({ status: 'queued', callStartedAt: null });
    await tickAfter(2 * MINUTE);
    expect((await sending.letters(person.contactId))[0]).toMatchObject({ status: 'sent', attempt: 1 });
    expect(sending.postmark.sent().length).toBe(1);
  });

  it.each([
    ['before the provider had it', 'call', 0],
    ['after the provider had it', 'settle', 1],
  ] as const)('%s: nobody calls again before it is known', async (_name, where, had) => {
    const person = await join();
    await vanish(where);
    expect((await sending.letters(person.contactId))[0]).toMatchObject({
      status: 'sending',
      callStartedAt: expect.any(Number),
    });
    await tickAfter(9 * MINUTE);
    expect(sending.postmark.sent().length).toBe(had);
    await tickAfter(GRACE);
    expect((await sending.letters(person.contactId))[0]).toMatchObject({ status: 'sent', resends: 1 - had });
    expect(sending.postmark.sent().length).toBe(1);
  });

  /** Runs a worker up to this point and never further: the promise it waits for is never kept. */
  async function vanish(where: 'compose' | 'call' | 'settle'): Promise<void> {
    const { deps } = sending.instance;
    const { mailer } = deps;
    await new Promise<void>((resolve) => {
      const never = (): Promise<never> => {
        resolve();
        return new Promise(() => {});
      };
      const send: Mailer['send'] = async (letter, ms) => {
        if (where === 'settle') await mailer.send(letter, ms);
        return never();
      };
      let transactions = 0;
      const engine: typeof deps.db.engine = (work) => {
        transactions += 1;
        // The first after the claim gathers what goes into the letter.
        return where === 'compose' && transactions === 1 ? never() : deps.db.engine(work);
      };
      void sendDue({ ...deps, db: { ...deps.db, engine }, mailer: { ...mailer, send } }, 100, Number.POSITIVE_INFINITY);
    });
  }
});

describe('a worker that froze', () => {
  it('before the fence: past its lease it neither calls nor settles', async () => {
    const person = await join();
    const { deps } = sending.instance;
    let transactions = 0;
    const engine: typeof deps.db.engine = async (work) => {
      transactions += 1;
      if (transactions === 2) await tickAfter(2 * MINUTE);
      return deps.db.engine(work);
    };
    await sendDue({ ...deps, db: { ...deps.db, engine } }, 100, Number.POSITIVE_INFINITY);
    expect(sending.postmark.received()).toBe(1);
    expect((await sending.letters(person.contactId))[0]).toMatchObject({ status: 'sent', attempt: 1 });
  });

  it('between fence and call: it does not call any more', async () => {
    const person = await join();
    const { deps } = sending.instance;
    let transactions = 0;
    let asleep = 0;
    const engine: typeof deps.db.engine = async (work) => {
      transactions += 1;
      const result = await deps.db.engine(work);
      if (transactions === 2) asleep = HOUR;
      return result;
    };
    await sendDue(
      { ...deps, now: () => deps.now() + asleep, db: { ...deps.db, engine } },
      100,
      Number.POSITIVE_INFINITY,
    );
    expect(sending.postmark.received()).toBe(0);
    await tickAfter(2 * MINUTE);
    expect((await sending.letters(person.contactId))[0]).toMatchObject({ status: 'sent', attempt: 1 });
    expect(sending.postmark.sent().length).toBe(1);
  });

  it('in the call: when it wakes, what was found out stays', async () => {
    const person = await join();
    const { deps } = sending.instance;
    const send: Mailer['send'] = async (letter, ms) => {
      await deps.mailer.send(letter, ms);
      await tickAfter(GRACE);
      return { kind: 'retry', reason: 'late news' };
    };
    await sendDue({ ...deps, mailer: { ...deps.mailer, send } }, 100, Number.POSITIVE_INFINITY);
    expect((await sending.letters(person.contactId))[0]).toMatchObject({ status: 'sent', reason: null });
    await tickAfter(24 * HOUR);
    expect(acceptedFor(person)).toBe(1);
  });
});
