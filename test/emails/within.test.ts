/** How long an answer is waited for. */

import { expect, it } from 'vitest';
import { within } from '../../emails/within.ts';

/** As a process that is frozen: no timer is heard meanwhile. */
const freeze = (ms: number): void => {
  const until = Date.now() + ms;
  while (Date.now() < until);
};

it('says that it is late to work that went on after its time was up, before any timer could', async () => {
  const seen: boolean[] = [];
  await within(20, async (signal, late) => {
    seen.push(late());
    freeze(40);
    seen.push(late(), signal.aborted);
  }).catch(() => {});
  expect(seen).toEqual([false, true, false]);
});

it('gives what the work comes to in time, and an error where it does not', async () => {
  expect(await within(1_000, async () => 'done')).toBe('done');
  await expect(within(1, () => new Promise(() => {}))).rejects.toThrow('no answer within 1 ms');
});
