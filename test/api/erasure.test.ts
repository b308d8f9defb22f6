/** Who is erased is named nowhere any more, gets nothing any more, and is counted as before. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identityProof, signToken } from '../../api/signing.ts';
import { enroll } from '../support/enroll.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { HUMAN, setPassword, tell } from '../support/told.ts';
import { newBrowser, TEAPOT } from '../support/visitor.ts';
import { writeReview } from '../support/write-review.ts';

const EMAIL = 'Quokka@example.com';
const FORM = { ...HUMAN, 'content-type': 'application/x-www-form-urlencoded' };
const YES = { marketing: true, data: true, text: 'Yes, said the quokka.' };

let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop({ sending: { dailyCap: null, quietHours: null } });
  await setPassword(shop);
});
afterAll(() => instance.close());

/** How many rows of each table of the database hold this text, where any does. */
const rowsWith = (text: string): Promise<Record<string, number>> =>
  instance.db.engine(async ({ sql }) => {
    const tables = await sql<{ name: string }[]>`
      select table_name as name from information_schema.tables where table_schema = 'public' order by 1`;
    const found: Record<string, number> = {};
    for (const { name } of tables) {
      const [row] = await sql<{ count: number }[]>`
        select count(*) as count from ${sql(name)} one where strpos(lower(to_jsonb(one)::text), ${text.toLowerCase()}) > 0`;
      if (row?.count) found[name] = row.count;
    }
    return found;
  });

const contactId = async (email: string): Promise<string> =>
  (await shop.call('GET', `/v1/contacts?email=${encodeURIComponent(email)}`)).body.data[0]?.id;
const erase = (id: string) => shop.call('DELETE', `/v1/contacts/${id}`);

/** The person in everything that can hold one. */
async function plant(): Promise<{ id: string; message: string; visitor: string }> {
  const rule = await shop.addRule({ code: { reveal: 'screen' } });
  const browser = newBrowser(shop);
  const { visitor, visit } = browser;
  const proof = await identityProof(shop.identitySecret, EMAIL);
  await shop.call('POST', '/v1/contacts', { email: EMAIL, name: 'Quokka' }, { 'idempotency-key': 'first' });
  const at = 'https://shop.example/quokka?email=quokka@example.com';
  await browser.send([
    { type: 'identify', email: EMAIL, proof },
    { type: 'page_view', url: at, path: '/quokka', title: 'For quokka', referrer: at, kind: 'product' },
    { type: 'view_item', item: TEAPOT },
    { type: 'search', term: 'quokka' },
    { type: 'custom', name: 'greeting', data: { to: 'quokka' } },
  ]);
  await browser.claim(rule, { email: EMAIL, name: 'Quokka', consent: YES });
  const wish = { kind: 'waitlist', email: EMAIL, phone: '+49 30 7654321', birthday: '03-27', item: TEAPOT };
  await shop.page('/v1/forms', { shop: shop.siteKey, visitor, visit, ...wish, consent: { data: true } });
  await shop.call('POST', '/v1/contacts', {
    email: EMAIL,
    city: 'Quokkatown',
    patronymic: 'Quokkovna',
    lastName: 'Quokkatova',
    tags: ['quokka'],
    dates: { quokka: '06-14' },
    consent: { ...YES, at: '2026-01-01T00:00:00Z', page: '/quokka' },
  });
  await instance.tick();
  await shop.call(
    'POST',
    '/v1/orders',
    {
      id: 'A1',
      number: 'Q-1',
      status: 'delivered',
      email: EMAIL,
      name: 'Quokka',
      phone: '+49 30 7654321',
      visitor,
      total: 42,
      currency: 'EUR',
      items: [{ id: 'teapot', title: 'Teapot', price: 42, quantity: 1 }],
      codes: [],
      placedAt: new Date().toISOString(),
      payUrl: 'https://shop.example/pay?for=quokka',
      trackingUrl: 'https://shop.example/track?for=quokka',
    },
    { 'idempotency-key': 'second' },
  );
  await shop.call('POST', '/v1/events', {
    events: [{ id: 'quokka-1', name: 'tea_party', email: EMAIL, data: { host: 'quokka' } }],
  });
  await shop.call('POST', '/v1/referrals', { email: EMAIL, name: 'Quokka' });
  await shop.call('POST', '/v1/segments', { key: 'all', condition: ['orders', '>=', 0] });
  await instance.tick();
  const id = await contactId(EMAIL);
  const [letter] = await instance.db.engine(
    ({ sql }) => sql<{ id: string }[]>`select id from message where contact_id = ${id} and status = 'sent' limit 1`,
  );
  const message = letter?.id ?? '';
  const page = await signToken(instance.settings.signingKey, 'nps', message);
  await instance.call('POST', `/n/${page}`, 'score=3&comment=I+am+quokka', FORM);
  await bounce(message, 'Quokka@example.com is on holiday');
  await writeReview(instance, shop.id, { contactId: id, messageId: message, text: 'quokka', author: 'Quokka' });
  await instance.db.engine(async ({ sql, now }) => {
    await sql`update message set reason = 'no mailbox quokka@example.com' where id = ${message}`;
    await sql`insert into scenario (shop_id, flow_key, name, given, plan, updated_at)
      values (${shop.id}, 'discount-reminder', 'One', ${sql.json({ person: { id, name: 'Quokka' } })}, '[]', ${now})`;
    await sql`insert into webhook_call (shop_id, webhook, call, type, contact_id, attempt, status, ms, at)
      values (${shop.id}, 'crm', gen_random_uuid(), 'flow.step', ${id}, 1, 204, 12, ${now})`;
    await sql`insert into errand (shop_id, id, enrollment_id, contact_id, kind, subject, status, attempt, queued_at, not_before)
      select ${shop.id}, gen_random_uuid(), enrollment_id, ${id}, 'notify', 'Hello', 'queued', 0, ${now}, ${now + 86_400_000}
      from message where id = ${message}`;
    await sql`insert into pending_entry (shop_id, flow_key, contact_id, due_at, about, items, locale)
      values (${shop.id}, 'cart', ${id}, ${now + 86_400_000}, 'cart', '[]', 'en')`;
  });
  return { id, message, visitor };
}

const bounce = (message: string, description: string) =>
  tell(instance, shop, {
    RecordType: 'Bounce',
    MessageID: randomUUID(),
    Metadata: { m: message },
    ID: 7,
    Type: 'SoftBounce',
    TypeCode: 4096,
    Email: EMAIL,
    BouncedAt: '2026-11-22T09:30:00Z',
    Description: description,
  });

/** What is counted. */
const reports = async (): Promise<unknown[]> => {
  const counted: unknown[] = [];
  for (const path of ['flows', 'funnel', 'nps', 'referrals', 'exit-signals'])
    counted.push((await shop.call('GET', `/v1/reports/${path}`)).body);
  return counted.map((report) =>
    JSON.parse(JSON.stringify(report), (key, value) => (/^(from|to)$/.test(key) ? null : value)),
  );
};

/** The export names what every table holds of them. */
async function tellsAll(id: string): Promise<void> {
  const { status, body, headers } = await shop.call('GET', `/v1/contacts/${id}/export`);
  expect([status, headers.get('content-disposition')]).toEqual([200, `attachment; filename="contact-${id}.json"`]);
  expect(body).toMatchObject({
    contact: { email: EMAIL, name: 'Quokka', phone: '+49 30 7654321', facts: { orders: 1 } },
    consents: expect.arrayContaining([
      expect.objectContaining({ text: YES.text, page: '/quokka', at: '2026-01-01T00:00:00.000Z' }),
    ]),
    segments: [{ segment: 'all' }],
    browsers: [{ visits: 1 }],
    visits: [{ path: '/quokka', viewed: [{ id: 'teapot' }] }],
    events: expect.arrayContaining([expect.objectContaining({ type: 'search', told: { term: 'quokka' } })]),
    orders: [{ id: 'A1', told: { name: 'Quokka' }, placedAt: expect.stringMatching(/Z$/) }],
    codes: [{ code: expect.any(String), offer: { kind: 'percent', value: 10 } }],
    letters: expect.arrayContaining([expect.objectContaining({ status: 'sent', subject: expect.any(String) })]),
    answers: expect.arrayContaining([
      expect.objectContaining({ kind: 'answered', told: { nps: 3, comment: 'I am quokka' } }),
    ]),
    reviews: [{ stars: 5, text: 'quokka' }],
    waitingFor: [{ item: 'teapot' }],
    toldEvents: [{ id: 'quokka-1', told: { host: 'quokka' } }],
    referrals: [],
  });
}

describe('erasing a contact', () => {
  it('leaves nothing in any table that names them, and every count as it was', async () => {
    const { id, message, visitor } = await plant();
    const before = await rowsWith('quokka');
    expect(Object.keys(before)).toEqual([
      'anniversary',
      'code',
      'consent',
      'contact',
      'delivery_event',
      'event',
      'idempotency',
      'inbox_letter',
      'message',
      'order',
      'review',
      'scenario',
      'told_event',
      'visit',
    ]);
    const counted = await reports();
    await tellsAll(id);
    expect((await erase(id)).status).toBe(204);
    expect(await rowsWith('quokka')).toEqual({});
    expect(await rowsWith(id)).toEqual({});
    expect(await rowsWith('7654321')).toEqual({});
    expect(await reports()).toEqual(counted);

    // What comes later brings nothing back.
    await bounce(message, 'quokka@example.com has left');
    await tell(instance, shop, { RecordType: 'Delivery', MessageID: 'x', Recipient: EMAIL, Details: 'to quokka' });
    const page = await signToken(instance.settings.signingKey, 'nps', message);
    await instance.call('POST', `/n/${page}`, 'score=3&comment=I+am+quokka', FORM);
    await newBrowser(shop, { visitor }).look();
    await instance.tick();
    expect(await rowsWith('quokka')).toEqual({});
    expect((await shop.call('GET', `/v1/contacts/${id}`)).status).toBe(404);
    expect((await erase(id)).status).toBe(404);
    expect((await shop.call('GET', '/v1/orders/A1')).body).toMatchObject({ total: 42, items: [{ id: 'teapot' }] });
  });

  it('knows of every column that points to a person: a new one belongs in db/erasure.ts, or goes with the contact', async () => {
    const rows = await instance.db.engine(
      ({ sql }) => sql<{ name: string }[]>`
        select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = 'public' and column_name in ('contact_id', 'sender_id', 'friend_id', 'made_by') order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([
      'anniversary.contact_id',
      'code.contact_id',
      'consent.contact_id',
      'contact.made_by',
      'delivery_event.contact_id',
      'ending.contact_id',
      'enrollment.contact_id',
      'errand.contact_id',
      'fact_change.contact_id',
      'message.contact_id',
      'order.contact_id',
      'pending_entry.contact_id',
      'referral.friend_id',
      'referral.sender_id',
      'referral_link.contact_id',
      'referral_tally.sender_id',
      'review.contact_id',
      'segment_member.contact_id',
      'told_event.contact_id',
      'visitor.contact_id',
      'waiting.contact_id',
      'webhook_call.contact_id',
    ]);
  });

  it('holds back the letters that wait, and whoever uploads the address again', async () => {
    const { contactId: person } = await enroll(instance.deps, shop.id, { email: 'wombat@example.com' });
    expect((await erase(person)).status).toBe(204);
    await instance.tick();
    const again = await shop.call('POST', '/v1/contacts', { email: 'Wombat@Example.com', consent: YES });
    expect([again.status, again.body.marketing, again.body.suppressed]).toEqual([201, 'unsubscribed', 'unsubscribed']);
    const browser = newBrowser(shop);
    await browser.look();
    await browser.claim(await shop.addRule(), { email: 'wombat@example.com' });
    await instance.tick();
    const sent = await instance.db.engine(({ sql }) => sql`select from inbox_letter where recipient ilike 'wombat%'`);
    expect(sent.length).toBe(0);
  });

  it('writes no name down of a letter that was on its way', async () => {
    const slow = await startInstance({
      mailer: {
        name: 'slow',
        async send({ id }) {
          if (erased++ === 0) await shop.call('DELETE', `/v1/contacts/${person}`);
          return erased === 1
            ? { kind: 'retry', reason: 'busy: ann@example.com' }
            : { kind: 'accepted', providerId: id };
        },
        find: async () => ({ kind: 'missing' }),
      },
    });
    let erased = 0;
    const outer = shop;
    shop = await slow.openShop({ sending: { dailyCap: null, quietHours: null } });
    const { contactId: person } = await enroll(slow.deps, shop.id, { email: 'ann@example.com' });
    await slow.tick();
    const rows = await slow.db.engine(
      ({ sql }) => sql`select status, reason, subject, contact_id = ${person} as theirs from message`,
    );
    shop = outer;
    await slow.close();
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { status: 'cancelled', reason: 'erased', subject: null, theirs: false },
    ]);
  });

  it('leaves no chain and no letter behind, however it meets what begins them', async () => {
    await shop.call('POST', '/v1/flows', {
      key: 'met',
      enabled: true,
      purpose: 'transactional',
      entry: { on: 'custom', name: 'met' },
      steps: [{ send: 'nps' }],
    });
    const people = await Promise.all(
      Array.from({ length: 24 }, async (_, n) => {
        const { body } = await shop.call('POST', '/v1/contacts', { email: `met${n}@example.com` });
        return { id: body.id as string };
      }),
    );
    await instance.db.engine(async ({ sql, now }) => {
      for (const { id } of people)
        await sql`insert into pending_entry (shop_id, flow_key, contact_id, due_at, about, items, locale)
          values (${shop.id}, 'met', ${id}, ${now}, 'met', '[]', 'en')`;
    });
    const happening = people.flatMap(({ id }) => [
      shop.call('POST', '/v1/events', { events: [{ name: 'met', contact: id }] }),
      erase(id),
    ]);
    await Promise.all([...happening, instance.tick(), instance.tick()]);
    await instance.tick();
    const left = await instance.db.engine(
      ({ sql }) => sql`
        select e.id from enrollment e where not exists (select from contact c where c.shop_id = e.shop_id and c.id = e.contact_id)
          and (e.status in ('active', 'paused') or exists (select from message m where m.enrollment_id = e.id and m.status in ('queued', 'sending')))`,
    );
    expect(left.length).toBe(0);
    for (const { id } of people.slice(0, 2)) expect(await rowsWith(id)).toEqual({});
  });
});
