/** An instance whose letters leave through the real Postmark client to the stand-in, and what its ledger says of them. */

import { type TickReport, tick } from '../../api/actions/tick.ts';
import type { MessageRow } from '../../db/messages.ts';
import { type FakePostmark, startFakePostmark } from './fake-postmark.ts';
import { type Instance, type InstanceOptions, type ShopHandle, startInstance } from './shop.ts';

/** A letter, and who holds it in the outbox. */
export interface LetterRow extends MessageRow {
  claim: string | null;
  leaseUntil: number | null;
}

export interface Sending {
  instance: Instance;
  postmark: FakePostmark;
  shop: ShopHandle;
  /** Every letter of a contact, or of everybody, in the order they were planned. */
  letters(contactId?: string): Promise<LetterRow[]>;
  /** The same in short: letter, status, reason. */
  trail(contactId?: string): Promise<[string, string, string | null][]>;
  chain(enrollmentId: string): Promise<{ status: string; reason: string | null; step: number; dueAt: number | null }>;
  /** Runs the engine like `instance.tick`, but gives calls that hang up soon. No new call begins once time `isUp`. */
  tickImpatiently(isUp?: () => boolean): Promise<TickReport>;
  /** The database's time, travelled. */
  now(): Promise<number>;
  /** Sends the database's clock on to this moment. */
  travelTo(at: number): Promise<void>;
  close(): Promise<void>;
}

export interface SendingOptions extends InstanceOptions {
  searchLagMs?: number;
  shop?: Record<string, unknown>;
}

/** Nothing hangs but on purpose, and a busy machine is no reason for doubt. */
const TIMEOUT_MS = 20_000;
/** What hangs on purpose is given up after this. */
const IMPATIENCE_MS = 700;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Past the lease and the grace time as they are by default. */
export const GRACE = 10 * MINUTE + 1_000;

export async function startSending({
  searchLagMs = 0,
  shop: change = {},
  env = {},
  ...rest
}: SendingOptions = {}): Promise<Sending> {
  let shift = 0;
  const postmark = await startFakePostmark({ searchLagMs, now: () => Date.now() + shift });
  const started = await startInstance({
    env: { POSTMARK_TOKEN: 'token', POSTMARK_URL: postmark.url, SEND_TIMEOUT_MS: String(TIMEOUT_MS), ...env },
    ...rest,
  });
  const instance: Instance = {
    ...started,
    travel(ms) {
      shift += ms;
      started.travel(ms);
    },
  };
  const shop = await instance.openShop({ sending: { dailyCap: null, quietHours: null }, ...change });
  const now = (): Promise<number> => instance.db.engine(async (tx) => tx.now);
  const letters: Sending['letters'] = (contactId) =>
    instance.db.engine(
      ({ sql }) => sql<LetterRow[]>`
        select m.*, o.claim, o.lease_until from message m left join outbox o on o.id = m.id
        ${contactId ? sql`where m.contact_id = ${contactId}` : sql``} order by m.queued_at, m.step, m.occurrence, m.id`,
    );
  return {
    instance,
    postmark,
    shop,
    letters,
    now,
    trail: async (contactId) =>
      (await letters(contactId)).map(({ letter, status, reason }) => [letter, status, reason]),
    async chain(id) {
      const [row] = await instance.db.engine(
        ({ sql }) =>
          sql<
            Awaited<ReturnType<Sending['chain']>>[]
          >`select status, reason, step, due_at from enrollment where id = ${id}`,
      );
      if (!row) throw new Error('no such chain');
      return row;
    },
    tickImpatiently(isUp = () => false) {
      const { deps, settings } = instance;
      const deadline = deps.now() + 30_000;
      return tick(
        {
          ...deps,
          settings: { ...settings, sendTimeoutMs: IMPATIENCE_MS },
          now: () => (isUp() ? deadline : deps.now()),
        },
        { limit: 100, deadline },
      );
    },
    async travelTo(at) {
      instance.travel(at - (await now()));
    },
    async close() {
      await instance.close();
      await postmark.stop();
    },
  };
}
