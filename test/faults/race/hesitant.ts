/** A database whose callers hesitate at random between two statements, so that transactions meet in every order. */

import type { Db, Sql, Tx } from '../../../db/connect.ts';
import type { Random } from '../../support/random.ts';

/** A statement in so many is kept waiting, for up to so long. */
const CHANCE = 0.3;
const MOST_MS = 3;

export const idle = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export function hesitant(db: Db, random: Random): Db {
  const slow = (tx: Tx): Tx => ({ ...tx, sql: slowed(tx.sql, random) });
  return {
    ...db,
    engine: (work) => db.engine((tx) => work(slow(tx))),
    shop: (shopId, work) => db.shop(shopId, (tx) => work(slow(tx))),
  };
}

/**
 * Queries run when they are awaited; fragments and lists inside others never are. Those of one transaction that are told at once keep
 * their order, as the driver keeps it.
 */
const slowed = (sql: Sql, random: Random): Sql => {
  let begun: Promise<unknown> = Promise.resolve();
  return new Proxy(sql, {
    apply(target, self, given) {
      const query: unknown = Reflect.apply(target as never, self, given);
      if (query instanceof Promise) {
        const late = random.chance(CHANCE) ? random.unit() * MOST_MS : 0;
        const run = query.then.bind(query);
        // The driver starts a query when it is awaited.
        query.then = (done, failed) => {
          begun = late > 0 ? begun.then(() => idle(late)) : begun;
          return begun.then(() => run(done, failed));
        };
      }
      return query;
    },
  });
};
