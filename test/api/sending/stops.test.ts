/** Whatever ends a chain ends it as of its commit: nothing leaves after a stop that came before the fence. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendDue } from '../../../api/actions/sending/send-due.ts';
import type { Deps } from '../../../api/deps.ts';
import { signToken } from '../../../api/signing.ts';
import type { Mailer } from '../../../emails/mailer.ts';
import { addFlow, type Enrolled, enroll, enrollAll } from '../../support/enroll.ts';
import { seeded } from '../../support/random.ts';
import { HOUR, type Sending, startSending } from '../../support/sending.ts';

vi.setConfig({ testTimeout: 60_000 });

let sending: Sending;
let people = 0;

beforeAll(async () => {
  sending = await startSending();
  await addFlow(
    sending.instance.deps,
    sending.shop.id,
    'stubborn',
    [{ send: 'offer' }, { wait: '1h' }, { send: 'reminder-1' }],
    { stopOn: [] },
  );
});
afterAll(() => sending.close());
beforeEach(async () => {
  await sending.instance.tick();
  sending.postmark.clear();
});

type Stop = (person: Enrolled) => Promise<{ status: number; text: string }>;

const order = async (change: Record<string, unknown>) => {
  people += 1;
  const id = `order-${people}`;
  const placedAt = new Date(await sending.now()).toISOString();
  const body = { id, status: 'paid', total: 40, currency: 'EUR', items: [], codes: [], placedAt };
  return sending.shop.call('POST', '/v1/orders', { ...body, ...change });
};

/** The link in the person's first letter, whether it has left or not. */
async function unsubscribeLink(person: Enrolled): Promise<string> {
  const [letter] = await sending.letters(person.contactId);
  return `/u/${await signToken(sending.instance.settings.signingKey, 'unsubscribe', letter?.id ?? '')}`;
}

const STOPS: Record<string, Stop> = {
  redeemed: ({ code }) => {
    people += 1;
    return sending.shop.call('POST', `/v1/codes/${code}/redeem`, { orderId: `order-${people}`, total: 40 });
  },
  'ordered with the address': ({ email }) => order({ email }),
  'ordered from the browser': ({ visitorId }) => order({ visitor: visitorId }),
  'ordered with the code': ({ code }) => order({ codes: [code], email: 'another@example.com' }),
  unsubscribed: async (person) =>
    sending.instance.call('POST', await unsubscribeLink(person), 'List-Unsubscribe=One-Click'),
};
const REASONS = ['redeemed', 'purchased', 'unsubscribed'];
const cases = Object.entries(STOPS);

const join = (flow?: string): Promise<Enrolled> => {
  people += 1;
  return enroll(sending.instance.deps, sending.shop.id, { email: `p${people}@example.com`, ...(flow ? { flow } : {}) });
};
const acceptedFor = ({ email }: Enrolled): number => sending.postmark.sent().filter(({ To }) => To === email).length;
const stopped = async (person: Enrolled): Promise<void> => {
  const chain = await sending.chain(person.enrollmentId);
  expect(chain).toMatchObject({ status: 'stopped', dueAt: null });
  expect(REASONS).toContain(chain.reason);
};
const runOn = async (): Promise<void> => {
  for (let turn = 0; turn < 4; turn += 1) {
    sending.instance.travel(60 * HOUR);
    await sending.instance.tick();
  }
};

/** The engine with something done between two of its transactions: 1 after the claim, 2 when the letters are gathered, 3 after the fence. */
function between(after: number, act: () => Promise<unknown>): Deps {
  const { deps } = sending.instance;
  let transactions = 0;
  const done = async <T>(result: T): Promise<T> => {
    transactions += 1;
    if (transactions === after) await act();
    return result;
  };
  const engine: Deps['db']['engine'] = async (work) => done(await deps.db.engine(work));
  const once: Deps['db']['once'] = async (work) => done(await deps.db.once(work));
  return { ...deps, db: { ...deps.db, engine, once } };
}

describe.each(cases)('%s', (_name, stop) => {
  it('while the letter waits: nothing leaves', async () => {
    const person = await join();
    expect((await stop(person)).status).toBeLessThan(300);
    await stopped(person);
    expect(await sending.trail(person.contactId)).toEqual([['offer', 'cancelled', expect.any(String)]]);
    await runOn();
    expect(acceptedFor(person)).toBe(0);
  });

  it('while a worker holds it, before the fence: nothing leaves', async () => {
    const person = await join();
    await sendDue(
      between(1, () => stop(person)),
      100,
      Number.POSITIVE_INFINITY,
    );
    await stopped(person);
    expect(await sending.trail(person.contactId)).toEqual([['offer', 'cancelled', expect.any(String)]]);
    await runOn();
    expect(acceptedFor(person)).toBe(0);
  });

  it('while the provider is called: that letter has left, no other will', async () => {
    const person = await join();
    await sendDue(
      between(3, () => stop(person)),
      100,
      Number.POSITIVE_INFINITY,
    );
    await stopped(person);
    expect(await sending.trail(person.contactId)).toEqual([['offer', 'sent', null]]);
    await runOn();
    expect(acceptedFor(person)).toBe(1);
  });

  it('while the provider says "later": the letter does not come back', async () => {
    const person = await join();
    const { deps } = sending.instance;
    const send: Mailer['send'] = async () => {
      await stop(person);
      return { kind: 'retry', reason: 'later' };
    };
    await sendDue({ ...deps, mailer: { ...deps.mailer, send } }, 100, Number.POSITIVE_INFINITY);
    await runOn();
    await stopped(person);
    expect(acceptedFor(person)).toBe(0);
    expect((await sending.letters(person.contactId))[0]?.status).toBe('cancelled');
  });

  it('between two letters: the next is never planned', async () => {
    const person = await join();
    await sending.instance.tick();
    await stop(person);
    await stopped(person);
    await runOn();
    expect(acceptedFor(person)).toBe(1);
    expect((await sending.letters(person.contactId)).length).toBe(1);
  });

  it('twice is once', async () => {
    const person = await join();
    const [first, second] = [await stop(person), await stop(person)];
    expect(first.status).toBeLessThan(300);
    expect([200, 201, 409]).toContain(second.status);
    await stopped(person);
  });
});

describe('a flow that lists no stops', () => {
  it.each(['redeemed', 'unsubscribed'])('still ends when %s', async (name) => {
    const person = await join('stubborn');
    await sending.instance.tick();
    await STOPS[name]?.(person);
    await stopped(person);
    await runOn();
    expect(acceptedFor(person)).toBe(1);
  });
});

it('a flow switched off while a worker holds its letter keeps the letter, whole', async () => {
  const person = await join('stubborn');
  const off = () => sending.shop.call('PATCH', '/v1/flows/stubborn', { enabled: false });
  await sendDue(between(1, off), 100, Number.POSITIVE_INFINITY);
  expect(acceptedFor(person)).toBe(0);
  expect((await sending.letters(person.contactId))[0]).toMatchObject({
    status: 'queued',
    reason: 'flow_disabled',
    attempt: 0,
  });
});

describe('the link in the letter', () => {
  it('opened only (GET, as scanners do) changes nothing', async () => {
    const person = await join();
    await sending.instance.tick();
    const link = await unsubscribeLink(person);
    for (let times = 0; times < 3; times += 1) expect((await sending.instance.call('GET', link)).status).toBe(200);
    expect(await sending.chain(person.enrollmentId)).toMatchObject({ status: 'active' });
    sending.instance.travel(25 * HOUR);
    await sending.instance.tick();
    expect(acceptedFor(person)).toBe(2);
  });

  it('posted twice leaves one withdrawal on the record', async () => {
    const person = await join();
    const link = await unsubscribeLink(person);
    for (let times = 0; times < 2; times += 1) {
      expect((await sending.instance.call('POST', link, 'List-Unsubscribe=One-Click')).status).toBe(200);
    }
    const consents = await sending.instance.db.engine(
      ({ sql }) =>
        sql<
          { granted: boolean; method: string }[]
        >`select granted, method from consent where contact_id = ${person.contactId}`,
    );
    expect(consents).toEqual([{ granted: false, method: 'one_click' }]);
  });
});

it('in any interleaving, what was not fenced when a stop was answered never leaves', async () => {
  const seed = Number(process.env.SEED ?? 20_261_122);
  const random = seeded(seed);
  const { deps } = sending.instance;
  const group = await enrollAll(
    deps,
    sending.shop.id,
    Array.from({ length: 200 }, (_, n) => ({ email: `mix${n}@example.com` })),
  );
  const uncalled: Enrolled[] = [];
  const halt = async (person: Enrolled): Promise<void> => {
    const [, stop] = random.pick(cases);
    const answered = await stop(person);
    if (answered.status >= 300) throw new Error(`seed ${seed}: ${answered.text}`);
    const [letter] = await sending.letters(person.contactId);
    if (letter?.callStartedAt === null) uncalled.push(person);
  };
  // In rounds, so that about as many stops as letters are under way at any moment.
  const leaving = group.filter(() => random.chance(0.7));
  while (leaving.length > 0) {
    const round = leaving.splice(0, random.int(1, 4)).map(halt);
    await Promise.all([
      ...round,
      sendDue(deps, random.int(1, 3), Number.POSITIVE_INFINITY),
      sendDue(deps, 1, Number.POSITIVE_INFINITY),
    ]);
  }
  await sending.instance.tick();

  expect(uncalled.length, `seed ${seed}`).toBeGreaterThan(10);
  expect(
    uncalled.filter((person) => acceptedFor(person) > 0),
    `seed ${seed}`,
  ).toEqual([]);
  const all = await sending.letters();
  for (const person of group) {
    const [letter] = all.filter(({ contactId }) => contactId === person.contactId);
    expect(acceptedFor(person), `seed ${seed}, ${person.email}`).toBe(letter?.status === 'sent' ? 1 : 0);
    expect(['sent', 'cancelled'], `seed ${seed}`).toContain(letter?.status);
  }
});
