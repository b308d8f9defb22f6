/** What the app is a function of. Each runtime's root builds one; tests build one too. */

import type { Db } from '../db/connect.ts';
import type { Mailer } from '../emails/mailer.ts';
import type { AnswerFloor } from './http/answer-floor.ts';
import type { Log } from './log.ts';
import type { MissLimiter } from './miss-limiter.ts';
import type { PageLimiter } from './page-limiter.ts';
import type { Resolver } from './resolver.ts';
import type { Settings } from './settings.ts';
import type { Turns } from './turns.ts';

export interface Deps {
  db: Db;
  mailer: Mailer;
  /** ms since the epoch, for what decides nothing: floors, logs. What is due is decided by the database's clock. */
  now: () => number;
  /** Waits, not at all for a time that is not positive. */
  pause: (ms: number) => Promise<void>;
  /** A new UUID. */
  newId: () => string;
  /** A new discount code with this prefix. */
  newCode: (prefix: string) => string;
  /** Uniform in [0, 1). */
  random: () => number;
  /** When answers leave whose time must tell nothing. */
  floor: AnswerFloor;
  /** How often pages may call. */
  limiter: PageLimiter;
  /** When the work of a page's call may begin. */
  turns: Turns;
  /** How often codes may be asked for that there are not. */
  misses: MissLimiter;
  /** Calls to urls that a shop has named, guarded: what may not be called rejects with `BlockedAddress`. */
  fetch: typeof fetch;
  /** DNS, for what others look up about a sender. */
  resolver: Resolver;
  log: Log;
  settings: Settings;
  /** Called after a commit that made work due. */
  wake: () => void;
}
