/** Switches a flow on, after a look at whom it is for; those whom it missed of late may enter now. */

import type { EntryEvent } from '../../../core/flows/flow.ts';
import { contactById, lockContact } from '../../../db/contacts.ts';
import { flowByKey } from '../../../db/flows.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import { changeFlow, type ShownFlow, showFlow } from './change-flow.ts';
import { enterOne } from './enter-flows.ts';
import { type ReplayedFlow, replayFlow } from './replay-flow.ts';
import type { ChangedPlan } from './try-scenarios.ts';

export interface ActivationAsked {
  /** Only look: nothing is switched on. */
  preview: boolean;
  /** How far back to look for whom it would have let in. */
  days: number;
  /** Those who would have entered in so many days, at most so many of them, enter now. */
  backfill?: { days: number; most: number };
}

export interface Activation {
  flow: ShownFlow;
  changed: ChangedPlan[];
  replay: ReplayedFlow;
  /** Contacts who entered by the backfill. */
  entered: number;
}

const SAMPLE = 10;

/** Why nobody is let in afterwards. */
const TOO_LATE: Partial<Record<EntryEvent, string>> = {
  offer_accepted: 'who accepted an offer has had its letters',
  date: 'the day has passed',
  ends: 'what is told before an end is of no use after it',
};

/** Null where there is no such flow. */
export async function activateFlow(
  deps: Deps,
  shop: ShopRow,
  key: string,
  { preview, days, backfill }: ActivationAsked,
): Promise<Activation | null> {
  const before = await showFlow(deps, shop.id, key);
  if (!before) return null;
  const late = backfill && !preview ? TOO_LATE[before.entry.on] : undefined;
  if (late) {
    const message = `${late}: there is nobody to let in afterwards`;
    throw new Problem('invalid', { errors: [{ path: 'backfill', message }] });
  }
  const missed = backfill && !preview ? await finished(replayFlow(deps, shop, before, backfill)) : null;
  const replay = await finished(replayFlow(deps, shop, before, { days, most: SAMPLE }));
  if (preview) return { flow: before, changed: [], replay, entered: 0 };
  const saved = await changeFlow(deps, shop, key, { enabled: true });
  if (!saved) return null;
  const entered = missed ? await letIn(deps, shop, key, missed) : 0;
  deps.wake();
  return { ...saved, replay, entered };
}

async function finished<P, R>(work: AsyncGenerator<P, R>): Promise<R> {
  for (;;) {
    const step = await work.next();
    if (step.done) return step.value;
  }
}

/** Each once, however often it is asked for, and only who may enter by now; who would have been stopped meanwhile stays out. */
async function letIn(deps: Deps, shop: ShopRow, key: string, { sample }: ReplayedFlow): Promise<number> {
  let entered = 0;
  for (const { contact: contactId, on, items, order: orderId, ended } of sample) {
    if (ended !== null && ended !== 'finished') continue;
    const verdict = await deps.db.engine(async (tx) => {
      await lockContact(tx, shop.id, contactId);
      const flow = await flowByKey(tx, shop.id, key);
      const contact = await contactById(tx, shop.id, contactId);
      if (!flow || !contact || flow.entry.on !== on) return null;
      const happening = { shopId: shop.id, contactId, visitorId: null, happened: { on: flow.entry.on } };
      return enterOne(tx, deps, flow, contact, { ...happening, about: 'backfill', orderId, items });
    });
    if (verdict && 'enter' in verdict) entered += 1;
  }
  return entered;
}
