/** What rides along with a claim: the events that the server has not confirmed yet. */

import type { VisitBatch } from '../../core/visits/wire.ts';
import type { Carried } from '../bridge.ts';
import { fromJson } from '../json.ts';
import type { Memory } from '../memory.ts';

/** The latest batch that nobody confirmed: a second try at a claim must bring what the first one brought. */
export function carried({ visitor, visit, outbox }: Memory): Carried {
  const latest = outbox[outbox.length - 1];
  const content: VisitBatch | null = latest ? fromJson(latest.body) : null;
  if (!latest || content?.visit !== visit) return { visitor, visit };
  return { visitor, visit, batch: latest.id, sentAt: content.sentAt, events: content.events };
}
