/** A transaction's plans, kept from what statistics say of tables that fill and empty by the second. */

import type { Tx } from './connect.ts';

/**
 * Until the transaction ends rows are looked up by their indexes, and taken in their order. What is due comes and goes faster than
 * statistics are gathered, and a planner that believes in a small table reads or sorts all of it. So there is one plan whatever is asked
 * for, and a connection makes it once.
 */
export async function readByIndex({ sql }: Tx): Promise<void> {
  await sql`
    select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
      set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('enable_sort', 'off', true),
      set_config('plan_cache_mode', 'force_generic_plan', true)`;
}
