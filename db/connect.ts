/** Opens the database. A transaction sees one shop, or is the engine's; each knows what time the database has. */

import postgres from 'postgres';

const TYPES = {
  instant: {
    to: 1184,
    from: [1184],
    serialize: (value: number | string) => new Date(value).toISOString(),
    parse: (text: string) => Date.parse(text),
  },
  decimal: { to: 1700, from: [1700], serialize: String, parse: Number },
  count: { to: 20, from: [20], serialize: String, parse: Number },
};

type Types = { instant: number; decimal: number; count: number };

export type Sql = postgres.TransactionSql<Types>;

export interface Tx {
  sql: Sql;
  /** When this transaction began by the database's clock, in ms: the only time that decides anything. */
  now: number;
  /**
   * Goes on without waiting for this work, whose outcome decides nothing, or later. The database does what it is sent in the order in
   * which it is sent, so whatever is sent afterwards sees it done; the transaction ends when it is, and fails where it does.
   */
  meanwhile(...work: readonly Promise<unknown>[]): void;
  /** Begins this work when the main thread has ended: for rows that many want, so that each holds them for no longer than a commit takes. */
  lastly(work: () => Promise<unknown>): void;
}

/** For a statement that opens its own transaction. */
export interface Once {
  sql: <T extends readonly (object | undefined)[]>(
    text: TemplateStringsArray,
    ...values: (string | number | null)[]
  ) => Promise<T>;
  /** What time it is, in ms; null: what the database says. */
  at: number | null;
}

export interface Db {
  /** Runs `work` in one transaction that row-level security confines to one shop. */
  shop<T>(shopId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs `work` in one transaction over all shops: ingest and the tick. */
  engine<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs one of the functions that are the engine's, which open their own transaction, in one round trip. */
  once<T>(work: (once: Once) => Promise<T>): Promise<T>;
  /** Whether the two roles exist, so that row-level security is really on. */
  guarded(): Promise<boolean>;
  end(): Promise<void>;
}

export interface ConnectOptions {
  max?: number;
  /** False behind a transaction pooler and on the edge. */
  prepare?: boolean;
  /** What time it is, given the database's own: how tests travel. */
  clock?: (databaseNow: number) => number;
}

export function connect(url: string, { max = 10, prepare = true, clock }: ConnectOptions = {}): Db {
  const openPool = () =>
    postgres(url, {
      max,
      prepare,
      fetch_types: false,
      types: TYPES,
      transform: { column: { from: postgres.toCamel } },
      onnotice: () => {},
    });
  let pool = openPool();

  /** A connection that broke with something still to write stays mute for ever (porsager/postgres#1154), so its pool ends with what runs on it. */
  const abandon = (broken: typeof pool): void => {
    if (broken !== pool) return;
    pool = openPool();
    broken.end({ timeout: 5 }).catch(() => {});
  };

  const timeAt = clock ?? ((at: number) => at);

  /** What is lost with its connection is told so; what only met others is run again. */
  const surely = <T>(work: (used: typeof pool) => Promise<T>): Promise<T> =>
    retrying(async () => {
      const used = pool;
      try {
        return await work(used);
      } catch (error) {
        if (LOST.has(codeOf(error))) abandon(used);
        throw error;
      }
    });

  const open = <T>(role: 'linger_app' | 'linger_engine', shopId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
    surely(async (used) => {
      const result = await used.begin(async (transaction) => {
        const [row] = await transaction<{ now: number }[]>`select linger_open(${role}, ${shopId}) as now`;
        const { done, ...others } = besides();
        let over = false;
        const sql = until(() => over, transaction);
        try {
          const value = await work({ sql, now: timeAt(row?.now ?? Number.NaN), ...others });
          await done();
          return { value };
        } finally {
          over = true;
        }
      });
      return result.value as T;
    });

  return {
    shop: (shopId, work) => open('linger_app', shopId, work),
    engine: (work) => open('linger_engine', '', work),
    once: (work) =>
      surely(async (used) => {
        if (!clock) return work({ sql: used, at: null });
        const [row] = await used<{ now: number }[]>`select clock_timestamp() as now`;
        return work({ sql: used, at: clock(row?.now ?? Number.NaN) });
      }),
    async guarded() {
      const [row] = await pool<{ count: number }[]>`
        select count(*) as count from pg_roles
        where rolname in ('linger_app', 'linger_engine') and pg_has_role(rolname, 'member')`;
      return row?.count === 2;
    },
    end: () => pool.end({ timeout: 5 }),
  };
}

/** What comes too late, because another thread of the transaction has failed, must not reach the connection: it is somebody else's then. */
const until = (isOver: () => boolean, sql: Sql): Sql =>
  new Proxy(sql, {
    apply(target, self, args) {
      if (isOver()) throw new Error('the transaction is over');
      return Reflect.apply(target, self, args);
    },
  });

/** What goes on beside the main thread of a transaction. */
function besides(): Pick<Tx, 'meanwhile' | 'lastly'> & { done(): Promise<void> } {
  const under: Promise<unknown>[] = [];
  const last: (() => Promise<unknown>)[] = [];
  const meanwhile: Tx['meanwhile'] = (...work) => {
    under.push(...work);
    // Told of at the end. Where the main thread fails before, by what failed here, the driver throws the first error.
    for (const one of work) void one.catch(() => {});
  };
  return {
    meanwhile,
    lastly: (work) => void last.push(work),
    async done() {
      for (const work of last) meanwhile(work());
      for (const work of under) await work;
    },
  };
}

/** Ids as an array's literal: the driver, which asks the database for no types, knows no arrays. For what holds no comma, quote or brace. */
export const arrayOf = (ids: readonly string[]): string => `{${ids.join(',')}}`;

/** The same for any text. */
export const arrayOfTexts = (texts: readonly string[]): string =>
  `{${texts.map((text) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;

/** Serialization failure and deadlock: the transaction did nothing, and may simply be run again. */
const PASSING = new Set(['40001', '40P01']);

async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= 4 || !PASSING.has(codeOf(error))) throw error;
    }
  }
}

/** The connection is gone, or the server is going: https://www.postgresql.org/docs/current/errcodes-appendix.html (class 57). */
const LOST = new Set(['CONNECTION_CLOSED', 'CONNECT_TIMEOUT', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03']);

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');
