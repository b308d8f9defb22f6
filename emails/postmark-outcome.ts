/** What Postmark's answers mean, as an allow-list: an answer that is not on it says nothing about the letter. */

import type { FindOutcome, SendOutcome } from './mailer.ts';

export interface Answer {
  status: number;
  /** The parsed JSON body; undefined where the body was none. */
  body: unknown;
}

/** Error codes by which the account, its sender or its credit keeps any letter from leaving. */
const HALTS = new Set([10, 400, 401, 405, 412, 413]);
const RETRY_CODES = new Set([100, 429]);
const RETRY_STATUSES = new Set([429, 500, 503]);

/** https://postmarkapp.com/developer/api/overview#error-codes */
export function sendOutcome({ status, body }: Answer): SendOutcome {
  const { ErrorCode: code, Message, MessageID } = fieldsOf(body);
  if (typeof code !== 'number' && typeof Message !== 'string') return unknownAnswer(status);
  const message = typeof Message === 'string' ? Message.slice(0, 300) : '';
  if (status === 200 && code === 0 && typeof MessageID === 'string') return { kind: 'accepted', providerId: MessageID };
  if (code === 406) return { kind: 'refused', reason: 'inactive_recipient', detail: message };
  // 300 also answers a bad sender: that is the shop's to mend, and no reason to give the reader's address up.
  if (code === 300 && /'From'/i.test(message)) return { kind: 'halt', reason: `postmark 300: ${message}` };
  if (code === 300) return { kind: 'refused', reason: 'invalid_address', detail: message };
  if (typeof code === 'number' && HALTS.has(code)) return { kind: 'halt', reason: `postmark ${code}: ${message}` };
  if (typeof code === 'number' && RETRY_CODES.has(code)) return { kind: 'retry', reason: `postmark ${code}` };
  if (RETRY_STATUSES.has(status)) return { kind: 'retry', reason: `http ${status}` };
  return unknownAnswer(status, code);
}

/** Reads a search for the metadata `m`; a listing that names other messages only does not count as found. */
export function findOutcome({ status, body }: Answer, id: string): FindOutcome {
  const { Messages } = fieldsOf(body);
  if (status !== 200 || !Array.isArray(Messages)) return { kind: 'unanswered', reason: `http ${status}` };
  for (const message of Messages) {
    const { MessageID, Metadata } = fieldsOf(message);
    const { m = id } = fieldsOf(Metadata);
    if (typeof MessageID === 'string' && m === id) return { kind: 'found', providerId: MessageID };
  }
  return { kind: 'missing' };
}

const unknownAnswer = (status: number, code?: unknown): SendOutcome => ({
  kind: 'unknown',
  reason: typeof code === 'number' ? `http ${status}, postmark ${code}` : `http ${status} without Postmark's answer`,
});

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
