/** Whether a letter may leave now. Asked when it is claimed: much can have happened since it was planned. */

import { isOutdated } from '../flows/order-news.ts';
import { nextAt, type QuietHours, quietUntil } from '../values/calendar.ts';

export interface PermitInput {
  now: number;
  /** After this moment the letter is stale. */
  expiresAt: number | null;
  purpose: 'marketing' | 'transactional';
  enrollment: 'active' | 'paused' | 'stopped' | 'completed' | 'error';
  flowEnabled: boolean;
  haltedUntil: number | null;
  marketing: 'none' | 'subscribed' | 'unsubscribed';
  /** Why the address is on the suppression list, if it is. */
  suppressed: string | null;
  code: { status: string; expiresAt: number | null } | null;
  letter?: string;
  /** How the order stands that the letter is about; null or absent: it is about none. */
  orderStatus?: string | null;
  /** Whether there is a code to remind of or an item to show. */
  hasContent: boolean;
  /** Asked for to the minute: caps and quiet hours let it pass. */
  prompt: boolean;
  dailyCap: number | null;
  /** Marketing letters of all flows that left for this contact on this local day. */
  sentToday: number;
  quietHours: QuietHours | null;
  zone: string;
  /** They asked for quiet until then (ms since the epoch). */
  pausedUntil?: number | null;
  /** The shop has let them down, and this letter would sell. */
  resting?: boolean;
  /** They want no letters about what the flow is about. */
  muted?: boolean;
  /** Letters that sell, handed today (in the shop's zone) to the one who keeps the mailbox, and how many a sender so new may; null or absent: nobody counts. */
  warmUp?: { given: number; cap: number; zone: string } | null;
}

export type Permit =
  | { send: true }
  /** Not now: ask again at this moment (ms since the epoch). */
  | {
      hold: number;
      reason:
        | 'paused'
        | 'contact_paused'
        | 'unhappy'
        | 'flow_disabled'
        | 'halted'
        | 'quiet_hours'
        | 'daily_cap'
        | 'warming_up';
    }
  /** Never: the message ends in this status. `stop` ends the chain with it. */
  | { drop: 'skipped' | 'suppressed' | 'cancelled'; reason: string; stop: boolean };

/** How long a letter waits before asking again whether its flow was switched on. */
const ASK_AGAIN_MS = 60_000;
/** The same hour of another day: who is content again is written to then. */
const REST_MS = 86_400_000;

export function permit(input: PermitInput): Permit {
  const { now } = input;
  if (input.enrollment === 'stopped' || input.enrollment === 'error') {
    return { drop: 'cancelled', reason: 'chain_ended', stop: false };
  }
  // Who wants no more offers still waits for news of an order.
  const suppressed = input.purpose === 'transactional' && input.suppressed === 'unsubscribed' ? null : input.suppressed;
  if (suppressed) return { drop: 'suppressed', reason: suppressed, stop: true };
  if (input.purpose === 'marketing' && input.marketing !== 'subscribed') {
    return { drop: 'suppressed', reason: input.marketing === 'none' ? 'no_consent' : 'unsubscribed', stop: true };
  }
  if (input.muted && input.purpose === 'marketing') return { drop: 'suppressed', reason: 'muted', stop: true };
  if (input.code && input.code.status !== 'issued' && input.code.status !== 'reserved') {
    return { drop: 'skipped', reason: `code_${input.code.status}`, stop: true };
  }
  if (input.code && input.code.expiresAt !== null && input.code.expiresAt <= now) {
    return { drop: 'skipped', reason: 'code_expired', stop: true };
  }
  if (input.expiresAt !== null && input.expiresAt <= now) return { drop: 'skipped', reason: 'expired', stop: false };
  if (input.letter && input.orderStatus && isOutdated(input.letter, input.orderStatus)) {
    return { drop: 'skipped', reason: `order_${input.orderStatus}`, stop: false };
  }
  if (!input.hasContent) return { drop: 'skipped', reason: 'nothing_to_show', stop: false };

  if (input.enrollment === 'paused') return { hold: now + ASK_AGAIN_MS, reason: 'paused' };
  if (input.purpose === 'marketing' && input.pausedUntil && input.pausedUntil > now) {
    return { hold: input.pausedUntil, reason: 'contact_paused' };
  }
  if (input.resting) return { hold: now + REST_MS, reason: 'unhappy' };
  if (!input.flowEnabled) return { hold: now + ASK_AGAIN_MS, reason: 'flow_disabled' };
  if (input.haltedUntil !== null && input.haltedUntil > now) return { hold: input.haltedUntil, reason: 'halted' };
  if (!input.prompt) {
    const quiet = input.quietHours ? quietUntil(now, input.quietHours, input.zone) : null;
    if (quiet !== null) return { hold: quiet, reason: 'quiet_hours' };
    if (input.purpose === 'marketing' && input.dailyCap !== null && input.sentToday >= input.dailyCap) {
      return { hold: tomorrow(now, input.zone), reason: 'daily_cap' };
    }
  }
  if (input.purpose === 'marketing' && input.warmUp && input.warmUp.given >= input.warmUp.cap) {
    return { hold: tomorrow(now, input.warmUp.zone), reason: 'warming_up' };
  }
  return { send: true };
}

const tomorrow = (now: number, zone: string): number => nextAt(now + 1, '00:00', zone);
