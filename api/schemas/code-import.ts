/** Codes that a shop uploads, and what is left of them. */

import { z } from 'zod';
import { codesByLine } from '../../core/codes/code-list.ts';
import { poolName } from './code-plan.ts';

/** In one upload. */
const MOST_CODES = 50_000;

export const codeImport = z
  .strictObject({
    pool: z.exactOptional(poolName),
    codes: z.array(z.string().max(200)).min(1, 'must hold at least one code').max(MOST_CODES),
  })
  .meta({ id: 'CodeImport' });

/** A table as the same: the entry's place is its line. */
export const codeImportFromCsv = (text: string): unknown => ({ codes: codesByLine(text) });

export const codeImportQuery = z.object({
  pool: z.exactOptional(poolName.meta({ description: 'For a table: the name of the pool; absent: `default`.' })),
});

export const codeImportAnswer = z
  .object({
    pool: z.string(),
    accepted: z.int(),
    rejected: z.array(
      z.object({ line: z.int(), code: z.string(), reason: z.enum(['not_a_code', 'repeated', 'known']) }),
    ),
    free: z.int().meta({ description: 'How many the pool has to give now.' }),
  })
  .meta({ id: 'CodeImportReport' });

export const poolAnswer = z
  .object({
    pool: z.string(),
    source: z.enum(['upload', 'shopify', 'woocommerce']),
    rules: z.array(z.object({ id: z.guid(), name: z.string(), enabled: z.boolean() })),
    free: z.int(),
    taken: z.int(),
    low: z
      .boolean()
      .meta({ description: 'A tenth of what it held is left, or less; on a platform half of `code.ahead`.' }),
    problem: z.string().nullable().meta({ description: 'Why the platform makes no more.' }),
  })
  .meta({ id: 'Pool' });
