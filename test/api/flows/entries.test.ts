/** Who enters which flow, when, and who doesn't: through the doors that shops and pages use. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../../support/shop.ts';
import { LAMP, newBrowser, TEAPOT } from '../../support/visitor.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.close());

/** A shop of its own for each case, so that only the case's flows run. */
const fresh = async (...flows: Record<string, unknown>[]): Promise<void> => {
  shop = await instance.openShop({ sending: { dailyCap: null, quietHours: null } });
  for (const flow of flows) {
    const { status, text } = await shop.call('POST', '/v1/flows', { steps: [{ send: 'reminder-1' }], ...flow });
    expect([status, text]).toEqual([201, expect.anything()]);
  }
};

const form = (
  change: Record<string, unknown> = {},
  { visitor, visit }: { visitor: string; visit: string } = { visitor: randomUUID(), visit: randomUUID() },
) =>
  shop.page('/v1/forms', {
    shop: shop.siteKey,
    visitor,
    visit,
    kind: 'subscribe',
    email: 'ann@example.com',
    item: TEAPOT,
    consent: { data: true, marketing: true, text: 'I agree.' },
    ...change,
  });

const order = (change: Record<string, unknown> = {}) =>
  shop.call('POST', '/v1/orders', {
    id: 'A1',
    status: 'placed',
    email: 'ann@example.com',
    total: 42,
    currency: 'EUR',
    items: [{ id: 'teapot', title: 'Teapot', price: 42, url: TEAPOT.url }],
    placedAt: new Date(instance.deps.now()).toISOString(),
    ...change,
  });

/** What the contact's chains have come to: "flow: status reason, letters". */
async function trail(email = 'ann@example.com'): Promise<string[]> {
  await instance.tick();
  const { body } = await shop.call('GET', `/v1/messages?contact=${encodeURIComponent(email)}`);
  return body.data.map(
    (one: { flow: string; letter: string; status: string; chain: { status: string } }) =>
      `${one.flow}: ${one.letter} ${one.status}`,
  );
}

describe('what happens to people', () => {
  it('lets those in who subscribe, once', async () => {
    await fresh({ key: 'welcome', entry: { on: 'subscribed' } });
    await form();
    await form();
    expect(await trail()).toEqual(['welcome: reminder-1 sent']);
  });

  it('lets in by the kind of form', async () => {
    await fresh(
      { key: 'guide', entry: { on: 'form_submitted', form: 'download' } },
      { key: 'any', entry: { on: 'form_submitted' } },
      { key: 'joined', entry: { on: 'registered' } },
    );
    await form({ kind: 'download' });
    expect((await trail()).sort()).toEqual(['any: reminder-1 sent', 'guide: reminder-1 sent']);
    instance.travel(11 * 60_000);
    await form({ kind: 'sign_up' });
    expect((await trail()).sort()).toEqual([
      'any: reminder-1 sent',
      'any: reminder-1 sent',
      'guide: reminder-1 sent',
      'joined: reminder-1 sent',
    ]);
  });

  it('answers one address once in ten minutes, whoever keeps sending the form', async () => {
    await fresh({ key: 'guide', purpose: 'transactional', entry: { on: 'form_submitted' } });
    for (let turn = 0; turn < 4; turn += 1) await form({ kind: 'download', email: 'eager@example.com' });
    expect((await trail('eager@example.com')).sort()).toEqual([
      'guide: reminder-1 sent',
      ...Array(3).fill('guide: reminder-1 suppressed'),
    ]);
  });

  it('lets nobody into marketing without their consent', async () => {
    await fresh({ key: 'guide', entry: { on: 'form_submitted' } });
    await form({ consent: { data: true, marketing: false, text: '' } });
    expect(await trail()).toEqual([]);
  });

  it('tells of an order and each of its states, once', async () => {
    await fresh(
      { key: 'thanks', purpose: 'transactional', entry: { on: 'order_placed' } },
      { key: 'shipped', purpose: 'transactional', entry: { on: 'order_status', status: 'shipped' } },
      { key: 'delivered', purpose: 'transactional', entry: { on: 'order_delivered' } },
    );
    await order();
    await order();
    expect(await trail()).toEqual(['thanks: reminder-1 sent']);
    await order({ status: 'shipped' });
    await order({ status: 'shipped' });
    await order({ status: 'delivered' });
    expect((await trail()).sort()).toEqual([
      'delivered: reminder-1 sent',
      'shipped: reminder-1 sent',
      'thanks: reminder-1 sent',
    ]);
  });

  it('asks the filter', async () => {
    await fresh({ key: 'loyal', purpose: 'transactional', entry: { on: 'order_placed' }, filter: ['orders', '>=', 2] });
    await order();
    expect(await trail()).toEqual([]);
    await order({ id: 'A2' });
    expect(await trail()).toEqual(['loyal: reminder-1 sent']);
  });

  it('waits for re-entry', async () => {
    await fresh({ key: 'thanks', purpose: 'transactional', entry: { on: 'order_placed' }, reentry: '7d' });
    await order();
    await order({ id: 'A2' });
    expect(await trail()).toEqual(['thanks: reminder-1 sent']);
    instance.travel(7 * DAY);
    await order({ id: 'A3' });
    expect(await trail()).toEqual(['thanks: reminder-1 sent', 'thanks: reminder-1 sent']);
  });

  it('keeps to the bounds of a flow’s time', async () => {
    const now = instance.deps.now();
    await fresh(
      {
        key: 'later',
        purpose: 'transactional',
        entry: { on: 'order_placed' },
        startsAt: new Date(now + 400 * DAY).toISOString(),
      },
      {
        key: 'over',
        purpose: 'transactional',
        entry: { on: 'order_placed' },
        endsAt: new Date(now - DAY).toISOString(),
      },
      {
        key: 'now',
        purpose: 'transactional',
        entry: { on: 'order_placed' },
        endsAt: new Date(now + 400 * DAY).toISOString(),
      },
    );
    await order();
    expect(await trail()).toEqual(['now: reminder-1 sent']);
  });
});

describe('an offer whose flow lets nobody in', () => {
  const bounds = [
    ['is over', { endsAt: -DAY }, { endsAt: DAY }],
    ['has not begun', { startsAt: DAY }, { startsAt: -DAY }],
  ] as const;
  const now = () => instance.db.engine(async (tx) => tx.now);
  const moment = async (change: Record<string, number>) => {
    const base = await now();
    return Object.fromEntries(Object.entries(change).map(([field, ms]) => [field, new Date(base + ms).toISOString()]));
  };

  it.each(bounds)('is neither made nor given: the flow %s', async (_name, shut, open) => {
    instance.travel(DAY);
    await fresh({ key: 'season', ...(await moment(shut)) });
    const rule = await shop.addRule({ flow: 'season' });
    const offered = async () =>
      (await shop.call('GET', `/v1/config?shop=${shop.siteKey}`)).body.rules.map(({ id }: { id: string }) => id);
    const browser = newBrowser(shop);
    await browser.look();
    const refused = await browser.claim(rule);
    expect([refused.status, refused.body.code, await offered()]).toEqual([409, 'not_eligible', []]);
    expect(await trail()).toEqual([]);
    await shop.call('PATCH', '/v1/flows/season', await moment(open));
    expect([(await browser.claim(rule)).status, await offered()]).toEqual([200, [rule]]);
    expect(await trail()).toEqual(['season: reminder-1 sent']);
  });

  it.each(bounds)('begins nothing in a simulation: the flow %s', async (_name, shut) => {
    await fresh({ key: 'season' });
    const { body } = await shop.call('POST', '/v1/flows/season/simulate', {
      flow: await moment(shut),
      events: [{ at: new Date(await now()).toISOString(), on: 'offer_accepted' }],
    });
    expect(body.plan.map((line: { do: string; reason: string }) => [line.do, line.reason])).toEqual([
      ['keep_out', 'endsAt' in shut ? 'ended' : 'not_started'],
    ]);
  });
});

describe('what doesn’t happen', () => {
  const CART = { type: 'add_to_cart', item: TEAPOT, quantity: 1 };

  it('reminds of a left cart an hour after the last act, on the items in it', async () => {
    await fresh({ key: 'cart', entry: { on: 'cart_abandoned' } });
    const browser = newBrowser(shop);
    await browser.look();
    await form({ item: undefined }, browser);
    await browser.send([CART]);
    instance.travel(40 * MINUTE);
    await browser.send([{ type: 'engagement', ms: 1_000 }]);
    instance.travel(40 * MINUTE);
    expect(await trail()).toEqual([]);
    instance.travel(21 * MINUTE);
    expect(await trail()).toEqual(['cart: reminder-1 sent']);
  });

  it('reminds nobody who bought', async () => {
    await fresh({ key: 'cart', entry: { on: 'cart_abandoned' } }, { key: 'browse', entry: { on: 'browse_abandoned' } });
    const browser = newBrowser(shop);
    await browser.look();
    await form({ item: undefined }, browser);
    await browser.send([CART]);
    await order({ visitor: browser.visitor });
    instance.travel(5 * HOUR);
    expect(await trail()).toEqual([]);
  });

  it('tells looking from carting', async () => {
    await fresh({ key: 'cart', entry: { on: 'cart_abandoned' } }, { key: 'browse', entry: { on: 'browse_abandoned' } });
    const browser = newBrowser(shop);
    await browser.look();
    await form({ item: undefined }, browser);
    instance.travel(5 * HOUR);
    expect(await trail()).toEqual(['browse: reminder-1 sent']);
  });

  it('misses who stays away', async () => {
    await fresh({ key: 'absent', entry: { on: 'absent', after: '30d' } });
    const browser = newBrowser(shop);
    await browser.look();
    await form({ item: undefined }, browser);
    instance.travel(29 * DAY);
    const again = newBrowser(shop, { visitor: browser.visitor });
    await again.look();
    instance.travel(29 * DAY);
    expect(await trail()).toEqual([]);
    instance.travel(2 * DAY);
    expect(await trail()).toEqual(['absent: reminder-1 sent']);
  });

  it('leaves carts alone while reminders of an offer run, and lets a welcome wait for them', async () => {
    await fresh(
      { key: 'cart', intent: 'leaving', entry: { on: 'cart_abandoned' } },
      { key: 'welcome', intent: 'welcome', entry: { on: 'subscribed' } },
    );
    const rule = await shop.addRule();
    const browser = newBrowser(shop);
    await browser.look();
    await browser.send([CART]);
    expect((await browser.claim(rule)).status).toBe(200);
    instance.travel(2 * HOUR);
    expect(await trail()).toEqual(['discount-reminder: offer sent']);
    instance.travel(10 * DAY);
    await instance.tick();
    instance.travel(10 * DAY);
    await instance.tick();
    instance.travel(10 * DAY);
    expect((await trail()).filter((one) => one.startsWith('welcome'))).toEqual(['welcome: reminder-1 sent']);
  });
});

describe('a code that is given', () => {
  const WATCH = {
    key: 'watch',
    entry: { on: 'code_issued' },
    stopOn: ['redeemed'],
    steps: [{ wait: '2d' }, { send: 'code-expiring' }],
  };
  const carried = async (): Promise<{ flow: string; code: string | null; percent: number }[]> => {
    await instance.tick();
    return instance.db.engine(
      ({ sql }) => sql`
        select flow_key as flow, code.code, (e.offer->>'value')::int as percent from enrollment e
        left join code on code.shop_id = e.shop_id and code.id = e.code_id
        where e.shop_id = ${shop.id} and flow_key = 'watch' order by e.entered_at`,
    );
  };

  it('lets in by a rule’s code, once however often it is claimed, and the letters carry it', async () => {
    await fresh({ ...WATCH });
    const rule = await shop.addRule();
    const browser = newBrowser(shop);
    await browser.look();
    for (let turn = 0; turn < 2; turn += 1) expect((await browser.claim(rule)).status).toBe(200);
    expect(await carried()).toEqual([{ flow: 'watch', code: expect.any(String), percent: 10 }]);
    instance.travel(2 * DAY + HOUR);
    await instance.tick();
    const { body } = await shop.call('GET', `/v1/messages?contact=${encodeURIComponent('ann@example.com')}`);
    const watched = body.data.filter(({ flow }: { flow: string }) => flow === 'watch');
    expect(watched.map(({ letter, status }: { letter: string; status: string }) => [letter, status])).toEqual([
      ['code-expiring', 'sent'],
    ]);
  });

  it('lets in by the code of another flow’s step, and not by a code that they had', async () => {
    await fresh(WATCH, {
      key: 'gift',
      purpose: 'transactional',
      entry: { on: 'order_placed' },
      steps: [{ issue: { kind: 'percent', value: 7 } }, { send: 'thanks' }],
    });
    await form();
    await order();
    await order({ id: 'A2' });
    expect(await carried()).toEqual([{ flow: 'watch', code: expect.any(String), percent: 7 }]);
  });
});

describe('steps that listen, branch and act', () => {
  it('goes on as soon as it is heard', async () => {
    await fresh({
      key: 'welcome',
      entry: { on: 'subscribed' },
      stopOn: ['unsubscribed'],
      steps: [
        { send: 'offer' },
        {
          waitFor: {
            event: 'purchased',
            timeout: '3d',
            then: [{ send: 'reminder-2' }],
            else: [{ send: 'last-chance' }],
          },
        },
      ],
    });
    await form();
    await form({ email: 'bob@example.com' });
    expect(await trail()).toEqual(['welcome: offer sent']);
    instance.travel(DAY);
    await order();
    expect(await trail()).toEqual(['welcome: offer sent', 'welcome: reminder-2 sent']);
    expect(await trail('bob@example.com')).toEqual(['welcome: offer sent']);
    instance.travel(3 * DAY);
    expect(await trail('bob@example.com')).toEqual(['welcome: offer sent', 'welcome: last-chance sent']);
    expect(await trail()).toEqual(['welcome: offer sent', 'welcome: reminder-2 sent']);
  });

  it('tags, branches on what is known by then, and issues a code that its letters carry', async () => {
    await fresh({
      key: 'welcome',
      entry: { on: 'subscribed' },
      steps: [
        { tag: { add: ['new', 'friend'], remove: ['lost'] } },
        { wait: '0s' },
        { branch: { if: ['orders', '=', 0], then: [{ issue: { kind: 'percent', value: 5, expiresIn: '3d' } }] } },
        { send: 'offer' },
        { wait: '1d' },
        {
          branch: {
            if: ['tags', 'contains', 'friend'],
            then: [{ send: 'reminder-1' }],
            else: [{ send: 'reminder-2' }],
          },
        },
      ],
    });
    expect((await form()).text).toBe('{"status":"received"}');
    expect(await trail()).toEqual(['welcome: offer sent']);
    const [row] = await instance.db.engine(
      ({ sql }) => sql<{ code: string; text: string; tags: string[] }[]>`
        select code.code, inbox_letter.text, contact.tags from code, inbox_letter, contact
        where code.shop_id = ${shop.id} and inbox_letter.shop_id = ${shop.id} and contact.shop_id = ${shop.id}`,
    );
    expect(row?.text).toContain(row?.code);
    expect(row?.tags).toEqual(['new', 'friend']);
    instance.travel(DAY);
    expect(await trail()).toEqual(['welcome: offer sent', 'welcome: reminder-1 sent']);
  });

  it('doubles nothing when the tick runs in several places at once', async () => {
    await fresh({ key: 'browse', entry: { on: 'browse_abandoned' } });
    for (let person = 0; person < 20; person += 1) {
      const browser = newBrowser(shop);
      await browser.look();
      await form({ email: `p${person}@example.com`, kind: 'download' }, browser);
    }
    instance.travel(5 * HOUR);
    await Promise.all([instance.tick(), instance.tick(), instance.tick()]);
    const [row] = await instance.db.engine(
      ({ sql }) => sql<{ chains: number; letters: number }[]>`
        select count(distinct enrollment_id) as chains, count(*) as letters from message where shop_id = ${shop.id}`,
    );
    expect(row).toEqual({ chains: 20, letters: 20 });
  });
});

it('carries the items of the cart', async () => {
  await fresh({ key: 'cart', entry: { on: 'cart_abandoned' } });
  const browser = newBrowser(shop);
  await browser.look();
  await form({ item: undefined }, browser);
  await browser.send([{ type: 'add_to_cart', item: LAMP, quantity: 1 }]);
  instance.travel(2 * HOUR);
  await instance.tick();
  const [row] = await instance.db.engine(
    ({ sql }) => sql<{ items: { id: string }[] }[]>`select items from enrollment where shop_id = ${shop.id}`,
  );
  expect(row?.items.map((item) => item.id)).toEqual(['lamp', 'teapot']);
});
