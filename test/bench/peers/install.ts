/** Brings what the benchmarks measure Linger against: into this folder, on first use, and nowhere else. */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const PACKAGES = join(import.meta.dirname, 'node_modules');

export function installPeers(): void {
  const lock = createHash('sha256')
    .update(readFileSync(join(import.meta.dirname, 'package-lock.json')))
    .digest('hex');
  const stamp = join(PACKAGES, '.installed-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing what Linger is measured against, into test/bench/peers …');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  // On Windows npm is a shell script's name.
  const options = { cwd: import.meta.dirname, encoding: 'utf8', shell: process.platform === 'win32' } as const;
  const done = spawnSync('npm', args, options);
  if (done.status !== 0) throw new Error(`npm ci in test/bench/peers failed:\n${done.error ?? done.stderr}`);
  writeFileSync(stamp, lock);
}
