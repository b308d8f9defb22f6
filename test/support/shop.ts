/** A whole instance for one test file: the real app on a real database, with a clock that tests move and chance that they choose. */

import { fetchFeeds } from '../../api/actions/catalogue/fetch-feeds.ts';
import { runErrands } from '../../api/actions/shops/run-errands.ts';
import { type TickReport, tick } from '../../api/actions/tick.ts';
import { createApp } from '../../api/app.ts';
import type { Deps } from '../../api/deps.ts';
import type { LogFields } from '../../api/log.ts';
import { pinnedFetch } from '../../api/node/pinned-fetch.ts';
import type { Resolver } from '../../api/resolver.ts';
import { type Environment, readSettings, type Settings } from '../../api/settings.ts';
import { standardDeps } from '../../api/standard-deps.ts';
import { connect, type Db } from '../../db/connect.ts';
import type { Mailer } from '../../emails/mailer.ts';
import { testDatabase } from './database.ts';

export const ADMIN_KEY = 'admin-key-of-the-tests';
export const ORIGIN = 'https://shop.example';

export interface Answered {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever an answer holds and asserts on it.
  body: any;
  headers: Headers;
  text: string;
}

export interface Instance {
  db: Db;
  /** The address of the instance's database, for tests that look behind the API. */
  databaseUrl: string;
  deps: Deps;
  settings: Settings;
  logs: { level: string; what: string; fields: LogFields }[];
  /** Moves the database's clock, and with it everything that decides. */
  travel(ms: number): void;
  /** Runs the engine until nothing is due, letters first. */
  tick(): Promise<TickReport>;
  /** Any call; objects are sent as JSON, strings and bytes as they are. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>;
  openShop(change?: Record<string, unknown>): Promise<ShopHandle>;
  close(): Promise<void>;
}

export interface ShopHandle {
  id: string;
  siteKey: string;
  secretKey: string;
  identitySecret: string;
  /** A call with the shop's secret key. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>;
  /** The same where it has to work: what it answers; throws what went wrong. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever an answer holds and asserts on it.
  done(method: string, path: string, body?: unknown): Promise<any>;
  /** A call as one of the shop's pages makes it. */
  page(path: string, body: unknown, headers?: Record<string, string>): Promise<Answered>;
  /** An enabled rule without holdout for any visit of one page, changed as asked; its id. */
  addRule(change?: Record<string, unknown>): Promise<string>;
}

export interface InstanceOptions {
  env?: Environment;
  mailer?: Mailer;
  random?: () => number;
  /** What time it is, instead of the database's own time and what was travelled. */
  clock?: () => number;
  /** What answers where a shop's urls are called, instead of the network. */
  fetch?: typeof fetch;
  /** Absent: a DNS that knows of nothing. */
  resolver?: Resolver;
}

const KNOWS_NOTHING: Resolver = async () => ({ found: [] });

export async function startInstance({
  env = {},
  mailer,
  random,
  clock,
  fetch,
  resolver = KNOWS_NOTHING,
}: InstanceOptions = {}): Promise<Instance> {
  const database = await testDatabase();
  let shift = 0;
  const db = connect(database.url, { clock: clock ?? ((now) => now + shift), max: 12 });
  const read = readSettings({
    DATABASE_URL: database.url,
    ADMIN_KEY,
    SIGNING_KEY: 'signing-key-of-the-tests',
    PUBLIC_URL: 'https://linger.example',
    ...env,
  });
  if ('complaints' in read) throw new Error(read.complaints.join('\n'));
  const settings: Settings = { ...read.settings, claimFloorMs: 0 };
  const logs: Instance['logs'] = [];
  const standard = standardDeps({
    db,
    settings,
    wake: () => {},
    writeLog: () => {},
    dial: pinnedFetch({ loopback: settings.loopbackCalls }),
  });
  const deps: Deps = {
    ...standard,
    resolver,
    ...(mailer ? { mailer } : {}),
    ...(random ? { random } : {}),
    ...(fetch ? { fetch } : {}),
    log: (level, what, fields = {}) => void logs.push({ level, what, fields }),
  };
  const app = createApp({ deps, peer: () => '203.0.113.7', widgetFile: async () => null });

  const call: Instance['call'] = async (method, path, body, headers = {}) => {
    const plain = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
    const response = await app.request(path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: plain ? (body as string) : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, body: json && text ? JSON.parse(text) : null, headers: response.headers, text };
  };

  return {
    db,
    databaseUrl: database.url,
    deps,
    settings,
    logs,
    call,
    travel: (ms) => {
      shift += ms;
    },
    async tick() {
      const options = { limit: 100, deadline: deps.now() + 30_000 };
      const report = await tick(deps, options);
      await runErrands(deps, options);
      await fetchFeeds(deps, options);
      return report;
    },
    async openShop(change = {}) {
      const { status, body, text } = await call(
        'POST',
        '/v1/shops',
        // All of a test's visitors come from one address, and tests run at any hour.
        { ...SHOP, limits: { codesPerRange: null }, sending: { quietHours: null }, ...change },
        { authorization: `Bearer ${ADMIN_KEY}` },
      );
      if (status !== 201) throw new Error(`no shop: ${text}`);
      return shopHandle(call, body);
    },
    async close() {
      await db.end();
      await database.drop();
    },
  };
}

export const SHOP = {
  name: 'Lamp & Leaf',
  origins: [ORIGIN],
  currency: 'EUR',
  locale: 'en',
  timezone: 'Europe/Berlin',
  sender: { name: 'Lamp & Leaf', email: 'hello@shop.example' },
  postalAddress: '1 Example Street, 10115 Berlin',
};

export const RULE = {
  name: 'Leaving',
  enabled: true,
  moment: 'exit',
  when: ['pages', '>=', 1],
  offer: { kind: 'percent', value: 10, expiresIn: '7d' },
  holdout: 0,
};

function shopHandle(
  call: Instance['call'],
  { id, siteKey, secretKey, identitySecret }: Record<string, string>,
): ShopHandle {
  const handle: ShopHandle = {
    id: id ?? '',
    siteKey: siteKey ?? '',
    secretKey: secretKey ?? '',
    identitySecret: identitySecret ?? '',
    call: (method, path, body, headers = {}) =>
      call(method, path, body, { authorization: `Bearer ${secretKey}`, ...headers }),
    page: (path, body, headers = {}) =>
      call('POST', path, body, { 'content-type': 'text/plain', origin: ORIGIN, ...headers }),
    async done(method, path, body) {
      const answer = await handle.call(method, path, body);
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
      return answer.body;
    },
    addRule: async (change = {}) => (await handle.done('POST', '/v1/rules', { ...RULE, ...change })).id,
  };
  return handle;
}
