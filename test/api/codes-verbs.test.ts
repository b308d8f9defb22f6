/** Codes at the checkout, used exactly as often as they may be, however many ask at once (TRUST 5). */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** `ATTEMPTS=100000` is the whole proof; without it fewer show the same in seconds. */
const ATTEMPTS = Number(process.env.ATTEMPTS ?? 5_000);

let instance: Instance;
let shop: ShopHandle;
let people = 0;
let orders = 0;

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop();
});
afterAll(() => instance.close());

interface Given {
  code: string;
  email: string;
  rule: string;
}

async function newCode(code: Record<string, unknown> = {}, offer: Record<string, unknown> = {}): Promise<Given> {
  const rule = await shop.addRule({
    offer: { kind: 'percent', value: 10, expiresIn: '7d', ...offer },
    code: { reveal: 'screen', ...code },
  });
  return claimed(rule);
}

async function claimed(rule: string, email = `verb-${++people}@example.com`): Promise<Given> {
  const browser = newBrowser(shop);
  await browser.look();
  const { body } = await browser.claim(rule, { email });
  return { code: body.code, email, rule };
}

const verb = (name: string, code: string, body: Record<string, unknown>) =>
  shop.call('POST', `/v1/codes/${encodeURIComponent(code)}/${name}`, body);
const reserve = (code: string, orderId: string, more = {}) => verb('reserve', code, { orderId, total: 40, ...more });
const redeem = (code: string, orderId: string, more = {}) => verb('redeem', code, { orderId, total: 40, ...more });
const release = (code: string, orderId: string) => verb('release', code, { orderId });
const check = (code: string, more = {}) => verb('check', code, more);
const show = async (code: string) => (await shop.call('GET', `/v1/codes/${encodeURIComponent(code)}`)).body;
const order = (id: string, status: string, codes: string[], more = {}) =>
  shop.call('POST', '/v1/orders', {
    id,
    status,
    total: 36,
    currency: 'EUR',
    codes,
    placedAt: '2026-11-22T09:30:00Z',
    ...more,
  });
const newOrder = (): string => `V${++orders}`;
const chains = async (email: string): Promise<string[]> =>
  (await shop.call('GET', `/v1/messages?contact=${email}`)).body.data.map(
    ({ chain }: { chain: { status: string; reason: string } }) => `${chain.status} ${chain.reason}`,
  );

describe('a reservation', () => {
  it('holds the code for its order, and for no other', async () => {
    const { code } = await newCode();
    const [mine, other] = [newOrder(), newOrder()];
    const held = await reserve(code, mine);
    expect([held.status, held.body]).toEqual([
      200,
      expect.objectContaining({ code, status: 'reserved', orderId: mine, discount: 4, used: 0 }),
    ]);
    expect(Date.parse(held.body.reservedUntil) - Date.now()).toBeGreaterThan(14 * MINUTE);
    for (const answer of [
      await reserve(code, other),
      await redeem(code, other),
      await check(code, { orderId: other }),
      await check(code),
      await release(code, other),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([409, 'reserved']);
    }
    expect(await show(code)).toMatchObject({ status: 'reserved', orderId: mine, reservedUntil: expect.any(String) });
    expect((await check(code, { orderId: mine })).body).toMatchObject({ status: 'reserved' });
    expect((await redeem(code, mine)).body).toMatchObject({ status: 'redeemed', orderId: mine, discount: 4, used: 1 });
    expect((await redeem(code, other)).body.code).toBe('already_redeemed');
  });

  it('falls back by itself after fifteen minutes', async () => {
    const { code } = await newCode();
    await reserve(code, newOrder());
    instance.travel(15 * MINUTE - 5_000);
    expect((await reserve(code, newOrder())).body.code).toBe('reserved');
    instance.travel(6_000);
    expect(await show(code)).toMatchObject({ status: 'issued', orderId: null, reservedUntil: null });
    expect((await redeem(code, newOrder())).status).toBe(200);
  });

  it('is held anew by asking again, and redeemed in its time after the code’s expiry', async () => {
    const { code } = await newCode({}, { expiresIn: '1d' });
    const mine = newOrder();
    instance.travel(DAY - 20 * MINUTE);
    await reserve(code, mine);
    instance.travel(14 * MINUTE);
    expect((await reserve(code, mine)).status).toBe(200);
    instance.travel(14 * MINUTE);
    expect((await reserve(code, newOrder())).body.code).toBe('code_expired');
    expect((await redeem(code, mine)).status).toBe(200);
  });

  it('lets go of what the order held before', async () => {
    const [one, two] = [await newCode(), await newCode()];
    const mine = newOrder();
    await reserve(one.code, mine);
    expect((await reserve(two.code, mine)).status).toBe(200);
    expect((await redeem(one.code, newOrder())).status).toBe(200);
    expect((await redeem(two.code, mine)).status).toBe(200);
    expect((await reserve((await newCode()).code, mine)).body.code).toBe('order_has_code');
  });

  it('has one winner of many at once', async () => {
    const { code } = await newCode();
    const answers = await Promise.all(Array.from({ length: 100 }, () => reserve(code, newOrder())));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(
      new Set(answers.map(({ status, body }) => `${status} ${body.status === 'reserved' ? '' : body.code}`)),
    ).toEqual(new Set(['200 ', '409 reserved']));
  });

  it('ends no reminders yet', async () => {
    const { code, email } = await newCode();
    await reserve(code, newOrder());
    expect(await chains(email)).toEqual(['active null']);
  });
});

describe('beside other codes of the order', () => {
  it('a code is good only where its offer says so, at every call', async () => {
    const [alone, social] = [await newCode(), await newCode({}, { stacking: 'any' })];
    const codes = ['CLUB-5', social.code];
    for (const call of ['check', 'reserve', 'redeem']) {
      const refused = await verb(call, alone.code, { orderId: newOrder(), total: 40, codes: [alone.code, 'CLUB-5'] });
      expect([refused.status, refused.body.code]).toEqual([409, 'not_combinable']);
      expect(refused.body.detail).toContain('CLUB-5');
    }
    expect((await check(alone.code, { total: 40, codes: [alone.code.toLowerCase()] })).status).toBe(200);
    const mine = newOrder();
    expect((await reserve(social.code, mine, { codes })).status).toBe(200);
    expect((await redeem(social.code, mine, { codes })).body).toMatchObject({ status: 'redeemed', discount: 4 });
  });

  it('never beside another of Linger’s, be it one person’s or everybody’s', async () => {
    const [one, other] = [await newCode({}, { stacking: 'any' }), await newCode({}, { stacking: 'any' })];
    await newCode({ mode: 'static', code: 'ALL-OF-US' });
    for (const beside of [other.code, 'all of us']) {
      expect((await check(one.code, { total: 40, codes: [beside] })).body.code).toBe('not_combinable');
    }
  });

  it('is no question once the order is placed: what was used was used', async () => {
    const { code } = await newCode();
    await order(newOrder(), 'paid', ['CLUB-5', code]);
    expect(await show(code)).toMatchObject({ status: 'redeemed' });
  });
});

describe('release', () => {
  it('gives back what an order held, and twice is once', async () => {
    const { code } = await newCode();
    const mine = newOrder();
    await reserve(code, mine);
    for (const answer of [await release(code, mine), await release(code, mine), await release(code, 'never-seen')]) {
      expect([answer.status, answer.body.status, answer.body.orderId]).toEqual([200, 'issued', null]);
    }
    expect((await redeem(code, newOrder())).status).toBe(200);
  });

  it('gives back what an order used, unless it was another’s', async () => {
    const { code } = await newCode();
    const mine = newOrder();
    await redeem(code, mine);
    expect((await release(code, newOrder())).body.code).toBe('already_redeemed');
    expect((await release(code, mine)).body).toMatchObject({
      status: 'issued',
      used: 0,
      redeemedAt: null,
      discount: null,
    });
    expect((await redeem(code, newOrder())).status).toBe(200);
  });

  it('makes nothing good that has expired meanwhile', async () => {
    const { code } = await newCode({}, { expiresIn: '1d' });
    const mine = newOrder();
    await redeem(code, mine);
    instance.travel(2 * DAY);
    expect((await release(code, mine)).body.status).toBe('expired');
    expect((await redeem(code, newOrder())).body.code).toBe('code_expired');
  });

  it('makes nothing good whose owner has another by now: one live code at a time', async () => {
    const { code, email, rule } = await newCode();
    const mine = newOrder();
    await redeem(code, mine);
    const next = await claimed(rule, email);
    expect(next.code).not.toBe(code);
    expect((await release(code, mine)).body.status).toBe('released');
    expect((await redeem(code, newOrder())).body.code).toBe('already_redeemed');
    expect((await redeem(next.code, newOrder())).status).toBe(200);
  });

  it('of a code that nobody has is 404', async () => {
    expect((await release('nonsense', newOrder())).body.code).toBe('code_not_found');
  });
});

describe('an order that is undone', () => {
  it.each(['refunded', 'cancelled'])('%s opens its code again', async (status) => {
    const { code, email } = await newCode();
    const id = newOrder();
    await order(id, 'paid', [code], { email });
    expect((await show(code)).status).toBe('redeemed');
    await order(id, status, [code], { email });
    expect(await show(code)).toMatchObject({ status: 'issued', used: 0 });
    expect((await redeem(code, newOrder())).status).toBe(200);
  });

  it('keeps its code used where the rule voids it, but for the same order paid after all', async () => {
    const { code } = await newCode({ onRefund: 'void' });
    const id = newOrder();
    await order(id, 'paid', [code]);
    await order(id, 'refunded', [code]);
    expect(await show(code)).toMatchObject({ status: 'redeemed' });
    expect((await redeem(code, newOrder())).body.code).toBe('already_redeemed');
    await order(id, 'paid', [code]);
    expect(await show(code)).toMatchObject({ status: 'redeemed', orderId: id, used: 1 });
  });

  it('lets go of what it held', async () => {
    const { code } = await newCode();
    const id = newOrder();
    await reserve(code, id);
    await order(id, 'cancelled', [code]);
    expect((await redeem(code, newOrder())).status).toBe(200);
  });

  it('twice is once, and touches nobody else’s', async () => {
    const { code } = await newCode();
    const [first, second] = [newOrder(), newOrder()];
    await order(first, 'paid', [code]);
    await order(first, 'refunded', [code]);
    await redeem(code, second);
    await order(first, 'refunded', [code]);
    expect(await show(code)).toMatchObject({ status: 'redeemed', orderId: second });
  });
});

describe('a code of several uses', () => {
  it('is used exactly so often, however many come at once', async () => {
    const { code } = await newCode({ uses: 3 });
    const ids = Array.from({ length: 60 }, newOrder);
    const answers = await Promise.all(ids.map((id) => redeem(code, id)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(await show(code)).toMatchObject({ status: 'redeemed', uses: 3, used: 3 });
    for (const [index, { status }] of answers.entries()) {
      if (status === 200) expect((await redeem(code, ids[index] ?? '')).status).toBe(200);
    }
  });

  it('is good until its last, and ends the reminders with its first', async () => {
    const { code, email } = await newCode({ uses: 2 });
    const [first, second] = [newOrder(), newOrder()];
    expect((await redeem(code, first)).body).toMatchObject({ status: 'redeemed', used: 1, uses: 2 });
    expect(await show(code)).toMatchObject({ status: 'issued', used: 1 });
    expect(await chains(email)).toEqual(['stopped redeemed']);
    await redeem(code, second);
    expect((await redeem(code, newOrder())).body.code).toBe('already_redeemed');
    await order(first, 'refunded', []);
    expect(await show(code)).toMatchObject({ status: 'issued', used: 1, orderId: second });
    expect((await redeem(code, newOrder())).status).toBe(200);
  });

  it('counts what is held', async () => {
    const { code } = await newCode({ uses: 2 });
    await reserve(code, newOrder());
    await redeem(code, newOrder());
    expect((await redeem(code, newOrder())).body.code).toBe('reserved');
  });
});

describe('a bound code', () => {
  it('is good for its own address in any spelling, and for no other', async () => {
    const rule = await shop.addRule({ code: { reveal: 'screen', binding: 'strict' } });
    const { code } = await claimed(rule, 'Bo.und+tag@gmail.com');
    for (const more of [{ email: 'eve@example.com' }, {}]) {
      for (const answer of [await redeem(code, newOrder(), more), await reserve(code, newOrder(), more)]) {
        expect([answer.status, answer.body.code]).toEqual([403, 'code_bound']);
      }
    }
    expect((await check(code, { email: 'eve@example.com' })).body.code).toBe('code_bound');
    expect((await check(code)).status).toBe(200);
    expect((await redeem(code, newOrder(), { email: 'BOUND@googlemail.com' })).status).toBe(200);
  });

  it('named by an order of another address stays unused', async () => {
    const { code, email } = await newCode({ binding: 'strict' });
    await order(newOrder(), 'paid', [code], { email: 'eve@example.com' });
    expect((await show(code)).status).toBe('issued');
    await order(newOrder(), 'paid', [code], { email });
    expect((await show(code)).status).toBe('redeemed');
  });

  it('loose is good for whoever has it', async () => {
    const { code } = await newCode();
    expect((await redeem(code, newOrder(), { email: 'eve@example.com' })).status).toBe(200);
  });
});

describe('one text for all', () => {
  it('is given to each, is never in the config, and is used without end', async () => {
    const rule = await shop.addRule({ code: { mode: 'static', code: 'STAY-10', reveal: 'screen' } });
    const config = await shop.call('GET', `/v1/config?shop=${shop.siteKey}`);
    expect(config.text.toUpperCase()).not.toContain('STAY');
    const [one, two] = [await claimed(rule), await claimed(rule)];
    expect([one.code, two.code]).toEqual(['STAY-10', 'STAY-10']);
    for (let time = 0; time < 4; time += 1) expect((await redeem('stay10', newOrder())).status).toBe(200);
    expect(await show('STAY-10')).toMatchObject({ status: 'issued', uses: null, used: 4 });
  });

  it('used by an address ends that person’s reminders alone', async () => {
    const rule = await shop.addRule({ code: { mode: 'static', code: 'EACH-5', reveal: 'screen' } });
    const [one, two] = [await claimed(rule), await claimed(rule)];
    await redeem('EACH-5', newOrder(), { email: one.email });
    expect([await chains(one.email), await chains(two.email)]).toEqual([['stopped redeemed'], ['active null']]);
    const id = newOrder();
    await order(id, 'paid', ['EACH-5'], { email: two.email });
    expect(await chains(two.email)).toEqual(['stopped redeemed']);
    expect((await show('EACH-5')).used).toBe(2);
  });

  it('that one person alone was given is theirs', async () => {
    const rule = await shop.addRule({ code: { mode: 'static', code: 'ALONE-5', reveal: 'screen' } });
    const { email } = await claimed(rule);
    await redeem('ALONE-5', newOrder());
    expect(await chains(email)).toEqual(['stopped redeemed']);
  });

  it('is good before anybody was given it, and used exactly as often as it may be', async () => {
    await shop.addRule({ code: { mode: 'static', code: 'FIRST-20', uses: 20 } });
    const answers = await Promise.all(Array.from({ length: 100 }, () => redeem('FIRST-20', newOrder())));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code))).toEqual(
      new Set(['already_redeemed']),
    );
    expect(await show('FIRST-20')).toMatchObject({ status: 'redeemed', used: 20 });
  });

  it('expires for each in their time', async () => {
    const rule = await shop.addRule({
      offer: { kind: 'percent', value: 10, expiresIn: '1d' },
      code: { mode: 'static', code: 'TIMED-5', reveal: 'screen' },
    });
    const early = await claimed(rule);
    instance.travel(DAY / 2);
    const late = await claimed(rule);
    instance.travel(DAY / 2 + MINUTE);
    expect((await redeem('TIMED-5', newOrder(), { email: early.email })).body.code).toBe('code_expired');
    expect((await redeem('TIMED-5', newOrder(), { email: late.email })).status).toBe(200);
    instance.travel(DAY);
    expect((await redeem('TIMED-5', newOrder())).body.code).toBe('code_expired');
  });

  it('bound is for those it was given to', async () => {
    const rule = await shop.addRule({ code: { mode: 'static', code: 'GIVEN-5', reveal: 'screen', binding: 'strict' } });
    const { email } = await claimed(rule);
    expect((await redeem('GIVEN-5', newOrder(), { email: 'eve@example.com' })).body.code).toBe('code_bound');
    expect((await redeem('GIVEN-5', newOrder(), { email })).status).toBe(200);
  });

  it('opens again with a refund', async () => {
    await shop.addRule({ code: { mode: 'static', code: 'BACK-1', uses: 1 } });
    const id = newOrder();
    await order(id, 'paid', ['BACK-1']);
    expect((await redeem('BACK-1', newOrder())).body.code).toBe('already_redeemed');
    await order(id, 'refunded', ['BACK-1']);
    expect((await redeem('BACK-1', newOrder())).status).toBe(200);
  });
});

describe('a crowd', () => {
  it('of attempts on one code has exactly one winner', async () => {
    const { code } = await newCode();
    let won = 0;
    const seen = new Set<number>();
    let next = 0;
    const hand = async (): Promise<void> => {
      while (next < ATTEMPTS) {
        const { status } = await redeem(code, `crowd-${next++}`);
        seen.add(status);
        if (status === 200) won += 1;
      }
    };
    await Promise.all(Array.from({ length: 64 }, hand));
    expect([won, [...seen].sort()]).toEqual([1, [200, 409]]);
    const [row] = await instance.db.engine(
      ({ sql }) => sql<[{ count: number }]>`select count(*) as count from code_use where order_id like 'crowd-%'`,
    );
    expect(row.count).toBe(1);
  }, 900_000);

  it('that reserves, redeems and releases at random never has two holders at once', async () => {
    const { code } = await newCode();
    const ids = Array.from({ length: 8 }, newOrder);
    const acts = Array.from(
      { length: 400 },
      (_, index) => [['reserve', 'redeem', 'release'][index % 3] ?? '', ids[(index * 7) % ids.length] ?? ''] as const,
    );
    const statuses = await Promise.all(
      acts.map(async ([name, id]) => (await verb(name, code, { orderId: id, total: 40 })).status),
    );
    expect(new Set(statuses)).toEqual(new Set([200, 409]));
    const [row] = await instance.db.engine(
      ({ sql }) =>
        sql<
          [{ count: number }]
        >`select count(*) as count from code_use where order_id in ${sql(ids)} and status in ('reserved', 'redeemed')`,
    );
    expect(row.count).toBeLessThanOrEqual(1);
  }, 60_000);
});
