import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.ts';
import { migrate } from '../../api/node/migrate.ts';
import { connect } from '../../db/connect.ts';
import { ADMIN_KEY, type Instance, RULE, SHOP, type ShopHandle, startInstance } from '../support/shop.ts';
import { setPassword } from '../support/told.ts';
import { newBrowser, TEAPOT } from '../support/visitor.ts';

let instance: Instance;
let own: ShopHandle;
let other: ShopHandle;
/** The database's owner, whom row security doesn't bind. */
let owner: postgres.Sql;
let tables: { name: string; column: string }[];

beforeAll(async () => {
  instance = await startInstance();
  owner = postgres(instance.databaseUrl, { max: 2, onnotice: () => {} });
  own = await instance.openShop();
  other = await instance.openShop();
  await fill(own);
  await setPassword(own);
  await fillLater(own);
  tables = await owner`
    select table_name as name, case table_name when 'shop' then 'id' else 'shop_id' end as column
    from information_schema.tables where table_schema = 'public' order by 1`;
});
afterAll(async () => {
  await owner.end();
  await instance.close();
});

/** At least one row in every table. */
async function fill(shop: ShopHandle): Promise<void> {
  const rule = await shop.addRule({ code: { reveal: 'screen' } });
  const browser = newBrowser(shop);
  await browser.look();
  const { body } = await browser.claim(rule);
  const { visitor, visit } = browser;
  const wish = { kind: 'waitlist', email: 'ann@example.com', item: TEAPOT, consent: { data: true } };
  await shop.page('/v1/forms', { shop: shop.siteKey, visitor, visit, ...wish });
  await instance.tick();
  const [letter] = await owner<{ headers: Record<string, string> }[]>`select headers from inbox_letter`;
  const link = /<([^>]*\/u\/[^>]+)>/.exec(letter?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
  await instance.call('POST', new URL(link).pathname, 'List-Unsubscribe=One-Click');
  await shop.call('POST', `/v1/codes/${body.code}/redeem`, { orderId: 'A1', total: 42 }, { 'idempotency-key': 'A1' });
  await shop.call('POST', '/v1/orders', {
    id: 'A1',
    status: 'paid',
    total: 42,
    currency: 'EUR',
    placedAt: '2026-11-22T09:30:00Z',
  });
}

/** What only time or a provider brings about, put there directly. */
async function fillLater(shop: ShopHandle): Promise<void> {
  const [chain] = await owner<{ id: string; contact_id: string }[]>`
    select id, contact_id from enrollment where shop_id = ${shop.id}`;
  const { id = '', contact_id: contact = '' } = chain ?? {};
  await owner`insert into delivery_event (shop_id, key, kind, machine, detail, at, received_at)
    values (${shop.id}, 'a', 'opened', false, '{}', now(), now())`;
  await owner`insert into errand (shop_id, id, enrollment_id, contact_id, kind, subject, status, attempt, queued_at, not_before)
    values (${shop.id}, gen_random_uuid(), ${id}, ${contact}, 'notify', 'Hello', 'done', 0, now(), now())`;
  await owner`insert into settled_chain (shop_id, enrollment_id, step, at) values (${shop.id}, ${id}, 1, now())`;
  await owner`insert into outbox (shop_id, id, not_before) select shop_id, id, now() from message where shop_id = ${shop.id}`;
  await owner`insert into pending_entry (shop_id, flow_key, contact_id, due_at, about, items, locale)
    values (${shop.id}, 'cart', ${contact}, now() + interval '1 day', 'cart', '[]', 'en')`;
  await owner`insert into segment (shop_id, key, name, condition, created_at, updated_at)
    values (${shop.id}, 'buyers', 'Buyers', '["orders", ">", 0]', now(), now())`;
  await owner`insert into segment_member (shop_id, segment_key, contact_id, entered_at) values (${shop.id}, 'buyers', ${contact}, now())`;
  await owner`insert into scenario (shop_id, flow_key, name, given, plan, updated_at)
    values (${shop.id}, 'discount-reminder', 'Ann', '{}', '[]', now())`;
  await owner`insert into mint (shop_id, pool, rule_id, platform, offer, due_at, failures)
    values (${shop.id}, 'minted', gen_random_uuid(), 'shopify', '{}', now() + interval '1 day', 0)`;
  await owner`insert into stock (shop_id, key, code, pool, source, status, at)
    values (${shop.id}, 'SPARE', 'SPARE', 'minted', 'upload', 'free', now())`;
  await owner`insert into odds (shop_id, rule_id, rule_version, shares, at)
    values (${shop.id}, gen_random_uuid(), 1, '[]', now())`;
  await owner`insert into trial (shop_id, key, plan, started_at) values (${shop.id}, 'tried', '{}', now())`;
  await owner`insert into referral_link (shop_id, contact_id, token, created_at) values (${shop.id}, ${contact}, ${shop.id}, now())`;
  await owner`insert into referral_tally (shop_id, sender_id, day, what, count) values (${shop.id}, ${contact}, now(), 'opened', 1)`;
  await owner`insert into referral (shop_id, id, sender_id, friend_id, friend_hash, status, promise, code_id, claimed_at)
    values (${shop.id}, gen_random_uuid(), ${contact}, gen_random_uuid(), 'hash', 'claimed', '{}', gen_random_uuid(), now())`;
  await owner`insert into pace (shop_id, tokens, at) values (${shop.id}, 1, now())`;
  await owner`insert into volume (shop_id, day, provider, letters) values (${shop.id}, '2026-11-22', 'gmail', 1)`;
  await owner`insert into review (shop_id, id, contact_id, message_id, stars, text, author, may_publish, locale, status, created_at, updated_at)
    values (${shop.id}, ${shop.id}, ${contact}, ${id}, 5, 'Fine', 'Ann', true, 'en', 'waiting', now(), now())`;
  await owner`insert into fact_change (shop_id, contact_id) values (${shop.id}, ${contact})`;
  await owner`insert into told_event (shop_id, id, name, at, body, received_at) values (${shop.id}, 'e1', 'tea_party', now(), '{}', now())`;
  await owner`insert into ending (shop_id, id, contact_id, what, ends_at, items, updated_at)
    values (${shop.id}, 'sub-1', ${contact}, 'subscription', now(), '[]', now())`;
  await owner`update contact set birthday = '05-14' where shop_id = ${shop.id} and id = ${contact}`;
  await owner`insert into webhook (shop_id, name, url, secret, created_at) values (${shop.id}, 'crm', 'https://crm.example', 'whsec_', now())`;
  await owner`insert into item_tally (shop_id, item_id, item, sold, viewed, gaps, gap_people) values (${shop.id}, 'tea', '{}', 2, 3, 0, 0)`;
  await owner`insert into pair_tally (shop_id, kind, item_id, other_id, count) values (${shop.id}, 'bought', 'tea', 'pot', 2)`;
  await shop.call('POST', '/v1/feeds/import', 'id,title,link,price\n1,Lamp,https://shop.example/lamp,5\n');
  await owner`insert into feed (shop_id, id, url, enabled, every, due_at, failures, created_at)
    values (${shop.id}, gen_random_uuid(), 'https://shop.example/feed.xml', false, 24, now(), 0, now())`;
  await owner`insert into template (shop_id, key, version, words, created_at) values (${shop.id}, 'offer', 1, '{}', now())`;
  await owner`insert into webhook_call (shop_id, webhook, call, type, attempt, status, ms, at)
    values (${shop.id}, 'crm', gen_random_uuid(), 'test', 1, 204, 12, now())`;
}

/** Runs `work` with the role and the shop that the app would have. */
const as = <T>(role: string, shop: string, work: (sql: postgres.TransactionSql) => Promise<T>): Promise<T> =>
  owner
    .begin(async (sql) => {
      await sql`select set_config('app.shop', ${shop}, true), set_config('role', ${role}, true)`;
      return { value: await work(sql) };
    })
    .then(({ value }) => value as T);

const counted = async (
  sql: postgres.Sql | postgres.TransactionSql,
  { name, column }: { name: string; column: string },
  shop: string,
): Promise<number> =>
  Number((await sql`select count(*) as count from ${sql(name)} where ${sql(column)} = ${shop}`)[0]?.count);

const failure = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: { code?: string }) => error.code ?? String(error),
  );

describe('row security', () => {
  it('is on for every table', async () => {
    expect(await instance.db.guarded()).toBe(true);
    const open = await owner`
      select relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where nspname = 'public' and relkind in ('r', 'p') and (not relrowsecurity or not exists (select from pg_policy where polrelid = pg_class.oid))`;
    expect([...open]).toEqual([]);
    expect(tables.length).toBeGreaterThan(15);
  });

  it('hides every row of another shop, in every table', async () => {
    for (const table of tables) {
      expect([table.name, (await counted(owner, table, own.id)) > 0]).toEqual([table.name, true]);
      expect([table.name, await as('linger_app', other.id, (sql) => counted(sql, table, own.id))]).toEqual([
        table.name,
        0,
      ]);
      expect([table.name, await as('linger_app', own.id, (sql) => counted(sql, table, own.id))]).toEqual([
        table.name,
        await counted(owner, table, own.id),
      ]);
    }
  });

  it('hides everything from the app when no shop is named', async () => {
    for (const table of tables)
      expect([table.name, await as('linger_app', '', (sql) => counted(sql, table, own.id))]).toEqual([table.name, 0]);
  });

  it('shows the engine every shop', async () => {
    for (const table of tables) {
      expect([table.name, await as('linger_engine', '', (sql) => counted(sql, table, own.id))]).toEqual([
        table.name,
        await counted(owner, table, own.id),
      ]);
    }
  });

  it('lets nobody change, remove or add rows of another shop', async () => {
    for (const { name, column } of tables) {
      const touched = await as('linger_app', other.id, async (sql) => {
        const changed =
          await sql`update ${sql(name)} set ${sql(column)} = ${sql(column)} where ${sql(column)} = ${own.id}`;
        const removed = await sql`delete from ${sql(name)} where ${sql(column)} = ${own.id}`;
        return changed.count + removed.count;
      });
      expect([name, touched]).toEqual([name, 0]);
      const [row] =
        await owner`select to_jsonb(one) as row from ${owner(name)} as one where ${owner(column)} = ${own.id} limit 1`;
      const added = as(
        'linger_app',
        other.id,
        (sql) =>
          sql`insert into ${sql(name)} overriding system value select * from jsonb_populate_record(null::${sql(name)}, ${sql.json(row?.row)})`,
      );
      expect([name, await failure(added)]).toEqual([name, '42501']);
    }
  });

  it('lets nobody hand a row to another shop', async () => {
    const handed = as(
      'linger_app',
      other.id,
      (sql) => sql`update flow set shop_id = ${own.id}, key = 'handed' where shop_id = ${other.id}`,
    );
    expect(await failure(handed)).toBe('42501');
  });

  it('ends with its transaction: the next one on the same connection sees its own shop', async () => {
    const db = connect(instance.databaseUrl, { max: 1 });
    const seen = (shop: string) =>
      db.shop(shop, async ({ sql }) => (await sql<{ id: string }[]>`select id from shop`).map(({ id }) => id));
    expect([await seen(own.id), await seen(other.id), await seen(own.id)]).toEqual([[own.id], [other.id], [own.id]]);
    await db.shop(own.id, () => Promise.reject(new Error('given up'))).catch(() => {});
    expect(await seen(other.id)).toEqual([other.id]);
    await db.end();
  });
});

describe('a database user that may not create roles', () => {
  const name = `plain_${randomBytes(6).toString('hex')}`;
  let url: string;

  beforeAll(async () => {
    await owner.unsafe(`create role ${name} login password '${name}' nosuperuser nocreaterole`);
    await owner.unsafe(`create database ${name} owner ${name}`);
    const plain = new URL(instance.databaseUrl);
    plain.pathname = `/${name}`;
    plain.username = name;
    plain.password = name;
    url = plain.href;
  });
  afterAll(async () => {
    await owner.unsafe(`drop database if exists ${name} with (force)`);
    await owner.unsafe(`drop role if exists ${name}`);
  });

  /** Opens a shop, keeps a rule and reads it back, all through the app. */
  async function drive(): Promise<{ guarded: boolean; statuses: number[] }> {
    const db = connect(url, { max: 2 });
    const app = createApp({ deps: { ...instance.deps, db }, peer: () => null, widgetFile: async () => null });
    const send = (path: string, key: string, body?: unknown) =>
      app.request(path, {
        method: body ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${key}` },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    const opened = await send('/v1/shops', ADMIN_KEY, SHOP);
    const { secretKey } = await opened.json();
    const kept = await send('/v1/rules', secretKey, RULE);
    const read = await send('/v1/rules', secretKey);
    const guarded = await db.guarded();
    await db.end();
    return { guarded, statuses: [opened.status, kept.status, read.status] };
  }

  it('migrates and runs, and is known to have no second net', async () => {
    await migrate(url);
    expect(await drive()).toEqual({ guarded: false, statuses: [201, 201, 200] });
  });

  it('has the second net as soon as the two roles are given to it', async () => {
    await owner.unsafe(`grant linger_app, linger_engine to ${name}`);
    await migrate(url);
    expect(await drive()).toEqual({ guarded: true, statuses: [201, 201, 200] });
  });
});
