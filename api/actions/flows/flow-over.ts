/** A flow as a change would make it. */

import type { Flow } from '../../../core/flows/flow.ts';
import type { StoredFlow } from '../../../db/flows.ts';
import { mergePatch } from '../../merge-patch.ts';
import { Problem } from '../../problem.ts';
import { flowInput } from '../../schemas/flow.ts';
import { parsed } from '../../schemas/parsed.ts';

/** RFC 7396 over what is stored; without it the change is the whole flow. Throws `invalid`; the change lies `under` this field of the body. */
export function flowOver(stored: StoredFlow | null, key: string, change: Record<string, unknown>, under = ''): Flow {
  const { version: _version, createdAt: _createdAt, updatedAt: _updatedAt, ...definition } = stored ?? { key };
  const next = parsed(flowInput, mergePatch(definition, change), under);
  if (next.key === key) return next;
  throw new Problem('invalid', {
    errors: [{ path: under ? `${under}.key` : 'key', message: 'can not be changed' }],
  });
}
