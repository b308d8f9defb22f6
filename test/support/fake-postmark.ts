/**
 * A stand-in for Postmark: a real HTTP server with its send and search calls, its error codes, and faults on demand.
 * Also a tool: `node test/support/fake-postmark.ts --port 2525` prints every accepted letter as one line of JSON.
 */

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';

export interface PostmarkMessage {
  From: string;
  To: string;
  Subject: string;
  HtmlBody?: string;
  TextBody?: string;
  MessageStream?: string;
  Tag?: string;
  TrackOpens?: boolean;
  TrackLinks?: string;
  Headers?: { Name: string; Value: string }[];
  Metadata?: Record<string, string>;
}

export interface AcceptedMessage extends PostmarkMessage {
  MessageID: string;
  SubmittedAt: string;
  /** By the server's `now`: what the search lag is counted from. */
  acceptedAt: number;
}

export type Fault =
  /** An answer of Postmark's own make; the message is not accepted. `status` defaults to 422. */
  | { answer: number; status?: number; message?: string }
  /** A body that is no answer of Postmark's: a proxy's page. The message is not accepted. */
  | { page: string; status: number }
  /** The socket is destroyed, or stays silent, before anything was accepted. */
  | 'drop'
  | 'hang'
  /** The message is accepted; then the socket is destroyed, stays silent, or breaks off in the middle of the body. */
  | 'accept-reset'
  | 'accept-hang'
  | 'accept-hang-in-body'
  | 'accept-cut';

/** One entry per message in the order they come (null lets it pass; after the last all pass), or a function of it. */
export type FaultPlan = (Fault | null)[] | ((message: PostmarkMessage, n: number) => Fault | null);

export interface FakePostmark {
  url: string;
  /** Everything accepted, in order, whatever its sender was told. */
  sent(): AcceptedMessage[];
  /** How many messages arrived since the start or the last `clear`, accepted or not. */
  received(): number;
  fail(plan: FaultPlan): void;
  /** Faults of the next searches; only `answer`, `page`, `drop` and `hang` make sense here. */
  failSearches(faults: Fault[]): void;
  clear(): void;
  stop(): Promise<void>;
}

export interface FakePostmarkOptions {
  port?: number;
  /** The one token let in; absent: any that is not empty. */
  token?: string;
  streams?: string[];
  /** How long after acceptance a message stays invisible to searches. */
  searchLagMs?: number;
  now?: () => number;
  onAccepted?: (message: AcceptedMessage) => void;
}

type Reply = { status: number; body: object };
/** The faults that are no answer of Postmark's. */
type Cut = Exclude<Fault, { answer: number }>;
type Verdict = Reply & { cut: Cut | null };

const ADDRESS = /^[^\s@<>,;:"]+@[^\s@<>,;:"]+\.[^\s@<>,;:".]{2,}$/;

export async function startFakePostmark({
  port = 0,
  token,
  streams = ['outbound', 'broadcast'],
  searchLagMs = 0,
  now = Date.now,
  onAccepted = () => {},
}: FakePostmarkOptions = {}): Promise<FakePostmark> {
  const accepted: AcceptedMessage[] = [];
  let plan: FaultPlan = [];
  let searchFaults: Fault[] = [];
  let received = 0;

  const accept = (message: PostmarkMessage): object => {
    const acceptedAt = now();
    const kept = { ...message, MessageID: randomUUID(), SubmittedAt: new Date(acceptedAt).toISOString(), acceptedAt };
    accepted.push(kept);
    onAccepted(kept);
    return { To: kept.To, SubmittedAt: kept.SubmittedAt, MessageID: kept.MessageID, ErrorCode: 0, Message: 'OK' };
  };

  /** What becomes of one message: its item in the answer, and how the connection is to end if not well. */
  const judge = (message: PostmarkMessage): Verdict => {
    const n = received++;
    const fault = typeof plan === 'function' ? plan(message, n) : (plan.shift() ?? null);
    if (fault && isAnswer(fault)) return { ...answerOf(fault), cut: null };
    if (fault === 'drop' || fault === 'hang' || (fault && typeof fault === 'object')) {
      return { body: {}, status: 0, cut: fault };
    }
    const complaint = complaintAbout(message, streams);
    if (complaint) return { body: complaint, status: 422, cut: null };
    return { body: accept(message), status: 200, cut: fault };
  };

  const search = (query: URLSearchParams): Reply => {
    const wanted = [...query].filter(([name]) => name.startsWith('metadata_'));
    const count = Number(query.get('count'));
    if (!query.has('count') || !query.has('offset') || !(count <= 500)) return unprocessable(600, 'count and offset');
    if (wanted.length > 1) return unprocessable(600, 'one metadata field per search');
    const found = accepted
      .filter((message) => message.acceptedAt + searchLagMs <= now())
      .filter((message) => wanted.every(([name, value]) => message.Metadata?.[name.slice(9)] === value))
      .filter((message) => !query.has('recipient') || message.To === query.get('recipient'))
      .filter((message) => !query.has('tag') || message.Tag === query.get('tag'));
    const page = found.slice(Number(query.get('offset'))).slice(0, count);
    return { status: 200, body: { TotalCount: found.length, Messages: page.map(listed) } };
  };

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    const body = await textOf(request);
    const given = request.headers['x-postmark-server-token'];
    if (!given || (token !== undefined && given !== token)) {
      return reply(response, { status: 401, body: problem(10, 'No Account or Server API tokens were supplied.') });
    }
    const call = `${request.method} ${pathname}`;
    if (call === 'GET /messages/outbound') {
      const fault = searchFaults.shift();
      if (!fault) return reply(response, search(searchParams));
      return isAnswer(fault) ? reply(response, answerOf(fault)) : end(response, fault, '');
    }
    if (call !== 'POST /email' && call !== 'POST /email/batch') return reply(response, { status: 404, body: {} });
    const messages = messagesIn(body, call === 'POST /email/batch');
    if (typeof messages === 'string') return reply(response, unprocessable(402, messages));
    if (messages.length > 500) return reply(response, unprocessable(410, 'Too many batch messages.'));
    const verdicts = messages.map(judge);
    const [first] = verdicts;
    const batch = call === 'POST /email/batch' || !first;
    const result: Reply = batch ? { status: 200, body: verdicts.map((verdict) => verdict.body) } : first;
    const cut = verdicts.find((verdict) => verdict.cut)?.cut;
    return cut ? end(response, cut, JSON.stringify(result.body)) : reply(response, result);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: () => [...accepted],
    received: () => received,
    fail: (next) => {
      plan = Array.isArray(next) ? [...next] : next;
    },
    failSearches: (faults) => {
      searchFaults = [...faults];
    },
    clear: () => {
      accepted.length = 0;
      received = 0;
      plan = [];
      searchFaults = [];
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Postmark's own objections, with the codes it gives them. */
function complaintAbout(message: PostmarkMessage, streams: string[]): object | null {
  const sender = /^(?:"(?:[^"\\]|\\.)*"\s*|[^<>"@,]*)<([^<>]+)>$/.exec(message.From ?? '')?.[1] ?? message.From;
  if (!ADDRESS.test(sender ?? '')) return problem(300, `Invalid 'From' address: '${message.From}'.`);
  const recipients = String(message.To ?? '').split(',');
  if (recipients.length > 50) return problem(300, 'Too many recipients.');
  const bad = recipients.find((to) => !ADDRESS.test(to.trim()));
  if (bad !== undefined) return problem(300, `Invalid 'To' address: '${bad}'.`);
  if (!message.HtmlBody && !message.TextBody) return problem(300, 'Provide either email TextBody or HtmlBody or both.');
  const stream = message.MessageStream ?? 'outbound';
  if (!streams.includes(stream))
    return problem(1235, `The stream provided: '${stream}' does not exist on this server.`);
  const long = Object.entries(message.Metadata ?? {}).some(([key, value]) => key.length > 20 || value.length > 80);
  return long ? problem(300, 'Metadata: keys have at most 20 characters, values 80.') : null;
}

function listed({ acceptedAt: _, HtmlBody: _h, TextBody: _t, ...message }: AcceptedMessage): object {
  return {
    ...message,
    To: [{ Email: message.To, Name: null }],
    Recipients: [message.To],
    ReceivedAt: message.SubmittedAt,
    Status: 'Sent',
    Sandboxed: false,
  };
}

function messagesIn(body: string, batch: boolean): PostmarkMessage[] | string {
  try {
    const value: unknown = JSON.parse(body);
    const messages = Array.isArray(value) === batch ? [value].flat() : [null];
    const whole = messages.every((message) => typeof message === 'object' && message !== null);
    return whole ? (messages as PostmarkMessage[]) : 'Invalid JSON';
  } catch {
    return 'Invalid JSON';
  }
}

function end(response: ServerResponse, fault: Cut, body: string): void {
  if (typeof fault === 'object') {
    response.writeHead(fault.status, { 'content-type': 'text/html' });
    response.end(fault.page);
    return;
  }
  if (fault === 'accept-cut' || fault === 'accept-hang-in-body') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.write(body.slice(0, body.length >> 1), () => {
      if (fault === 'accept-cut') response.socket?.destroy();
    });
    return;
  }
  if (fault === 'drop' || fault === 'accept-reset') response.socket?.destroy();
}

function reply(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

const isAnswer = (fault: Fault): fault is Extract<Fault, { answer: number }> =>
  typeof fault === 'object' && 'answer' in fault;

const answerOf = ({
  answer,
  status = 422,
  message = `Fault ${answer}`,
}: Extract<Fault, { answer: number }>): Reply => ({
  status,
  body: problem(answer, message),
});

const problem = (code: number, message: string): object => ({ ErrorCode: code, Message: message });
const unprocessable = (code: number, message: string): Reply => ({ status: 422, body: problem(code, message) });

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string' }, 'search-lag-ms': { type: 'string' } } });
  const { url } = await startFakePostmark({
    port: Number(values.port ?? 2525),
    searchLagMs: Number(values['search-lag-ms'] ?? 0),
    onAccepted: ({ HtmlBody: _h, TextBody: _t, ...message }) => console.log(JSON.stringify(message)),
  });
  console.error(`A stand-in for Postmark listens on ${url}`);
}
