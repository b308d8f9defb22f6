/** Notes what letters try for the first time, so that somebody looks who wins. */

import { trialsOf } from '../../../core/experiments/trial.ts';
import type { Tx } from '../../../db/connect.ts';
import type { DueEnrollment } from '../../../db/enrollments.ts';
import type { PlannedMessage } from '../../../db/messages.ts';
import { insertTrials, type NewTrial } from '../../../db/trials.ts';

export async function beginTrials(
  tx: Tx,
  due: readonly DueEnrollment[],
  letters: readonly Pick<PlannedMessage, 'shopId' | 'enrollmentId' | 'trial'>[],
): Promise<void> {
  const begun = new Map<string, NewTrial>();
  for (const { shopId, enrollmentId, trial } of letters) {
    if (!trial || begun.has(`${shopId} ${trial}`)) continue;
    const flow = due.find(({ id }) => id === enrollmentId)?.flow;
    const plan = flow && trialsOf(flow).find(({ key }) => key === trial)?.plan;
    // What is tried without end needs nobody who looks.
    if (!plan || plan.by === 'never') continue;
    begun.set(`${shopId} ${trial}`, { shopId, key: trial, plan, dueAt: tx.now + plan.windowMs });
  }
  await insertTrials(tx, [...begun.values()]);
}
