/** Codes that shops upload: each goes to one person, however many ask at once (TRUST 5). */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answered, type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

/** `CROWD=5000` is the whole proof; without it a smaller crowd shows the same in seconds. */
const CROWD = Number(process.env.CROWD ?? 500);

let instance: Instance;
let shop: ShopHandle;
let people = 0;

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop();
});
afterAll(() => instance.close());

const upload = (body: unknown, at = shop) => at.call('POST', '/v1/codes/import', body);
const table = (csv: string | Uint8Array, pool = 'table', at = shop) =>
  at.call('POST', `/v1/codes/import?pool=${pool}`, csv, { 'content-type': 'text/csv; charset=utf-8' });
const pools = async (at = shop) =>
  Object.fromEntries((await at.call('GET', '/v1/pools')).body.data.map((one: { pool: string }) => [one.pool, one]));
const ruleWith = (code: Record<string, unknown>, at = shop, change: Record<string, unknown> = {}) =>
  at.addRule({ code: { mode: 'pool', reveal: 'screen', ...code }, ...change });

async function claim(rule: string, at = shop, email = `person-${++people}@example.com`): Promise<Answered> {
  const browser = newBrowser(at);
  await browser.look();
  return browser.claim(rule, { email });
}

describe('an upload', () => {
  it('takes codes as JSON, tells of each that it does not take, and counts what is left', async () => {
    const { status, body } = await upload({ pool: 'json', codes: ['A-1', 'a1', '', 'B-2', '=HYPERLINK("x")', 'B 2'] });
    expect([status, body]).toEqual([
      200,
      {
        pool: 'json',
        accepted: 2,
        rejected: [
          { line: 2, code: 'a1', reason: 'repeated' },
          { line: 5, code: '=HYPERLINK("x")', reason: 'not_a_code' },
          { line: 6, code: 'B 2', reason: 'not_a_code' },
        ],
        free: 2,
      },
    ]);
    const again = (await upload({ pool: 'json', codes: ['C-3', 'A1'] })).body;
    expect([again.accepted, again.rejected, again.free]).toEqual([1, [{ line: 2, code: 'A1', reason: 'known' }], 3]);
    expect((await upload({ pool: 'elsewhere', codes: ['A-1'] })).body.rejected).toHaveLength(1);
  });

  it('takes no code that somebody has been given', async () => {
    const rule = await shop.addRule({ code: { reveal: 'screen' } });
    const { code } = (await claim(rule)).body;
    expect((await upload({ pool: 'given', codes: [code.toLowerCase()] })).body.rejected).toEqual([
      { line: 1, code: code.toLowerCase(), reason: 'known' },
    ]);
  });

  it.each([
    ['bare lines', 'T1-A\nT1-B\n', ['T1-A', 'T1-B'], []],
    ['a header', 'Code\r\nT2-A\r\nT2-B', ['T2-A', 'T2-B'], []],
    ['a Russian header after a mark of byte order', '\uFEFFПромокод;Скидка\nT3-A;10\nT3-B;10\n', ['T3-A', 'T3-B'], []],
    ['the column that is called code', 'id,Discount code,used\n1,T4-A,0\n2,T4-B,0', ['T4-A', 'T4-B'], []],
    ['tabs', 'T5-A\tx\nT5-B\ty', ['T5-A', 'T5-B'], []],
    ['quotes, and a cell of two lines', '"note","code"\n"one\ntwo","T6-A"\n"say ""hi""","T6-B"', ['T6-A', 'T6-B'], []],
    ['blank lines', '\n\nT7-A\n\nT7-B\n\n', ['T7-A', 'T7-B'], []],
    ['what was made safe for a spreadsheet', "'T8-A\n'T8-B", ['T8-A', 'T8-B'], []],
    ['formulas, which are no codes', '=1+1\n+T9\n-T9\n@T9\nT9-A', ['T9-A'], [1, 2, 3, 4]],
    ['the line of what is wrong', 'code\nT10-A\n\nnot a code\nT10-a\n', ['T10-A'], [4, 5]],
  ])('reads a table with %s', async (name, csv, codes, wrong) => {
    const pool = `table-${name.length}-${codes[0]?.toLowerCase()}`;
    const { status, body } = await table(csv, pool);
    expect([status, body.accepted, body.rejected.map(({ line }: { line: number }) => line)]).toEqual([
      200,
      codes.length,
      wrong,
    ]);
    const rule = await ruleWith({ pool });
    const given = [];
    for (const _ of codes) given.push((await claim(rule)).body.code);
    expect(given).toEqual(codes);
  });

  it('does not mind a table in another encoding', async () => {
    const bytes = Uint8Array.from([0xca, 0xee, 0xe4, 0x0a, ...new TextEncoder().encode('CP-1251-A\n')]);
    expect((await table(bytes, 'encoded')).body).toMatchObject({ accepted: 1, rejected: [{ line: 1 }] });
  });

  it('is bounded', async () => {
    expect((await table(`${'x'.repeat(60)}\n`.repeat(40_000))).body.code).toBe('too_large');
    expect((await table('A\n'.repeat(50_001))).body.code).toBe('invalid');
    expect((await table('')).body.errors[0].path).toBe('codes');
    expect((await table('a\u0000b')).status).toBe(422);
    expect((await upload({ pool: '../x', codes: ['A'] })).body.errors[0].path).toBe('pool');
  });
});

describe('a pool', () => {
  it('gives each code to one person, however many ask at once, and nothing when it is empty', async () => {
    const there = await instance.openShop();
    const codes = Array.from({ length: CROWD / 5 }, (_, index) => `POOL-${index}`);
    await upload({ codes }, there);
    const rule = await ruleWith({}, there);
    const browsers = Array.from({ length: CROWD }, () => newBrowser(there));
    await Promise.all(browsers.map((browser) => browser.look()));
    const answers = await Promise.all(
      browsers.map((browser, index) => browser.claim(rule, { email: `crowd-${index}@example.com` })),
    );
    const given = answers.map(({ body }) => body.code).filter((code) => code?.startsWith('POOL'));
    expect([given.length, new Set(given).size]).toEqual([codes.length, codes.length]);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(new Set(refused.map(({ status, body }) => `${status} ${body.code}`))).toEqual(new Set(['409 not_eligible']));
    expect((await pools(there)).default).toMatchObject({ free: 0, taken: codes.length, low: true });
    const [{ count }] = await instance.db.engine(
      ({ sql }) => sql<[{ count: number }]>`select count(*) as count from contact where shop_id = ${there.id}`,
    );
    expect(count).toBe(codes.length);
  }, 600_000);

  it('gives a person the same code again, and takes none from the pool for it', async () => {
    await upload({ pool: 'same', codes: ['SAME-1', 'SAME-2'] });
    const rule = await ruleWith({ pool: 'same' });
    const browser = newBrowser(shop);
    await browser.look();
    const answers = [];
    for (let time = 0; time < 3; time += 1)
      answers.push((await browser.claim(rule, { email: 'same@example.com' })).body);
    expect(answers.map(({ code }) => code)).toEqual(['SAME-1', 'SAME-1', 'SAME-1']);
    expect((await pools()).same).toMatchObject({ free: 1, taken: 1 });
  });

  it('of an offer that a chain only reminds of takes nothing', async () => {
    await upload({ pool: 'kept', codes: ['KEPT-1'] });
    const rule = await ruleWith({ pool: 'kept' }, shop, { offer: { kind: 'none' } });
    expect((await claim(rule)).status).toBe(200);
    expect((await pools()).kept).toMatchObject({ free: 1 });
  });

  it('that is empty falls back as its rule says', async () => {
    const unique = await ruleWith({ pool: 'none-left', fallback: 'unique', prefix: 'LATE' });
    expect((await claim(unique)).body.code).toMatch(/^LATE-/);
    const fixed = await ruleWith({ pool: 'none-left', fallback: 'static', code: 'SORRY10' });
    expect([(await claim(fixed)).body.code, (await claim(fixed)).body.code]).toEqual(['SORRY10', 'SORRY10']);
    const nothing = await ruleWith({ pool: 'none-left' });
    expect((await claim(nothing)).body.code).toBe('not_eligible');
  });

  it('that is empty keeps its rule out of pages, until there are codes again', async () => {
    const there = await instance.openShop();
    const rule = await ruleWith({}, there);
    const shown = async () =>
      (await there.call('GET', `/v1/config?shop=${there.siteKey}`)).body.rules.map(({ id }: { id: string }) => id);
    expect(await shown()).toEqual([]);
    await upload({ codes: ['ONE'] }, there);
    expect(await shown()).toEqual([rule]);
    await claim(rule, there);
    expect(await shown()).toEqual([]);
  });

  it('that runs low is told by setup, with the call that fills it', async () => {
    const there = await instance.openShop();
    const step = async () =>
      (await there.call('GET', '/v1/setup')).body.steps.find((one: { step: string }) => one.step === 'codes');
    expect(await step()).toBeUndefined();
    await ruleWith({ pool: 'autumn' }, there);
    expect(await step()).toMatchObject({ done: false, how: expect.stringContaining('/v1/codes/import') });
    await upload({ pool: 'autumn', codes: Array.from({ length: 20 }, (_, index) => `LOW-${index}`) }, there);
    expect(await step()).toMatchObject({ done: true });
    await there.call('PATCH', '/v1/shop', { limits: { codesPerVisitor: null } });
    const { id } = (await there.call('GET', '/v1/rules')).body.data[0];
    for (let index = 0; index < 18; index += 1) await claim(id, there);
    expect(await step()).toMatchObject({ done: false });
    expect((await pools(there)).autumn).toMatchObject({ free: 2, taken: 18, low: true });
  });

  it('is redeemed like any code, once', async () => {
    await upload({ pool: 'used', codes: ['USED-1'] });
    const { code } = (await claim(await ruleWith({ pool: 'used' }))).body;
    const use = (orderId: string) => shop.call('POST', `/v1/codes/${code}/redeem`, { orderId, total: 10 });
    expect([(await use('P1')).status, (await use('P2')).body.code]).toEqual([200, 'already_redeemed']);
  });

  it('in stock is nobody’s code yet', async () => {
    await upload({ pool: 'stocked', codes: ['STOCKED-1'] });
    expect((await shop.call('POST', '/v1/codes/STOCKED-1/check', {})).body.code).toBe('code_not_found');
  });
});
