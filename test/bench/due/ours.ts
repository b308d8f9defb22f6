/** Letters in Linger's own outbox: as many due as asked for, beside as many that are not. */

import postgres from 'postgres';
import { openFence } from '../../../api/actions/sending/fence.ts';
import { claimDue, gather, sendDue } from '../../../api/actions/sending/send-due.ts';
import { acceptedLetters } from '../../../api/actions/sending/settle-accepted.ts';
import { createShop } from '../../../api/actions/shops/create-shop.ts';
import { workOff } from '../../../api/actions/work-off.ts';
import type { Deps } from '../../../api/deps.ts';
import { readSettings } from '../../../api/settings.ts';
import { standardDeps } from '../../../api/standard-deps.ts';
import { connect } from '../../../db/connect.ts';
import type { LeasedLetter } from '../../../db/due-letters.ts';
import type { Mailer } from '../../../emails/mailer.ts';
import { addFlow } from '../../support/enroll.ts';
import type { Contestant } from './contest.ts';

export interface Outbox extends Contestant {
  /** The same with what a letter goes through in between, but for its writing and the call: gathered by the batch, fenced by as many hands as send. */
  workWhole(): Promise<number>;
  /** The whole way through a provider in this process: claim, render, fence, call, settle. */
  sendAll(): Promise<number>;
  /** Looks for due letters, of which there are none. */
  poll(): Promise<void>;
}

const SHOP = {
  name: 'Lamp & Leaf',
  origins: ['https://shop.example'],
  currency: 'EUR',
  locale: 'en',
  timezone: 'Europe/Berlin',
  sender: { name: 'Lamp & Leaf', email: 'hello@shop.example' },
  postalAddress: '1 Example Street, 10115 Berlin',
  sending: { dailyCap: 1, quietHours: null },
};

const ACCEPTING: Mailer = {
  name: 'accepting',
  send: async ({ id }) => ({ kind: 'accepted', providerId: id }),
  find: async () => ({ kind: 'missing' }),
};

export async function outbox(databaseUrl: string, batch: number): Promise<Outbox> {
  const read = readSettings({ DATABASE_URL: databaseUrl, ADMIN_KEY: 'a', SIGNING_KEY: 'signing-key-signing-key' });
  if ('complaints' in read) throw new Error(read.complaints.join('\n'));
  const db = connect(databaseUrl);
  const admin = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const standard = standardDeps({ db, settings: read.settings, wake: () => {}, writeLog: () => {} });
  const deps: Deps = { ...standard, mailer: ACCEPTING };
  const { shop } = await createShop(deps, SHOP);
  await addFlow(deps, shop.id, 'due', [{ send: 'reminder-1' }]);
  let people = 0;

  /** Claims and settles all that is due; what is done in between says how many letters may leave. */
  const work = async (
    between: (claim: string, leased: readonly LeasedLetter[]) => Promise<number>,
  ): Promise<number> => {
    // As the tick does it: while one batch is written down, the next is claimed.
    let written: Promise<void> | null = null;
    for (let done = 0; ; ) {
      const claim = deps.newId();
      const leased = await claimDue(deps, batch, claim);
      if (leased.length > 0) done += await between(claim, leased);
      await written;
      if (leased.length === 0) return done;
      const accepted = acceptedLetters(deps, claim);
      for (const { id } of leased) accepted.add({ id, providerId: id, subject: 'A subject' });
      written = accepted.written();
    }
  };

  return {
    name: 'linger',
    async addDue(count) {
      await admin.unsafe(dueLetters(shop.id, people, count));
      people += count;
    },
    async addLater(count) {
      await admin.unsafe(laterLetters(shop.id, count));
      await admin.unsafe('vacuum');
    },
    workAll: () => work(async (_claim, { length }) => length),
    workWhole: () =>
      work(async (claim, leased) => {
        let fenced = 0;
        const fence = openFence(deps, claim);
        const { letters } = await gather(deps, leased, claim);
        await workOff(
          letters,
          () => true,
          async (letter) => {
            const verdict = await fence(letter);
            if (verdict && 'send' in verdict) fenced += 1;
          },
        );
        return fenced;
      }),
    async sendAll() {
      for (let done = 0; ; ) {
        const { claimed } = await sendDue(deps, batch, deps.now() + 60_000);
        if (claimed === 0) return done;
        done += claimed;
      }
    },
    async poll() {
      await sendDue(deps, batch, deps.now() + 60_000);
    },
    async analyze() {
      await admin.unsafe('analyze');
    },
    async close() {
      await db.end();
      await admin.end();
    },
  };
}

/** Each with a person, a chain and things of its own, as claims leave them behind. */
const dueLetters = (shopId: string, from: number, count: number): string => `
  with person as materialized (
    select gen_random_uuid() as contact, gen_random_uuid() as chain, n from generate_series(${from + 1}, ${from + count}) n
  ), contacts as (
    insert into contact (shop_id, id, email, canonical, locale, marketing, created_at)
    select '${shopId}', contact, 'p' || n || '@example.com', 'p' || n || '@example.com', 'en', 'subscribed', now() from person
  ), chains as (
    insert into enrollment (shop_id, id, flow_key, flow_version, contact_id, status, step, dedupe_key, items, offer, locale, entered_at)
    select '${shopId}', chain, 'due', 1, contact, 'active', 1, 'bench:' || n,
      '[{"id":"kettle","title":"Kettle","price":30,"currency":"EUR","url":"https://shop.example/kettle"}]', '{"kind":"none"}', 'en', now()
    from person
  ), letters as (
    insert into message (shop_id, id, enrollment_id, contact_id, step, occurrence, letter, purpose, claimed, prompt, address_hash, status,
      attempt, resends, queued_at, not_before)
    select '${shopId}', gen_random_uuid(), chain, contact, 0, 0, 'reminder-1', 'marketing', false, false, md5(n::text), 'queued', 0, 0, now(), now()
    from person returning shop_id, id, not_before
  )
  insert into outbox (shop_id, id, not_before) select shop_id, id, not_before from letters`;

/** Planned one by one for the days to come, under ids as random as all are; nobody asks for their people before that. */
const laterLetters = (shopId: string, count: number): string => `
  set session_replication_role = replica;
  with letters as (
  insert into message (shop_id, id, enrollment_id, contact_id, step, occurrence, letter, purpose, claimed, prompt, address_hash, status,
    attempt, resends, queued_at, not_before)
  select '${shopId}', id, id, id, 0, 0, 'reminder-1', 'marketing', false, false, 'later', 'queued', 0, 0,
    now() - (${count} - n) * interval '1 second', now() + interval '1 day' + n * interval '1 second'
  from (select id, row_number() over () as n from (select md5(n::text)::uuid as id from generate_series(1, ${count}) n order by 1) ids) planned
  returning shop_id, id, not_before
  )
  insert into outbox (shop_id, id, not_before) select shop_id, id, not_before from letters;
  set session_replication_role = default`;
