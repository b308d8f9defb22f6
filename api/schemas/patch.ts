/** The body of a change: checked for shape here, and as a whole once it is laid over what is stored. */

import { z } from 'zod';

export const patchBody = z
  .record(z.string(), z.unknown())
  .meta({ id: 'MergePatch', description: 'JSON Merge Patch, RFC 7396' });
