/** What the permit of a letter is decided on, from what the ledger knows. */

import { SELLING_LETTERS } from '../../../core/flows/flow.ts';
import { rests } from '../../../core/flows/resting.ts';
import type { PermitInput } from '../../../core/letters/permit.ts';
import { warmUpAt } from '../../../core/letters/warm-up.ts';
import { localDay } from '../../../core/values/calendar.ts';
import { type MailboxProvider, providerOf } from '../../../core/values/mailbox-provider.ts';
import type { DueMessage, PermitFacts } from '../../../db/due-letters.ts';

export function permitInput(message: PermitFacts, now: number): PermitInput {
  const { zone, settings } = message;
  return {
    now,
    expiresAt: message.expiresAt,
    purpose: message.purpose,
    enrollment: message.enrollmentStatus,
    flowEnabled: message.flowEnabled,
    haltedUntil: haltOf(message, now),
    marketing: message.marketing,
    suppressed: message.suppressed,
    code: message.codeStatus === null ? null : { status: message.codeStatus, expiresAt: message.codeExpiresAt },
    letter: message.letter,
    orderStatus: message.order?.status ?? null,
    hasContent: !sells(message) || message.code !== null || message.items.length > 0,
    prompt: message.prompt,
    dailyCap: settings.sending.dailyCap,
    sentToday: callsToday(message, now),
    quietHours: settings.sending.quietHours,
    zone,
    // Who asks for an offer while resting asks for this letter.
    pausedUntil: message.claimed ? null : message.pausedUntil,
    resting: rests(message),
    muted: message.muted && !message.claimed,
    warmUp: warmUpOf(message, now),
  };
}

function callsToday({ recentCalls, zone }: PermitFacts, now: number): number {
  if (recentCalls.length === 0) return 0;
  const today = localDay(now, zone);
  return recentCalls.filter((at) => localDay(at, zone) === today).length;
}

function warmUpOf(message: PermitFacts, now: number): Exclude<PermitInput['warmUp'], undefined> {
  const warming = warmUpFor(message, now);
  // Who claimed an offer waits for it: that letter is counted, and never held.
  if (!warming || message.claimed) return null;
  return { given: message.volumes[warming.provider] ?? 0, cap: warming.cap, zone: message.shopZone };
}

/** Under which count the letter goes while its sender is made known; null where nobody counts. */
export function warmUpFor(
  { purpose, settings, shopZone, email }: Pick<DueMessage, 'purpose' | 'settings' | 'shopZone' | 'email'>,
  now: number,
): { provider: MailboxProvider; day: string; cap: number } | null {
  const since = settings.sending.warmUpSince ?? null;
  const warming = purpose === 'marketing' && since !== null && warmUpAt(since, now, shopZone);
  return warming ? { provider: providerOf(email), day: localDay(now, shopZone), cap: warming.cap } : null;
}

/** Without things or a code such a letter has nothing to say. */
export const sells = ({ letter }: Pick<DueMessage, 'letter'>): boolean => SELLING_LETTERS.some((one) => one === letter);

/** How long a letter that sells waits before asking again whether the shop says to go on. */
const ASK_AGAIN_MS = 600_000;

const haltOf = ({ haltedUntil, marketingHaltedAt, purpose }: PermitFacts, now: number): number | null =>
  purpose === 'marketing' && marketingHaltedAt !== null ? Math.max(haltedUntil ?? 0, now + ASK_AGAIN_MS) : haltedUntil;

/** Whether the daily cap can hold this letter back. */
export const isCapped = ({ purpose, prompt, settings }: Pick<DueMessage, 'purpose' | 'prompt' | 'settings'>): boolean =>
  purpose === 'marketing' && !prompt && settings.sending.dailyCap !== null;
