/** Who waits for which sold-out item. */

import type { Tx } from './connect.ts';
import type { waiting } from './schema/contacts.ts';

export type WaitingRow = typeof waiting.$inferSelect;

/** What one person can wait for at a time: anybody may type their address. */
const MOST_OPEN = 20;

/** Once per person and item, however often it is asked for. Expects the contact to be locked. */
export async function addWaiting({ sql, now }: Tx, row: Omit<WaitingRow, 'askedAt' | 'notifiedAt'>): Promise<void> {
  const { shopId, contactId } = row;
  await sql`
    insert into waiting (shop_id, id, contact_id, item_id, title, url, locale, asked_at)
    select ${shopId}, ${row.id}, ${contactId}, ${row.itemId}, ${row.title}, ${row.url}, ${row.locale}, ${now}
    where (select count(*) from waiting where shop_id = ${shopId} and contact_id = ${contactId} and notified_at is null) < ${MOST_OPEN}
    on conflict (shop_id, contact_id, item_id) where notified_at is null do nothing`;
}
