/** Column types whose values the driver converts (see connect.ts), so that a row reads the same through every door. */

import { customType } from 'drizzle-orm/pg-core';

/** ms since the epoch. */
export const instant = customType<{ data: number }>({ dataType: () => 'timestamp with time zone' });

/** A decimal number, stored exact. */
export const money = customType<{ data: number }>({ dataType: () => 'numeric(19,4)' });

export const json = <T>(name?: string) => customType<{ data: T }>({ dataType: () => 'jsonb' })(name ?? '');
