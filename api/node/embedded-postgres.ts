/** A real PostgreSQL started from npm's binaries, for `npm start` and the tests. Knows nothing of what is stored in it. */

import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { Socket } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './port.ts';
import { postgresBinaries, runAs } from './postgres-binaries.ts';
import {
  claimCluster,
  clusterOf,
  dataFlag,
  openCluster,
  type Place,
  releaseCluster,
  serverEnvironment,
} from './postgres-cluster.ts';

export interface EmbeddedPostgresOptions {
  /** Where the data is kept; made when missing. Relative to the working directory. */
  dir: string;
  /** Absent: any free one. */
  port?: number;
  /** For tests: gives up durability for speed. */
  fast?: boolean;
  /** Of PostgreSQL, in place of those it is started with here. */
  settings?: Readonly<Record<string, string>>;
  /** Gets the server's log line by line. */
  log?: (line: string) => void;
}

export interface EmbeddedPostgres {
  /** `postgres://linger:…@127.0.0.1:PORT/linger`: a superuser, by password, on the loopback only. */
  url: string;
  port: number;
  /** Ends every connection and stops the server; the data stays. May be called twice. */
  stop(): Promise<void>;
}

const LAST_LINES = 12;
const PORT_TRIES = 5;
const STOP_MS = 20_000;

/** Throws, saying what to do, where the binaries can't run, the port is taken, the data is in use, or the server falls. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { fast = false, settings = {}, log = () => {} } = options;
  const dir = path.resolve(options.dir);
  const who = runAs(clusterOf(dir));
  const place: Place = { dir, native: postgresBinaries(who), who, fast };
  fs.mkdirSync(dir, { recursive: true });
  fs.chmodSync(dir, 0o700);
  const password = openCluster(place);
  await claimCluster(dir);

  for (let tries = 1; ; tries += 1) {
    const port = options.port ?? (await freePort());
    const server = launch(place, flags(port, fast, settings), log);
    const trouble = await server.ready;
    if (trouble === null) {
      const url = `postgres://linger:${password}@127.0.0.1:${port}/linger`;
      return { url, port, stop: () => server.stop() };
    }
    const taken = /Address already in use/.test(trouble);
    if (taken && options.port === undefined && tries < PORT_TRIES) continue;
    releaseCluster(dir);
    throw new Error(
      taken ? `Port ${port} is taken by another program.` : `PostgreSQL did not start in ${dir}:\n${trouble}`,
    );
  }
}

interface Server {
  /** null when it accepts connections, else its last words. */
  ready: Promise<string | null>;
  stop(): Promise<void>;
}

function launch({ dir, native, who }: Place, settings: readonly string[], log: (line: string) => void): Server {
  const cluster = clusterOf(dir);
  // Its own process group: a Ctrl-C in the terminal is for us, and we stop the server once nothing needs it any more.
  const child = spawn(path.join(native, 'bin', 'postgres'), ['-D', dataFlag(cluster, who), ...settings], {
    ...who,
    cwd: cluster,
    env: serverEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const tail: string[] = [];
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const farewell = () => child.kill('SIGINT');
  process.once('exit', farewell);
  const dismissGuard = guard(child);
  let stopping = false;

  const ready = new Promise<string | null>((resolve) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      tail.push(line);
      if (tail.length > LAST_LINES) tail.shift();
      log(line);
      if (line.includes('ready to accept connections')) resolve(null);
    });
    child.once('error', (error) => resolve(error.message));
    void exited.then(() => {
      process.removeListener('exit', farewell);
      dismissGuard();
      resolve(tail.join('\n') || `it ended with ${child.exitCode ?? child.signalCode}`);
    });
  });

  void Promise.all([ready, exited]).then(([trouble]) => {
    if (trouble === null && !stopping) log(`PostgreSQL ended unexpectedly (${child.exitCode ?? child.signalCode}).`);
  });

  const stop = async (): Promise<void> => {
    stopping = true;
    child.kill('SIGINT');
    const impatient = setTimeout(() => child.kill('SIGQUIT'), STOP_MS);
    await exited;
    clearTimeout(impatient);
    releaseCluster(dir);
  };
  return { ready, stop };
}

function flags(port: number, fast: boolean, asked: Readonly<Record<string, string>>): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    max_connections: 100,
    // In a hurry as PostgreSQL comes: what is measured in it may be large.
    shared_buffers: fast ? '128MB' : '64MB',
    TimeZone: 'UTC',
    lc_messages: 'C',
    jit: 'off',
    log_checkpoints: 'off',
    // Failed statements carry addresses of people; whoever sent them gets the error anyway.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    ...(fast
      ? { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', wal_level: 'minimal', max_wal_senders: 0 }
      : {}),
    ...asked,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** A small shell that waits for the end of this process, kills (SIGKILL) included, and then stops the server. */
function guard(server: ChildProcess): () => void {
  if (process.platform === 'win32' || server.pid === undefined) return () => {};
  const script = 'while read -r _; do :; done; kill -INT "$1"';
  const shell = spawn('/bin/sh', ['-c', script, 'guard', String(server.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.once('error', () => {});
  shell.unref();
  if (shell.stdin instanceof Socket) shell.stdin.unref();
  return () => void shell.kill('SIGKILL');
}
