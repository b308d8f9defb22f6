import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Db, type Tx } from '../../db/connect.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

describe('a transaction', () => {
  let database: TestDatabase;
  let db: Db;

  beforeAll(async () => {
    database = await testDatabase();
    db = connect(database.url, { max: 4 });
  });
  afterAll(async () => {
    await db.end();
    await database.drop();
  });

  it('knows the database’s time, in ms, or the time that a test travels to', async () => {
    const at = await db.engine(async ({ sql, now }) => ({
      now,
      real: (await sql<{ at: number }[]>`select clock_timestamp() as at`)[0]?.at,
    }));
    expect(Math.abs(at.now - (at.real ?? 0))).toBeLessThan(1_000);
    const travelling = connect(database.url, { max: 1, clock: (now) => now + 86_400_000 });
    expect((await travelling.engine(async ({ now }) => now)) - at.now).toBeGreaterThan(86_000_000);
    await travelling.end();
  });

  it('keeps nothing of what failed', async () => {
    const id = randomUUID();
    const work = db.engine(async ({ sql, now }) => {
      await sql`insert into shop (id, name, site_key, origins, currency, locale, timezone, sender_name, sender_email, postal_address, settings, created_at)
        values (${id}, 'x', ${id}, '[]', 'EUR', 'en', 'UTC', 'x', 'x', 'x', '{}', ${now})`;
      throw new Error('given up');
    });
    await expect(work).rejects.toThrow('given up');
    expect((await db.engine(({ sql }) => sql`select from shop where id = ${id}`)).length).toBe(0);
  });

  it.each(['40001', '40P01'])('that the database gave up (%s) is run again, four times at most', async (code) => {
    let runs = 0;
    const failing = (until: number) =>
      db.engine(async ({ sql }) => {
        runs += 1;
        if (runs < until) await sql.unsafe(`do $$ begin raise exception using errcode = '${code}'; end $$`);
        return runs;
      });
    expect(await failing(3)).toBe(3);
    runs = 0;
    await expect(failing(9)).rejects.toThrow();
    expect(runs).toBe(4);
  });

  it('does what nobody waits for in the order in which it is sent, and ends when it is done', async () => {
    const seen = await db.engine(async ({ sql, meanwhile }) => {
      meanwhile(sql`create temporary table step (number int) on commit drop`);
      for (const number of [1, 2, 3]) meanwhile(sql`insert into step values (${number})`);
      const rows = await sql<{ number: number }[]>`select number from step`;
      meanwhile(sql`delete from step`.then(() => meanwhile(sql`select pg_sleep(0.05)`)));
      return rows.map(({ number }) => number);
    });
    expect(seen).toEqual([1, 2, 3]);
  });

  it.each([
    ['in the end', () => undefined],
    ['before the next statement does', ({ sql }: Tx) => sql`select 1`],
  ])('fails by what nobody waited for, and keeps nothing: %s', async (_when, next) => {
    const id = randomUUID();
    const work = db.engine(async (tx) => {
      const { sql, now, meanwhile } = tx;
      meanwhile(
        sql`insert into shop (id, name, site_key, origins, currency, locale, timezone, sender_name, sender_email, postal_address, settings, created_at)
          values (${id}, 'x', ${id}, '[]', 'EUR', 'en', 'UTC', 'x', 'x', 'x', '{}', ${now})`,
        sql`select 1 / 0`,
      );
      await next(tx);
    });
    await expect(work).rejects.toThrow('division by zero');
    expect((await db.engine(({ sql }) => sql`select from shop where id = ${id}`)).length).toBe(0);
  });

  it('sends nothing more once it has failed', async () => {
    const id = randomUUID();
    const failed = Promise.withResolvers<void>();
    let late: Promise<unknown> = Promise.resolve();
    const work = db.engine(async ({ sql, now, meanwhile }) => {
      late = failed.promise.then(
        () => sql`
          insert into shop (id, name, site_key, origins, currency, locale, timezone, sender_name, sender_email, postal_address, settings, created_at)
          values (${id}, 'x', ${id}, '[]', 'EUR', 'en', 'UTC', 'x', 'x', 'x', '{}', ${now})`,
      );
      meanwhile(late);
      throw new Error('given up');
    });
    await expect(work).rejects.toThrow('given up');
    failed.resolve();
    await expect(late).rejects.toThrow('the transaction is over');
    expect((await db.engine(({ sql }) => sql`select from shop where id = ${id}`)).length).toBe(0);
  });

  it('begins last what many want, and ends with it', async () => {
    const order: string[] = [];
    await db.engine(async ({ sql, meanwhile, lastly }) => {
      lastly(() => sql`select 1`.then(() => void order.push('last')));
      meanwhile(sql`select pg_sleep(0.02)`.then(() => void order.push('meanwhile')));
      await sql`select 1`;
      order.push('main');
    });
    expect(order).toEqual(['meanwhile', 'main', 'last']);
  });

  it('is run again where what nobody waited for was given up', async () => {
    let runs = 0;
    await db.engine(async ({ sql, meanwhile }) => {
      runs += 1;
      if (runs < 3) meanwhile(sql.unsafe(`do $$ begin raise exception using errcode = '40P01'; end $$`));
      await sql`select 1`;
    });
    expect(runs).toBe(3);
  });

  it('that failed otherwise is not', async () => {
    let runs = 0;
    const work = db.engine(async ({ sql }) => {
      runs += 1;
      await sql`select 1 / 0`;
    });
    await expect(work).rejects.toThrow();
    expect(runs).toBe(1);
  });

  it('reads times as ms, money as numbers and counts as numbers', async () => {
    const [row] = await db.engine(
      ({ sql }) =>
        sql`select timestamptz '2026-11-22T09:30:00Z' as at, 4.2000::numeric(19, 4) as money, count(*) as count`,
    );
    expect(row).toEqual({ at: Date.UTC(2026, 10, 22, 9, 30), money: 4.2, count: 1 });
  });
});
