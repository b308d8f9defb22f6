/**
 * Reports that come by mail: that a letter bounced (RFC 3464), that its reader complained (RFC 5965). Anybody can write to a mailbox, so
 * only who knows the letter's own Message-ID is believed, and nothing but that letter is meant.
 */

import { deadByReply, deadByStatus, enhancedStatus, withoutAddresses } from '../../emails/dead-address.ts';
import { bodyOf, contentType, fieldsOf, type MailPart, partsOf, readPart } from '../mail/read-mail.ts';
import { isUuid } from './common.ts';
import type { Told } from './postmark-event.ts';

/** Null for what is no such report, is about no letter of ours, or says nothing final. */
export function readMailReport(text: string): Told | null {
  const mail = readPart(text);
  const { value, params } = contentType(mail);
  if (value !== 'multipart/report') return null;
  const parts = partsOf(mail);
  const own = parts.map(ownId).find((id) => id !== null);
  if (!own) return null;
  const kind = params.get('report-type')?.toLowerCase();
  if (kind === 'delivery-status') return bounce(own, parts);
  return kind === 'feedback-report' ? feedback(own, parts) : null;
}

interface OwnId {
  /** Our letter. */
  id: string;
  /** Its whole Message-ID. */
  messageId: string;
}

const ORIGINALS = ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers', 'text/rfc822'];

function ownId(part: MailPart): OwnId | null {
  if (!ORIGINALS.includes(contentType(part).value)) return null;
  const messageId = readPart(bodyOf(part)).headers.get('message-id') ?? '';
  const [, whole = '', id = ''] = /^<((.{36})@[^<>@\s]{1,255})>$/.exec(messageId) ?? [];
  return isUuid(id) ? { id: id.toLowerCase(), messageId: whole } : null;
}

/** Of what a server said; more is no explanation. */
const LONGEST = 2_000;

function bounce(own: OwnId, parts: readonly MailPart[]): Told | null {
  const status = parts.find((part) => /^message\/(global-)?delivery-status$/.test(contentType(part).value));
  // Of the report first, then of each recipient: our letters have one, and whoever it was sent on to speaks for them.
  const [report, ...recipients] = status
    ? bodyOf(status)
        .trim()
        .split(/\n\s*\n/)
        .map(fieldsOf)
    : [];
  const failed = recipients.find((fields) => fields.get('action')?.toLowerCase() === 'failed');
  if (!report || !failed) return null;
  const code = failed.get('status') ?? '';
  const said = (failed.get('diagnostic-code') ?? '').slice(0, LONGEST).replace(/^[\w-]{1,20};\s*/, '');
  const [, reply = '', words = ''] = /^(\d{3})[ -](.*)$/s.exec(said) ?? [];
  const enhanced = finest(enhancedStatus(words), enhancedStatus(code));
  const dead = enhanced ? enhanced[0] === 5 && deadByStatus(enhanced) : deadByReply(Number(reply), said);
  const hard = Boolean(dead);
  return told(own, {
    kind: 'bounced',
    stop: hard ? 'bounced' : null,
    time: failed.get('last-attempt-date') ?? report.get('arrival-date'),
    byReader: false,
    detail: { record: 'delivery-status', status: line(code), hard, description: line(said || code) },
  });
}

/** `5.0.0` says no more than that it failed: what the server itself answered may. */
const finest = (...codes: readonly ReturnType<typeof enhancedStatus>[]) =>
  codes.find((code) => code !== null && !(code[1] === 0 && code[2] === 0)) ?? null;

/** What a reader says to their mailbox provider: https://www.rfc-editor.org/rfc/rfc5965#section-7.3 */
const FEEDBACK: Record<string, 'complained' | 'unsubscribed'> = {
  abuse: 'complained',
  fraud: 'complained',
  virus: 'complained',
  'opt-out': 'unsubscribed',
  'opt-out-list': 'unsubscribed',
};

function feedback(own: OwnId, parts: readonly MailPart[]): Told | null {
  const report = parts.find((part) => contentType(part).value === 'message/feedback-report');
  const fields = report && fieldsOf(bodyOf(report));
  const type = fields?.get('feedback-type')?.toLowerCase() ?? '';
  const kind = FEEDBACK[type];
  if (!fields || !kind) return null;
  return told(own, {
    kind,
    stop: kind,
    time: fields.get('arrival-date') ?? fields.get('received-date'),
    byReader: true,
    detail: { record: 'feedback-report', reason: type },
  });
}

function told(
  { id, messageId }: OwnId,
  { time, detail, ...what }: Pick<Told, 'kind' | 'stop' | 'byReader' | 'detail'> & { time: string | undefined },
): Told {
  const at = Date.parse(time ?? '');
  return {
    ...what,
    provider: 'smtp',
    // A letter bounces once, and is complained of once, however many servers report it.
    key: ['smtp', id, what.kind, detail.status ?? ''].join(':'),
    messageId: id,
    providerId: messageId,
    // The letter's own: what the report says of addresses may be anything.
    address: null,
    at: Number.isFinite(at) ? at : null,
    link: null,
    userAgent: null,
    detail,
  };
}

const line = (text: string): string | null =>
  withoutAddresses(text.slice(0, LONGEST))
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .trim()
    .slice(0, 300) || null;
