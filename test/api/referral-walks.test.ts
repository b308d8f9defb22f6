import { afterAll, beforeAll, expect, it } from 'vitest';
import { rewardSenders } from '../../api/actions/referrals/reward-senders.ts';
import { type Random, seeded } from '../support/random.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

const DAY = 86_400_000;
/** News of an order; what lets a reward come due, more often. */
const STATUSES = [
  'placed',
  'awaiting_payment',
  'shipped',
  'delayed',
  'cancelled',
  'refunded',
  'paid',
  'paid',
  'delivered',
];
const UNDONE = ['cancelled', 'refunded'];
/** `WALKS=200` walks on. */
const WALKS = Number(process.env.WALKS ?? 15);
const STEPS = 14;

let instance: Instance;
let shop: ShopHandle;

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop({ confirm: 'never' });
  await shop.call('PATCH', '/v1/shop', { referral: { enabled: true, friend: { kind: 'percent', value: 10 } } });
});
afterAll(() => instance.close());

/** What the shop has told of an order, and since when it has been confirmed by that. */
interface Told {
  status: string;
  confirmedAt: number | null;
}

function heard(before: Told | undefined, status: string, now: number): Told {
  if (before?.status === status) return before;
  if (status === 'paid' || status === 'delivered') return { status, confirmedAt: now };
  const underway = status === 'shipped' || status === 'delayed';
  return { status, confirmedAt: underway && before?.confirmedAt != null ? now : null };
}

const now = (): Promise<number> => instance.db.engine(async (tx) => tx.now);

async function invite(name: string): Promise<string> {
  const { body } = await shop.call('POST', '/v1/referrals', { email: `${name}@walks.example` });
  const form = new URLSearchParams({ email: `friend-${name}@walks.example` }).toString();
  await instance.call('POST', new URL(body.link).pathname, form, {
    'content-type': 'application/x-www-form-urlencoded',
  });
  const [row] = await instance.db.engine(
    ({ sql }) => sql<{ code: string }[]>`select code from code where canonical = ${`friend-${name}@walks.example`}`,
  );
  return row?.code ?? '';
}

/** One friend with two orders, of which the shop tells whatever it likes; whether the sender was rewarded. */
async function walk(random: Random, name: string): Promise<boolean> {
  const email = `friend-${name}@walks.example`;
  const code = await invite(name);
  const orders = new Map<string, Told>();
  let rewarded: string | null = null;

  const stand = async (): Promise<{ order: string; reward: { code: string } | null; status: string }> =>
    (await shop.call('GET', `/v1/referrals?contact=${name}@walks.example`)).body.friends[0];
  const tell = async (id: string): Promise<void> => {
    const status = random.pick(STATUSES);
    const placedAt = `2026-11-2${id.endsWith('a') ? 1 : 2}T09:30:00Z`;
    const codes = random.chance(0.8) ? [code] : [];
    const { status: answered } = await shop.call('POST', '/v1/orders', {
      id,
      status,
      email,
      codes,
      total: 90,
      currency: 'EUR',
      placedAt,
    });
    expect([200, 201]).toContain(answered);
    orders.set(id, heard(orders.get(id), status, await now()));
  };

  for (let step = 0; step < STEPS; step += 1) {
    const id = `${name}-${random.chance(0.8) ? 'a' : 'b'}`;
    const chosen = random.unit();
    if (chosen < 0.45) await tell(id);
    else if (chosen < 0.5) await shop.call('POST', `/v1/codes/${code}/release`, { orderId: id });
    else if (chosen < 0.6) await shop.call('POST', `/v1/codes/${code}/redeem`, { orderId: id, total: 100, email });
    else instance.travel(random.int(1, 15) * DAY);
    await rewardSenders(instance.deps, 10);

    const { order, reward, status } = await stand();
    if (rewarded !== null) expect([status, reward?.code]).toEqual(['rewarded', rewarded]);
    if (status !== 'rewarded' || rewarded !== null) continue;
    rewarded = reward?.code ?? '';
    const told = orders.get(order);
    const used = (await shop.call('GET', `/v1/codes/${code}`)).body;
    expect([used.status, used.orderId, UNDONE.includes(told?.status ?? 'cancelled')]).toEqual([
      'redeemed',
      order,
      false,
    ]);
    // The walk's own clock is read a little later than the server's.
    expect((await now()) - (told?.confirmedAt ?? Number.POSITIVE_INFINITY)).toBeGreaterThanOrEqual(
      14 * DAY - 3_600_000,
    );
    const earlier = order.endsWith('b') ? orders.get(`${name}-a`) : undefined;
    expect(earlier === undefined || UNDONE.includes(earlier.status)).toBe(true);
  }
  return rewarded !== null;
}

it(
  'whatever is told of two orders, in whatever order: at most one reward, and only for a first order that stays',
  async () => {
    const seed = Number(process.env.SEED ?? 20_261_124);
    const random = seeded(seed);
    let rewards = 0;
    for (let index = 0; index < WALKS; index += 1) {
      try {
        if (await walk(random, `w${index}`)) rewards += 1;
      } catch (error) {
        throw new Error(`SEED=${seed}, walk ${index}`, { cause: error });
      }
    }
    expect([seed, rewards > 0, rewards < WALKS]).toEqual([seed, true, true]);
  },
  60_000 + WALKS * 2_000,
);
