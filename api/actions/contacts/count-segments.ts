/** Finds out who enters and leaves segments: soon for whoever did something, in turn for everybody, since time changes facts, too. */

import { type ContactFact, contactFacts } from '../../../core/contacts/contact-facts.ts';
import type { Segment } from '../../../core/contacts/segment.ts';
import { evaluate, factsOf } from '../../../core/rules/condition.ts';
import type { Tx } from '../../../db/connect.ts';
import { storedFacts } from '../../../db/contact-facts.ts';
import {
  addMember,
  contactsAfter,
  listConditions,
  lockContacts,
  lockDueSegment,
  membershipsOf,
  removeMember,
  type SegmentRow,
  saveCount,
  takeFactChanges,
} from '../../../db/segments.ts';
import type { Deps } from '../../deps.ts';
import { enterFlows } from '../flows/enter-flows.ts';

/** From the end of one count to the begin of the next. */
const COUNT_EVERY_MS = 3_600_000;

/** Looks at up to `limit` contacts in each of two short transactions; returns how many, so that a turn has room for letters between. */
export async function countSegments(deps: Deps, limit: number): Promise<number> {
  const changed = await deps.db.engine(async (tx) => {
    const changes = await takeFactChanges(tx, limit);
    let count = 0;
    for (const [shopId, contactIds] of changes) {
      await sortContacts(tx, deps, await listConditions(tx, shopId), contactIds);
      count += contactIds.length;
    }
    return count;
  });
  const counted = await deps.db.engine(async (tx) => {
    const segment = await lockDueSegment(tx);
    if (!segment) return 0;
    const ids = await contactsAfter(tx, segment.shopId, { after: segment.cursor, limit });
    await sortContacts(tx, deps, [segment], ids);
    const last = ids.length === limit ? (ids.at(-1) ?? null) : null;
    await saveCount(tx, segment, { cursor: last, dueAt: last ? tx.now : tx.now + COUNT_EVERY_MS });
    // One that is through is work done, too: the next may be waiting.
    return Math.max(1, ids.length);
  });
  return changed + counted;
}

interface Move {
  segment: SegmentRow;
  contactId: string;
  entered: boolean;
}

/** Most contacts stay where they are: only who moves is locked, and looked at again under the lock. */
async function sortContacts(tx: Tx, deps: Deps, segments: readonly SegmentRow[], contactIds: readonly string[]) {
  if (segments.length === 0) return;
  const moving = [...new Set((await movesOf(tx, segments, contactIds)).map(({ contactId }) => contactId))].sort();
  if (moving.length === 0) return;
  const [{ shopId }] = segments as [SegmentRow];
  await lockContacts(tx, shopId, moving);
  for (const { segment, contactId, entered } of await movesOf(tx, segments, moving)) {
    const { key, countedAt } = segment;
    const changed = entered
      ? await addMember(tx, shopId, key, contactId)
      : await removeMember(tx, shopId, key, contactId);
    if (!changed || countedAt === null) continue;
    const on = entered ? 'segment_entered' : 'segment_left';
    await enterFlows(tx, deps, {
      shopId,
      contactId,
      visitorId: null,
      happened: { on, segment: key },
      about: `${on}:${key}:${tx.now}`,
    });
  }
}

async function movesOf(tx: Tx, segments: readonly SegmentRow[], contactIds: readonly string[]): Promise<Move[]> {
  const [first] = segments;
  if (!first) return [];
  const fulfils = await fulfilling(tx, first.shopId, segments, contactIds);
  const members = await membershipsOf(tx, first.shopId, contactIds);
  const moves: Move[] = [];
  for (const contactId of contactIds) {
    for (const segment of segments) {
      const entered = fulfils(segment, contactId);
      if (entered !== members.has(`${contactId}:${segment.key}`)) moves.push({ segment, contactId, entered });
    }
  }
  return moves;
}

/** Whether a contact fulfils a condition now: unknown is no. All facts are read at once. */
export async function fulfilling(
  tx: Tx,
  shopId: string,
  segments: readonly Pick<Segment, 'condition'>[],
  contactIds: readonly string[],
): Promise<(segment: Pick<Segment, 'condition'>, contactId: string) => boolean> {
  const asked = new Set<ContactFact>(segments.flatMap(({ condition }) => factsOf(condition)));
  const stored = await storedFacts(tx, shopId, contactIds, asked);
  const facts = new Map([...stored].map(([id, known]) => [id, contactFacts({ ...known, now: tx.now })]));
  return ({ condition }, contactId) => {
    const known = facts.get(contactId);
    return known !== undefined && evaluate(condition, { facts: known, trail: [] }) === true;
  };
}
