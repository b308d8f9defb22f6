/** Takes tags off again that flows gave for a time. */

import { untagContact } from '../../../db/contacts.ts';
import { takeUntags } from '../../../db/errands.ts';
import { noteFactChange } from '../../../db/segments.ts';
import type { Deps } from '../../deps.ts';

/** Handles up to `limit` in one transaction; returns how many. */
export const dropTags = (deps: Deps, limit: number): Promise<number> =>
  deps.db.engine(async (tx) => {
    const due = await takeUntags(tx, limit);
    for (const { shopId, contactId, subject } of due)
      if (await untagContact(tx, { shopId, contactId }, subject)) await noteFactChange(tx, { shopId, contactId });
    return due.length;
  });
