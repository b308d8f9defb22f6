/** What the widget is measured against: other people's scripts as they publish them, and a popup with nothing around it. */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../../../widget/build/bundle.ts';

export type PeerName = 'ouibounce' | 'plausible' | 'posthog with surveys' | 'bare Preact popup';

export interface PeerScript {
  /** Its path on the server. */
  path: string;
  code: string;
}

/** Each peer's scripts in the order in which a page gets them. The first call installs them into this folder, and nowhere else. */
export async function peerScripts(): Promise<Record<PeerName, PeerScript[]>> {
  install();
  const published = (file: string): string => readFileSync(join(packages, file), 'utf8');
  const [plausible, bare] = await Promise.all([built('plausible.js'), built('bare-popup.ts')]);
  return {
    ouibounce: [{ path: '/ouibounce.min.js', code: published('ouibounce/build/ouibounce.min.js') }],
    plausible: [{ path: '/plausible.js', code: plausible }],
    'posthog with surveys': [
      { path: '/static/array.js', code: published('posthog-js/dist/array.js') },
      { path: '/static/surveys.js', code: published('posthog-js/dist/surveys.js') },
    ],
    'bare Preact popup': [{ path: '/bare-popup.js', code: bare }],
  };
}

const packages = join(import.meta.dirname, 'node_modules');

/** As the widget itself is built. */
async function built(entry: string): Promise<string> {
  const define = { FULL: false };
  return (await bundle({ name: entry, entry: join(import.meta.dirname, entry), format: 'iife', define })).code;
}

function install(): void {
  const lock = createHash('sha256')
    .update(readFileSync(join(import.meta.dirname, 'package-lock.json')))
    .digest('hex');
  const stamp = join(packages, '.installed-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing what Linger is measured against, into test/bench/peers …');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  // On Windows npm is a shell script's name.
  const options = { cwd: import.meta.dirname, encoding: 'utf8', shell: process.platform === 'win32' } as const;
  const done = spawnSync('npm', args, options);
  if (done.status !== 0) throw new Error(`npm ci in test/bench/peers failed:\n${done.error ?? done.stderr}`);
  writeFileSync(stamp, lock);
}
