/** How often each signal of leaving came, and how often it really was one. */

import type { Tx } from './connect.ts';

export interface ExitSignalCount {
  signal: string;
  /** Visits in which it came; each counts once, by its first. */
  visits: number;
  /** An offer was shown on it. */
  shown: number;
  /** No offer was shown on it: held out, not eligible, quiet. */
  ghost: number;
  /** Of the ghosts, those after which the visitor did nothing more. */
  left: number;
}

/** An offer shown within this time answers the signal. */
const ANSWER_MS = 5_000;
/** What happens sooner belongs to the page that was being left. */
const SETTLE_MS = 1_000;
/** Doings that prove that somebody is still there. */
const STAYED = [
  'page_view',
  'view_item',
  'view_reviews',
  'search',
  'add_to_wishlist',
  'add_to_cart',
  'remove_from_cart',
  'begin_checkout',
  'purchase',
];

/** Visits whose first signal lies in [from, to) and that were silent since `quietSince`: who is still here has not left. */
export async function countExitSignals(
  { sql }: Tx,
  { shopId, from, to, quietSince }: { shopId: string; from: number; to: number; quietSince: number },
): Promise<ExitSignalCount[]> {
  return sql<ExitSignalCount[]>`
    with first as (
      select distinct on (e.visit_id, e.body->>'signal') e.visit_id, e.body->>'signal' as signal, e.at
      from event e join visit v on v.shop_id = e.shop_id and v.id = e.visit_id
      where e.shop_id = ${shopId} and e.type = 'exit_intent' and e.at >= ${from} and e.at < ${to} and v.last_at < ${quietSince}
      order by e.visit_id, e.body->>'signal', e.at
    ), judged as (
      select first.signal,
        exists (
          select from event s where s.shop_id = ${shopId} and s.visit_id = first.visit_id and s.type = 'offer_shown'
            and s.at between first.at and first.at + ${ANSWER_MS} * interval '1 ms'
        ) as shown,
        exists (
          select from event s where s.shop_id = ${shopId} and s.visit_id = first.visit_id and s.type in ${sql(STAYED)}
            and s.at > first.at + ${SETTLE_MS} * interval '1 ms'
        ) as stayed
      from first
    )
    select signal, count(*) as visits, count(*) filter (where shown) as shown, count(*) filter (where not shown) as ghost,
      count(*) filter (where not shown and not stayed) as left
    from judged group by signal order by signal`;
}
