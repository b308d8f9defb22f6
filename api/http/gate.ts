/**
 * Stands before the app, and answers calls of pages from a network that is beyond its limits by what their head tells. Their bodies are
 * never read, and nothing is asked of the database.
 */

import { getPath } from 'hono/utils/url';
import type { Deps } from '../deps.ts';
import { addressOf, rangeOf } from '../network.ts';
import type { PageLimiter } from '../page-limiter.ts';
import type { Endpoint } from './endpoint.ts';
import type { Pace } from './pace.ts';
import { pageCors } from './page-cors.ts';

/** Null: the call may go on. `peer`: the address at the other end of the connection, as the runtime knows it. */
export type Gate = (request: Request, peer: string | null) => Promise<Response | null>;

export interface GateOptions {
  endpoints: readonly Endpoint[];
  deps: Pick<Deps, 'settings' | 'now' | 'pause' | 'log'>;
  /** Counts by the page's origin: the shop's key lies in the body. Not the limiter that counts by shop. */
  limiter: PageLimiter;
  pace: Pace;
  /** Told of each call that is dropped. */
  dropped: DroppedCalls;
}

/** Lives longer than a gate that is made for one request. */
export type DroppedCalls = (deps: Pick<Deps, 'now' | 'log'>) => void;

export function gate({ endpoints, deps, limiter, pace, dropped }: GateOptions): Gate {
  const answers = new Map(
    endpoints.flatMap(({ spec }) =>
      spec.dropped ? [[`${spec.method.toUpperCase()} ${spec.path}`, spec.dropped] as const] : [],
    ),
  );
  return async (request, peer) => {
    const answer = answers.get(`${request.method} ${getPath(request)}`);
    if (!answer) return null;
    const address = addressOf(request.headers, { peer, trustedProxies: deps.settings.trustedProxies });
    const range = address && rangeOf(address);
    const shop = request.headers.get('origin') ?? '';
    if (!range || (await limiter.admits({ shop, visitor: null, network: { address, range } }))) return null;
    dropped(deps);
    await pace.wait(range, deps);
    const response = answer();
    const headers = { ...pageCors(request, deps.settings), 'x-content-type-options': 'nosniff' };
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  };
}

/** Writes one line a second, however many calls there are. */
export function droppedCalls(): DroppedCalls {
  let [count, told] = [0, 0];
  return ({ now, log }) => {
    count += 1;
    if (now() - told < 1_000) return;
    log('warn', 'calls of pages are dropped unread', { count });
    [count, told] = [0, now()];
  };
}
