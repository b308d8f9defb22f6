/** How much work waits in the whole instance, from indexes that hold nothing but such work. */

import type { Tx } from './connect.ts';

export interface Workload {
  due: number;
  oldestDueAt: number | null;
  sending: number;
  unknown: number;
  sentLastHour: number;
  chainsDue: number;
  entriesDue: number;
  errandsDue: number;
  shops: number;
  shopsHalted: number;
  shopsMarketingHalted: number;
}

export async function workload({ sql, now }: Tx): Promise<Workload> {
  const [row] = await sql<Workload[]>`
    select
      (select count(*) from shop s join outbox o on o.shop_id = s.id and not o.called and o.not_before <= ${now}) as due,
      (select min(oldest.not_before) from shop s cross join lateral (select not_before from outbox
        where shop_id = s.id and not called and not_before <= ${now} order by not_before limit 1) oldest) as oldest_due_at,
      (select count(*) from outbox o join message m on m.id = o.id where o.called and m.status = 'sending') as sending,
      (select count(*) from outbox o join message m on m.id = o.id where o.called and m.status = 'unknown') as unknown,
      (select count(*) from shop s join message m on m.shop_id = s.id and m.status = 'sent' and m.settled_at > ${now - 3_600_000}) as sent_last_hour,
      (select count(*) from enrollment where status = 'active' and due_at <= ${now}) + (select count(*) from settled_chain) as chains_due,
      (select count(*) from pending_entry where due_at <= ${now}) as entries_due,
      (select count(*) from errand where status = 'queued' and not_before <= ${now}) as errands_due,
      (select count(*) from shop) as shops,
      (select count(*) from shop where halted_until > ${now}) as shops_halted,
      (select count(*) from shop where marketing_halted_at is not null) as shops_marketing_halted`;
  if (!row) throw new Error('the workload returned nothing');
  return row;
}
