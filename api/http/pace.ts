/** When the answers leave that are the same for all: no sooner than those that took work, and of one network one after the other. */

import type { Deps } from '../deps.ts';

export interface PaceOptions {
  /** ms from an answer of one network to its next: who does not wait for answers has to open more and more connections. */
  apartMs?: number;
  /** Answers of one network that wait at most: each holds a connection, perhaps of a proxy that others need. What comes beyond does not wait. */
  most?: number;
}

export interface Pace {
  /** Resolves when the answer to this network may leave. */
  wait(network: string, deps: Pick<Deps, 'now' | 'pause' | 'settings'>): Promise<void>;
}

interface Line {
  waiting: number;
  /** When the last of them leaves. */
  until: number;
}

export function pace({ apartMs = 2, most = 1_000 }: PaceOptions = {}): Pace {
  const lines = new Map<string, Line>();
  return {
    async wait(network, { now, pause, settings }) {
      const at = now();
      const line = lines.get(network) ?? { waiting: 0, until: 0 };
      if (line.waiting >= most) return;
      line.waiting += 1;
      line.until = Math.max(at + settings.claimFloorMs, line.until + apartMs);
      lines.set(network, line);
      await pause(line.until - at);
      line.waiting -= 1;
      if (line.waiting === 0) lines.delete(network);
    },
  };
}
