/** Starts a flow for a contact and takes its first steps, in the transaction of what caused it. */

import type { Tx } from '../../../db/connect.ts';
import { type EnrollmentRow, insertEnrollment, type NewEnrollment } from '../../../db/enrollments.ts';
import type { StoredFlow } from '../../../db/flows.ts';
import type { Deps } from '../../deps.ts';
import { type AdvanceOptions, advanceEnrollments } from './advance-due.ts';

/** The new enrollment with its first letter planned, or null when this key has entered before. */
export async function enterFlow(
  tx: Tx,
  deps: Deps,
  flow: StoredFlow,
  entry: Omit<NewEnrollment, 'flowKey' | 'flowVersion'>,
  options: Pick<AdvanceOptions, 'withheld'> = {},
): Promise<EnrollmentRow | null> {
  // Its first steps are asked for together with it; where it was not entered they find nothing.
  const [enrollment] = await Promise.all([
    insertEnrollment(tx, { ...entry, flowKey: flow.key, flowVersion: flow.version }),
    advanceEnrollments(tx, deps, { ...options, limit: 1, id: entry.id }),
  ]);
  return enrollment;
}
