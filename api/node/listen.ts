/** Serves the app over HTTP, with the gate before it. */

import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { ENDPOINTS } from '../app.ts';
import type { Deps } from '../deps.ts';
import { droppedCalls, gate } from '../http/gate.ts';
import { pace } from '../http/pace.ts';
import { tokenBuckets } from '../page-limiter.ts';

/** The address at the other end of the connection. */
export function peer(env: unknown): string | null {
  const { incoming } = (env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  return incoming?.socket?.remoteAddress ?? null;
}

const isTaken = (error: Error): boolean => 'code' in error && error.code === 'EADDRINUSE';
const takenPort = (port: number): string =>
  `Port ${port} is taken by another program, perhaps by another Linger. PORT=${port + 1} npm start takes the next.`;

/** Returns what stops it. In the demo the inbox is open, so only this machine may reach it. */
export function listen(app: Hono, deps: Deps): Promise<() => Promise<void>> {
  const { port, demo } = deps.settings;
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: gated(app, deps), port, ...(demo ? { hostname: '127.0.0.1' } : {}) });
    server.once('error', (error) => reject(isTaken(error) ? new Error(takenPort(port)) : error));
    server.once('listening', () => {
      resolve(
        () =>
          new Promise((closed) => {
            server.close(() => closed());
            if ('closeIdleConnections' in server) server.closeIdleConnections();
            // Keep-alive connections of an open browser would hold the process for a minute.
            setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 2_000).unref();
          }),
      );
    });
  });
}

function gated(app: Hono, deps: Deps): Hono['fetch'] {
  if (!deps.settings.limitPages) return app.fetch;
  const limiter = tokenBuckets({ now: deps.now });
  const knock = gate({ endpoints: ENDPOINTS, deps, limiter, pace: pace(), dropped: droppedCalls() });
  return async (request, env) => (await knock(request, peer(env))) ?? app.fetch(request, env);
}
