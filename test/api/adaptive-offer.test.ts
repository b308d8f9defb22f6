import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '../support/random.ts';
import { type Instance, RULE, type ShopHandle, startInstance } from '../support/shop.ts';
import { type Browser, newBrowser } from '../support/visitor.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const { unit } = seeded(5);

let instance: Instance;
let chance: number[] = [];
let shifted = 0;

beforeAll(async () => {
  instance = await startInstance({ random: () => chance.shift() ?? unit() });
});
afterAll(() => instance.close());

const travel = (ms: number): void => {
  shifted += ms;
  instance.travel(ms);
};
const adaptive = { values: [5, 10] };

async function draw(shop: ShopHandle, rule: string, fall: number): Promise<[Browser, string]> {
  chance = [fall];
  const browser = newBrowser(shop);
  const arm = (await browser.look()).body.visitor.arms[rule];
  return [browser, arm];
}

const sharesOf = async (rule: string): Promise<Record<string, number> | null> => {
  const [row] = await instance.db.engine(
    ({ sql }) => sql<{ shares: [string, number][] }[]>`select shares from odds where rule_id = ${rule}`,
  );
  return row ? Object.fromEntries(row.shares) : null;
};

/** People who became eligible ten days ago under this arm, of whom so many bought for 100 the next hour. */
async function past(shop: ShopHandle, rule: string, arm: string, people: number, buyers: number): Promise<void> {
  const at = new Date(instance.deps.now() + shifted - 10 * DAY).toISOString();
  await instance.db.engine(async ({ sql }) => {
    const ids = Array.from({ length: people }, () => randomUUID());
    const all = sql.json(ids);
    await sql`
      insert into visitor (shop_id, id, visits, first_at, last_at, shown)
      select ${shop.id}, id::uuid, 1, now(), now(), '{}' from jsonb_array_elements_text(${all}) as id`;
    await sql`
      insert into arm (shop_id, visitor_id, rule_id, arm, drawn_at, rule_version, probability, exposed_at)
      select ${shop.id}, id::uuid, ${rule}, ${arm}, now(), 1, 0.3, ${at}::text::timestamptz from jsonb_array_elements_text(${all}) as id`;
    await sql`
      insert into "order" (shop_id, id, status, visitor_id, total, currency, placed_at, body, received_at, updated_at)
      select ${shop.id}, id, 'paid', id::uuid, 100, 'EUR', ${at}::text::timestamptz + interval '1 hour', '{}', now(), now()
      from jsonb_array_elements_text(${sql.json(ids.slice(0, buyers))}) as id`;
  });
}

describe('an adaptive offer', () => {
  it('gives each newcomer one of its discounts or none, an even chance each at first', async () => {
    const shop = await instance.openShop();
    const rule = await shop.addRule({ adaptive, code: { reveal: 'screen' } });
    const { body: kept } = await shop.call('GET', `/v1/rules/${rule}`);
    expect([kept.adaptive, kept.variants]).toEqual([adaptive, []]);
    const [none, noneArm] = await draw(shop, rule, 0.32);
    const [five, fiveArm] = await draw(shop, rule, 0.34);
    const [ten, tenArm] = await draw(shop, rule, 0.67);
    expect([noneArm, fiveArm, tenArm]).toEqual(['0', '5', '10']);
    const offerOf = async (browser: Browser, email: string): Promise<unknown> => {
      const { status, body } = await browser.claim(rule, { email });
      expect(status).toBe(200);
      return body.code ? (await shop.call('GET', `/v1/codes/${body.code}`)).body.offer : null;
    };
    expect(await offerOf(none, 'none@example.com')).toBeNull();
    expect(await offerOf(five, 'five@example.com')).toEqual({ kind: 'percent', value: 5, expiresIn: '7d' });
    expect(await offerOf(ten, 'ten@example.com')).toEqual({ kind: 'percent', value: 10, expiresIn: '7d' });
  });

  it('shows the page what each arm is', async () => {
    const shop = await instance.openShop();
    await shop.addRule({ adaptive });
    const { rules } = (await instance.call('GET', `/v1/config?shop=${shop.siteKey}`)).body;
    expect(rules[0].variants).toEqual([
      { key: '0', weight: 1, offer: { kind: 'none' } },
      { key: '5', weight: 1, offer: { value: 5 } },
      { key: '10', weight: 1, offer: { value: 10 } },
    ]);
    expect(JSON.stringify(rules)).not.toContain('adaptive');
  });

  it('learns from orders what leaves most, draws by it, and keeps what was drawn before', async () => {
    const shop = await instance.openShop({ margin: 0.5 });
    const rule = await shop.addRule({ adaptive });
    const [early] = await draw(shop, rule, 0.1);
    await past(shop, rule, '0', 1_500, 30);
    await past(shop, rule, '5', 1_500, 35);
    await past(shop, rule, '10', 1_500, 150);
    await instance.tick();
    const shares = await sharesOf(rule);
    expect(shares?.['10']).toBeGreaterThan(0.9);
    expect(Math.min(...Object.values(shares ?? {}))).toBeGreaterThanOrEqual(0.01);
    expect((await draw(shop, rule, 0.5))[1]).toBe('10');
    expect((await early.look()).body.visitor.arms[rule]).toBe('0');
    const [stored] = await instance.db.engine(
      ({ sql }) => sql<{ probability: number }[]>`
        select probability from arm where rule_id = ${rule} and arm = '10' order by drawn_at desc limit 1`,
    );
    expect(stored?.probability).toBeCloseTo(shares?.['10'] ?? 0, 5);
  });

  it('thinks again after an hour, and at once when the rule is changed', async () => {
    const shop = await instance.openShop();
    const rule = await shop.addRule({ adaptive });
    const at = async (): Promise<number> => {
      await instance.tick();
      const [row] = await instance.db.engine(
        ({ sql }) => sql<{ at: number }[]>`select at from odds where rule_id = ${rule}`,
      );
      return row?.at ?? 0;
    };
    const first = await at();
    travel(HOUR - 60_000);
    expect(await at()).toBe(first);
    travel(120_000);
    const second = await at();
    expect(second).toBeGreaterThan(first);
    await shop.call('PATCH', `/v1/rules/${rule}`, { adaptive: { values: [20], ceiling: null } });
    // Until then the changed rule draws evenly, not by the chances of discounts it no longer has.
    expect((await draw(shop, rule, 0.6))[1]).toBe('20');
    expect(await at()).toBeGreaterThan(second);
    expect(Object.keys((await sharesOf(rule)) ?? {})).toEqual(['0', '20']);
  });

  it('gives no more discounts when the day’s budget is spent, and again the next day of the shop', async () => {
    travel(Date.parse('2027-06-01T20:00:00Z') - (instance.deps.now() + shifted));
    const shop = await instance.openShop();
    const rule = await shop.addRule({
      adaptive: { ...adaptive, budget: { amount: 9, per: 'day' } },
      code: { reveal: 'screen' },
    });
    const redeem = async (fall: number, total: number): Promise<void> => {
      const [browser] = await draw(shop, rule, fall);
      const { body } = await browser.claim(rule, { email: `${randomUUID()}@example.com` });
      const answer = await shop.call('POST', `/v1/codes/${body.code}/redeem`, { orderId: randomUUID(), total });
      expect(answer.status).toBe(200);
    };
    await redeem(0.5, 178);
    await instance.tick();
    expect(Object.keys((await sharesOf(rule)) ?? {})).toEqual(['0', '5', '10']);
    await redeem(0.9999, 20);
    // At once, not within the hour.
    await instance.tick();
    expect(await sharesOf(rule)).toEqual({ 0: 1 });
    expect((await draw(shop, rule, 0.99))[1]).toBe('0');
    // 22:00 UTC is midnight in Berlin.
    travel(2 * HOUR + 60_000);
    await instance.tick();
    expect(Object.keys((await sharesOf(rule)) ?? {})).toEqual(['0', '5', '10']);
  });

  it('is compared with the holdout as a whole, for its arms’ shares follow their outcomes', async () => {
    const shop = await instance.openShop();
    const rule = await shop.addRule({ adaptive, holdout: 0.5 });
    for (const [arm, people, buyers] of [
      ['holdout', 300, 90],
      ['0', 100, 70],
      ['5', 100, 80],
      ['10', 100, 80],
    ] as const)
      await past(shop, rule, arm, people, buyers);
    const { body } = await shop.call('GET', `/v1/reports/experiments?rule=${rule}`);
    expect(body.arms.map(({ arm }: { arm: string }) => arm)).toEqual(['0', '10', '5', 'holdout']);
    expect(body.comparisons).toMatchObject([{ arm: 'all', against: 'holdout', verdict: 'more' }]);
    expect(body.ratio).toEqual({ statistic: 0, p: 1, ok: true });
  });

  it.each([
    [{ adaptive, offer: { kind: 'shipping' } }, 'adaptive', 'can be had for offers of the kind percent or fixed'],
    [{ adaptive: { values: [5, 101] } }, 'adaptive.values', 'must be at most 100 each'],
    [{ adaptive: { values: [5], floor: 6 } }, 'adaptive.values', 'must leave a discount to be drawn'],
    [{ adaptive: { values: [0] } }, 'adaptive.values', 'must leave a discount to be drawn'],
    [{ adaptive, variants: [{ key: 'a' }] }, 'variants', 'must be empty beside adaptive'],
    [{ adaptive: { values: [5], budget: { amount: 0, per: 'day' } } }, 'adaptive.budget.amount', 'must be more than 0'],
    [
      { adaptive: { values: [5], budget: { amount: 0.001, per: 'day' } } },
      'adaptive.budget.amount',
      'must have at most 2 decimals, as EUR has',
    ],
    [
      { offer: { kind: 'fixed', value: 10 }, adaptive: { values: [5, 2.555] } },
      'adaptive.values.1',
      'must have at most 2 decimals, as EUR has',
    ],
    [{ adaptive: { values: [5], margin: 1.1 } }, 'adaptive.margin', 'must be at most 1'],
  ])('is refused as %j', async (change, path, message) => {
    const shop = await instance.openShop();
    const { status, body } = await shop.call('POST', '/v1/rules', { ...RULE, ...change });
    expect([status, body.errors]).toEqual([422, [{ path, message }]]);
  });
});
