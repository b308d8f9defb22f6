/** Which words of mail servers say that there is nobody at an address (RFC 5321 §4.2, RFC 3463 §3.2 and §3.3). */

/** `5.1.1` as [5, 1, 1]. */
export type EnhancedStatus = readonly [number, number, number];

/** Null where the text doesn't begin with such a code, or is no refusal. */
export function enhancedStatus(text: string): EnhancedStatus | null {
  const [, first, second, third] = /^\s{0,8}([45])\.(\d{1,3})\.(\d{1,3})(?!\d)/.exec(text) ?? [];
  return first && second && third ? [Number(first), Number(second), Number(third)] : null;
}

export type DeadAddress = 'invalid_address' | 'inactive_recipient';

/** Null where the code says something else, or isn't sure. */
export function deadByStatus([, subject, detail]: EnhancedStatus): DeadAddress | null {
  // 5.1.7 and 5.1.8 are about the sender.
  if (subject === 1 && detail !== 7 && detail !== 8) return 'invalid_address';
  return subject === 2 && detail === 1 ? 'inactive_recipient' : null;
}

/** Words by which servers without enhanced codes refuse the sender at the recipient's line. */
const AGAINST_US =
  /relay|auth|spam|block|blacklist|policy|denied|reputation|spf|dkim|dmarc|sender|quota exceeded|limit/i;

/** By the bare code, where the server has no finer one. */
export const deadByReply = (status: number, text: string): DeadAddress | null =>
  (status === 550 || status === 551 || status === 553) && !AGAINST_US.test(text) ? 'invalid_address' : null;

/** Servers like to repeat the address; what is kept and logged shall not. Bounded, since the text may be anybody's and without end. */
export const withoutAddresses = (text: string): string =>
  text.replace(/\p{Cc}+/gu, ' ').replace(/[^\s<>"',;:()]{1,64}@[^\s<>"',;:()]{1,255}/g, '…');
