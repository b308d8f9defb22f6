/** What the permit of a letter is decided on, from what the ledger knows. */

import { localDay, nextAt } from '../../core/calendar.ts';
import type { PermitInput } from '../../core/permit.ts';
import type { DueMessage } from '../../db/outbox.ts';

export function permitInput(message: DueMessage, now: number): PermitInput {
  const { zone, settings } = message;
  const today = localDay(now, zone);
  return {
    now,
    expiresAt: message.expiresAt,
    purpose: message.purpose,
    enrollment: message.enrollmentStatus,
    flowEnabled: message.flowEnabled,
    haltedUntil: message.haltedUntil,
    marketing: message.marketing,
    suppressed: message.suppressed,
    code: message.codeStatus === null ? null : { status: message.codeStatus, expiresAt: message.codeExpiresAt },
    hasContent: message.code !== null || message.items.length > 0,
    prompt: message.prompt,
    dailyCap: settings.sending.dailyCap,
    sentToday: message.recentCalls.filter((at) => localDay(at, zone) === today).length,
    quietHours: settings.sending.quietHours,
    zone,
    tomorrow: nextAt(now + 1, '00:00', zone),
  };
}

/** Whether the daily cap can hold this letter back. */
export const isCapped = ({ purpose, prompt, settings }: DueMessage): boolean =>
  purpose === 'marketing' && !prompt && settings.sending.dailyCap !== null;
