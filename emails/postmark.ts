/** Letters through Postmark, one message a call, on its own client; says what came of it and never tries again. */

import { Models, ServerClient } from 'postmark';
import { extraHeaders, mailbox, oneLine, recipient } from './mail-fields.ts';
import type { Mailer, OutgoingLetter } from './mailer.ts';
import { type Answer, findOutcome, sendOutcome } from './postmark-outcome.ts';
import { within } from './within.ts';

export interface PostmarkOptions {
  /** The server token. */
  token: string;
  /** Another base, such as a stand-in on plain http for tests. */
  url?: string;
  /** Ids of the server's message streams. */
  streams?: { broadcast: string; transactional: string };
  fetch?: typeof fetch;
}

export function postmarkMailer({
  token,
  url = 'https://api.postmarkapp.com',
  streams = { broadcast: 'broadcast', transactional: 'outbound' },
  fetch: transport = (input, init) => fetch(input, init),
}: PostmarkOptions): Mailer {
  const { protocol, host, pathname } = new URL(url);
  const base = { useHttps: protocol === 'https:', requestHost: host + pathname.replace(/\/+$/, '') };

  /** The provider's answer to one call, or the reason why there is none. */
  const ask = async (ms: number, call: (client: ServerClient) => Promise<unknown>): Promise<Answer | string> => {
    const seen: { answer?: Answer } = {};
    try {
      await within(ms, (signal, late) => {
        // A client per call carries that call's signal and keeps its answer as it came: the errors that the client
        // makes of it no longer tell "the provider said no" from "nobody knows".
        const listen: typeof fetch = async (input, init) => {
          if (late()) throw new Error('nobody was called: time was up before');
          const response = await transport(input, { ...init, signal, redirect: 'manual' });
          const text = await response.text();
          seen.answer = { status: response.status, body: parsed(text) };
          return new Response(text, { status: response.status });
        };
        return call(new ServerClient(token, { ...base, fetch: listen, timeout: Math.ceil(ms / 1_000) + 1 }));
      });
    } catch (error) {
      if (!seen.answer) return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
    return seen.answer ?? 'no answer';
  };

  return {
    name: 'postmark',

    async send(letter, timeoutMs) {
      const to = recipient(letter.to);
      if (!to) return { kind: 'refused', reason: 'invalid_address', detail: 'not one plain address' };
      const from = mailbox(letter.from);
      if (!from) return { kind: 'halt', reason: 'the sender is not one plain address' };
      const message = messageOf(letter, from, to, streams[letter.stream]);
      const answer = await ask(timeoutMs, (client) => client.sendEmail(message));
      return typeof answer === 'string' ? { kind: 'unknown', reason: answer } : sendOutcome(answer);
    },

    async find(id, timeoutMs) {
      const filter = { count: 1, offset: 0, metadata_m: id };
      const answer = await ask(timeoutMs, (client) => client.getOutboundMessages(filter));
      return typeof answer === 'string' ? { kind: 'unanswered', reason: answer } : findOutcome(answer, id);
    },
  };
}

function messageOf(letter: OutgoingLetter, from: string, to: string, stream: string): Models.Message {
  return {
    From: from,
    To: to,
    Subject: oneLine(letter.subject),
    HtmlBody: letter.html,
    TextBody: letter.text,
    MessageStream: stream,
    Tag: letter.tag,
    Metadata: { m: letter.id },
    Headers: extraHeaders(letter.headers).map(({ name, value }) => ({ Name: name, Value: value })),
    // Opens and clicks are counted by our own links, where the shop's settings allow it.
    TrackOpens: false,
    TrackLinks: Models.LinkTrackingOptions.None,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
