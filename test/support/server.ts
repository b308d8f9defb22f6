/** The real server as people start it: its own process, its own folder, its own embedded database. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../api/node/port.ts';

export interface RunningServer {
  url: string;
  /** The folder it runs in: `.data` lies there. */
  folder: string;
  /** What it has printed. */
  printed(): string;
  /** Ctrl-C; resolves with the exit code. The folder stays for a second start unless it is removed. */
  stop(options?: { keep?: boolean }): Promise<number | null>;
}

const ROOT = fileURLToPath(new URL('../../api/node.ts', import.meta.url));

export async function startServer({
  env = {},
  folder,
}: {
  env?: Record<string, string>;
  folder?: string;
} = {}): Promise<RunningServer> {
  const cwd = folder ?? mkdtempSync(join(tmpdir(), 'linger-server-'));
  const port = await freePort();
  const { DATABASE_URL, ADMIN_KEY, SIGNING_KEY, POSTMARK_TOKEN, PUBLIC_URL, ...inherited } = process.env;
  const child = spawn(process.execPath, [ROOT], {
    cwd,
    env: { ...inherited, PORT: String(port), LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const ready = new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      printed += chunk;
      if (printed.includes('Linger is running')) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${printed}`)));
  });
  await ready;
  return {
    url: `http://localhost:${port}`,
    folder: cwd,
    printed: () => printed,
    async stop({ keep = false } = {}) {
      child.kill('SIGINT');
      if (child.exitCode === null) await once(child, 'exit');
      if (!keep) rmSync(cwd, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}
