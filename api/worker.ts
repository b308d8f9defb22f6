/** The composition root on Cloudflare Workers: the same app per request, a queue that wakes the tick, a cron that fires it. */

import { connect, type Db } from '../db/connect.ts';
import { fetchFeeds } from './actions/catalogue/fetch-feeds.ts';
import { runErrands } from './actions/shops/run-errands.ts';
import { tick } from './actions/tick.ts';
import { createApp, ENDPOINTS } from './app.ts';
import { answerFloor } from './http/answer-floor.ts';
import { droppedCalls, gate } from './http/gate.ts';
import { pace } from './http/pace.ts';
import { describeError } from './log.ts';
import { missLimiter } from './miss-limiter.ts';
import { type PageLimiter, UNLIMITED } from './page-limiter.ts';
import { type Environment, readSettings, type Settings } from './settings.ts';
import { standardDeps } from './standard-deps.ts';

interface Bindings {
  HYPERDRIVE: { connectionString: string };
  ASSETS: { fetch(request: Request): Promise<Response> };
  /** A message here means: something has become due. */
  WAKE: { send(body: unknown): Promise<void> };
  /** Counts for all requests of one location; who doesn't want it takes it out of wrangler.toml. */
  PAGE_LIMITER?: { limit(options: { key: string }): Promise<{ success: boolean }> };
}

type Env = Bindings & Record<string, unknown>;

interface Context {
  waitUntil(promise: Promise<unknown>): void;
}

/** What outlives a request here is a binding: it has one rate, and knows networks and shops, not visitors. */
const boundLimiter = (binding: NonNullable<Bindings['PAGE_LIMITER']>): PageLimiter => ({
  async admits({ shop, network: { range } }) {
    return !range || (await binding.limit({ key: `${range} ${shop}` })).success;
  },
});

/** An isolate serves many requests: counted as long as it lives, per location. */
const MISSES = missLimiter({ now: () => Date.now() });
const FLOOR = answerFloor();
const PACE = pace();
const DROPPED = droppedCalls();

/** A turn's size, kept well inside a Worker's limits: what is left is taken by the next. */
const TURN = { limit: 50, ms: 20_000 };

export default {
  async fetch(request: Request, env: Env, context: Context): Promise<Response> {
    return withDatabase(env, context, async (db, settings) => {
      let due = false;
      const deps = standardDeps({
        db,
        settings,
        wake: () => {
          due = true;
        },
        writeLog,
        limiter: settings.limitPages && env.PAGE_LIMITER ? boundLimiter(env.PAGE_LIMITER) : UNLIMITED,
        misses: MISSES,
        floor: FLOOR,
      });
      const peer = request.headers.get('cf-connecting-ip');
      const { limiter } = deps;
      const dropped = await gate({ endpoints: ENDPOINTS, deps, limiter, pace: PACE, dropped: DROPPED })(request, peer);
      if (dropped) return dropped;
      const app = createApp({
        deps,
        peer: () => peer,
        widgetFile: async (name) => {
          const file = await env.ASSETS.fetch(new Request(new URL(`/${name}`, request.url)));
          return file.ok ? { bytes: new Uint8Array(await file.arrayBuffer()) } : null;
        },
      });
      const response = await app.fetch(request);
      // What is due is in the database: a wake that got lost costs at most the time to the next cron.
      if (due)
        context.waitUntil(
          env.WAKE.send({}).catch((error: unknown) => deps.log('warn', 'wake failed', { error: describeError(error) })),
        );
      return response;
    });
  },

  /** Once a minute. */
  async scheduled(_event: unknown, env: Env, context: Context): Promise<void> {
    await turn(env, context);
  },

  async queue(_batch: unknown, env: Env, context: Context): Promise<void> {
    await turn(env, context);
  },
};

async function turn(env: Env, context: Context): Promise<void> {
  await withDatabase(env, context, async (db, settings) => {
    const deps = standardDeps({ db, settings, wake: () => {}, writeLog });
    const options = { limit: TURN.limit, deadline: deps.now() + TURN.ms };
    const letters = async (): Promise<void> => {
      // Letters that keep a pace don't wait for the next cron.
      if ((await tick(deps, options)).waiting) await env.WAKE.send({});
    };
    await Promise.all([letters(), runErrands(deps, options), fetchFeeds(deps, options)]);
  });
}

/** A connection belongs to one request: workerd does not let the next one use it. */
async function withDatabase<T>(
  env: Env,
  context: Context,
  work: (db: Db, settings: Settings) => Promise<T>,
): Promise<T> {
  const variables: Environment = Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
  const read = readSettings({ ...variables, DATABASE_URL: env.HYPERDRIVE.connectionString });
  if ('complaints' in read) throw new Error(read.complaints.join(' '));
  if (read.settings.smtpUrl) throw new Error('SMTP_URL works on Node only: a Worker sends through Postmark.');
  const db = connect(env.HYPERDRIVE.connectionString, { max: 5, prepare: false });
  try {
    return await work(db, read.settings);
  } finally {
    context.waitUntil(db.end());
  }
}

function writeLog(line: string): void {
  // biome-ignore lint/suspicious/noConsole: a Worker's log is its console.
  console.log(line);
}
