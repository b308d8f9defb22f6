/** What a mail server's answers mean for a letter (RFC 5321 §4.2, RFC 3463). What was not answered to its last line is unknown. */

import {
  deadByReply,
  deadByStatus,
  type EnhancedStatus,
  enhancedStatus,
  withoutAddresses,
} from '../../emails/dead-address.ts';
import type { SendOutcome } from '../../emails/mailer.ts';

export interface SmtpFailure {
  /** As the client threw it: where the server answered, with `responseCode`, `response` and the `command` it answered. */
  error: unknown;
  /** Whether any of the letter's text was handed to the connection. */
  begun: boolean;
}

interface Reply {
  /** 421, 550, …; null where the server said nothing. */
  status: number | null;
  /** `5.1.1` as [5, 1, 1], where the reply has one. */
  enhanced: EnhancedStatus | null;
  command: string;
  code: string;
  text: string;
}

export function smtpOutcome({ error, begun }: SmtpFailure): SendOutcome {
  const reply = replyOf(error);
  const reason = reasonOf(reply);
  // Only the answer to the whole text tells what became of it: a farewell or a timeout says nothing.
  if (begun && (reply.status === null || reply.command !== 'DATA')) return { kind: 'unknown', reason };
  if (reply.status === null) return silentOutcome(reply, reason);
  if (reply.status < 500) return { kind: 'retry', reason };
  if (reply.command === 'RCPT TO') return recipientOutcome(reply, reason);
  if (reply.command === 'DATA') return textOutcome(reply, reason);
  return { kind: 'halt', reason };
}

/** Nothing was said, and nothing of the letter had left. */
function silentOutcome({ code, text }: Reply, reason: string): SendOutcome {
  // A server without TLS, with a certificate that can't be believed, or that takes no password of ours: nothing changes by itself.
  const ours = ['ETLS', 'EAUTH', 'ENOAUTH', 'EREQUIRETLS'].includes(code) || /certificate|STARTTLS/i.test(text);
  return ours ? { kind: 'halt', reason } : { kind: 'retry', reason };
}

function recipientOutcome({ status, enhanced, text }: Reply, reason: string): SendOutcome {
  const [, subject] = enhanced ?? [5, null, null];
  const dead = enhanced ? deadByStatus(enhanced) : deadByReply(status ?? 0, text);
  if (dead) return { kind: 'refused', reason: dead, detail: text };
  // A mailbox that is full may have room tomorrow.
  if (subject === 2) return { kind: 'retry', reason };
  if (subject !== null) return { kind: 'halt', reason };
  if (status === 552) return { kind: 'retry', reason };
  return { kind: 'halt', reason };
}

/** The letter was refused as it is: for its size or form, or (and then all others will be, too) for who sends it. */
function textOutcome({ status, enhanced, text }: Reply, reason: string): SendOutcome {
  const [, subject, detail] = enhanced ?? [5, null, null];
  const dead = enhanced && deadByStatus(enhanced);
  if (dead) return { kind: 'refused', reason: dead, detail: text };
  if (subject === 2) return { kind: 'retry', reason };
  if (subject === 6 || (subject === 3 && detail === 4) || (subject === null && status === 552)) {
    return { kind: 'rejected', reason };
  }
  return { kind: 'halt', reason };
}

function replyOf(error: unknown): Reply {
  const known: Record<string, unknown> = typeof error === 'object' && error !== null ? { ...error } : {};
  const text = typeof known.response === 'string' ? known.response : error instanceof Error ? error.message : '';
  const status = typeof known.responseCode === 'number' && known.responseCode >= 400 ? known.responseCode : null;
  return {
    status,
    enhanced: enhancedStatus(text.replace(/^\d{3}[ -]/, '')),
    command: typeof known.command === 'string' ? known.command : '',
    code: typeof known.code === 'string' ? known.code : '',
    text: withoutAddresses(text).slice(0, 300),
  };
}

const reasonOf = ({ status, command, code, text }: Reply): string =>
  status === null ? `smtp ${code || 'failed'}: ${text}` : `smtp ${command.toLowerCase()}: ${text}`.trim();
