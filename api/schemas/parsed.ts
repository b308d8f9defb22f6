/** A value as its schema sees it, or the problem that names every field that is wrong. `under`: where in the body the value lies. */

import type { ZodType } from 'zod';
import { Problem } from '../problem.ts';
import { fieldErrors, wording } from './field-errors.ts';

export function parsed<T>(schema: ZodType<T>, value: unknown, under = ''): T {
  const result = schema.safeParse(value, { error: wording, reportInput: true });
  if (result.success) return result.data;
  throw new Problem('invalid', { errors: fieldErrors(result.error.issues, under, schema) });
}
