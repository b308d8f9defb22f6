/** The dependencies that are the same in every runtime: time, ids, chance, and the mailer that the settings ask for. */

import { CODE_BYTES, mintCode } from '../core/codes/code.ts';
import type { Db } from '../db/connect.ts';
import { keepLetter, letterById } from '../db/inbox.ts';
import { inboxMailer } from '../emails/inbox.ts';
import type { Mailer } from '../emails/mailer.ts';
import { postmarkMailer } from '../emails/postmark.ts';
import type { Deps } from './deps.ts';
import { type AnswerFloor, answerFloor } from './http/answer-floor.ts';
import { jsonLog } from './log.ts';
import { type MissLimiter, missLimiter } from './miss-limiter.ts';
import { guardedFetch } from './outgoing.ts';
import { type PageLimiter, UNLIMITED } from './page-limiter.ts';
import { dohResolver, type Resolver } from './resolver.ts';
import type { Settings } from './settings.ts';
import { NO_TURNS, type Turns } from './turns.ts';

export interface RuntimeParts {
  db: Db;
  settings: Settings;
  wake: () => void;
  writeLog: (line: string) => void;
  /** Where letters go in a way that only this runtime has; without it Postmark, or the local inbox. */
  mailer?: Mailer;
  /** DNS as the runtime asks it; without it DNS over HTTPS. */
  resolver?: Resolver;
  /** What outlives a request to count by; without it pages may call as often as they like. */
  limiter?: PageLimiter;
  /** Likewise; without them nobody waits. */
  turns?: Turns;
  /** Likewise; without it a fresh one. */
  misses?: MissLimiter;
  /** Likewise. */
  floor?: AnswerFloor;
  /** How calls to shops leave; without it the runtime's own `fetch`. */
  dial?: typeof fetch;
}

export function standardDeps({
  db,
  settings,
  wake,
  writeLog,
  mailer = mailerFor(db, settings),
  resolver = dohResolver((input, init) => fetch(input, init)),
  limiter = UNLIMITED,
  turns = NO_TURNS,
  misses = missLimiter({ now: () => Date.now() }),
  floor = answerFloor(),
  dial = (input, init) => fetch(input, init),
}: RuntimeParts): Deps {
  return {
    db,
    settings,
    wake,
    limiter,
    turns,
    misses,
    floor,
    fetch: guardedFetch(dial, { loopback: settings.loopbackCalls }),
    mailer,
    resolver,
    now: () => Date.now(),
    pause: (ms) => (ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve()),
    newId: () => crypto.randomUUID(),
    newCode: (prefix) => mintCode(prefix, crypto.getRandomValues(new Uint8Array(CODE_BYTES))),
    random: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
    log: jsonLog(settings.logLevel, writeLog, () => Date.now()),
  };
}

function mailerFor(db: Db, settings: Settings): Mailer {
  if (settings.postmark) {
    const { token, url } = settings.postmark;
    return postmarkMailer(url ? { token, url } : { token });
  }
  return inboxMailer(
    ({ id, shop, from, to, subject, html, text, headers }) =>
      db.engine((tx) =>
        keepLetter(tx, {
          id,
          shopId: shop,
          sender: `${from.name} <${from.email}>`,
          recipient: to,
          subject,
          html,
          text,
          headers,
        }),
      ),
    async (id) => (await db.engine((tx) => letterById(tx, id))) !== null,
  );
}
