import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, RULE, type ShopHandle, startInstance } from '../support/shop.ts';
import { type Browser, LAMP, newBrowser, TEAPOT } from '../support/visitor.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const page = (path: string) => ({ type: 'page_view', url: `https://shop.example${path}`, path });
const look = [page('/teapot'), { type: 'view_item', item: TEAPOT }];
const cart = [page('/lamp'), { type: 'add_to_cart', item: LAMP, quantity: 1 }];
const leave = { type: 'exit_intent', signal: 'pointer' };

describe('a dry run', () => {
  let instance: Instance;
  let shop: ShopHandle;
  let everybody: string;
  let decliner: Browser;

  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
    everybody = await shop.addRule({ name: 'Everybody', priority: -1 });
    // Leaves from one page; leaves with a cart; leaves and then buys; leaves twice, the second time deeper; never leaves.
    await newBrowser(shop).send([...look, leave]);
    await newBrowser(shop).send([...look, ...cart, leave]);
    await newBrowser(shop).send([
      ...look,
      ...cart,
      leave,
      { type: 'begin_checkout' },
      { type: 'purchase', orderId: 'D1', value: 110, currency: 'EUR' },
    ]);
    await newBrowser(shop).send([...look, leave, ...cart, leave, page('/about')]);
    await newBrowser(shop).send([...look, ...cart]);
    decliner = newBrowser(shop);
    await decliner.send([...look, leave, { type: 'offer_declined', rule: everybody, variant: null }]);
    // Buys by the shop's word alone, and for less than the page could know.
    const known = newBrowser(shop);
    await known.send([...look, ...cart, leave]);
    await shop.call('POST', '/v1/orders', {
      id: 'D2',
      status: 'paid',
      visitor: known.visitor,
      total: 90,
      currency: 'EUR',
      placedAt: new Date(Date.now() + 60_000).toISOString(),
    });
    instance.travel(2 * HOUR);
    await newBrowser(shop, { visitor: decliner.visitor }).send([...look, ...cart, leave]);
    instance.travel(HOUR);
  });
  afterAll(() => instance.close());

  const deep = { ...RULE, name: 'Deep', when: ['pages', '>=', 2] };
  const dryRun = async (rule: Record<string, unknown>, more = {}) => {
    const { status, body, text } = await shop.call('POST', '/v1/rules/dry-run', { rule, ...more });
    expect([status, text.slice(0, 300)]).toEqual([200, expect.any(String)]);
    return body;
  };

  it('tells who would have seen a new rule, who bought anyway, beside which rules and at what price', async () => {
    expect(await dryRun(deep)).toEqual({
      from: expect.any(String),
      to: expect.any(String),
      currency: 'EUR',
      visits: 8,
      ongoing: 0,
      reached: 7,
      eligible: 4,
      shown: 4,
      boughtAnyway: 2,
      quiet: { when: 2, refused: 1 },
      // Who left twice was shown it at once, so that this rule was alone the second time.
      overlap: [{ rule: everybody, name: 'Everybody', visits: 3, first: 0 }],
      // 10 % of 110 as the page told, and of 90 as the shop's server did; of four carts of 120.
      discount: { boughtAnyway: 20, carts: 48, unknownPurchases: 0, unknownCarts: 0 },
      arms: [],
    });
  });

  it('tells of each arm when it would have spoken, where their moments differ', async () => {
    const variants = [{ key: 'leaving' }, { key: 'reading', moment: 'idle', offer: { value: 5 } }];
    const found = await dryRun({ ...deep, variants });
    const alone = await Promise.all([
      dryRun(deep),
      dryRun({ ...deep, moment: 'idle', offer: { ...RULE.offer, value: 5 } }),
    ]);
    const part = ({ reached, eligible, shown, boughtAnyway, discount }: Record<string, unknown>) => ({
      reached,
      eligible,
      shown,
      boughtAnyway,
      discount,
    });
    expect(found.arms).toEqual([
      { arm: 'leaving', moment: 'exit', ...part(alone[0]) },
      { arm: 'reading', moment: 'idle', ...part(alone[1]) },
    ]);
    expect(found.arms.map(({ reached }: { reached: number }) => reached)).toEqual([7, 8]);
    expect(part(found)).toEqual(part(alone[0]));
    const same = [
      { key: 'a', moment: 'exit' },
      { key: 'b', offer: { value: 5 } },
    ];
    expect((await dryRun({ ...deep, variants: same })).arms).toEqual([]);
  });

  it('reads the visits once for leaving and once for all other moments, and tells of both', async () => {
    const variants = ['exit', 'idle', 'scroll', 'time'].map((moment) => ({ key: moment, moment }));
    const { text } = await shop.call(
      'POST',
      '/v1/rules/dry-run',
      { rule: { ...deep, moment: 'time', variants } },
      { accept: 'application/x-ndjson' },
    );
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toEqual({ progress: { visits: 0, of: 16 } });
    const { arms, visits } = lines.at(-1).result;
    expect([visits, arms.map(({ moment }: { moment: string }) => moment)]).toEqual([
      8,
      ['exit', 'idle', 'scroll', 'time'],
    ]);
  });

  it('judges each moment by what was known then', async () => {
    expect((await dryRun({ ...RULE, when: ['carted', '=', 0] })).eligible).toBe(3);
    expect((await dryRun({ ...RULE, when: ['path', '=', '/about'] })).eligible).toBe(0);
    expect((await dryRun({ ...RULE, moment: 'idle', when: ['path', '=', '/about'] })).eligible).toBe(1);
    expect((await dryRun({ ...RULE, moment: 'idle', when: ['carted', '>=', 1] })).boughtAnyway).toBe(2);
    const forgiving = { quietFor: { refused: '0s', shown: '0s' } };
    expect((await dryRun({ ...deep, ...forgiving })).eligible).toBe(5);
  });

  it('of a stored rule is of that rule, as it is or as a change would make it', async () => {
    const run = async (body: unknown) => (await shop.call('POST', `/v1/rules/${everybody}/dry-run`, body)).body;
    expect(await run({})).toMatchObject({ eligible: 6, shown: 6, overlap: [] });
    expect(await run({ change: { when: ['pages', '>=', 2] } })).toMatchObject({ eligible: 4, overlap: [] });
    expect((await run({ change: { offer: { value: 200 } } })).errors).toEqual([
      { path: 'change.offer.value', message: 'must be at most 100' },
    ]);
    expect((await shop.call('GET', `/v1/rules/${everybody}`)).body).toMatchObject({ version: 1, when: RULE.when });
  });

  it('keeps to its period', async () => {
    const before = new Date(Date.now() - 9 * DAY).toISOString();
    expect((await dryRun(deep, { from: before, to: new Date(Date.now() - 8 * DAY).toISOString() })).visits).toBe(0);
    const later = new Date(Date.now() + HOUR).toISOString();
    expect((await dryRun(deep, { from: later })).visits).toBe(1);
    expect((await dryRun(deep, { to: later })).visits).toBe(7);
  });

  it('tells how far it is, line by line, where lines are asked for', async () => {
    const { headers, text } = await shop.call(
      'POST',
      '/v1/rules/dry-run',
      { rule: deep },
      { accept: 'application/x-ndjson' },
    );
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    expect(lines[0]).toEqual({ progress: { visits: 0, of: 8 } });
    expect(lines.at(-1)).toEqual({ result: await dryRun(deep, { to: lines.at(-1).result.to }) });
    const wrong = await shop.call('POST', '/v1/rules/dry-run', { rule: {} }, { accept: 'application/x-ndjson' });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'invalid']);
  });

  it('changes nothing, and sees no other shop', async () => {
    const counts = () =>
      instance.db.engine(
        ({ sql }) => sql`select (select count(*) from visit) visits, (select count(*) from event) events,
          (select count(*) from decision) decisions, (select count(*) from arm) arms, (select sum(version) from rule) versions`,
      );
    const before = await counts();
    await dryRun(deep);
    const other = await instance.openShop({ origins: ['https://other.example'] });
    expect((await other.call('POST', '/v1/rules/dry-run', { rule: deep })).body).toMatchObject({
      visits: 0,
      overlap: [],
    });
    expect((await other.call('POST', `/v1/rules/${everybody}/dry-run`, {})).status).toBe(404);
    expect(await counts()).toEqual(before);
  });

  it('reads on from page to page: many visitors, some with many visits, each once', async () => {
    const crowd = await instance.openShop();
    await instance.db.engine(async ({ sql, now }) => {
      const at = now - 2 * HOUR;
      await sql`
        insert into visitor (shop_id, id, visits, first_at, last_at, shown)
        select ${crowd.id}, md5('v' || n)::uuid, 1, ${at}, ${at}, '{}' from generate_series(0, 399) n`;
      await sql`
        insert into visit (shop_id, id, visitor_id, number, started_at, last_at, state)
        select ${crowd.id}, md5('visit' || n)::uuid, md5('v' || n % 400)::uuid, 1, ${at}::timestamptz - (n % 3) * interval '1 hour', ${at}, state
        from generate_series(0, 1999) n,
          (select state from visit where shop_id = ${shop.id} and jsonb_array_length(state->'cart') = 1 and not (state->>'purchased')::boolean limit 1) one`;
    });
    const { body } = await crowd.call('POST', '/v1/rules/dry-run', {
      rule: { ...deep, moment: 'idle', quietFor: { refused: '0s', shown: '0s' } },
    });
    expect([body.visits, body.eligible]).toEqual([2_000, 2_000]);
  });

  it('takes who is still here by what they were so far, and says how many they are', async () => {
    const before = await dryRun(deep);
    await newBrowser(shop).send([...look, ...cart, leave]);
    const { visits, ongoing, shown } = before;
    expect(await dryRun(deep)).toMatchObject({ visits: visits + 1, ongoing: ongoing + 1, shown: shown + 1 });
    instance.travel(HOUR);
    expect(await dryRun(deep)).toMatchObject({ visits: visits + 1, ongoing: 0, shown: shown + 1 });
  });
});

describe('advice', () => {
  let instance: Instance;
  let shop: ShopHandle;

  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
  });
  afterAll(() => instance.close());

  const advice = async (query = '') => (await shop.call('GET', `/v1/rules/advice${query}`)).body;

  it('of a shop without visits is that there is not enough data yet, and how much is', async () => {
    expect(await advice()).toMatchObject({
      visits: 0,
      enough: false,
      needed: { bought: 50, others: 200 },
      pages: { atLeast: null },
      seconds: { atLeast: null },
      steps: [],
    });
  });

  it('proposes the depth from which on visits buy, and tells what each step costs and keeps', async () => {
    const visits: [pages: number, buys: boolean, count: number][] = [
      [1, false, 200],
      [2, false, 60],
      [4, false, 40],
      [4, true, 60],
    ];
    const eventsOf = (pages: number, order: string | null): Record<string, unknown>[] => [
      ...Array.from({ length: pages }, () => page('/teapot')),
      ...(order ? cart.slice(1) : []),
      { type: 'engagement', ms: 5_000 },
      leave,
      // Paying takes pages that are no depth.
      ...(order
        ? [
            { type: 'begin_checkout' },
            page('/checkout'),
            page('/checkout/pay'),
            { type: 'purchase', orderId: order, value: 120, currency: 'EUR' },
          ]
        : []),
    ];
    for (const [pages, buys, count] of visits) {
      const all = Array.from({ length: count }, (_, n) => eventsOf(pages, buys ? `A${n}` : null));
      while (all.length > 0) await Promise.all(all.splice(0, 20).map((events) => newBrowser(shop).send(events)));
    }
    instance.travel(2 * HOUR);
    const told = await advice();
    expect(told).toMatchObject({
      visits: 360,
      bought: 60,
      enough: true,
      pages: { atLeast: 3 },
      seconds: { atLeast: null },
    });
    expect(told.pages.steps.slice(0, 5)).toEqual([
      { atLeast: 1, visits: 360, bought: 60 },
      { atLeast: 2, visits: 160, bought: 60 },
      { atLeast: 3, visits: 100, bought: 60 },
      { atLeast: 4, visits: 100, bought: 60 },
      { atLeast: 5, visits: 0, bought: 0 },
    ]);
    const step = (pages: number) => told.steps.find((one: { pages: number }) => one.pages === pages);
    expect([step(1), step(2), step(3)].map(({ shown, boughtAnyway }) => [shown, boughtAnyway])).toEqual([
      [360, 60],
      [160, 60],
      [100, 60],
    ]);
    expect(step(3).discount.boughtAnyway).toBe(720);
    const half = await advice('?percent=5');
    expect(half.steps.find((one: { pages: number }) => one.pages === 3).discount.boughtAnyway).toBe(360);
  }, 60_000);

  it('refuses what is no period and no discount', async () => {
    for (const query of [
      '?percent=0',
      '?percent=101',
      '?percent=x',
      '?from=x',
      '?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z',
    ])
      expect([query, (await shop.call('GET', `/v1/rules/advice${query}`)).status]).toEqual([query, 422]);
  });
});
