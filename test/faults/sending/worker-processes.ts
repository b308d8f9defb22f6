/** Worker processes that are killed and frozen, and come back. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Random } from '../../support/random.ts';

const PROGRAM = fileURLToPath(new URL('./worker.ts', import.meta.url));

export interface Workers {
  /** Kills one at random with SIGKILL and starts another in its place. */
  kill(): void;
  /** Freezes one with SIGSTOP; wakes it when `until` resolves. It is not killed meanwhile. */
  freeze(until: () => Promise<void>): Promise<void>;
  /** What workers that nobody killed have said, and that they ended. */
  said(): string[];
  stop(): void;
}

export async function startWorkers(count: number, env: Record<string, string>, random: Random): Promise<Workers> {
  const folder = mkdtempSync(join(tmpdir(), 'linger-worker-'));
  const program = await inOneFile(folder);
  const awake = new Set<ChildProcess>();
  const frozen = new Set<ChildProcess>();
  const said: string[] = [];

  const start = (): void => {
    const child = spawn(process.execPath, [program], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    awake.add(child);
    child.stderr?.on('data', (chunk: Buffer) => said.push(...String(chunk).trim().split('\n')));
    child.once('exit', (code) => {
      // Whom we killed has left the set before.
      if (awake.delete(child) || frozen.delete(child)) said.push(`a worker ended with ${code}`);
    });
  };
  for (let started = 0; started < count; started += 1) start();

  return {
    kill() {
      if (awake.size === 0) return;
      const child = random.pick([...awake]);
      awake.delete(child);
      child.kill('SIGKILL');
      start();
    },
    async freeze(until) {
      if (awake.size === 0) return;
      const child = random.pick([...awake]);
      awake.delete(child);
      frozen.add(child);
      child.kill('SIGSTOP');
      await until();
      child.kill('SIGCONT');
      if (frozen.delete(child)) awake.add(child);
    },
    said: () => said,
    stop() {
      for (const child of [...awake, ...frozen]) {
        awake.delete(child);
        frozen.delete(child);
        child.kill('SIGKILL');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Hundreds are started: from one file they are at work three times as soon. */
async function inOneFile(folder: string): Promise<string> {
  const outfile = join(folder, 'worker.mjs');
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  await build({
    entryPoints: [PROGRAM],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    banner,
    logLevel: 'error',
  });
  return outfile;
}
