/** Worker processes that are killed and frozen, and come back. */

import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Random } from '../support/random.ts';

const PROGRAM = fileURLToPath(new URL('./sending-worker.ts', import.meta.url));

export interface Workers {
  /** Kills one at random with SIGKILL and starts another in its place. */
  kill(): void;
  /** Freezes one with SIGSTOP; wakes it when `until` resolves. It is not killed meanwhile. */
  freeze(until: () => Promise<void>): Promise<void>;
  /** What workers that nobody killed have said, and that they ended. */
  complaints(): string[];
  stop(): void;
}

export function startWorkers(count: number, env: Record<string, string>, random: Random): Workers {
  const awake = new Set<ChildProcess>();
  const frozen = new Set<ChildProcess>();
  const complaints: string[] = [];

  const start = (): void => {
    const child = spawn(process.execPath, [PROGRAM], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    awake.add(child);
    child.stderr?.on('data', (chunk: Buffer) => complaints.push(String(chunk).trim()));
    child.once('exit', (code) => {
      // Whom we killed has left the set before.
      if (awake.delete(child) || frozen.delete(child)) complaints.push(`a worker ended with ${code}`);
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
      const child = random.pick([...awake]);
      awake.delete(child);
      frozen.add(child);
      child.kill('SIGSTOP');
      await until();
      child.kill('SIGCONT');
      if (frozen.delete(child)) awake.add(child);
    },
    complaints: () => complaints,
    stop() {
      for (const child of [...awake, ...frozen]) {
        awake.delete(child);
        frozen.delete(child);
        child.kill('SIGKILL');
      }
    },
  };
}
