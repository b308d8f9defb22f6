import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { type Browser, newBrowser } from '../support/visitor.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

describe('when, where and how often a rule may speak', () => {
  let instance: Instance;
  let shop: ShopHandle;

  beforeAll(async () => {
    instance = await startInstance();
  });
  afterAll(() => instance.close());

  /** A shop with this one rule. */
  async function only(change: Record<string, unknown>, about: Record<string, unknown> = {}): Promise<string> {
    shop = await instance.openShop(about);
    return shop.addRule({ quietFor: { shown: '0s' }, code: { reveal: 'screen' }, ...change });
  }
  const configured = async () => (await instance.call('GET', `/v1/config?shop=${shop.siteKey}`)).body.rules;
  const shown = (browser: Browser, rule: string) => browser.send([{ type: 'offer_shown', rule, variant: null }]);
  const hasArm = async (browser: Browser, rule: string) => rule in (await browser.look()).body.visitor.arms;
  const gateOf = async (browser: Browser, rule: string, gate: string) => {
    const { body } = await shop.call('GET', `/v1/explain?visit=${browser.visit}&moment=exit`);
    const told = body.moments[0].rules.find((one: { rule: string }) => one.rule === rule);
    return told.gates.find((one: { gate: string }) => one.gate === gate);
  };
  let people = 0;
  const claim = async (rule: string, browser = newBrowser(shop)) => {
    await browser.look();
    people += 1;
    const { status, body } = await browser.claim(rule, { email: `person${people}@example.com` });
    return status === 200 ? 'taken' : body.code;
  };
  const today = async () => (await instance.db.engine(async (tx) => new Date(tx.now))).toISOString().slice(0, 10);
  const dayAfter = (day: string, days: number) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

  it('reaches pages in its season alone, and is refused out of it', async () => {
    const now = await today();
    const rule = await only(
      { schedule: { startsAt: dayAfter(now, 2), endsAt: dayAfter(now, 3) } },
      { timezone: 'UTC' },
    );
    expect(await configured()).toEqual([]);
    const browser = newBrowser(shop);
    expect(await claim(rule, browser)).toBe('not_eligible');
    expect(await gateOf(browser, rule, 'schedule')).toMatchObject({ open: false, value: { endsAt: dayAfter(now, 3) } });
    instance.travel(2 * DAY);
    expect((await configured()).map(({ id }: { id: string }) => id)).toEqual([rule]);
    expect(await claim(rule)).toBe('taken');
    instance.travel(2 * DAY);
    expect(await configured()).toEqual([]);
    expect(await claim(rule)).toBe('not_eligible');
  });

  it('tells pages its weekdays, hours and pages in its condition, and asks for them itself at a claim', async () => {
    const hour = (await instance.db.engine(async (tx) => new Date(tx.now))).getUTCHours();
    const hours = { from: (hour + 2) % 24, to: (hour + 3) % 24 };
    const rule = await only({ schedule: { hours }, pages: { include: ['/teapot'] } }, { timezone: 'UTC' });
    const [told] = await configured();
    expect(Object.keys(told)).not.toEqual(expect.arrayContaining(['schedule', 'pages', 'caps']));
    expect(JSON.stringify(told.when)).toMatch(/"hour".*"path".*"pages"/);
    expect(await claim(rule)).toBe('not_eligible');
    instance.travel(2 * HOUR);
    expect(await claim(rule)).toBe('taken');
    const elsewhere = newBrowser(shop);
    await elsewhere.look();
    await elsewhere.send([{ type: 'page_view', url: 'https://shop.example/about', path: '/about' }]);
    expect((await elsewhere.claim(rule, { email: 'elsewhere@example.com' })).body.code).toBe('not_eligible');
  });

  it('is withheld from a visitor who has seen it often enough, and no one else', async () => {
    const rule = await only({ caps: { perVisit: 1, perVisitor: 2 } });
    const ann = newBrowser(shop);
    expect(await hasArm(ann, rule)).toBe(true);
    expect(rule in (await shown(ann, rule)).body.visitor.arms).toBe(false);
    expect(await gateOf(ann, rule, 'caps')).toMatchObject({ open: false, value: { perVisit: 1, perVisitor: 1 } });
    expect((await ann.claim(rule, { email: 'ann@example.com' })).status).toBe(200);
    instance.travel(HOUR);
    const again = newBrowser(shop, { visitor: ann.visitor });
    expect(await hasArm(again, rule)).toBe(true);
    await shown(again, rule);
    instance.travel(HOUR);
    expect(await hasArm(newBrowser(shop, { visitor: ann.visitor }), rule)).toBe(false);
    expect(await hasArm(newBrowser(shop), rule)).toBe(true);
  });

  it('counts all rules against the shop’s limit, and forgets', async () => {
    const rule = await only({}, { limits: { codesPerRange: null, offersPerVisitor: { count: 2, days: 3 } } });
    const other = await shop.addRule({ quietFor: { shown: '0s' } });
    const ann = newBrowser(shop);
    await ann.look();
    await shown(ann, rule);
    expect(await hasArm(ann, rule)).toBe(true);
    await shown(ann, other);
    const { body } = await ann.look();
    expect(Object.keys(body.visitor.arms)).toEqual([]);
    expect(await gateOf(ann, rule, 'limit')).toEqual({
      gate: 'limit',
      open: false,
      value: { count: 2, days: 3, shown: 2 },
    });
    instance.travel(3 * DAY + HOUR);
    expect(await hasArm(newBrowser(shop, { visitor: ann.visitor }), rule)).toBe(true);
  });

  it('is gone when its total is taken, but for those who have taken it', async () => {
    const rule = await only({ caps: { total: 2 } });
    const first = newBrowser(shop);
    expect(await claim(rule, first)).toBe('taken');
    expect(await configured()).toHaveLength(1);
    expect(await claim(rule)).toBe('taken');
    expect(await configured()).toEqual([]);
    expect(await claim(rule)).toBe('capped');
    expect(await claim(rule, first)).toBe('taken');
  });

  it('comes back the next day when it was the day’s share', async () => {
    const rule = await only({ caps: { perDay: 1 } });
    expect([await claim(rule), await claim(rule)]).toEqual(['taken', 'capped']);
    instance.travel(DAY);
    expect([await configured(), await claim(rule)]).toEqual([[expect.objectContaining({ id: rule })], 'taken']);
  });

  it('gives its last places once, however many claim at the same time', async () => {
    const rule = await only({ caps: { total: 3 } });
    const outcomes = await Promise.all(Array.from({ length: 24 }, () => claim(rule)));
    expect(outcomes.sort()).toEqual([...Array<string>(21).fill('capped'), ...Array<string>(3).fill('taken')]);
  });

  it('keeps quiet after a purchase unless it says otherwise', async () => {
    const quiet = await only({});
    const loud = await shop.addRule({ afterPurchase: true, code: { reveal: 'screen' } });
    const buyer = newBrowser(shop);
    await buyer.look();
    await buyer.send([{ type: 'purchase', orderId: 'P1' }]);
    expect([await claim(quiet, buyer), await claim(loud, buyer)]).toEqual(['purchased', 'taken']);
    const told = (await configured()).map(({ id, afterPurchase }: Record<string, unknown>) => [id, afterPurchase]);
    expect(Object.fromEntries(told)).toEqual({ [quiet]: undefined, [loud]: true });
  });
});
