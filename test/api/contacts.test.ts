/** Contacts as a shop's server writes and reads them. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answered, type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

const DAY = 86_400_000;
const ANN = 'ann@example.com';
const YES = { marketing: true, text: 'Yes, write to me.' };

let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  instance = await startInstance();
});
beforeEach(async () => {
  shop = await instance.openShop({ sending: { dailyCap: null, quietHours: null } });
});
afterAll(() => instance.close());

const post = (body: Record<string, unknown> = {}): Promise<Answered> =>
  shop.call('POST', '/v1/contacts', { email: ANN, ...body });
const patch = (id: string, body: Record<string, unknown>): Promise<Answered> =>
  shop.call('PATCH', `/v1/contacts/${id}`, body);
const get = (path = ''): Promise<Answered> => shop.call('GET', `/v1/contacts${path}`);
const iso = async (shift = 0): Promise<string> =>
  new Date((await instance.db.engine(async (tx) => tx.now)) + shift).toISOString();

const consents = async (): Promise<[string, boolean, string][]> => {
  const rows = await instance.db.engine(
    ({ sql }) => sql<{ purpose: string; granted: boolean; text: string }[]>`
      select purpose, granted, text from consent where shop_id = ${shop.id} order by at, purpose, id`,
  );
  return rows.map(({ purpose, granted, text }) => [purpose, granted, text]);
};

const letters = async (): Promise<string[]> => {
  await instance.tick();
  const rows = await instance.db.engine(
    ({ sql }) => sql<{ flowKey: string; letter: string; status: string }[]>`
      select e.flow_key, m.letter, m.status from message m join enrollment e on e.id = m.enrollment_id
      where m.shop_id = ${shop.id} order by m.queued_at, m.id`,
  );
  return rows.map(({ flowKey, letter, status }) => `${flowKey}: ${letter} ${status}`);
};

describe('telling of a contact', () => {
  it('makes one, and tells more of the same one however its address is spelled', async () => {
    const made = await post({
      email: 'A.n.n+shop@Gmail.com',
      name: 'Dr. Ann Lee',
      birthday: '1990-03-27',
      dates: { wedding: '06-14' },
      tags: ['club'],
      locale: 'ru-RU',
      timezone: 'Europe/Moscow',
    });
    expect([made.status, made.body]).toEqual([
      201,
      {
        id: expect.any(String),
        email: 'A.n.n+shop@gmail.com',
        name: 'Dr. Ann Lee',
        patronymic: null,
        lastName: null,
        nameStyle: null,
        phone: null,
        birthday: '1990-03-27',
        dates: { wedding: '06-14' },
        locale: 'ru',
        timezone: 'Europe/Moscow',
        city: null,
        tags: ['club'],
        source: 'api',
        marketing: 'none',
        suppressed: null,
        muted: [],
        pausedUntil: null,
        nps: null,
        reason: null,
        createdAt: expect.any(String),
      },
    ]);
    const told = await post({
      email: 'ann@googlemail.com',
      phone: '+7 999 123-45-67',
      city: 'Kazan',
      tags: ['vip', 'club'],
      dates: { 'name day': '07-05' },
    });
    expect([told.status, told.body]).toEqual([
      200,
      {
        ...made.body,
        phone: '+7 999 123-45-67',
        city: 'Kazan',
        tags: ['club', 'vip'],
        dates: { wedding: '06-14', 'name day': '07-05' },
      },
    ]);
  });

  it('takes no birthday that lies ahead', async () => {
    const { status, body } = await post({ birthday: (await iso(2 * DAY)).slice(0, 10) });
    expect([status, body.errors]).toEqual([422, [{ path: 'birthday', message: 'must not lie in the future' }]]);
    expect((await get()).body.data).toEqual([]);
  });

  it('keeps each word of consent once, with its text and time, and subscribes by it', async () => {
    const at = '2026-03-01T10:00:00.000Z';
    const first = await post({ consent: { data: true, ...YES, at } });
    expect(first.body.marketing).toBe('subscribed');
    await post({ consent: { data: true, ...YES, at } });
    await post({ consent: { marketing: false } });
    await post({ consent: { marketing: false } });
    expect(await consents()).toEqual([
      ['data', true, YES.text],
      ['marketing', true, YES.text],
      ['marketing', false, 'Taken back, as the shop tells'],
    ]);
    expect((await get(`/${first.body.id}`)).body).toMatchObject({
      marketing: 'unsubscribed',
      suppressed: 'unsubscribed',
    });
  });

  it('never undoes an unsubscribe, and an old yes changes nothing', async () => {
    const { body } = await post({ consent: { marketing: false } });
    for (const told of [
      await post({ consent: YES }),
      await patch(body.id, { consent: { ...YES, text: 'Yes, again.' } }),
      await post({ consent: { ...YES, at: '2020-01-01T00:00:00Z' } }),
    ])
      expect([told.status, told.body.marketing]).toEqual([200, 'unsubscribed']);
    expect((await consents()).filter(([, granted]) => granted)).toHaveLength(3);
  });

  it('does not take somebody off by a no that is older than their yes', async () => {
    await post({ consent: { ...YES, at: '2026-05-01T00:00:00Z' } });
    expect((await post({ consent: { marketing: false, at: '2026-04-01T00:00:00Z' } })).body.marketing).toBe(
      'subscribed',
    );
  });

  it('ends the chains that sell when it tells of a no', async () => {
    const rule = await shop.addRule();
    const browser = newBrowser(shop);
    await browser.look();
    await browser.claim(rule);
    await post({ consent: { marketing: false } });
    expect(await letters()).toEqual(['discount-reminder: offer cancelled']);
  });

  it('begins flows for who becomes known and subscribes, not for what is history', async () => {
    for (const [key, on] of [
      ['hello', 'contact_known'],
      ['welcome', 'subscribed'],
    ])
      await shop.call('POST', '/v1/flows', {
        key,
        enabled: true,
        purpose: 'transactional',
        entry: { on },
        steps: [{ send: 'nps' }],
      });
    await post({ email: 'old@example.com', consent: { ...YES, at: '2026-01-01T00:00:00Z' } });
    expect(await letters()).toEqual([]);
    await post({ consent: YES });
    expect((await letters()).sort()).toEqual(['hello: nps sent', 'welcome: nps sent']);
    await post({ consent: YES });
    expect((await letters()).length).toBe(2);
  });
});

describe('changing a contact', () => {
  it('takes away what is null, replaces tags, and keeps what it is silent about', async () => {
    const { body } = await post({ name: 'Ann', city: 'Bern', tags: ['a'], dates: { one: '01-01', two: '02-02' } });
    const changed = await patch(body.id, {
      city: null,
      tags: ['b', 'b'],
      dates: { one: null, two: '02-03' },
      email: 'ANN@example.com',
    });
    expect([changed.status, changed.body]).toEqual([
      200,
      { ...body, city: null, tags: ['b'], dates: { two: '02-03' }, email: 'ANN@example.com' },
    ]);
  });

  it('does not make one person another', async () => {
    const { body } = await post();
    const { status, body: refused } = await patch(body.id, { email: 'bob@example.com' });
    expect([status, refused.errors[0].path]).toEqual([422, 'email']);
    expect((await patch('11111111-1111-4111-8111-111111111111', { city: 'Bern' })).status).toBe(404);
  });
});

describe('days that come every year', () => {
  it('are planned anew when another birthday is told', async () => {
    const { status } = await shop.call('POST', '/v1/flows', {
      key: 'birthday',
      enabled: true,
      purpose: 'marketing',
      entry: { on: 'date', field: 'birthday', at: '10:00' },
      steps: [{ send: 'birthday' }],
    });
    expect(status).toBe(201);
    await instance.tick();
    const planned = async (): Promise<string[]> => {
      await instance.tick();
      const rows = await instance.db.engine(
        ({ sql }) => sql<{ email: string; due: string }[]>`
          select c.email, to_char(p.due_at at time zone 'Europe/Berlin', 'MM-DD HH24:MI') as due from pending_entry p
          join contact c on c.shop_id = p.shop_id and c.id = p.contact_id where p.shop_id = ${shop.id}`,
      );
      return rows.map(({ email, due }) => `${email} ${due}`);
    };
    const day = async (shift: number) => (await iso(shift)).slice(5, 10);
    const tomorrow = await day(DAY + 3_600_000);
    const { body } = await post({ birthday: tomorrow, timezone: 'Europe/Berlin', consent: YES });
    expect(await planned()).toEqual([`${ANN} ${tomorrow} 10:00`]);
    await patch(body.id, { birthday: await day(30 * DAY) });
    expect(await planned()).toEqual([]);
    await patch(body.id, { birthday: tomorrow });
    expect(await planned()).toEqual([`${ANN} ${tomorrow} 10:00`]);
    await patch(body.id, { birthday: null });
    expect(await planned()).toEqual([]);
  });
});

describe('reading contacts', () => {
  it('tells one with the facts that segments and flows see', async () => {
    const { body } = await post({ tags: ['club'], birthday: '03-27', consent: YES });
    await shop.call('POST', '/v1/orders', {
      id: 'A1',
      status: 'paid',
      email: ANN,
      total: 40,
      currency: 'EUR',
      placedAt: await iso(-3 * DAY),
    });
    const found = await get(`/${body.id.toUpperCase()}`);
    expect(found.body).toMatchObject({
      id: body.id,
      marketing: 'subscribed',
      facts: {
        orders: 1,
        spent: 40,
        daysSinceLastOrder: 3,
        tags: ['club'],
        subscribed: true,
        'rfm.monetary': expect.any(Number),
      },
    });
    expect(found.body.facts).not.toHaveProperty('viewedWithinDays');
    expect((await get('/11111111-1111-4111-8111-111111111111')).status).toBe(404);
    expect((await get('/ann@example.com')).status).toBe(404);
  });

  it('lists them page by page, by address, tag, subscription and segment', async () => {
    for (let n = 0; n < 7; n += 1)
      await post({ email: `p${n}@example.com`, tags: n % 2 ? ['odd'] : [], ...(n < 3 ? { consent: YES } : {}) });
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await get(`?limit=3${cursor}`);
      seen.push(...body.data.map(({ email }: { email: string }) => email));
      cursor = body.next ? `&cursor=${body.next}` : '';
    } while (cursor);
    expect(seen.sort()).toEqual(Array.from({ length: 7 }, (_, n) => `p${n}@example.com`));
    await shop.call('POST', '/v1/segments', { key: 'odd', condition: ['tags', 'contains', 'odd'] });
    await instance.tick();
    const emails = async (query: string): Promise<string[]> =>
      (await get(query)).body.data.map(({ email }: { email: string }) => email.slice(0, 2)).sort();
    expect([
      await emails('?email=P1@Example.com'),
      await emails('?tag=odd'),
      await emails('?subscribed=true'),
      await emails('?subscribed=false&tag=odd'),
      await emails('?segment=odd&subscribed=true'),
      await emails('?email=nobody@example.com'),
    ]).toEqual([['p1'], ['p1', 'p3', 'p5'], ['p0', 'p1', 'p2'], ['p3', 'p5'], ['p1'], []]);
  });

  it('answers all of them as a table without a formula in it', async () => {
    await instance.db.engine(
      ({ sql, now }) => sql`
        insert into contact (shop_id, id, email, canonical, locale, marketing, created_at)
        select ${shop.id}, gen_random_uuid(), 'p' || n || '@example.com', 'p' || n || '@example.com', 'en', 'subscribed', ${now}
        from generate_series(1, 1100) n`,
    );
    await post({
      email: '=cmd@example.com',
      name: '=HYPERLINK("http://x")',
      phone: '+49 30 123456',
      tags: ['@sum', 'b'],
    });
    const { text, headers, status } = await get('?format=csv&limit=5');
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
      'attachment; filename="contacts.csv"',
    ]);
    const lines = text.trimEnd().split('\r\n');
    expect([lines.length, lines[0]]).toEqual([
      1_102,
      'id,email,name,patronymic,lastName,nameStyle,phone,birthday,locale,timezone,city,tags,source,marketing,suppressed,createdAt',
    ]);
    const own = lines.find((line) => line.includes('cmd@')) ?? '';
    expect(own).toContain(
      `,'=cmd@example.com,"'=HYPERLINK(""http://x"")",,,,'+49 30 123456,,en,,,"'@sum, b",api,none,,`,
    );
    expect(text).not.toMatch(/(^|,|")[=+\-@]/m);
  });
});
