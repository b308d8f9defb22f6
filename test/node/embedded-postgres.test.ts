import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../api/node/embedded-postgres.ts';

const MODULE = path.resolve(import.meta.dirname, '../../api/node/embedded-postgres.ts');
const running: EmbeddedPostgres[] = [];
let home: string;

beforeAll(() => {
  // A closed home, as root's is: the data has to work below it all the same.
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'linger-home-'));
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

afterAll(() => {
  fs.rmSync(home, { recursive: true, force: true });
});

async function start(dir = 'data', port?: number): Promise<EmbeddedPostgres> {
  const options = { dir: path.join(home, dir), fast: true, ...(port === undefined ? {} : { port }) };
  const server = await startEmbeddedPostgres(options);
  running.push(server);
  return server;
}

async function ask<T>(url: string, query: string): Promise<T | undefined> {
  const sql = postgres(url, { max: 1, connect_timeout: 5 });
  try {
    const [row] = await sql.unsafe<{ answer: T }[]>(query);
    return row?.answer;
  } finally {
    await sql.end();
  }
}

test('starts PostgreSQL 18 below a closed home, as root or not', async () => {
  const { url } = await start();
  expect(fs.statSync(home).mode & 0o777).toBe(0o700);
  expect(await ask<string>(url, `SELECT current_setting('server_version') AS answer`)).toMatch(/^18\./);
});

test('knows the case of Cyrillic letters', async () => {
  const { url } = await start();
  expect(await ask(url, `SELECT lower('Ёлка') AS answer`)).toBe('ёлка');
});

test('keeps the data when it is stopped and started again', async () => {
  const first = await start();
  await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  const second = await start();
  expect(await ask(second.url, 'SELECT answer FROM kept')).toBe(42);
});

test('may be stopped twice', async () => {
  const server = await start();
  await server.stop();
  await expect(server.stop()).resolves.toBeUndefined();
});

test('lets nobody in without the password', async () => {
  const { url } = await start();
  const stranger = new URL(url);
  stranger.password = 'guess';
  await expect(ask(stranger.href, 'SELECT 1 AS answer')).rejects.toThrow(/password authentication failed/);
});

test('refuses a folder that a living process uses', async () => {
  await start();
  await expect(start()).rejects.toThrow(`in use by process ${process.pid}`);
});

test('says so when the port is taken', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  try {
    await expect(start('data', port)).rejects.toThrow(`Port ${port} is taken`);
  } finally {
    await new Promise((resolve) => other.close(resolve));
  }
});

test('shows the last lines of the log when the server falls', async () => {
  await (await start('broken')).stop();
  fs.appendFileSync(path.join(home, 'broken', 'cluster', 'postgresql.conf'), '\nno_such_setting = 1\n');
  await expect(start('broken')).rejects.toThrow('no_such_setting');
});

test('makes the cluster anew after an interrupted first start', async () => {
  fs.mkdirSync(path.join(home, 'half', 'cluster-new', 'base'), { recursive: true });
  fs.writeFileSync(path.join(home, 'half', 'cluster-new', 'PG_VERSION'), '18\n');
  const { url } = await start('half');
  expect(await ask(url, 'SELECT 1 AS answer')).toBe(1);
});

test('takes no stranger for a server by a stale process id', async () => {
  await (await start()).stop();
  fs.writeFileSync(path.join(home, 'data', 'cluster', 'postmaster.pid'), `${process.ppid}\n/somewhere\n`);
  const { url } = await start();
  expect(await ask(url, 'SELECT 1 AS answer')).toBe(1);
});

test('falls with the process that started it, killed without warning, and comes back with the data', async () => {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(MODULE)};
    const { url } = await startEmbeddedPostgres({ dir: process.argv[1], fast: true });
    console.log(url);
    setInterval(() => {}, 1000);`;
  const flags = ['--input-type=module', '--eval', script, path.join(home, 'data')];
  const owner = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  const died = new Promise((resolve) => owner.once('close', resolve));
  const url = await new Promise<string>((resolve) => createInterface({ input: owner.stdout }).once('line', resolve));
  await ask(url, 'CREATE TABLE late AS SELECT 7 AS answer');

  owner.kill('SIGKILL');
  await died;
  await expect
    .poll(() => ask(url, 'SELECT 1 AS answer').catch((error) => error.code), { timeout: 10_000 })
    .toBe('ECONNREFUSED');
  const { url: later } = await start();
  expect(await ask(later, 'SELECT answer FROM late')).toBe(7);
});
