/** Codes can’t be farmed (TRUST 3): not by many visits, spellings of one address, or claims at once; nor guessed in numbers (TRUST 4). */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missLimiter } from '../../api/miss-limiter.ts';
import { householdOf } from '../../api/network.ts';
import { type Answered, type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

const HOUR = 3_600_000;
/** `FARM=10000` is the whole proof; without it fewer visits show the same in seconds. */
const FARM = Number(process.env.FARM ?? 300);

let instance: Instance;
let people = 0;

beforeAll(async () => {
  instance = await startInstance({ env: { TRUSTED_PROXIES: '1' } });
});
afterAll(() => instance.close());

/** The defaults of a new shop, but for what is said. */
async function openShop(limits: Record<string, unknown> = {}): Promise<{ shop: ShopHandle; rule: string }> {
  const shop = await instance.openShop({ limits: { codesPerRange: 3, ...limits } });
  return { shop, rule: await shop.addRule({ code: { reveal: 'screen' } }) };
}

interface From {
  address: string;
  visitor?: string;
  email?: string;
}

async function claim(
  shop: ShopHandle,
  rule: string,
  { address, visitor = randomUUID(), email }: From,
): Promise<Answered> {
  const visit = randomUUID();
  const event = { type: 'page_view', at: Date.now(), url: 'https://shop.example/', path: '/' };
  return shop.page(
    '/v1/claims',
    {
      shop: shop.siteKey,
      visitor,
      visit,
      rule,
      variant: null,
      email: email ?? `capped-${++people}@example.com`,
      consent: { data: true, marketing: true, text: 'I agree.' },
      sentAt: Date.now(),
      events: [event],
    },
    { 'x-forwarded-for': address },
  );
}

const outcomes = (answers: Answered[]) => answers.map(({ status, body }) => (status === 200 ? 'ok' : body.code));
const codesOf = async (shop: ShopHandle): Promise<number> => {
  const [row] = await instance.db.engine(
    ({ sql }) => sql<[{ count: number }]>`select count(*) as count from code where shop_id = ${shop.id}`,
  );
  return row.count;
};

describe('new codes', () => {
  it('are three an hour for one address, then 409 capped; another address has its own three', async () => {
    const { shop, rule } = await openShop();
    const answers = [];
    for (let time = 0; time < 5; time += 1) answers.push(await claim(shop, rule, { address: '198.51.100.7' }));
    expect(outcomes(answers)).toEqual(['ok', 'ok', 'ok', 'capped', 'capped']);
    expect([answers[3]?.status, answers[3]?.body.type]).toEqual([409, 'urn:linger:problem:capped']);
    expect(outcomes([await claim(shop, rule, { address: '198.51.100.8' })])).toEqual(['ok']);
    instance.travel(HOUR + 1_000);
    expect(outcomes([await claim(shop, rule, { address: '198.51.100.7' })])).toEqual(['ok']);
  });

  it('are counted by /56 for IPv6, and by the address itself where IPv4 is mapped', async () => {
    const { shop, rule } = await openShop();
    const answers = [];
    for (const address of [
      '2001:db8:0:1100::1',
      '2001:db8:0:1101::2',
      '2001:db8:0:11ff::3',
      '2001:db8:0:1155::4',
      '2001:db8:0:1200::1',
    ])
      answers.push(await claim(shop, rule, { address }));
    expect(outcomes(answers)).toEqual(['ok', 'ok', 'ok', 'capped', 'ok']);
    const mapped = [];
    for (const address of ['198.51.100.40', '::ffff:198.51.100.40', '::ffff:c633:6428', '198.51.100.40'])
      mapped.push(await claim(shop, rule, { address }));
    expect(outcomes(mapped)).toEqual(['ok', 'ok', 'ok', 'capped']);
  });

  it('are refused by where the claim comes from, never by the address typed', async () => {
    const { shop, rule } = await openShop();
    for (const email of ['own@example.com', 'b@example.com', 'c@example.com'])
      await claim(shop, rule, { address: '198.51.100.9', email });
    const known = await claim(shop, rule, { address: '198.51.100.9', email: 'own@example.com' });
    const fresh = await claim(shop, rule, { address: '198.51.100.9', email: 'never@example.com' });
    expect([known.status, known.text]).toEqual([fresh.status, fresh.text]);
    expect(known.body.code).toBe('capped');
  });

  it('farmed by many visits at once from one address are three', async () => {
    const { shop, rule } = await openShop();
    let next = 0;
    const seen = new Map<string, number>();
    const hand = async (): Promise<void> => {
      while (next++ < FARM) {
        const [outcome = ''] = outcomes([await claim(shop, rule, { address: '198.51.100.10' })]);
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: 32 }, hand));
    expect([await codesOf(shop), Object.fromEntries(seen)]).toEqual([3, { ok: 3, capped: FARM - 3 }]);
  }, 600_000);

  it('of one person a thousand times at once are one, and nobody is capped by it', async () => {
    const { shop, rule } = await openShop();
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => claim(shop, rule, { address: '198.51.100.11', email: 'one@example.com' })),
    );
    expect(new Set(outcomes(answers))).toEqual(new Set(['ok']));
    expect(await codesOf(shop)).toBe(1);
  }, 120_000);

  it('are capped for one browser, wherever it is, and for the shop', async () => {
    const { shop, rule } = await openShop({ codesPerVisitor: 2, codesPerRange: null });
    const visitor = randomUUID();
    const answers = [];
    for (let time = 0; time < 3; time += 1)
      answers.push(await claim(shop, rule, { address: `198.51.100.${20 + time}`, visitor }));
    expect(outcomes(answers)).toEqual(['ok', 'ok', 'capped']);
    await shop.call('PATCH', '/v1/shop', { limits: { codesPerDay: 4 } });
    const more = [];
    for (let time = 0; time < 4; time += 1) more.push(await claim(shop, rule, { address: `198.51.100.${30 + time}` }));
    expect(outcomes(more)).toEqual(['ok', 'ok', 'capped', 'capped']);
  });

  it('are not counted for this machine, nor where the shop wants no limit, nor for an offer without a code', async () => {
    const { shop, rule } = await openShop();
    const from = async (address: string, which = rule) => {
      const answers = [];
      for (let time = 0; time < 5; time += 1) answers.push(await claim(shop, which, { address }));
      return new Set(outcomes(answers));
    };
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
      expect(await from(address)).toEqual(new Set(['ok']));
    expect(await from('198.51.100.60', await shop.addRule({ offer: { kind: 'none' } }))).toEqual(new Set(['ok']));
    await shop.call('PATCH', '/v1/shop', { limits: { codesPerRange: null } });
    expect(await from('198.51.100.61')).toEqual(new Set(['ok']));
  });

  it('keep no address: what is counted by is a keyed hash of each shop’s own', async () => {
    const [one, two] = [await openShop(), await openShop()];
    for (const { shop, rule } of [one, two]) await claim(shop, rule, { address: '198.51.100.77' });
    const rows = await instance.db.engine(
      ({ sql }) =>
        sql<
          { hash: string }[]
        >`select range_hash as hash from code where shop_id in ${sql([one.shop.id, two.shop.id])}`,
    );
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(2);
    for (const { hash } of rows) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('have no cap in the demo', async () => {
    const demo = await startInstance({ env: { TRUSTED_PROXIES: '1', DEMO: '1' } });
    const shop = await demo.openShop({ limits: { codesPerRange: 1, codesPerVisitor: 1 } });
    const rule = await shop.addRule();
    const answers = [];
    for (let time = 0; time < 3; time += 1) answers.push(await claim(shop, rule, { address: '198.51.100.7' }));
    expect(outcomes(answers)).toEqual(['ok', 'ok', 'ok']);
    await demo.close();
  });
});

describe('a household', () => {
  it.each([
    ['198.51.100.7', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['::ffff:c633:6407', '198.51.100.7'],
    ['2001:db8:0:1155::4', '2001:db8:0:1100::/56'],
    ['not an address', null],
  ])('of %s is %s', (address, household) => {
    expect(householdOf(address)).toBe(household);
  });
});

describe('guesses', () => {
  it('are answered until there are too many, then not even a right one is, until some time has passed', async () => {
    const { shop, rule } = await openShop();
    let clock = 0;
    const limits = Object.assign(instance.deps, { misses: missLimiter({ now: () => clock, burst: 20, perSecond: 1 }) });
    const { code } = (await claim(shop, rule, { address: '198.51.100.90' })).body;
    const check = (guess: string) => shop.call('POST', `/v1/codes/${guess}/check`, {});
    for (let time = 0; time < 50; time += 1) expect((await check(code)).status).toBe(200);
    for (let time = 0; time < 20; time += 1) expect((await check(`GUESS-${time}`)).status).toBe(404);
    for (const guess of ['GUESS-20', code]) {
      const { status, body } = await check(guess);
      expect([status, body.code]).toEqual([429, 'too_many_misses']);
    }
    for (const name of ['reserve', 'redeem', 'release'])
      expect((await shop.call('POST', `/v1/codes/${code}/${name}`, { orderId: 'G1', total: 1 })).status).toBe(429);
    const other = await openShop();
    expect((await other.shop.call('GET', '/v1/codes/GUESS')).status).toBe(404);
    clock += 1_500;
    expect((await check(code)).status).toBe(200);
    expect(limits.misses.admits('somebody else')).toBe(true);
  });

  it('are remembered for so many callers and no more', () => {
    const limiter = missLimiter({ now: () => 0, burst: 1, most: 2 });
    for (const caller of ['a', 'b', 'c']) limiter.missed(caller);
    expect(['a', 'b', 'c'].map((caller) => limiter.admits(caller))).toEqual([true, false, false]);
  });
});
