/** A database cluster on disk: made once, whole or not at all, and never shared by two servers. Knows nothing of ports. */

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunAs } from './postgres-binaries.ts';

export interface Place {
  /** The folder given by the user. Holds `cluster`, `password` and, while a server runs, `owner`. */
  dir: string;
  native: string;
  who: RunAs;
  /** Speed instead of safety: nothing is flushed to the disk. */
  fast: boolean;
}

/** How long a server that we asked to stop may take. */
const PATIENCE_MS = 20_000;

/** The password of the cluster in `place`, made with initdb on the first call. */
export function openCluster(place: Place): string {
  const password = path.join(place.dir, 'password');
  const cluster = clusterOf(place.dir);
  if (!fs.existsSync(cluster)) create(place, cluster, password);
  if (!fs.existsSync(password))
    throw new Error(`${password} is gone: put it back, or remove ${place.dir} to start empty.`);
  return fs.readFileSync(password, 'utf8').trim();
}

export function clusterOf(dir: string): string {
  return path.join(dir, 'cluster');
}

/** The `-D` for a program started in the cluster's folder as `who`: nobody may not walk through a closed home to it, but may stand in it. */
export function dataFlag(cluster: string, who: RunAs): string {
  return process.platform === 'linux' && 'uid' in who ? '/proc/self/cwd' : cluster;
}

/** The server's surroundings: ours without what would steer it elsewhere, and in plain English, which is how its log is read. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

/**
 * Makes sure that no server works in `dir`, and takes it for this process. A server whose owner died is stopped;
 * one with a living owner throws.
 */
export async function claimCluster(dir: string): Promise<void> {
  const owner = path.join(dir, 'owner');
  const cluster = clusterOf(dir);
  const since = performance.now();
  for (let asked = false, server = serverIn(cluster); server !== null; server = serverIn(cluster)) {
    const pid = fs.existsSync(owner) ? Number(fs.readFileSync(owner, 'utf8')) : 0;
    if (isAlive(pid)) throw new Error(`The database in ${dir} is in use by process ${pid}: stop that one first.`);
    if (performance.now() - since > PATIENCE_MS)
      throw new Error(`A PostgreSQL left behind (process ${server}) does not stop.`);
    if (!asked) process.kill(server, 'SIGINT');
    asked = true;
    await pause(50);
  }
  // A pid from before a crash or a container's restart may be anybody's by now, and PostgreSQL would believe it.
  if (process.platform !== 'win32') fs.rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
  fs.writeFileSync(owner, String(process.pid));
}

export function releaseCluster(dir: string): void {
  fs.rmSync(path.join(dir, 'owner'), { force: true });
}

function create({ dir, native, who, fast }: Place, cluster: string, passwordFile: string): void {
  const half = `${cluster}-new`;
  fs.rmSync(half, { recursive: true, force: true });
  fs.mkdirSync(half, { mode: 0o700 });
  if ('uid' in who) fs.chownSync(half, who.uid, who.gid);
  const data = dataFlag(half, who);
  const run = (program: string, flags: string[], input = ''): void => {
    const env = serverEnvironment();
    const done = spawnSync(path.join(native, 'bin', program), flags, {
      ...who,
      cwd: half,
      env,
      input,
      encoding: 'utf8',
    });
    if (done.status === 0) return;
    const why = done.error?.message ?? `${done.stdout}${done.stderr}`.trim().split('\n').slice(-8).join('\n');
    throw new Error(`A database could not be made in ${dir}:\n${why}`);
  };

  // C.UTF-8 of the built-in provider: the same on every machine, and it knows the case of Cyrillic letters.
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8'];
  run('initdb', [
    '-D',
    data,
    '-U',
    'linger',
    '-A',
    'trust',
    ...locale,
    '--no-instructions',
    ...(fast ? ['--no-sync'] : []),
  ]);
  fs.writeFileSync(path.join(half, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n');
  const password = randomBytes(24).toString('base64url');
  const statements = `ALTER ROLE linger PASSWORD '${password}'\nCREATE DATABASE linger\n`;
  run('postgres', ['--single', '-D', data, ...(fast ? ['-F'] : []), 'postgres'], statements);

  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  fs.renameSync(half, cluster);
}

/** The process id of the server that works in the cluster now, or null. */
function serverIn(cluster: string): number | null {
  const lock = path.join(cluster, 'postmaster.pid');
  const pid = fs.existsSync(lock) ? Number.parseInt(fs.readFileSync(lock, 'utf8'), 10) : Number.NaN;
  if (!isAlive(pid)) return null;
  switch (process.platform) {
    case 'linux': {
      const here = fs.statSync(cluster);
      try {
        const itsPlace = fs.statSync(`/proc/${pid}/cwd`);
        return itsPlace.ino === here.ino && itsPlace.dev === here.dev ? pid : null;
      } catch {
        // Gone meanwhile, a zombie, or another user's, which a server of this folder is not.
        return null;
      }
    }
    case 'win32':
      // Which program a pid belongs to is not told here; the server itself refuses a folder in use.
      return null;
    default:
      return /postgres/.test(spawnSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' }).stdout)
        ? pid
        : null;
  }
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
