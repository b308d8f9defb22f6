/** A shop's site and Linger's API in one small server that writes down what it is told: what the widget's tests assert on. */

import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { VisitEvent } from '../../core/visits/event.ts';
import type {
  Claim,
  ClaimAnswer,
  Config,
  FormAnswer,
  FormPost,
  PublicRule,
  VisitAnswer,
  VisitBatch,
} from '../../core/visits/wire.ts';

const built = fileURLToPath(new URL('../../dist/widget/', import.meta.url));

export interface Answer {
  status: number;
  body: unknown;
  /** Held back until this settles. */
  after?: Promise<void>;
}

export interface Recorder {
  url: string;
  port: number;
  /** The shop's pages by path; `TAG` in them becomes the script tag. */
  pages: Record<string, string>;
  /** Content-Security-Policy of the pages, or "". */
  policy: string;
  config: Answer;
  visits: Answer;
  claims: Answer;
  forms: Answer;
  /** Of any other path: the shop's own API, say. */
  answers: Record<string, Answer>;
  batches: VisitBatch[];
  claimed: Claim[];
  formed: FormPost[];
  /** What was sent to those. */
  posted: [path: string, body: string][];
  /** Every request, as "GET /path". */
  requests: string[];
  /** Path and query of every request, and the Cookie header that came with each path. */
  asked: string[];
  cookies: [path: string, cookie: string | undefined][];
  events(): VisitEvent[];
  reset(): void;
  close(): Promise<void>;
}

/** What every page may show. */
const PICTURES = {
  '/a.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 5"><rect width="4" height="5" fill="#dcc"/></svg>',
};

export const SITE_KEY = 'pk_test';
const TAG = `<script async src="/l.js" data-shop="${SITE_KEY}"></script>`;

export const rule = (changes: Partial<PublicRule> = {}): PublicRule => ({
  id: '5a4d1c52-7f5e-4a43-9d5f-6f1f5be0a001',
  priority: 0,
  moment: 'exit',
  when: ['pages', '>=', 1],
  offer: { kind: 'percent', value: 10, expiresIn: '7d' },
  reveal: 'email',
  popup: { format: 'modal' },
  quietFor: { refused: '30d', shown: '1d' },
  variants: [],
  ...changes,
});

export const config = (rules: PublicRule[] = [rule()], settings: Partial<Config['settings']> = {}): Answer => ({
  status: 200,
  body: {
    shop: { name: 'Maple & Linen', currency: 'USD', locale: 'en', timezone: 'Europe/Berlin' },
    rules,
    settings: { consent: 'none', privacyUrl: null, memory: 'full', outward: true, waitlist: true, ...settings },
  } satisfies Config,
});

export const summary = (changes: Partial<VisitAnswer['visitor']> = {}): Answer => ({
  status: 202,
  body: {
    visitor: {
      visits: 1,
      daysSinceLastVisit: null,
      subscribed: false,
      purchasedAt: null,
      refusedAt: null,
      shown: {},
      facts: { country: null, device: 'desktop', browser: 'Chrome', os: 'Linux' },
      arms: { [rule().id]: null },
      ...changes,
    } satisfies VisitAnswer['visitor'],
  },
});

export const taken = (body: ClaimAnswer = { status: 'sent' }): Answer => ({ status: 200, body });

export const received = (): Answer => ({ status: 200, body: { status: 'received' } satisfies FormAnswer });

export async function openRecorder(): Promise<Recorder> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const recorder: Recorder = {
    url: `http://127.0.0.1:${port}`,
    port,
    pages: { ...PICTURES },
    policy: '',
    config: config(),
    visits: summary(),
    claims: taken(),
    forms: received(),
    answers: {},
    posted: [],
    batches: [],
    claimed: [],
    formed: [],
    requests: [],
    asked: [],
    cookies: [],
    // A batch whose answer did not come in time is sent again, and counts once: as the server has it.
    events: () =>
      [...new Map(recorder.batches.map((sent) => [sent.batch ?? sent, sent] as const)).values()].flatMap(
        ({ events }) => events,
      ),
    reset() {
      Object.assign(recorder, {
        pages: { ...PICTURES },
        policy: '',
        config: config(),
        visits: summary(),
        claims: taken(),
        forms: received(),
        answers: {},
        posted: [],
      });
      Object.assign(recorder, { batches: [], claimed: [], formed: [], requests: [], asked: [], cookies: [] });
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', recorder.url).pathname;
    recorder.requests.push(`${request.method} ${path}`);
    recorder.asked.push(request.url ?? '/');
    recorder.cookies.push([path, request.headers.cookie]);
    const text = await bodyOf(request);
    if (path === '/v1/config') return reply(response, recorder.config);
    if (path === '/v1/visits') {
      recorder.batches.push(JSON.parse(text) as VisitBatch);
      return reply(response, recorder.visits);
    }
    if (path === '/v1/claims') {
      recorder.claimed.push(JSON.parse(text) as Claim);
      return reply(response, recorder.claims);
    }
    if (path === '/v1/forms') {
      recorder.formed.push(JSON.parse(text) as FormPost);
      return reply(response, recorder.forms);
    }
    const other = recorder.answers[path];
    if (other) {
      if (text) recorder.posted.push([path, text]);
      return reply(response, other);
    }
    if (/^\/[\w-]+\.js$/.test(path)) {
      const code = await readFile(`${built}${path}`, 'utf8').catch(() => null);
      response.writeHead(code ? 200 : 404, {
        'content-type': 'text/javascript',
        'access-control-allow-origin': '*',
        'cache-control': path === '/l.js' ? 'no-store' : 'public, max-age=31536000, immutable',
      });
      // As the API does where the tag's address names the shop.
      const named = request.url?.startsWith('/l.js?shop=');
      response.end(named ? code?.replace(/\(\)\s*$/, () => `(${JSON.stringify(recorder.config.body)})`) : code);
      return;
    }
    const page = recorder.pages[path];
    if (path.endsWith('.svg')) response.writeHead(200, { 'content-type': 'image/svg+xml' });
    else {
      const policy = recorder.policy ? { 'content-security-policy': recorder.policy } : {};
      response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8', ...policy });
    }
    response.end(page?.replace('TAG', TAG));
  }

  return recorder;
}

async function reply(response: ServerResponse, { status, body, after }: Answer): Promise<void> {
  await after;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/html' : status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type, 'access-control-allow-origin': '*' });
  response.end(text);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
