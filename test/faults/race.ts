/** Letters on their way to the provider while their people redeem, buy, unsubscribe and are erased: does one leave whose fence committed after the stop? */

import { redeemCode } from '../../api/actions/codes/redeem-code.ts';
import { eraseContact } from '../../api/actions/contacts/erase-contact.ts';
import { recordOrder } from '../../api/actions/orders/record-order.ts';
import { unsubscribe } from '../../api/actions/readers/unsubscribe.ts';
import { recordDelivery } from '../../api/actions/sending/record-delivery.ts';
import { sendDue } from '../../api/actions/sending/send-due.ts';
import { createShop } from '../../api/actions/shops/create-shop.ts';
import type { Deps } from '../../api/deps.ts';
import { readSettings } from '../../api/settings.ts';
import { signToken } from '../../api/signing.ts';
import { standardDeps } from '../../api/standard-deps.ts';
import { parseEmail } from '../../core/values/email-address.ts';
import { connect } from '../../db/connect.ts';
import type { ShopRow } from '../../db/shops.ts';
import type { Mailer } from '../../emails/mailer.ts';
import { addFlow, type Enrolled, enrollAll } from '../support/enroll.ts';
import { type Random, seeded } from '../support/random.ts';
import { commitOrder, keepCommitOrder, type Outcome } from './race/commit-order.ts';
import { hesitant, idle } from './race/hesitant.ts';
import type { FaultReport } from './report.ts';

export interface RaceFaults {
  databaseUrl: string;
  /** Letters, each with one stop. */
  rounds: number;
  seed: number;
  progress?: (what: string) => void;
}

/** Letters in the air at the same time. */
const AT_ONCE = 50;
const SENDERS = 3;

type Stop = (deps: Deps, shop: ShopRow, person: Enrolled, letter: string) => Promise<unknown>;

const STOPS: Record<string, Stop> = {
  redeemed: (deps, shop, { code, enrollmentId }) =>
    redeemCode(deps, shop, code ?? '', { orderId: `by-code-${enrollmentId}`, total: null }),
  purchased: (deps, shop, { email, enrollmentId }) =>
    recordOrder(deps, shop, {
      id: `order-${enrollmentId}`,
      status: 'paid',
      total: 40,
      currency: shop.currency,
      placedAt: deps.now(),
      address: parseEmail(email),
      email,
      items: [],
      codes: [],
    }),
  unsubscribed: async (deps, _shop, _person, letter) =>
    unsubscribe(deps, await signToken(deps.settings.signingKey, 'unsubscribe', letter), null),
  'unsubscribed at the provider': (deps, shop, { email }, letter) =>
    recordDelivery(deps, shop.id, {
      provider: 'postmark',
      kind: 'unsubscribed',
      key: `unsubscribed:${letter}`,
      messageId: letter,
      providerId: null,
      address: email,
      at: null,
      stop: 'unsubscribed',
      byReader: true,
      link: null,
      userAgent: null,
      detail: { record: 'SubscriptionChange' },
    }),
  erased: (deps, shop, { contactId }) => eraseContact(deps, shop.id, contactId),
};
const CAUSES = Object.keys(STOPS);

export async function raceFaults({ databaseUrl, rounds, seed, progress = () => {} }: RaceFaults): Promise<FaultReport> {
  const began = Date.now();
  const random = seeded(seed);
  const read = readSettings({ DATABASE_URL: databaseUrl, ADMIN_KEY: 'a', SIGNING_KEY: 's' });
  if ('complaints' in read) throw new Error(read.complaints.join('\n'));
  const db = connect(databaseUrl, { max: 24 });
  const standard = standardDeps({ db, settings: read.settings, wake: () => {}, writeLog: () => {} });
  const called = new Map<string, number>();
  const deps: Deps = { ...standard, db: hesitant(db, random), mailer: recordingMailer(called, random) };
  try {
    await keepCommitOrder(databaseUrl);
    const { shop } = await createShop(standard, SHOP);
    await addFlow(standard, shop.id, 'raced', [{ send: 'reminder-1' }]);
    const all: Raced[] = [];
    // Stops come at any moment of the time that letters take to leave.
    let span = 100;
    for (let done = 0; done < rounds; done += AT_ONCE) {
      const size = Math.min(AT_ONCE, rounds - done);
      const people = await enrollAll(
        standard,
        shop.id,
        Array.from({ length: size }, (_, n) => ({ email: `p${done + n}@example.com`, flow: 'raced' })),
      );
      const letters = await lettersOf(standard, people);
      const started = Date.now();
      const stops = people.map(async (person) => {
        const cause = random.pick(CAUSES);
        const letter = letters.get(person.enrollmentId) ?? '';
        await idle(random.unit() * span);
        await STOPS[cause]?.(deps, shop, person, letter);
        all.push({ cause, letter, enrollmentId: person.enrollmentId });
      });
      const sent = Promise.all(Array.from({ length: SENDERS }, () => sendAll(deps))).then(() => Date.now() - started);
      await Promise.all(stops);
      // By the letters alone: with the stops in it the time would grow, and they would come when all is over.
      span = 0.5 * span + 0.5 * (await sent);
      if (done % 1_000 === 0) progress(`seed ${seed}: ${done + size} letters raced`);
    }
    return verdict(seed, all, await commitOrder(databaseUrl), called, (Date.now() - began) / 1_000);
  } finally {
    await db.end();
  }
}

const SHOP = {
  name: 'Lamp & Leaf',
  origins: ['https://shop.example'],
  currency: 'EUR',
  locale: 'en',
  timezone: 'Europe/Berlin',
  sender: { name: 'Lamp & Leaf', email: 'hello@shop.example' },
  postalAddress: '1 Example Street, 10115 Berlin',
  sending: { dailyCap: null, quietHours: null },
};

/** Accepts everything, taking its time, and counts how often. */
const recordingMailer = (called: Map<string, number>, random: Random): Mailer => ({
  name: 'recording',
  async send({ id }) {
    called.set(id, (called.get(id) ?? 0) + 1);
    await idle(random.unit() * 5);
    return { kind: 'accepted', providerId: id };
  },
  find: async () => ({ kind: 'missing' }),
});

async function lettersOf(deps: Deps, people: readonly Enrolled[]): Promise<Map<string, string>> {
  const ids = people.map(({ enrollmentId }) => enrollmentId);
  const rows = await deps.db.engine(
    ({ sql }) => sql<{ id: string; enrollmentId: string }[]>`
      select id, enrollment_id from message where enrollment_id in ${sql(ids)}`,
  );
  return new Map(rows.map(({ id, enrollmentId }) => [enrollmentId, id]));
}

/** Sends until no letter waits: another sender may still hold some. */
async function sendAll(deps: Deps): Promise<void> {
  for (;;) {
    const { claimed } = await sendDue(deps, 10, deps.now() + 30_000);
    if (claimed > 0) continue;
    const open = await deps.db.engine(
      ({ sql }) => sql`select from message where status in ('queued', 'sending') limit 1`,
    );
    if (open.length === 0) return;
  }
}

interface Raced {
  cause: string;
  letter: string;
  enrollmentId: string;
}

function verdict(
  seed: number,
  all: readonly Raced[],
  outcomes: ReadonlyMap<string, Outcome>,
  called: ReadonlyMap<string, number>,
  seconds: number,
): FaultReport {
  const count = (which: (raced: Raced, outcome: Outcome, calls: number) => boolean): number =>
    all.filter((raced) => {
      const outcome = outcomes.get(raced.enrollmentId);
      return outcome && which(raced, outcome, called.get(raced.letter) ?? 0);
    }).length;
  const fencedFirst = ({ fence, stop }: Outcome): boolean => fence !== null && (stop === null || fence < stop);
  const byCause = CAUSES.map((cause) => ({
    cause,
    left: count((raced, outcome) => raced.cause === cause && fencedFirst(outcome)),
    held: count((raced, outcome) => raced.cause === cause && outcome.fence === null),
  }));
  return {
    name: 'race',
    seed,
    notes: [],
    figures: {
      letters: all.length,
      ...Object.fromEntries(
        byCause.flatMap(({ cause, left, held }) => [
          [`${cause}: the letter's fence first`, left],
          [`${cause}: the stop first`, held],
        ]),
      ),
      'fence committed after the stop': count(
        (_raced, { fence, stop }) => fence !== null && stop !== null && fence > stop,
      ),
      'called without a fence': count((_raced, { fence }, calls) => calls > 0 && fence === null),
      'called twice': count((_raced, _outcome, calls) => calls > 1),
      'fenced, but never called': count((_raced, { fence }, calls) => fence !== null && calls === 0),
      'called, but the row says otherwise': count(
        (_raced, { settledAs }, calls) => calls > 0 !== (settledAs === 'sent'),
      ),
      'not sent, and the row names no stop': count(
        (_raced, { settledAs, reason }, calls) => calls === 0 && !(settledAs !== 'sent' && reason !== null),
      ),
      'causes that always or never came first': byCause.filter(({ left, held }) => left === 0 || held === 0).length,
      'without an outcome': all.length - count(() => true),
      seconds: Math.round(seconds),
    },
    goals: {
      'fence committed after the stop': 0,
      'called without a fence': 0,
      'called twice': 0,
      'fenced, but never called': 0,
      'called, but the row says otherwise': 0,
      'not sent, and the row names no stop': 0,
      'causes that always or never came first': 0,
      'without an outcome': 0,
    },
  };
}
