/** The local inbox: where letters land when no mail provider is set. */

import type { Tx } from './connect.ts';
import type { inboxLetter } from './schema/letters.ts';

export type InboxLetter = typeof inboxLetter.$inferSelect;

export async function keepLetter({ sql, now }: Tx, row: Omit<InboxLetter, 'at'>): Promise<void> {
  await sql`
    insert into inbox_letter (shop_id, id, sender, recipient, subject, html, text, headers, at)
    values (${row.shopId}, ${row.id}, ${row.sender}, ${row.recipient}, ${row.subject}, ${row.html}, ${row.text}, ${sql.json(row.headers)}, ${now})
    on conflict (id) do nothing`;
}

export async function letterById({ sql }: Tx, id: string): Promise<InboxLetter | null> {
  const [row] = await sql<InboxLetter[]>`select * from inbox_letter where id = ${id}`;
  return row ?? null;
}

export async function latestLetters({ sql }: Tx, limit: number): Promise<Omit<InboxLetter, 'html' | 'text'>[]> {
  return sql<Omit<InboxLetter, 'html' | 'text'>[]>`
    select shop_id, id, sender, recipient, subject, headers, at from inbox_letter order by at desc, id limit ${limit}`;
}
