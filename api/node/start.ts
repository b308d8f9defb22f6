/** Starts the server on Node: database, migrations, app, ticker. Everything that can be stopped is stopped in the opposite order. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Hono } from 'hono';
import { connect } from '../../db/connect.ts';
import { fetchFeeds } from '../actions/catalogue/fetch-feeds.ts';
import { runErrands } from '../actions/shops/run-errands.ts';
import { type TickOptions, tick } from '../actions/tick.ts';
import { createApp } from '../app.ts';
import type { Deps } from '../deps.ts';
import { describeError } from '../log.ts';
import { tokenBuckets } from '../page-limiter.ts';
import type { Settings } from '../settings.ts';
import { standardDeps } from '../standard-deps.ts';
import { fairTurns } from '../turns.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { listen, peer } from './listen.ts';
import { migrate } from './migrate.ts';
import { pinnedFetch } from './pinned-fetch.ts';
import { nodeResolver } from './resolver.ts';
import { smtpMailer } from './smtp.ts';
import { startTicker, type Ticker } from './ticker.ts';
import { widgetFile } from './widget-files.ts';

export interface Started {
  deps: Deps;
  app: Hono;
  stop(): Promise<void>;
}

/** Rows that one turn of the ticker takes, and how long it may go on taking more. */
const TURN = { limit: 200, ms: 20_000 };

export interface StartOptions {
  settings: Settings;
  /** Where the embedded database lives. */
  dataDir: string;
  write: (line: string) => void;
  /** What to serve instead of the bare app: the app with something around it. */
  around?: (app: Hono) => Promise<Hono>;
}

export async function start({ settings, dataDir, write, around }: StartOptions): Promise<Started> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    let url = settings.databaseUrl;
    if (!url) {
      const postgres = await startEmbeddedPostgres({ dir: `${dataDir}/postgres` });
      stops.push(() => postgres.stop());
      url = postgres.url;
    }
    await migrate(url);
    const db = connect(url);
    stops.push(() => db.end());

    const smtp = settings.smtpUrl ? smtpMailer(settings.smtpUrl) : null;
    if (smtp) stops.push(async () => smtp.close());

    let wake = (): void => {};
    const deps = standardDeps({
      db,
      settings,
      wake: () => wake(),
      writeLog: write,
      ...(smtp ? { mailer: smtp } : {}),
      resolver: nodeResolver(),
      dial: pinnedFetch({ loopback: settings.loopbackCalls }),
      ...(settings.limitPages
        ? { limiter: tokenBuckets({ now: () => Date.now() }), turns: fairTurns({ now: () => Date.now(), pause }) }
        : {}),
    });
    if (!(await db.guarded())) {
      deps.log(
        'warn',
        'the database user may not create roles: row-level security, the second net between shops, is off',
      );
    }
    const app = createApp({ deps, peer: ({ env }) => peer(env), widgetFile });
    stops.push(await listen((await around?.(app)) ?? app, deps));
    const tickers = startTickers(deps);
    wake = () => {
      for (const ticker of tickers) ticker.wake();
    };
    stops.push(async () => void (await Promise.all(tickers.map((ticker) => ticker.stop()))));
    return { deps, app, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startTickers(deps: Deps): Ticker[] {
  const start = (turn: (deps: Deps, options: TickOptions) => Promise<unknown>, apartMs: number) =>
    startTicker(
      async (whole) => void (await turn(deps, { limit: TURN.limit, deadline: Date.now() + TURN.ms, whole })),
      {
        everyMs: deps.settings.tickMs,
        apartMs,
        onError: (error) => deps.log('error', `${turn.name} failed`, { error: describeError(error) }),
      },
    );
  // Somebody waits for a letter; what is done beside letters has the time.
  return [start(tick, 200), start(runErrands, 1_000), start(fetchFeeds, 1_000)];
}
