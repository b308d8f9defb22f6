/** Whether somebody to whom something happened enters a flow now, later or not, and why. Pure; asked by the server and by simulations. */

import { durationMs } from '../values/duration.ts';
import { watches } from './ending.ts';
import type { Entry, Flow } from './flow.ts';

/** What happened, in the words that entries narrow down by. */
export type Happened = { on: Entry['on'] } & Partial<
  Record<'form' | 'act' | 'status' | 'group' | 'segment' | 'name' | 'field' | 'what' | 'whom', string>
>;

/** Whether the entry speaks of this at all. */
export function admits(entry: Entry, happened: Happened): boolean {
  if (entry.on !== happened.on) return false;
  if (entry.on === 'ends') return watches(entry, happened.what ?? '');
  const wanted = entry as Record<string, string | undefined>;
  return (['form', 'act', 'status', 'group', 'segment', 'name', 'field', 'whom'] as const).every(
    (detail) => wanted[detail] === undefined || wanted[detail] === happened[detail],
  );
}

/** The tag of who has reacted to nothing: whatever sells leaves them in peace, until they do something. */
export const LOST = 'lost';

/** A chain that the contact is on, or was. */
export interface Travelled {
  flowKey: string;
  intent: string | null;
  running: boolean;
  enteredAt: number;
}

export interface AdmissionInput {
  flow: Pick<Flow, 'key' | 'purpose' | 'filter' | 'reentry' | 'startsAt' | 'endsAt' | 'intent'>;
  /** ms since the epoch; `startsAt` and `endsAt` likewise. */
  now: number;
  startsAt: number | null;
  endsAt: number | null;
  marketing: 'none' | 'subscribed' | 'unsubscribed';
  /** Why they want nothing of the kind, by their own word; null or absent: they don't mind. */
  unwanted?: 'contact_paused' | 'muted' | 'lost' | null;
  /** Whether the flow's filter holds; true where it has none. */
  filtered: boolean;
  chains: readonly Travelled[];
}

export type Admission =
  | { enter: true }
  /** Asked again at this moment (ms since the epoch). */
  | { later: number; reason: 'leaving_first' }
  | {
      no:
        | 'not_started'
        | 'ended'
        | 'filter'
        | 'not_subscribed'
        | 'contact_paused'
        | 'muted'
        | 'lost'
        | 'running'
        | 'too_soon'
        | 'intent';
    };

/** Why nobody enters at this moment: the flow's time has not come, or is over. */
export function outsideOf(
  { startsAt, endsAt }: Pick<AdmissionInput, 'startsAt' | 'endsAt'>,
  now: number,
): 'not_started' | 'ended' | null {
  if (startsAt !== null && now < startsAt) return 'not_started';
  return endsAt !== null && now >= endsAt ? 'ended' : null;
}

/** A greeting waits while somebody is being kept from leaving. */
const FIRST = 'leaving';
const WAITING = 'welcome';
const ASK_AGAIN_MS = 86_400_000;

export function admission({
  flow,
  now,
  startsAt,
  endsAt,
  marketing,
  unwanted,
  filtered,
  chains,
}: AdmissionInput): Admission {
  const outside = outsideOf({ startsAt, endsAt }, now);
  if (outside) return { no: outside };
  if (flow.purpose === 'marketing' && marketing !== 'subscribed') return { no: 'not_subscribed' };
  if (flow.purpose === 'marketing' && unwanted) return { no: unwanted };
  if (!filtered) return { no: 'filter' };
  const own = chains.filter((chain) => chain.flowKey === flow.key);
  // News of each order goes its own way; of what sells, one letter chain at a time is enough.
  if (flow.purpose === 'marketing' && own.some((chain) => chain.running)) return { no: 'running' };
  if (flow.reentry && own.some((chain) => now - chain.enteredAt < durationMs(flow.reentry ?? '0s'))) {
    return { no: 'too_soon' };
  }
  const running = chains.filter((chain) => chain.running && chain.flowKey !== flow.key);
  if (flow.intent && running.some((chain) => chain.intent === flow.intent)) return { no: 'intent' };
  if (flow.intent === WAITING && running.some((chain) => chain.intent === FIRST)) {
    return { later: now + ASK_AGAIN_MS, reason: 'leaving_first' };
  }
  return { enter: true };
}
