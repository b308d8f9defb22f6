import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { type Browser, newBrowser } from '../support/visitor.ts';

const DAY = 86_400_000;

let instance: Instance;
let shop: ShopHandle;
let rule: string;
let people = 0;

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop();
  rule = await shop.addRule();
});
afterAll(() => instance.close());

const newEmail = (): string => `person-${++people}@example.com`;
const proofOf = (email: string) => createHmac('sha256', shop.identitySecret).update(email).digest('hex');
const identify = (email: string) => ({ type: 'identify', email, proof: proofOf(email) });
const decline = (which = rule) => ({ type: 'offer_declined', rule: which, variant: null });

/** A new visit of the same browser that has looked at something. */
async function back(before: Browser): Promise<Browser> {
  const browser = newBrowser(shop, { visitor: before.visitor });
  await browser.look();
  return browser;
}

/** The code of the refusal, or "shown". */
async function outcome(browser: Browser, which = rule): Promise<string> {
  const { status, body } = await browser.claim(which, { email: newEmail() });
  return status === 200 ? 'shown' : body.code;
}

async function order(change: Record<string, unknown>): Promise<void> {
  const now = await instance.db.engine(async (tx) => tx.now);
  const body = {
    id: `G${++people}`,
    status: 'paid',
    total: 5,
    currency: 'EUR',
    placedAt: new Date(now).toISOString(),
    ...change,
  };
  const { status, text } = await shop.call('POST', '/v1/orders', body);
  if (status !== 201) throw new Error(text);
}

describe('after a refusal', () => {
  it('keeps quiet for 30 days, to the second', async () => {
    const browser = newBrowser(shop);
    await browser.look();
    await browser.send([decline()]);
    expect(await outcome(browser)).toBe('refused');
    instance.travel(29 * DAY);
    expect(await outcome(await back(browser))).toBe('refused');
    instance.travel(DAY - 60_000);
    expect(await outcome(await back(browser))).toBe('refused');
    instance.travel(61_000);
    expect(await outcome(await back(browser))).toBe('shown');
  });

  it('keeps quiet for as long as the rule says, and for every rule', async () => {
    const patient = await shop.addRule({ quietFor: { refused: '2h' } });
    const browser = newBrowser(shop);
    await browser.look();
    await browser.send([decline()]);
    expect(await outcome(browser, patient)).toBe('refused');
    instance.travel(2 * 3_600_000 + 1_000);
    expect([await outcome(browser, patient), await outcome(browser)]).toEqual(['shown', 'refused']);
  });

  it('keeps quiet on the person’s other device, known by proof', async () => {
    const email = newEmail();
    await order({ email, placedAt: new Date(0).toISOString() });
    const phone = newBrowser(shop);
    await phone.look();
    await phone.send([identify(email)]);
    await phone.send([decline()]);
    const laptop = newBrowser(shop);
    await laptop.look();
    expect((await laptop.send([identify(email)])).body.visitor.refusedAt).toEqual(expect.any(String));
    expect(await outcome(laptop)).toBe('refused');
    instance.travel(30 * DAY + 1_000);
    expect(await outcome(await back(laptop))).toBe('shown');
  });

  it('keeps quiet also where the device that refused is known only later, by an order', async () => {
    const email = newEmail();
    const phone = newBrowser(shop);
    await phone.look();
    await phone.send([decline()]);
    await order({ email, visitor: phone.visitor });
    const laptop = newBrowser(shop);
    await laptop.look();
    await laptop.send([identify(email)]);
    instance.travel(DAY);
    expect(await outcome(await back(laptop))).toBe('refused');
  });

  it('keeps quiet on the person’s other device when the one that refused had claimed their address first', async () => {
    const email = newEmail();
    const phone = newBrowser(shop);
    await phone.look();
    await phone.claim(rule, { email });
    await phone.send([decline()]);
    const laptop = newBrowser(shop);
    await laptop.look();
    await laptop.send([identify(email)]);
    expect(await outcome(laptop)).toBe('refused');
  });

  it('of a stranger who types a known address hushes nobody else', async () => {
    const email = newEmail();
    await order({ email, placedAt: new Date(0).toISOString() });
    const stranger = newBrowser(shop);
    await stranger.look();
    await stranger.claim(rule, { email });
    await stranger.send([decline()]);
    const owner = newBrowser(shop);
    await owner.look();
    await owner.send([identify(email)]);
    expect(await outcome(owner)).toBe('shown');
  });

  it('tells a stranger who types the address nothing', async () => {
    const email = newEmail();
    const owner = newBrowser(shop);
    await owner.look();
    await order({ email, visitor: owner.visitor });
    await owner.send([decline()]);
    const stranger = newBrowser(shop);
    await stranger.look();
    expect((await stranger.claim(rule, { email })).body).toEqual({ status: 'sent' });
    expect((await stranger.look()).body.visitor).toMatchObject({ refusedAt: null, purchasedAt: null });
    await stranger.send([decline()]);
    expect(await outcome(await back(stranger))).toBe('refused');
  });
});

describe('after a purchase in the visit', () => {
  it('keeps quiet until the next visit', async () => {
    const browser = newBrowser(shop);
    await browser.look();
    await browser.send([{ type: 'purchase', orderId: 'W1' }]);
    expect(await outcome(browser)).toBe('purchased');
    instance.travel(3_600_000);
    expect(await outcome(await back(browser))).toBe('shown');
  });

  it.each(['by the visitor', 'by the address'])('keeps quiet when the shop’s server tells of it %s', async (by) => {
    const email = newEmail();
    const browser = newBrowser(shop);
    await browser.look();
    await order({ email, placedAt: new Date(0).toISOString() });
    await browser.send([identify(email)]);
    await order(by === 'by the visitor' ? { visitor: browser.visitor } : { email });
    expect(await outcome(browser)).toBe('purchased');
    expect((await shop.call('GET', `/v1/visits/${browser.visit}`)).body.facts.purchased).toBe(true);
  });

  it('speaks after an order that was cancelled', async () => {
    const browser = newBrowser(shop);
    await browser.look();
    await order({ visitor: browser.visitor, status: 'cancelled' });
    expect(await outcome(browser)).toBe('shown');
  });
});

describe('after an offer was shown', () => {
  it('is still claimed, though pages would wait a day to show it again', async () => {
    const browser = newBrowser(shop);
    await browser.look();
    const answer = await browser.send([{ type: 'offer_shown', rule, variant: null }]);
    expect(Object.keys(answer.body.visitor.shown)).toEqual([rule]);
    const explained = (await shop.call('GET', `/v1/explain?visit=${browser.visit}&moment=exit`)).body.moments[0];
    const gates = explained.rules.find((one: { rule: string }) => one.rule === rule).gates;
    expect(gates.filter((one: { open: boolean }) => !one.open)).toEqual([
      { gate: 'shown', open: false, value: expect.stringMatching(/Z$/) },
    ]);
    expect(await outcome(browser)).toBe('shown');
  });

  it('of a forged page, a visitor’s memory does not grow without end', async () => {
    const browser = newBrowser(shop);
    const shown = Array.from({ length: 120 }, () => ({
      type: 'offer_shown',
      rule: crypto.randomUUID(),
      variant: null,
    }));
    const { body } = await browser.send(shown);
    expect(Object.keys(body.visitor.shown)).toHaveLength(50);
  });
});
