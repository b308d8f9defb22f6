import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { referralLink } from '../../api/actions/referrals/refer-friends.ts';
import { rewardSenders } from '../../api/actions/referrals/reward-senders.ts';
import { createApp } from '../../api/app.ts';
import { type Answered, type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PEOPLE = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0', 'accept-language': 'en' };

let instance: Instance;

beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.close());

/** A shop of which friends tell friends. */
async function openShop(change: Record<string, unknown> = {}, referral: Record<string, unknown> = {}) {
  const shop = await instance.openShop({ confirm: 'never', sending: { quietHours: null, dailyCap: null }, ...change });
  await shop.call('PATCH', '/v1/shop', { referral: { enabled: true, ...referral } });
  return shop;
}

/** The path behind a sender's link. */
async function linkOf(shop: ShopHandle, email: string): Promise<string> {
  const { body } = await shop.call('POST', '/v1/referrals', { email });
  return new URL(body.link).pathname;
}

const open = (path: string, headers: Record<string, string> = {}): Promise<Answered> =>
  instance.call('GET', path, undefined, { ...PEOPLE, ...headers });

const ask = (
  path: string,
  email: string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Answered> =>
  instance.call('POST', path, new URLSearchParams({ email, ...fields }).toString(), {
    ...PEOPLE,
    'content-type': 'application/x-www-form-urlencoded',
    ...headers,
  });

/** What lies in this mailbox, oldest first. */
async function mailOf(email: string): Promise<{ subject: string; text: string }[]> {
  await instance.tick();
  return instance.db.engine(
    ({ sql }) =>
      sql<
        { subject: string; text: string }[]
      >`select subject, text from inbox_letter where recipient = ${email} order by at, id`,
  );
}

const codeIn = (text: string | undefined): string => /[0-9A-Z]{5}-[0-9A-Z]{6}/.exec(text ?? '')?.[0] ?? '';

async function codeOf(email: string): Promise<string> {
  return codeIn((await mailOf(email)).at(-1)?.text);
}

const order = (shop: ShopHandle, change: Record<string, unknown>): Promise<Answered> =>
  shop.call('POST', '/v1/orders', {
    id: randomUUID(),
    status: 'paid',
    total: 90,
    currency: 'EUR',
    items: [{ id: 'teapot', price: 100 }],
    codes: [],
    placedAt: '2026-11-22T09:30:00Z',
    ...change,
  });

const friendsOf = async (shop: ShopHandle, sender: string) =>
  (await shop.call('GET', `/v1/referrals?contact=${encodeURIComponent(sender)}`)).body.friends;

const standOf = async (shop: ShopHandle, sender: string): Promise<string[]> =>
  (await friendsOf(shop, sender)).map(({ status, reason }: { status: string; reason: string | null }) =>
    reason ? `${status} ${reason}` : status,
  );

const refusalsOf = async (shop: ShopHandle): Promise<Record<string, [number, number]>> =>
  Object.fromEntries(
    (await shop.call('GET', '/v1/reports/referrals')).body.refused.map(
      ({ reason, asked, ordered }: { reason: string; asked: number; ordered: number }) => [reason, [asked, ordered]],
    ),
  );

/** A sender with a friend who has the code, by names of their own. */
async function invited(shop: ShopHandle, name: string) {
  const sender = `${name}@example.com`;
  const friend = `friend-of-${name}@example.com`;
  const path = await linkOf(shop, sender);
  await ask(path, friend);
  return { sender, friend, path, code: await codeOf(friend) };
}

describe('a friend brought by a link', () => {
  it('gets a code, and brings the sender a reward once the order stays', async () => {
    const shop = await openShop();
    const path = await linkOf(shop, 'ann@example.com');
    expect(path).toMatch(/^\/r\/[0-9a-z]{11}$/);
    const page = await open(path);
    expect([page.status, page.text]).toEqual([
      200,
      expect.stringContaining('<h1>A friend sends you 10% off at Lamp &amp; Leaf</h1>'),
    ]);
    expect((await ask(path, 'Bob@Example.com')).text).toContain('Please check your mail');
    const [letter] = await mailOf('Bob@example.com');
    expect(letter?.subject).toBe('A friend sends you 10% off at Lamp & Leaf');
    const code = codeIn(letter?.text);
    expect(code).not.toBe('');
    expect(await standOf(shop, 'ann@example.com')).toEqual(['claimed']);

    const bought = { id: 'F1', email: 'bob@example.com', codes: [code] };
    await order(shop, { ...bought, status: 'placed' });
    expect(await standOf(shop, 'ann@example.com')).toEqual(['ordered']);
    await order(shop, bought);
    const [waiting] = await friendsOf(shop, 'ann@example.com');
    expect([waiting.status, waiting.order, waiting.reward]).toEqual(['confirmed', 'F1', null]);

    instance.travel(13 * DAY);
    await instance.tick();
    expect(await standOf(shop, 'ann@example.com')).toEqual(['confirmed']);
    instance.travel(DAY + HOUR);
    await instance.tick();
    const [earned] = await friendsOf(shop, 'ann@example.com');
    expect(earned).toMatchObject({ status: 'rewarded', reason: null, reward: { status: 'issued' } });
    // Rewards are told in the morning.
    instance.travel(DAY);
    const [thanks] = await mailOf('ann@example.com');
    // It brings the link again, for the next friend.
    expect(thanks?.text).toContain(`https://linger.example${path}\n`);
    expect([thanks?.subject, codeIn(thanks?.text)]).toEqual([
      'Your friend has ordered: 10% off for you',
      earned.reward.code,
    ]);

    const used = await shop.call('POST', `/v1/codes/${earned.reward.code}/redeem`, { orderId: 'S1', total: 50 });
    expect([used.status, used.body.discount]).toEqual([200, 5]);
    const { body } = await shop.call('GET', '/v1/reports/referrals');
    expect(body).toMatchObject({
      links: 1,
      opened: 1,
      claimed: 1,
      ordered: 1,
      confirmed: 1,
      rewarded: 1,
      refused: [],
      revenue: 90,
      discount: 10,
      rewardDiscount: 5,
    });
  });

  it('who pays later and gets the goods later is waited for from the latest news on', async () => {
    const shop = await openShop();
    const { sender, friend, code } = await invited(shop, 'later');
    const tell = (status: string) => order(shop, { id: 'F1', email: friend, codes: [code], status });
    for (const status of ['placed', 'shipped', 'paid', 'shipped', 'delivered']) {
      await tell(status);
      instance.travel(10 * DAY);
    }
    await instance.tick();
    expect(await standOf(shop, sender)).toEqual(['confirmed']);
    await tell('delivered');
    instance.travel(4 * DAY);
    await instance.tick();
    expect(await standOf(shop, sender)).toEqual(['rewarded']);
  });

  it('who uses the code at the till before the order is told is found all the same', async () => {
    const shop = await openShop();
    const { sender, friend, code } = await invited(shop, 'till');
    await shop.call('POST', `/v1/codes/${code}/redeem`, { orderId: 'T1', total: 100, email: friend });
    expect(await standOf(shop, sender)).toEqual(['ordered']);
    await order(shop, { id: 'T1', email: friend });
    expect(await standOf(shop, sender)).toEqual(['confirmed']);
  });

  it('who uses it after the order was told, too', async () => {
    const shop = await openShop();
    const { sender, friend, code } = await invited(shop, 'after');
    await order(shop, { id: 'T2', email: friend });
    await shop.call('POST', `/v1/codes/${code}/redeem`, { orderId: 'T2', total: 100, email: friend });
    expect(await standOf(shop, sender)).toEqual(['confirmed']);
  });

  it('has a code that is good for their own address alone', async () => {
    const shop = await openShop();
    const { code, friend } = await invited(shop, 'bound');
    const use = (email?: string) =>
      shop.call('POST', `/v1/codes/${code}/redeem`, { orderId: 'B1', total: 100, ...(email ? { email } : {}) });
    expect([(await use()).body.code, (await use('bound@example.com')).body.code, (await use(friend)).status]).toEqual([
      'code_bound',
      'code_bound',
      200,
    ]);
  });

  it('keeps what was promised, whatever becomes of the program', async () => {
    const shop = await openShop({}, { reward: { kind: 'fixed', value: 7 }, returnTerm: '2d' });
    const { sender, friend, code } = await invited(shop, 'promise');
    await shop.call('PATCH', '/v1/shop', {
      referral: { enabled: false, reward: { kind: 'percent', value: 1 }, returnTerm: '90d' },
    });
    await order(shop, { id: 'P1', email: friend, codes: [code] });
    instance.travel(2 * DAY + HOUR);
    await instance.tick();
    const [earned] = await friendsOf(shop, sender);
    expect(earned.status).toBe('rewarded');
    expect((await shop.call('GET', `/v1/codes/${earned.reward.code}`)).body.offer).toEqual({ kind: 'fixed', value: 7 });
    instance.travel(DAY);
    const [thanks] = await mailOf(sender);
    expect([codeIn(thanks?.text), thanks?.text.includes('/r/')]).toEqual([earned.reward.code, false]);
  });
});

describe('nobody is a friend', () => {
  it('by an alias of their own address', async () => {
    const shop = await openShop();
    const path = await linkOf(shop, 'sly.fox@gmail.com');
    for (const alias of ['slyfox@gmail.com', 'Sly.Fox+1@googlemail.com', 's.l.y.f.o.x@gmail.com'])
      await ask(path, alias);
    await instance.tick();
    expect(await standOf(shop, 'slyfox@gmail.com')).toEqual([]);
    expect(await refusalsOf(shop)).toEqual({ same_address: [3, 0] });
    expect(await mailOf('slyfox@gmail.com')).toEqual([]);
  });

  it('twice, by aliases of another', async () => {
    const shop = await openShop();
    const path = await linkOf(shop, 'alias@example.com');
    await ask(path, 'pal@gmail.com');
    await ask(path, 'p.a.l+2@gmail.com');
    expect(await standOf(shop, 'alias@example.com')).toEqual(['claimed']);
  });

  it('who has bought before, by the same answer', async () => {
    const shop = await openShop();
    await order(shop, { id: 'OLD', email: 'old@example.com' });
    const path = await linkOf(shop, 'customer@example.com');
    const answers = [
      await ask(path, 'old@example.com'),
      await ask(path, 'new@example.com'),
      await ask(path, 'customer@example.com'),
    ];
    const [first] = answers;
    for (const { status, text, headers } of answers)
      expect([status, text, [...headers]]).toEqual([first?.status, first?.text, [...(first?.headers ?? [])]]);
    expect(first?.text).not.toContain('example.com');
    expect([await mailOf('old@example.com'), (await mailOf('new@example.com')).length]).toEqual([[], 1]);
    expect(await refusalsOf(shop)).toEqual({ known: [1, 0], same_address: [1, 0] });
  });

  it('in the sender’s own browser, where its cookie is known', async () => {
    const shop = await openShop();
    const browser = newBrowser(shop);
    await browser.look();
    await order(shop, { id: 'C1', email: 'cookie@example.com', visitor: browser.visitor });
    const path = await linkOf(shop, 'cookie@example.com');
    await ask(
      path,
      'second-self@example.com',
      {},
      {
        origin: 'http://localhost',
        cookie: `linger_${shop.id.slice(0, 8)}=${browser.visitor}`,
      },
    );
    expect(await standOf(shop, 'cookie@example.com')).toEqual([]);
    expect(await refusalsOf(shop)).toEqual({ same_visitor: [1, 0] });
  });

  it('who is brought by somebody else already; an unused invitation that ran out passes on', async () => {
    const shop = await openShop();
    const { sender, friend } = await invited(shop, 'first');
    const second = await linkOf(shop, 'second@example.com');
    await ask(second, friend);
    expect([await standOf(shop, sender), await standOf(shop, 'second@example.com')]).toEqual([['claimed'], []]);
    instance.travel(31 * DAY);
    await ask(second, friend);
    expect([await standOf(shop, sender), await standOf(shop, 'second@example.com')]).toEqual([[], ['claimed']]);
    await instance.tick();
    const codes = await instance.db.engine(
      ({ sql }) => sql<{ status: string }[]>`select status from code where shop_id = ${shop.id} order by issued_at`,
    );
    expect(codes.map(({ status }) => status)).toEqual(['expired', 'issued']);
  });

  it('beyond what one place may ask for, by the same answer', async () => {
    const shop = await openShop({ limits: { codesPerRange: 2 } });
    const path = await linkOf(shop, 'range@example.com');
    const answers = new Set<string>();
    for (const name of ['a', 'b', 'c', 'd']) answers.add((await ask(path, `range-${name}@example.com`)).text);
    expect([answers.size, await standOf(shop, 'range@example.com'), await refusalsOf(shop)]).toEqual([
      1,
      ['claimed', 'claimed'],
      { capped: [2, 0] },
    ]);
  });

  it('with a throw-away address', async () => {
    const shop = await openShop({
      limits: { codesPerRange: null, disposable: 'deny', disposableDomains: ['thrown.example'] },
    });
    const path = await linkOf(shop, 'tidy@example.com');
    await ask(path, 'x@thrown.example');
    expect([await standOf(shop, 'tidy@example.com'), await refusalsOf(shop)]).toEqual([[], { disposable: [1, 0] }]);
  });
});

describe('no reward is earned', () => {
  it.each(['cancelled', 'refunded'])('by an order that is %s within its term', async (status) => {
    const shop = await openShop();
    const { sender, friend, code } = await invited(shop, `back-${status}`);
    const bought = { id: 'R1', email: friend, codes: [code] };
    await order(shop, bought);
    instance.travel(10 * DAY);
    await order(shop, { ...bought, status });
    expect(await standOf(shop, sender)).toEqual([`refused ${status}`]);
    instance.travel(30 * DAY);
    await instance.tick();
    expect([await standOf(shop, sender), await mailOf(sender)]).toEqual([[`refused ${status}`], []]);
  });

  it('unless the friend orders after all: the code works again, and the term begins anew', async () => {
    const shop = await openShop({}, { friend: { kind: 'percent', value: 10 } });
    const { sender, friend, code } = await invited(shop, 'anew');
    await order(shop, { id: 'R1', email: friend, codes: [code] });
    await order(shop, { id: 'R1', email: friend, codes: [code], status: 'refunded' });
    await order(shop, { id: 'R2', email: friend, codes: [code] });
    expect(await standOf(shop, sender)).toEqual(['confirmed']);
    instance.travel(15 * DAY);
    await instance.tick();
    expect(await standOf(shop, sender)).toEqual(['rewarded']);
  });

  it('by an order from the sender’s browser, also when the order is the first to say whose it is', async () => {
    const shop = await openShop();
    const browser = newBrowser(shop);
    await browser.look();
    const { sender, friend, code } = await invited(shop, 'browser');
    await order(shop, { id: 'OWN', email: sender, visitor: browser.visitor, status: 'cancelled' });
    await order(shop, { id: 'V1', email: friend, codes: [code], visitor: browser.visitor });
    expect(await standOf(shop, sender)).toEqual(['refused same_visitor']);
  });

  it('by an order from a browser that was proved to be the sender’s', async () => {
    const shop = await openShop();
    const browser = newBrowser(shop);
    await browser.look();
    const { sender, friend, code } = await invited(shop, 'proved');
    await instance.db.engine(
      ({ sql }) => sql`
        update visitor set contact_id = (select id from contact where shop_id = ${shop.id} and email = ${sender})
        where shop_id = ${shop.id} and id = ${browser.visitor}`,
    );
    await order(shop, { id: 'V2', email: friend, codes: [code], visitor: browser.visitor });
    expect(await standOf(shop, sender)).toEqual(['refused same_visitor']);
  });

  it('by an order to the sender’s telephone, however its number is written', async () => {
    const shop = await openShop();
    const { sender, friend, code } = await invited(shop, 'phone');
    await order(shop, { id: 'OWN', email: sender, phone: '8 (912) 345-67-89' });
    await order(shop, { id: 'F1', email: friend, codes: [code], phone: '+7 912 3456789' });
    expect(await standOf(shop, sender)).toEqual(['refused same_phone']);
  });

  it('by a second order', async () => {
    const shop = await openShop();
    const { sender, friend, code } = await invited(shop, 'twice');
    await order(shop, { id: 'F1', email: friend, placedAt: '2026-11-21T09:30:00Z' });
    await order(shop, { id: 'F2', email: friend, codes: [code] });
    expect(await standOf(shop, sender)).toEqual(['refused not_first_order']);
  });

  it('beyond the month’s cap, which a month later is free again', async () => {
    const shop = await openShop({}, { perMonth: 2, returnTerm: '1d' });
    const path = await linkOf(shop, 'busy@example.com');
    const bring = async (name: string) => {
      const friend = `${name}@busy.example`;
      await ask(path, friend);
      await order(shop, { id: name, email: friend, codes: [await codeOf(friend)] });
    };
    for (const name of ['one', 'two', 'three']) await bring(name);
    instance.travel(2 * DAY);
    await instance.tick();
    expect((await standOf(shop, 'busy@example.com')).sort()).toEqual(['refused month_cap', 'rewarded', 'rewarded']);
    expect(await refusalsOf(shop)).toEqual({ month_cap: [0, 1] });
    instance.travel(31 * DAY);
    await bring('four');
    instance.travel(2 * DAY);
    await instance.tick();
    expect((await standOf(shop, 'busy@example.com'))[0]).toBe('rewarded');
  });

  it('by a sender who is gone', async () => {
    const shop = await openShop({}, { returnTerm: '1d' });
    const { sender, path, friend, code } = await invited(shop, 'gone');
    await order(shop, { id: 'G1', email: friend, codes: [code] });
    await instance.db.engine(({ sql }) => sql`delete from contact where shop_id = ${shop.id} and email = ${sender}`);
    instance.travel(2 * DAY);
    await instance.tick();
    expect([(await open(path)).status, await refusalsOf(shop)]).toEqual([404, { sender_gone: [0, 1] }]);
  });
});

describe('rewards that are due', () => {
  it('are issued once, and never beyond the cap, however many workers look', async () => {
    const shop = await openShop({}, { perMonth: 12, returnTerm: '1d' });
    const senders = ['s1', 's2'];
    const paths = await Promise.all(senders.map((name) => linkOf(shop, `${name}@workers.example`)));
    const friends = paths.flatMap((path, index) =>
      Array.from({ length: 18 }, (_, place) => ({ path, email: `f${index}-${place}@workers.example` })),
    );
    for (const { path, email } of friends) await ask(path, email);
    const codes = await instance.db.engine(
      ({ sql }) =>
        sql<{ code: string; canonical: string }[]>`select code, canonical from code where shop_id = ${shop.id}`,
    );
    expect(codes.length).toBe(36);
    for (const { code, canonical } of codes) await order(shop, { id: canonical, email: canonical, codes: [code] });
    instance.travel(2 * DAY);
    const worker = async (): Promise<void> => {
      while ((await rewardSenders(instance.deps, 3)) > 0) {
        // Until nothing is left for it.
      }
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    await worker();
    const stands = await Promise.all(senders.map((name) => standOf(shop, `${name}@workers.example`)));
    for (const stand of stands) {
      expect(stand.filter((one) => one === 'rewarded').length).toBe(12);
      expect(stand.filter((one) => one === 'refused month_cap').length).toBe(6);
    }
    const [issued] = await instance.db.engine(
      ({ sql }) => sql<{ codes: number; chains: number; rewards: number }[]>`
        select (select count(*) from code where shop_id = ${shop.id} and canonical like 's_@workers.example') as codes,
          (select count(*) from enrollment where shop_id = ${shop.id} and flow_key = 'referral-reward') as chains,
          (select count(distinct reward_id) from referral where shop_id = ${shop.id}) as rewards`,
    );
    expect(issued).toEqual({ codes: 24, chains: 24, rewards: 24 });
  }, 60_000);

  it('come of one code, though the same friend asks by many links at once', async () => {
    const shop = await openShop();
    const paths = await Promise.all(['m1', 'm2', 'm3', 'm4'].map((name) => linkOf(shop, `${name}@example.com`)));
    await Promise.all(Array.from({ length: 20 }, (_, index) => ask(paths[index % 4] ?? '', 'many@example.com')));
    const [count] = await instance.db.engine(
      ({ sql }) => sql<{ codes: number; friends: number }[]>`
        select (select count(*) from code where shop_id = ${shop.id}) as codes,
          (select count(*) from referral where shop_id = ${shop.id}) as friends`,
    );
    expect([count, (await mailOf('many@example.com')).length]).toEqual([{ codes: 1, friends: 1 }, 1]);
  });
});

describe('the link', () => {
  it('is one for each person, whatever they are called by', async () => {
    const shop = await openShop();
    const first = await shop.call('POST', '/v1/referrals', { email: 'ann.lee@gmail.com', name: 'Ann' });
    const again = await shop.call('POST', '/v1/referrals', { email: 'annlee+x@gmail.com' });
    expect([first.status, again.status, again.body]).toEqual([201, 200, first.body]);
    const { contact, link } = first.body;
    expect((await shop.call('GET', `/v1/referrals?contact=${contact}`)).body).toMatchObject({
      link,
      opened: 0,
      friends: [],
    });
    expect(link).not.toMatch(/ann|lee/i);
  });

  it('is the same in a letter as for the shop’s server', async () => {
    const shop = await openShop();
    const { body } = await shop.call('POST', '/v1/referrals', { email: 'letter@example.com' });
    const who = { shopId: shop.id, contactId: body.contact };
    const made = await instance.db.engine((tx) => referralLink(tx, instance.deps, who));
    expect([made.link, made.created]).toEqual([body.link, false]);
  });

  it('is the same by many calls at once', async () => {
    const shop = await openShop();
    const made = await Promise.all(
      Array.from({ length: 50 }, () => shop.call('POST', '/v1/referrals', { email: 'rush@example.com' })),
    );
    expect(new Set(made.map(({ body }) => body.link)).size).toBe(1);
  });

  it('counts what people open, not what previews a message or scans it', async () => {
    const shop = await openShop();
    const path = await linkOf(shop, 'count@example.com');
    await open(path);
    await open(path.toUpperCase().replace('/R/', '/r/'));
    for (const agent of ['WhatsApp/2.23', 'TelegramBot (like TwitterBot)', 'curl/8.0', ''])
      await open(path, { 'user-agent': agent });
    await instance.call('HEAD', path, undefined, PEOPLE);
    expect((await shop.call('GET', '/v1/referrals?contact=count@example.com')).body.opened).toBe(2);
  });

  it('leads nowhere when it is not ours, and to a polite no when the program is off', async () => {
    const shop = await openShop();
    const path = await linkOf(shop, 'off@example.com');
    await shop.call('PATCH', '/v1/shop', { referral: { enabled: false } });
    const lost = await open('/r/00000000000');
    expect([lost.status, lost.text]).toEqual([404, expect.stringContaining('ask your friend')]);
    expect((await ask('/r/00000000000', 'a@example.com')).status).toBe(404);
    const pages = [await open(path), await ask(path, 'late@example.com')];
    for (const { status, text } of pages)
      expect([status, text]).toEqual([200, expect.stringContaining('This invitation is over')]);
    expect((await shop.call('GET', '/v1/referrals?contact=off@example.com')).body).toMatchObject({
      open: false,
      opened: 0,
      friends: [],
    });
  });

  it('shows nothing and changes nothing of another shop', async () => {
    const [own, other] = [await openShop(), await openShop()];
    await invited(own, 'tenant');
    const asked = await other.call('GET', '/v1/referrals?contact=tenant@example.com');
    expect([asked.status, (await other.call('GET', '/v1/reports/referrals')).body.claimed]).toEqual([404, 0]);
  });
});

describe('the page', () => {
  it('runs nothing, is framed by nobody, is indexed and kept by nobody, and tells nothing of who sent it', async () => {
    const shop = await openShop(
      { name: '<script>alert(1)</script>' },
      { friend: { kind: 'fixed', value: 5, minOrder: 30 } },
    );
    const { text, headers } = await open(await linkOf(shop, 'discreet@example.com'));
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect([headers.get('x-robots-tag'), headers.get('cache-control'), headers.get('referrer-policy')]).toEqual([
      'noindex',
      'no-store',
      'no-referrer',
    ]);
    expect(text).not.toMatch(/<script|discreet|@example/);
    expect(text).toContain('It is for your first order of €30 or more.');
  });

  it('speaks the browser’s language, else the shop’s', async () => {
    const shop = await openShop({ locale: 'ru', consent: 'none', name: 'Лампа' });
    const path = await linkOf(shop, 'words@example.com');
    const heard = async (language: string) =>
      /<html lang="(\w+)">/.exec((await open(path, { 'accept-language': language })).text)?.[1];
    expect([await heard('en-GB'), await heard('ru-RU'), await heard('de'), await heard('uk')]).toEqual([
      'en',
      'ru',
      'ru',
      'ru',
    ]);
    const { text } = await open(path, { 'accept-language': 'ru' });
    expect(text).toContain('Друг дарит вам скидку 10\u00a0% в магазине «Лампа»');
  });

  it('asks for consent in as many boxes as the shop’s law wants', async () => {
    const shop = await openShop({ consent: 'both', privacyUrl: 'https://shop.example/privacy' });
    const path = await linkOf(shop, 'boxes@example.com');
    const page = await open(path);
    expect([page.text.match(/type="checkbox"/g)?.length, /<input[^>]* checked/.test(page.text)]).toEqual([2, false]);
    expect(page.text).toContain('href="https://shop.example/privacy"');
    expect((await ask(path, 'half@example.com', { agree: '0' })).text).toContain('We need your consent');
    expect(await standOf(shop, 'boxes@example.com')).toEqual([]);
    const body = 'email=whole%40example.com&agree=0&agree=1';
    await instance.call('POST', path, body, { ...PEOPLE, 'content-type': 'application/x-www-form-urlencoded' });
    expect(await standOf(shop, 'boxes@example.com')).toEqual(['claimed']);
    const kept = await instance.db.engine(
      ({ sql }) => sql<{ purpose: string; granted: boolean; text: string }[]>`
        select purpose, granted, text from consent where shop_id = ${shop.id} order by purpose`,
    );
    expect(kept.map(({ purpose, granted }) => [purpose, granted])).toEqual([
      ['data', true],
      ['marketing', true],
    ]);
    expect(kept[0]?.text).toContain('I agree to my e-mail address being processed for this.');
  });

  it('says what is wrong with an address, without repeating it', async () => {
    const shop = await openShop();
    const path = await linkOf(shop, 'wrong@example.com');
    for (const wrong of [
      '',
      'nobody',
      'a@b',
      'x"><script>alert(1)</script>@example.com',
      'a@example.com\r\nBcc: b@example.com',
    ]) {
      const { status, text } = await ask(path, wrong);
      expect([status, text]).toEqual([200, expect.stringContaining('Please check the address')]);
      expect(text).not.toMatch(/<script|nobody|Bcc/);
    }
  });

  it('answers everybody who asks at the same time after they asked, whatever there was to do', async () => {
    const shop = await openShop();
    const path = await linkOf(shop, 'floor@example.com');
    await order(shop, { id: 'FLOOR', email: 'floor-known@example.com' });
    const floors: number[] = [];
    let clock = 1_000;
    const app = createApp({
      deps: {
        ...instance.deps,
        settings: { ...instance.settings, claimFloorMs: 150 },
        // Ten more each time it is read: once on receipt, once before the answer.
        now: () => {
          clock += 10;
          return clock;
        },
        pause: async (ms) => void floors.push(ms),
      },
      peer: () => '203.0.113.7',
      widgetFile: async () => null,
    });
    for (const body of [
      'email=floor-new%40example.com',
      'email=floor-known%40example.com',
      'email=nobody',
      'email=a%40example.com&hp=x',
    ])
      await app.request(path, {
        method: 'POST',
        body,
        headers: { ...PEOPLE, 'content-type': 'application/x-www-form-urlencoded' },
      });
    expect(floors).toEqual([140, 140, 140, 140]);
  });

  it('takes a form that a machine has filled in without a word', async () => {
    const shop = await openShop();
    const path = await linkOf(shop, 'trap@example.com');
    const { text } = await ask(path, 'robot@example.com', { hp: 'https://spam.example' });
    expect([text.includes('Please check your mail'), await standOf(shop, 'trap@example.com')]).toEqual([true, []]);
  });

  it('tells one address no more often than strangers may ask for', async () => {
    const shop = await openShop();
    const path = await linkOf(shop, 'bomber@example.com');
    for (let time = 0; time < 6; time += 1) {
      await ask(path, 'bombed@example.com');
      instance.travel(HOUR / 10);
    }
    expect((await mailOf('bombed@example.com')).length).toBeLessThanOrEqual(3);
  });

  it('waits for the mailbox’s own word where the shop wants addresses confirmed', async () => {
    const shop = await openShop({ confirm: 'always' });
    const path = await linkOf(shop, 'doi@example.com');
    await ask(path, 'careful@example.com');
    const [question] = await mailOf('careful@example.com');
    expect([codeIn(question?.text), question?.subject]).toEqual(['', expect.stringContaining('confirm')]);
    const link = /https:\/\/linger\.example(\/y\/[\w-]+)/.exec(question?.text ?? '')?.[1] ?? '';
    expect((await instance.call('POST', link)).status).toBe(200);
    const letters = await mailOf('careful@example.com');
    expect([letters.length, codeIn(letters.at(-1)?.text)]).toEqual([2, expect.stringMatching(/./)]);
  });
});

describe('what is kept of a friend', () => {
  it('holds no address: after the contacts are gone, nothing of them is left in it, and the friend is no new one', async () => {
    const shop = await openShop();
    const { sender, friend, code } = await invited(shop, 'erased');
    await order(shop, { id: 'E1', email: friend, codes: [code] });
    const kept = await instance.db.engine(
      ({ sql }) => sql<{ row: string }[]>`
        select to_jsonb(r)::text as row from referral r where shop_id = ${shop.id}
        union all select to_jsonb(l)::text from referral_link l where shop_id = ${shop.id}
        union all select to_jsonb(t)::text from referral_tally t where shop_id = ${shop.id}`,
    );
    expect(kept.length).toBe(2);
    for (const { row } of kept) expect(row).not.toMatch(/@|erased|example/);

    await instance.db.engine(async ({ sql }) => {
      await sql`delete from contact where shop_id = ${shop.id} and email = ${friend}`;
      await sql`delete from "order" where shop_id = ${shop.id}`;
      await sql`delete from code where shop_id = ${shop.id}`;
    });
    await ask(await linkOf(shop, sender), friend);
    expect(await refusalsOf(shop)).toEqual({ referred: [1, 0] });
  });
});
