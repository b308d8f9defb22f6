/** What flows do beside letters: planned in the transaction of the step, done by the tick, at least once. */

import type { Tx } from './connect.ts';
import type { errand } from './schema.ts';

export type ErrandRow = typeof errand.$inferSelect;

export interface PlannedErrand {
  shopId: string;
  enrollmentId: string;
  contactId: string;
  /** Of the step in its flow's program. */
  place: number;
  kind: ErrandRow['kind'];
  subject: string;
}

/** The id follows from enrollment and place, so planning the same one again changes nothing. */
export async function insertErrand({ sql, now }: Tx, planned: PlannedErrand): Promise<void> {
  const { shopId, enrollmentId, contactId, place, kind, subject } = planned;
  await sql`
    insert into errand (shop_id, id, enrollment_id, contact_id, kind, subject, status, attempt, queued_at, not_before)
    values (${shopId}, md5(${`${enrollmentId}:${place}:${kind}`})::uuid, ${enrollmentId}, ${contactId}, ${kind}, ${subject}, 'queued', 0, ${now}, ${now})
    on conflict do nothing`;
}
