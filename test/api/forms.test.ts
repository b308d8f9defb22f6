import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answered, type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { type Browser, LAMP, newBrowser, TEAPOT } from '../support/visitor.ts';

let instance: Instance;
let shop: ShopHandle;
let rule: string;

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop();
  rule = await shop.addRule();
});
afterAll(() => instance.close());

type Row = Record<string, unknown>;

const post = ({ visitor, visit }: Browser, change: Row = {}, headers: Record<string, string> = {}): Promise<Answered> =>
  shop.page(
    '/v1/forms',
    {
      shop: shop.siteKey,
      visitor,
      visit,
      kind: 'subscribe',
      consent: { data: true, marketing: true, text: 'Yes, write to me.' },
      ...change,
    },
    headers,
  );
const person = (email: string) =>
  instance.db.engine(
    async ({ sql }) => (await sql<Row[]>`select * from contact where shop_id = ${shop.id} and email = ${email}`)[0],
  );
const owned = (table: string, email: string) =>
  instance.db.engine(
    ({ sql }) => sql<Row[]>`
    select x.* from ${sql(table)} x join contact c on c.shop_id = x.shop_id and c.id = x.contact_id where c.email = ${email} order by x.id`,
  );
const formEvents = ({ visit }: Browser) =>
  instance.db.engine(async ({ sql }) =>
    (await sql<{ body: Row }[]>`select body from event where visit_id = ${visit} and type = 'form' order by id`).map(
      ({ body }) => body,
    ),
  );
const said = ({ status, text, headers }: Answered) => ({ status, text, headers: [...headers].sort() });

/** How many rows each table has, summed up. */
const stored = () =>
  instance.db.engine(
    async ({ sql }) =>
      (
        await sql<{ count: number }[]>`
    select (select count(*) from visitor) + (select count(*) from visit) + (select count(*) from event) + (select count(*) from batch)
      + (select count(*) from contact) + (select count(*) from consent) + (select count(*) from waiting) as count`
      )[0]?.count,
  );

describe('a form', () => {
  it('keeps the person, both consents with their words, the event and its visit, and mails nobody', async () => {
    const browser = newBrowser(shop);
    const email = 'whole@example.com';
    const answer = await post(browser, {
      email,
      name: 'Ann',
      phone: ' +49 (30) 123-456 ',
      birthday: '02-29',
      locale: 'ru',
      sentAt: Date.now(),
      events: [{ type: 'page_view', at: Date.now(), url: TEAPOT.url, path: '/teapot' }],
    });
    expect([answer.status, answer.body]).toEqual([200, { status: 'received' }]);
    expect(await person(email)).toMatchObject({
      name: 'Ann',
      phone: '+49 (30) 123-456',
      birthday: '02-29',
      locale: 'ru',
      marketing: 'subscribed',
      madeBy: browser.visitor,
    });
    const consents = await owned('consent', email);
    expect(consents.map(({ purpose }) => purpose).sort()).toEqual(['data', 'marketing']);
    for (const one of consents)
      expect(one).toMatchObject({
        granted: true,
        text: 'Yes, write to me.',
        method: 'form',
        page: '/teapot',
        locale: 'ru',
      });
    expect(await formEvents(browser)).toEqual([{ kind: 'subscribe' }]);
    expect((await browser.look()).body.visitor).toMatchObject({ visits: 1, subscribed: true });
    await instance.tick();
    expect([await owned('enrollment', email), await owned('message', email)].map((rows) => rows.length)).toEqual([
      0, 0,
    ]);
  });

  it('subscribes nobody without the box', async () => {
    await post(newBrowser(shop), { email: 'data-only@example.com', consent: { data: true } });
    expect(await person('data-only@example.com')).toMatchObject({ marketing: 'none' });
    expect(
      (await owned('consent', 'data-only@example.com')).map(({ purpose, granted }) => [purpose, granted]).sort(),
    ).toEqual([
      ['data', true],
      ['marketing', false],
    ]);
  });

  it('is told once, though the page told the event with the others', async () => {
    const browser = newBrowser(shop);
    const event = { type: 'form', kind: 'download', at: 1 };
    await post(browser, { email: 'once@example.com', kind: 'download', sentAt: 1, events: [event] });
    expect(await formEvents(browser)).toEqual([{ kind: 'download' }]);
  });

  it.each(['before', 'after'])('is told once, though the page told the event %s it', async (order) => {
    const browser = newBrowser(shop);
    const submit = { type: 'form', kind: 'sign_up' };
    if (order === 'before') await browser.send([submit]);
    await post(browser, { email: 'twice-told@example.com', kind: 'sign_up' });
    if (order === 'after') await browser.send([submit]);
    expect(await formEvents(browser)).toEqual([{ kind: 'sign_up' }]);
    instance.travel(11_000);
    await browser.send([submit]);
    expect((await formEvents(browser)).length).toBe(2);
  });

  it('changes nothing when it comes again', async () => {
    const browser = newBrowser(shop);
    const change = { email: 'again@example.com', batch: randomUUID() };
    await post(browser, change);
    const before = await stored();
    expect((await post(browser, change)).status).toBe(200);
    expect(await stored()).toBe(before);
  });

  it('leaves no row from elsewhere, from nowhere, from machines and under a foreign key, and is answered the same', async () => {
    const kept = said(await post(newBrowser(shop), { email: 'kept@example.com' }));
    const before = await stored();
    const dropped = [
      await post(newBrowser(shop), { email: 'x@example.com' }, { origin: 'https://evil.test' }),
      await post(newBrowser(shop), { email: 'x@example.com' }, { origin: 'null' }),
      await post(newBrowser(shop), { email: 'x@example.com', hp: 'x' }),
      await post(newBrowser(shop), { email: 'x@example.com', filledMs: 90 }),
      await post(newBrowser(shop), { email: 'x@example.com', shop: 'pk_nobody' }),
    ];
    for (const one of dropped) expect(said(one)).toEqual(kept);
    expect(await stored()).toBe(before);
  });

  it('is answered no sooner than the floor', async () => {
    const waits: number[] = [];
    const { now, pause } = instance.deps;
    Object.assign(instance.deps, { now: () => 1_000, pause: async (ms: number) => void waits.push(ms) });
    Object.assign(instance.settings, { claimFloorMs: 150 });
    await post(newBrowser(shop), { email: 'floor@example.com' });
    await post(newBrowser(shop), { email: 'floor@example.com', hp: 'x' });
    Object.assign(instance.deps, { now, pause });
    Object.assign(instance.settings, { claimFloorMs: 0 });
    expect(waits).toEqual([150, 150]);
  });

  it('takes no birthday that is yet to come', async () => {
    const born = (ms: number) => new Date(Date.now() + ms).toISOString().slice(0, 10);
    const of = async (birthday: string) =>
      (await post(newBrowser(shop), { email: 'born@example.com', birthday })).status;
    expect([await of(born(0)), await of(born(3 * 86_400_000))]).toEqual([200, 422]);
  });
});

describe('a stranger who types an address into a form', () => {
  it('gets the same answer, whether it is new, known, unsubscribed or suppressed', async () => {
    await shop.call('POST', '/v1/orders', {
      id: 'K1',
      status: 'paid',
      email: 'known@example.com',
      total: 5,
      currency: 'EUR',
      placedAt: new Date(0).toISOString(),
    });
    const left = newBrowser(shop);
    await left.look();
    await left.claim(rule, { email: 'left@example.com' });
    await instance.tick();
    const [letter] = await instance.db.engine(
      ({ sql }) =>
        sql<
          { headers: Record<string, string> }[]
        >`select headers from inbox_letter where recipient = 'left@example.com'`,
    );
    const link = /<([^>]*\/u\/[^>]+)>/.exec(letter?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
    await instance.call('POST', new URL(link).pathname, 'List-Unsubscribe=One-Click');

    const answers = [];
    for (const email of ['new@example.com', 'known@example.com', 'left@example.com'])
      answers.push(said(await post(newBrowser(shop), { email })));
    for (const one of answers) expect(one).toEqual(answers[0]);
    // A box ticked on a page can't undo an unsubscribe.
    expect(await person('left@example.com')).toMatchObject({ marketing: 'unsubscribed' });
  });

  it('is tied to nobody, and neither fills in nor overwrites what is known', async () => {
    const email = 'victim@example.com';
    await post(newBrowser(shop), { email, name: 'Vic', phone: '+49301111111' });
    const stranger = newBrowser(shop);
    await post(stranger, { email, name: 'Mallory', phone: '+49302222222', birthday: '01-01' });
    await stranger.look();
    await stranger.claim(rule, { email, phone: '+49303333333', birthday: '01-02' });
    expect(await person(email)).toMatchObject({ name: 'Vic', phone: '+49301111111', birthday: null });
    const [visitor] = await instance.db.engine(
      ({ sql }) => sql<Row[]>`select contact_id from visitor where id = ${stranger.visitor}`,
    );
    expect(visitor).toEqual({ contactId: null });
  });

  it('fills in what is missing where the browser made the contact, or is proved to be theirs', async () => {
    const email = 'filling@example.com';
    const maker = newBrowser(shop);
    await post(maker, { email });
    await post(maker, { email, phone: '+49301111111', batch: randomUUID() });
    const proof = createHmac('sha256', shop.identitySecret).update(email).digest('hex');
    const owner = newBrowser(shop);
    await owner.send([{ type: 'identify', email, proof }]);
    await post(owner, { email, phone: '+49302222222', birthday: '1990-03-27' });
    expect(await person(email)).toMatchObject({ phone: '+49301111111', birthday: '1990-03-27' });
  });
});

describe('a claim', () => {
  it('keeps phone and birthday of a person it makes, and tells them nowhere on a page', async () => {
    const browser = newBrowser(shop);
    await browser.look();
    const told = { email: 'claimer@example.com', phone: '8 (912) 345-67-89', birthday: '1990-03-27' };
    const { text } = await browser.claim(rule, told);
    expect(await person(told.email)).toMatchObject({ phone: told.phone, birthday: told.birthday });
    const page = `${text}${(await browser.look()).text}`;
    expect(page).not.toMatch(/\(912\)|1990-03-27/);
  });
});

describe('the waiting list', () => {
  const waits = async (email: string) =>
    (await owned('waiting', email)).map(({ itemId, title, url, locale, notifiedAt }) => [
      itemId,
      title,
      url,
      locale,
      notifiedAt,
    ]);
  const wish = (email: string, item: object, browser = newBrowser(shop)) =>
    post(browser, { kind: 'waitlist', email, item, batch: randomUUID(), consent: { data: true } });

  it('has each person once for an item, whoever asks and how often', async () => {
    const email = 'waits@example.com';
    const blue = { ...LAMP, id: 'lamp-blue', title: 'Lamp, blue', available: false };
    await wish(email, blue);
    await wish(email, blue);
    await wish(email, { ...LAMP, available: false });
    expect((await waits(email)).sort()).toEqual([
      ['lamp', 'Lamp', LAMP.url, 'en', null],
      ['lamp-blue', 'Lamp, blue', LAMP.url, 'en', null],
    ]);
    expect(await person(email)).toMatchObject({ marketing: 'none' });
  });

  it('has them again once they were told', async () => {
    const email = 'twice@example.com';
    await wish(email, LAMP);
    await instance.db.engine(
      ({ sql }) =>
        sql`update waiting set notified_at = now() where contact_id in (select id from contact where email = ${email})`,
    );
    await wish(email, LAMP);
    expect((await waits(email)).length).toBe(2);
  });

  it('takes nothing that could not stand in a letter, and no more than twenty things a person', async () => {
    const email = 'forged@example.com';
    await wish(email, { ...LAMP, url: 'https://evil.test/lamp' });
    await wish(email, { ...LAMP, title: 'Win at https://evil.test' });
    await post(newBrowser(shop), { kind: 'waitlist', email });
    await post(newBrowser(shop), { kind: 'subscribe', email, item: LAMP });
    expect(await waits(email)).toEqual([]);
    await Promise.all(Array.from({ length: 25 }, (_, index) => wish(email, { ...LAMP, id: `lamp-${index}` })));
    expect((await waits(email)).length).toBe(20);
  });
});
