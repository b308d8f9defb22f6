/** Mail as it comes to a sender's mailbox, and what of it is a final word about a letter. Made after RFC 3464, RFC 5965 and what these servers write. */

export interface ReportedLetter {
  /** The letter's own Message-ID, without brackets. */
  messageId: string;
  email: string;
}

export interface MailReport {
  name: string;
  mail(letter: ReportedLetter): string;
  /** What it comes to; null: nothing. */
  told: { kind: 'bounced' | 'complained' | 'unsubscribed'; hard?: boolean } | null;
}

const lines = (...all: string[]): string => all.join('\r\n');

interface Report {
  type?: string;
  status: string;
  original?: string;
  boundary?: string;
  statusType?: string;
}

const report = ({
  type = 'delivery-status',
  status,
  original = '',
  boundary = '9B095B5ADSN=_01D5',
  statusType = `message/${type}`,
}: Report): string =>
  lines(
    'Return-Path: <>',
    'From: MAILER-DAEMON@mx.example (Mail Delivery System)',
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=${type};`,
    `\tboundary="${boundary}"`,
    '',
    'This is a MIME-encapsulated message.',
    '',
    `--${boundary}`,
    'Content-Description: Notification',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'I could not deliver your message.',
    '',
    `--${boundary}`,
    `Content-Type: ${statusType}`,
    '',
    status,
    '',
    `--${boundary}`,
    original,
    '',
    `--${boundary}--`,
    '',
  );

const headersOf = ({ messageId, email }: ReportedLetter, type = 'text/rfc822-headers'): string =>
  lines(
    'Content-Description: Undelivered Message Headers',
    `Content-Type: ${type}`,
    '',
    'Return-Path: <hello@shop.example>',
    'Received: from linger (localhost [127.0.0.1])',
    '\tby mx.shop.example (Postfix) with ESMTP id 4XyZ;',
    `To: ${email}`,
    'Subject: =?UTF-8?Q?Your_code?=',
    `Message-ID: <${messageId}>`,
  );

const statusOf = (email: string, fields: string[]): string =>
  lines(
    'Reporting-MTA: dns; mx.shop.example',
    'Arrival-Date: Sat, 28 Nov 2026 10:00:00 +0100 (CET)',
    '',
    `Final-Recipient: rfc822; ${email}`,
    ...fields,
  );

const bounce =
  (fields: string[], change: Partial<Report> = {}) =>
  (letter: ReportedLetter): string =>
    report({ status: statusOf(letter.email, fields), original: headersOf(letter), ...change });

const base64 = (text: string): string => btoa(text).replace(/.{76}/g, '$&\r\n');

export const MAIL_REPORTS: MailReport[] = [
  {
    name: 'Postfix: nobody there',
    mail: bounce([
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 <nobody@mail.example>: Recipient address',
      '    rejected: User unknown in virtual mailbox table',
    ]),
    told: { kind: 'bounced', hard: true },
  },
  {
    name: 'Exim: a bare 550',
    mail: bounce(['Action: failed', 'Status: 5.0.0', 'Diagnostic-Code: smtp; 550 No such user here'], {
      boundary: 'simple',
      statusType: 'message/delivery-status',
    }),
    told: { kind: 'bounced', hard: true },
  },
  {
    name: 'Exchange: the whole letter comes back, the code without words',
    mail: (letter) =>
      report({
        status: statusOf(letter.email, ['Action: failed', 'Status: 5.1.10', 'Remote-MTA: dns; mail.example']),
        original: headersOf(letter, 'message/rfc822'),
      }),
    told: { kind: 'bounced', hard: true },
  },
  {
    name: 'Gmail: a mailbox that is switched off',
    mail: bounce(['Action: failed', 'Status: 5.2.1', 'Diagnostic-Code: smtp; 550-5.2.1 The account is inactive.']),
    told: { kind: 'bounced', hard: true },
  },
  {
    name: 'packed in base64, the report in small letters',
    mail: (letter) =>
      report({
        status: base64(statusOf(letter.email, ['action: FAILED', 'status: 5.1.1'])),
        statusType: lines('message/delivery-status', 'Content-Transfer-Encoding: base64'),
        original: headersOf(letter),
      }),
    told: { kind: 'bounced', hard: true },
  },
  {
    name: 'a full mailbox',
    mail: bounce(['Action: failed', 'Status: 5.2.2', 'Diagnostic-Code: smtp; 552 5.2.2 Mailbox full']),
    told: { kind: 'bounced', hard: false },
  },
  {
    name: 'refused as spam: nothing against the address',
    mail: bounce(['Action: failed', 'Status: 5.7.1', 'Diagnostic-Code: smtp; 550 5.7.1 Message blocked by policy']),
    told: { kind: 'bounced', hard: false },
  },
  {
    name: 'given up after five days of trying',
    mail: bounce(['Action: failed', 'Status: 4.4.7', 'Diagnostic-Code: smtp; 450 4.1.1 try later']),
    told: { kind: 'bounced', hard: false },
  },
  {
    name: 'a server that can’t stop talking',
    mail: bounce(['Action: failed', 'Status: 5.1.1', `Diagnostic-Code: smtp; 550 5.1.1 ${'a'.repeat(400_000)}`]),
    told: { kind: 'bounced', hard: true },
  },
  {
    name: 'a report of nothing but beginnings',
    mail: () =>
      `Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n${'--x\n\n \n'.repeat(60_000)}`,
    told: null,
  },
  { name: 'still trying', mail: bounce(['Action: delayed', 'Status: 4.4.1']), told: null },
  { name: 'delivered after all', mail: bounce(['Action: delivered', 'Status: 2.0.0']), told: null },
  {
    name: 'of a letter that nobody sent',
    mail: ({ email }) =>
      bounce(['Action: failed', 'Status: 5.1.1'])({
        email,
        messageId: 'e2c1b6a0-0000-4000-8000-000000000000@shop.example',
      }),
    told: null,
  },
  {
    name: 'of a letter that is not named, only its reader',
    mail: (letter) => report({ status: statusOf(letter.email, ['Action: failed', 'Status: 5.1.1']) }),
    told: null,
  },
  {
    name: 'Message-ID in the wrong place',
    mail: (letter) =>
      bounce(['Action: failed', 'Status: 5.1.1', `Message-ID: <${letter.messageId}>`])({ ...letter, messageId: 'x@y' }),
    told: null,
  },
  {
    name: 'an answer from a holiday',
    mail: ({ messageId }) =>
      lines(
        'From: reader@mail.example',
        'Subject: Out of office: 550 5.1.1',
        `In-Reply-To: <${messageId}>`,
        'Auto-Submitted: auto-replied',
        '',
        'Back on Monday.',
      ),
    told: null,
  },
  { name: 'nothing', mail: () => '', told: null },
  { name: 'no mail at all', mail: () => `${'--x\n'.repeat(2_000)}\u0000`, told: null },
  {
    name: 'a report without its parts',
    mail: () => lines('Content-Type: multipart/report; report-type=delivery-status; boundary=', '', 'x'),
    told: null,
  },
  {
    name: 'a reader complains (ARF)',
    mail: (letter) =>
      report({
        type: 'feedback-report',
        status: lines('Feedback-Type: abuse', 'User-Agent: Mail.Ru-FBL/1.0', 'Version: 1'),
        original: headersOf(letter, 'message/rfc822'),
      }),
    told: { kind: 'complained' },
  },
  {
    name: 'a reader opts out at the provider',
    mail: (letter) =>
      report({
        type: 'feedback-report',
        status: lines('Feedback-Type: opt-out', 'Version: 1'),
        original: headersOf(letter, 'message/rfc822'),
      }),
    told: { kind: 'unsubscribed' },
  },
  {
    name: 'a reader who says that it is no spam',
    mail: (letter) =>
      report({
        type: 'feedback-report',
        status: lines('Feedback-Type: not-spam', 'Version: 1'),
        original: headersOf(letter, 'message/rfc822'),
      }),
    told: null,
  },
];
