/** The fields of a letter that end up as mail headers: one line each, one recipient, nothing in them can begin another header. */

import { parseEmail } from '../core/values/email-address.ts';

/** RFC 5322 §3.6.8: printable ASCII without the colon. */
const FIELD_NAME = /^[!-9;-~]{1,76}$/;
/** What says who writes to whom: set from the letter's own fields, never through its extra headers. */
const ADDRESSING = new Set(['from', 'sender', 'reply-to', 'to', 'cc', 'bcc', 'subject', 'return-path']);

/** The text with control characters and line breaks of every make as single spaces. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** The one plain address that `to` is, or null: lists, groups, display names and line breaks are none. */
export function recipient(to: string): string | null {
  return parseEmail(to)?.address ?? null;
}

/** `"Name" <address>` with the name quoted (RFC 5322 §3.4), or the bare address; null where the address is none. */
export function mailbox(from: { name: string; email: string }): string | null {
  const address = recipient(from.email);
  if (!address) return null;
  const name = oneLine(from.name).replace(/["\\]/g, '\\$&');
  return name ? `"${name}" <${address}>` : address;
}

/** The extra headers that may travel: well-formed names, values on one line, none that addresses the letter. */
export function extraHeaders(headers: Record<string, string>): { name: string; value: string }[] {
  return Object.entries(headers)
    .filter(([name]) => FIELD_NAME.test(name) && !ADDRESSING.has(name.toLowerCase()))
    .map(([name, value]) => ({ name, value: oneLine(value) }));
}
