/** Letters through a mail server by SMTP, over connections that are kept and used again; says what came of each and never tries it twice. */

import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { extraHeaders, mailbox, oneLine, recipient } from '../../emails/mail-fields.ts';
import type { Mailer, OutgoingLetter } from '../../emails/mailer.ts';
import { within } from '../../emails/within.ts';
import { type SmtpFailure, smtpOutcome } from './smtp-outcome.ts';
import { type SmtpPool, smtpPool } from './smtp-pool.ts';

export interface SmtpMailer extends Mailer {
  /** Gives up the connections that are kept. */
  close(): void;
}

/** `url`: `smtp://user:password@host:587` (TLS by STARTTLS) or `smtps://…:465` (TLS from the start). */
export function smtpMailer(url: string): SmtpMailer {
  const pool = smtpPool(url);
  return {
    name: 'smtp',

    async send(letter, timeoutMs) {
      const to = recipient(letter.to);
      if (!to) return { kind: 'refused', reason: 'invalid_address', detail: 'not one plain address' };
      const sender = recipient(letter.from.email);
      const from = mailbox(letter.from);
      if (!sender || !from) return { kind: 'halt', reason: 'the sender is not one plain address' };
      const providerId = `${letter.id}@${sender.slice(sender.lastIndexOf('@') + 1)}`;
      const text = await mimeOf(letter, { from, to, messageId: `<${providerId}>` });
      const failure = await hand(pool, { from: sender, to, text }, timeoutMs);
      return failure ? smtpOutcome(failure) : { kind: 'accepted', providerId };
    },

    // A mail server keeps no list of what it took: what is unknown stays so.
    async find() {
      return { kind: 'unknowable', reason: 'SMTP can’t be asked about a letter' };
    },

    close: () => pool.close(),
  };
}

interface Parcel {
  from: string;
  to: string;
  text: Buffer;
}

/** Null where the server took the letter. `begun`: its text was on the way, so that only an answer to all of it says anything. */
async function hand(pool: SmtpPool, { from, to, text }: Parcel, timeoutMs: number): Promise<SmtpFailure | null> {
  let begun = false;
  // Read from the moment on when the server has said that it wants the text.
  async function* body(): AsyncGenerator<Buffer> {
    begun = true;
    yield text;
  }
  const until = Date.now() + timeoutMs;
  const attempt = (fresh: boolean): Promise<'kept'> =>
    within(until - Date.now(), (signal) =>
      pool.use({ fresh, signal, timeoutMs }, (connection) => {
        const envelope: SMTPConnection.Envelope = { from, to, size: text.length };
        return new Promise((resolve, reject) => {
          connection.send(envelope, Readable.from(body(), { objectMode: false }), (error) =>
            error ? reject(error) : resolve('kept'),
          );
        });
      }),
    );
  try {
    await attempt(false);
    return null;
  } catch (error) {
    // A kept connection that the server had given up says nothing of the server: once more over a new one.
    if (begun || !pool.wasStale(error)) return { error, begun };
  }
  try {
    await attempt(true);
    return null;
  } catch (error) {
    return { error, begun };
  }
}

/** RFC 5322, with both readings and one-click unsubscribing in its headers. */
const mimeOf = (
  letter: OutgoingLetter,
  { from, to, messageId }: { from: string; to: string; messageId: string },
): Promise<Buffer> =>
  new MailComposer({
    from,
    to,
    messageId,
    subject: oneLine(letter.subject),
    text: letter.text,
    html: letter.html,
    headers: extraHeaders(letter.headers).map(({ name, value }) => ({ key: name, value })),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
