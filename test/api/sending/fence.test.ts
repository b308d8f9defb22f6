/** Letters that ask together whether they may leave: each is answered as if it had asked alone. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { advanceDue } from '../../../api/actions/flows/advance-due.ts';
import { openFence } from '../../../api/actions/sending/fence.ts';
import { claimDue, sendDue } from '../../../api/actions/sending/send-due.ts';
import type { Deps } from '../../../api/deps.ts';
import { readLetters } from '../../../db/due-letters.ts';
import { addFlow, enrollAll } from '../../support/enroll.ts';
import { GRACE, HOUR, type Sending, startSending } from '../../support/sending.ts';

vi.setConfig({ testTimeout: 60_000 });

let sending: Sending;
let people = 0;

beforeAll(async () => {
  sending = await startSending();
  await addFlow(sending.instance.deps, sending.shop.id, 'one', [{ send: 'offer' }]);
});
afterAll(() => sending.close());
beforeEach(async () => {
  sending.instance.travel(HOUR);
  await sending.instance.tick();
  sending.postmark.clear();
});

const join = async (count: number): Promise<void> => {
  people += 1;
  const { deps } = sending.instance;
  const emails = Array.from({ length: count }, (_, n) => ({ email: `p${people}-${n}@example.com`, flow: 'one' }));
  await enrollAll(deps, sending.shop.id, emails);
  await advanceDue(deps, count);
};

/** The engine with something else done in the place of one of its transactions. */
function instead(of: number, act: Deps['db']['engine']): Deps {
  const { deps } = sending.instance;
  let transactions = 0;
  const engine: Deps['db']['engine'] = (work) => {
    transactions += 1;
    return transactions === of ? act(work) : deps.db.engine(work);
  };
  return { ...deps, db: { ...deps.db, engine } };
}

const dueLetters = async (deps: Deps, claim: string) => {
  const leased = await claimDue(deps, 100, claim);
  return deps.db.engine((tx) => readLetters(tx, leased));
};
it('takes no transaction for each', async () => {
  await join(60);
  const { deps } = sending.instance;
  let transactions = 0;
  const engine: Deps['db']['engine'] = (work) => {
    transactions += 1;
    return deps.db.engine(work);
  };
  await sendDue({ ...deps, db: { ...deps.db, engine } }, 100, Number.POSITIVE_INFINITY);
  expect(sending.postmark.sent().length).toBe(60);
  expect(transactions).toBeLessThan(60);
});

it('counts those of one person against each other', async () => {
  const { deps } = sending.instance;
  const capped = await sending.instance.openShop({ sending: { dailyCap: 1, quietHours: null } });
  for (const key of ['a', 'b', 'c']) await addFlow(deps, capped.id, key, [{ wait: '2h' }, { send: 'reminder-1' }]);
  await enrollAll(
    deps,
    capped.id,
    ['a', 'b', 'c'].map((flow) => ({ email: 'often@example.com', flow })),
  );
  sending.instance.travel(3 * HOUR);
  await advanceDue(deps, 100);
  const claim = deps.newId();
  const letters = await dueLetters(deps, claim);
  const fence = openFence(deps, claim);
  const verdicts = await Promise.all(letters.map(fence));
  expect(
    verdicts
      .map((verdict) => (verdict && 'send' in verdict ? 'send' : verdict && 'hold' in verdict ? verdict.reason : null))
      .sort(),
  ).toEqual(['daily_cap', 'daily_cap', 'send']);
  // Who was told to go is asked about no more.
  expect((await Promise.all(letters.map(fence))).filter((verdict) => verdict === null).length).toBe(1);
});

describe('a fence that fails', () => {
  it('for what one of them meets takes no other down', async () => {
    await join(3);
    const claim = sending.instance.deps.newId();
    const letters = await dueLetters(sending.instance.deps, claim);
    const fence = openFence(
      instead(1, () => Promise.reject(new Error('met another'))),
      claim,
    );
    expect(await Promise.all(letters.map(fence))).toEqual([{ send: true }, { send: true }, { send: true }]);
  });

  it('after its commit leaves letters that nobody calls: they are looked for, and go once', async () => {
    await join(3);
    const { deps } = sending.instance;
    const unheard: Deps['db']['engine'] = async (work) => {
      await deps.db.engine(work);
      throw new Error('the answer was lost');
    };
    await sendDue(instead(2, unheard), 100, Number.POSITIVE_INFINITY);
    const fenced = (await sending.letters()).filter(({ status }) => status === 'sending').length;
    expect([fenced > 0, fenced + sending.postmark.received()]).toEqual([true, 3]);
    sending.instance.travel(GRACE);
    await sending.instance.tick();
    await sending.instance.tick();
    expect(new Set(sending.postmark.sent().map(({ To }) => To)).size).toBe(3);
    expect(sending.postmark.sent().length).toBe(3);
  });
});
