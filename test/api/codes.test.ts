import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

const DAY = 86_400_000;

let instance: Instance;
let shop: ShopHandle;
let people = 0;

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop();
});
afterAll(() => instance.close());

/** A code of this offer in the hands of a new person, and their address. */
async function newCode(offer: Record<string, unknown> = {}, at = shop): Promise<{ code: string; email: string }> {
  const rule = await at.addRule({
    offer: { kind: 'percent', value: 10, expiresIn: '7d', ...offer },
    code: { reveal: 'screen', prefix: 'BACK' },
  });
  const browser = newBrowser(at);
  await browser.look();
  const email = `buyer-${++people}@example.com`;
  const { body } = await browser.claim(rule, { email });
  return { code: body.code, email };
}

const use = (code: string, body: Record<string, unknown>, at = shop) =>
  at.call('POST', `/v1/codes/${encodeURIComponent(code)}/redeem`, body);
const check = (code: string, body: Record<string, unknown> = {}) =>
  shop.call('POST', `/v1/codes/${encodeURIComponent(code)}/check`, body);

describe('a code', () => {
  it('is redeemed once, for one order, and answers that order again and again', async () => {
    const { code } = await newCode();
    const first = await use(code, { orderId: 'C1', total: 42 });
    expect([first.status, first.body]).toEqual([
      200,
      expect.objectContaining({ code, status: 'redeemed', orderId: 'C1', discount: 4.2 }),
    ]);
    expect((await use(code, { orderId: 'C1', total: 99 })).body).toEqual(first.body);
    expect((await check(code, { orderId: 'C1', total: 42 })).body).toEqual(first.body);
    const other = await use(code, { orderId: 'C2', total: 42 });
    expect([other.status, other.body.code]).toEqual([409, 'already_redeemed']);
    expect((await shop.call('GET', `/v1/codes/${code}`)).body).toEqual(first.body);
  });

  it('is known in any case, with spaces, dashes or neither', async () => {
    const { code } = await newCode();
    const plain = code.replaceAll('-', '');
    for (const written of [
      code.toLowerCase(),
      plain,
      ` ${plain.slice(0, 6)} ${plain.slice(6)} `,
      code.replaceAll('-', '–'),
    ]) {
      expect((await check(written)).status, written).toBe(200);
    }
    expect((await use(plain.toLowerCase(), { orderId: 'W1', total: 1 })).body.code).toBe(code);
  });

  it('that nobody has is 404, and so is another shop’s', async () => {
    const { code } = await newCode();
    const other = await instance.openShop({ origins: ['https://other.example'] });
    for (const answer of [
      await check('BACK-00000-000000'),
      await use('nonsense', { orderId: 'N1', total: 1 }),
      await use(code, { orderId: 'N1', total: 1 }, other),
      await shop.call('GET', '/v1/codes/nonsense'),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([404, 'code_not_found']);
    }
  });

  it('is good until it expires, and 410 then', async () => {
    const { code } = await newCode({ expiresIn: '1d' });
    instance.travel(DAY - 60_000);
    expect((await check(code, { total: 5 })).status).toBe(200);
    instance.travel(61_000);
    for (const answer of [await check(code), await use(code, { orderId: 'L1', total: 5 })]) {
      expect([answer.status, answer.body.code]).toEqual([410, 'code_expired']);
    }
    expect((await shop.call('GET', `/v1/codes/${code}`)).body.status).toBe('expired');
  });

  it('below its minimum is 422, and still good for more', async () => {
    const { code } = await newCode({ minOrder: 50 });
    for (const answer of [await check(code, { total: 49.99 }), await use(code, { orderId: 'M1', total: 49.99 })]) {
      expect([answer.status, answer.body.code, answer.body.errors[0].path]).toEqual([422, 'below_minimum', 'total']);
    }
    expect((await use(code, { orderId: 'M1', total: 50 })).body.discount).toBe(5);
  });

  it('takes off more from a larger order, as its tiers say', async () => {
    const { code } = await newCode({ minOrder: 20, tiers: [{ from: 100, kind: 'percent', value: 15 }] });
    expect((await check(code, { total: 99.99 })).body.discount).toBe(10);
    expect((await check(code, { total: 100 })).body.discount).toBe(15);
    expect((await check(code, { total: 19.99 })).body.code).toBe('below_minimum');
    expect((await use(code, { orderId: 'R1', total: 250 })).body.discount).toBe(37.5);
  });

  it('in another currency is 422', async () => {
    const { code } = await newCode();
    const answer = await use(code, { orderId: 'F1', total: 10, currency: 'USD' });
    expect([answer.status, answer.body.code, answer.body.errors[0].path]).toEqual([
      422,
      'currency_mismatch',
      'currency',
    ]);
    expect((await use(code, { orderId: 'F1', total: 10, currency: 'EUR' })).status).toBe(200);
  });

  it('does not go with another in one order, also when both come at once', async () => {
    const [one, two] = [await newCode(), await newCode()];
    const answers = await Promise.all([
      use(one.code, { orderId: 'T1', total: 9 }),
      use(two.code, { orderId: 'T1', total: 9 }),
    ]);
    expect(answers.map(({ body }) => body.code).sort()).toEqual([expect.stringMatching(/^BACK-/), 'order_has_code']);
  });

  it('has exactly one winner of a thousand at once', async () => {
    const { code } = await newCode();
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => use(code, { orderId: `R${index}`, total: 10 })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
  }, 60_000);

  it('used ends its chain and the letters that wait', async () => {
    const { code, email } = await newCode();
    await use(code, { orderId: 'E1', total: 10 });
    await instance.tick();
    const { data } = (await shop.call('GET', `/v1/messages?contact=${email}`)).body;
    expect(data).toEqual([
      expect.objectContaining({
        status: 'cancelled',
        reason: 'redeemed',
        chain: expect.objectContaining({ status: 'stopped', reason: 'redeemed' }),
      }),
    ]);
  });

  it('used is a purchase: it ends the buyer’s other chains, and nobody else’s', async () => {
    const [one, two] = [await newCode(), await newCode()];
    const rule = await shop.addRule();
    instance.travel(11 * 60_000);
    for (const { email } of [one, two]) {
      const browser = newBrowser(shop);
      await browser.look();
      await browser.claim(rule, { email });
    }
    await use(one.code, { orderId: 'U1', total: 10 });
    await use(two.code, { orderId: 'U2', total: 10, email: 'friend@example.com' });
    const ends = async (email: string): Promise<string[]> =>
      (await shop.call('GET', `/v1/messages?contact=${email}`)).body.data.map(
        ({ chain }: { chain: { status: string; reason: string | null } }) => `${chain.status} ${chain.reason}`,
      );
    expect((await ends(one.email)).sort()).toEqual(['stopped purchased', 'stopped redeemed']);
    expect((await ends(two.email)).sort()).toEqual(['active null', 'stopped redeemed']);
  });

  it('checked changes nothing', async () => {
    const { code } = await newCode();
    expect((await check(code, { total: 10 })).body).toMatchObject({ status: 'issued', discount: 1, orderId: null });
    expect((await check(code)).body).toMatchObject({ status: 'issued', discount: null });
    expect((await use(code, { orderId: 'K1', total: 10 })).status).toBe(200);
  });
});

describe('a discount is exact', () => {
  it.each([
    ['EUR', { kind: 'percent', value: 10 }, 1.05, 0.11],
    ['EUR', { kind: 'percent', value: 12.5 }, 99.99, 12.5],
    ['EUR', { kind: 'fixed', value: 20 }, 12.34, 12.34],
    ['EUR', { kind: 'shipping', value: undefined }, 12.34, 0],
    ['JPY', { kind: 'percent', value: 10 }, 995, 100],
    ['KWD', { kind: 'percent', value: 10 }, 1.005, 0.101],
    ['RUB', { kind: 'percent', value: 15 }, 1_234_567_890.12, 185_185_183.52],
  ])('in %s: %o on %d is %d', async (currency, offer, total, discount) => {
    const there = await instance.openShop({ currency });
    const { code } = await newCode(offer, there);
    expect((await use(code, { orderId: 'X1', total, currency }, there)).body.discount).toBe(discount);
  });
});
