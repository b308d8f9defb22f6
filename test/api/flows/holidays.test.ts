/** Holidays: everybody at their own hour, once a year; what to order until when; and presents for others that change nobody's own taste. */

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { leaningsOf } from '../../../db/tallies.ts';
import { DAY, HOUR, type Sending, startSending } from '../../support/sending.ts';
import { HUMAN } from '../../support/told.ts';
import { newBrowser } from '../../support/visitor.ts';

vi.setConfig({ testTimeout: 120_000 });

const thing = (id: string, category: string) => ({
  id,
  title: `${id[0]?.toUpperCase()}${id.slice(1)}`,
  price: 10,
  url: `https://shop.example/${id}`,
  category,
});
const [TEAPOT, MUG, LAMP, BULB] = [
  thing('teapot', 'Tea'),
  thing('mug', 'Tea'),
  thing('lamp', 'Lamps'),
  thing('bulb', 'Lamps'),
] as const;

let now = Date.UTC(2027, 0, 20, 9);
let sending: Sending;
let orders = 0;

const shop = () => sending.shop;
const order = async (email: string, items: object[]): Promise<void> => {
  orders += 1;
  const lines = items.map((line) => ({ quantity: 1, ...line }));
  const placedAt = new Date(now).toISOString();
  const told = { id: `order-${orders}`, status: 'paid', email, total: 20, currency: 'EUR', placedAt, items: lines };
  await shop().done('POST', '/v1/orders', told);
};
const subscribe = async (email: string, timezone: string): Promise<void> => {
  const told = { name: 'subscribed', email, consent: { text: 'I agree.' } };
  await shop().done('POST', '/v1/events', { events: [told] });
  await sending.instance.db.engine(({ sql }) => sql`update contact set timezone = ${timezone} where email = ${email}`);
};

/** Lives on hour by hour. */
async function goTo(at: number): Promise<void> {
  while (now < at) {
    now = Math.min(at, now + HOUR);
    await sending.instance.tick();
  }
  await sending.instance.tick();
}
const sentTo = (email: string) => sending.postmark.sent().filter(({ To }) => To === email);
const subjectsTo = (email: string) => sentTo(email).map(({ Subject }) => Subject.replaceAll('\u00a0', ' '));

beforeAll(async () => {
  sending = await startSending({ clock: () => now, shop: { timezone: 'Europe/Berlin' } });
  for (const n of [1, 2]) await order(`old${n}@example.com`, [TEAPOT, MUG]);
  for (const n of [3, 4, 5]) await order(`old${n}@example.com`, [LAMP, BULB]);
  await subscribe('ann@example.com', 'Europe/Berlin');
  await subscribe('bob@example.com', 'Asia/Tokyo');
  await shop().done('PATCH', '/v1/shop', { holidays: { deliveryDays: 3, guide: { 'valentines-day': ['Tea'] } } });
  for (const recipe of ['holiday', 'holiday-last-day']) await shop().done('POST', '/v1/flows', { recipe });
  await goTo(now + 2 * HOUR);
});
afterAll(() => sending.close());

describe('a holiday', () => {
  it('is in the list, with the last day to order and the days that are usual here', async () => {
    const { data } = await shop().done('GET', '/v1/holidays');
    expect(data[0]).toEqual({
      key: 'valentines-day',
      names: { en: 'Valentine’s Day', ru: 'День святого Валентина' },
      day: '2027-02-14',
      gifts: true,
      usual: true,
      ahead: 10,
      lastOrderDay: '2027-02-09',
    });
    expect(data.filter(({ usual }: { usual: boolean }) => usual).map(({ key }: { key: string }) => key)).toEqual([
      'valentines-day',
      'mothers-day',
      'fathers-day',
      'christmas',
    ]);
  });

  it('brings everybody who wants letters ideas at their own hour, and nobody else', async () => {
    await goTo(Date.UTC(2027, 1, 4, 1));
    expect(sending.postmark.sent()).toEqual([]);
    await goTo(Date.UTC(2027, 1, 4, 2));
    expect(subjectsTo('bob@example.com')).toEqual(['Valentine’s Day: 10% off']);
    expect(subjectsTo('ann@example.com')).toEqual([]);
    await goTo(Date.UTC(2027, 1, 4, 10));
    expect(subjectsTo('ann@example.com')).toEqual(['Valentine’s Day: 10% off']);
    expect(sending.postmark.sent()).toHaveLength(2);
    const [{ TextBody: text = '' } = {}] = sentTo('ann@example.com');
    expect(text).toContain('Order by February 9, and it arrives in time.');
    expect(text).toContain('Presents from Tea');
    expect(text).toMatch(/Teapot|Mug/);
    expect(text).not.toContain('Bulb');
  });

  it('leaves what is looked at and bought for others out of what its reader likes', async () => {
    const { HtmlBody: html = '' } = sentTo('ann@example.com')[0] ?? {};
    const [, link = ''] = /https:\/\/linger\.example(\/c\/[\w-]+)/.exec(html) ?? [];
    const { headers } = await sending.instance.call('GET', link, undefined, HUMAN);
    const url = headers.get('location') ?? '';
    expect(url).toContain('lgr=');
    const look = (item: object, from = url) => [
      { type: 'page_view', url: from, path: '/', title: 'Shop', referrer: '', kind: 'other' },
      { type: 'view_item', item: { currency: 'EUR', ...item } },
    ];
    const browser = newBrowser(shop());
    const at = { sentAt: now };
    const seen = (events: object[]) => events.map((event) => ({ at: now, ...event }));
    expect((await browser.send(seen(look(LAMP)), at)).status).toBe(202);
    const [visit] = await sending.instance.db.engine(
      ({ sql }) => sql<{ gift: boolean; email: string }[]>`
        select v.gift, c.email from visit v join visitor w on w.id = v.visitor_id join contact c on c.id = w.contact_id
        where v.id = ${browser.visit}`,
    );
    expect(visit).toEqual({ gift: true, email: 'ann@example.com' });
    const likes = () =>
      sending.instance.db.engine(async (tx) => {
        const [row] = await tx.sql<{ id: string }[]>`select id from contact where email = 'ann@example.com'`;
        return leaningsOf(tx, shop().id, row?.id ?? '');
      });
    const interests = async () =>
      (await shop().done('POST', '/v1/segments/preview', { condition: ['interests.category', 'contains', 'Lamps'] }))
        .size;
    expect((await likes()).categories).toEqual([]);
    expect(await interests()).toBe(0);
    await order('ann@example.com', [LAMP]);
    expect(await likes()).toMatchObject({ bought: ['lamp'], categories: [] });
    // A visit of their own is.
    const own = newBrowser(shop(), { visitor: browser.visitor });
    await own.send(seen(look(TEAPOT, 'https://shop.example/teapot')), at);
    expect((await likes()).categories).toEqual(['Tea']);
    await own.send(seen([{ type: 'view_item', item: { currency: 'EUR', ...BULB } }]), at);
    expect((await likes()).categories).toEqual(['Lamps', 'Tea']);
    expect(await interests()).toBe(1);
  });

  it('is told of again before the last day to order, wherever that moves, to those who have not bought', async () => {
    await shop().done('PATCH', '/v1/shop', { holidays: { deliveryDays: 4 } });
    await goTo(Date.UTC(2027, 1, 6, 20));
    expect(subjectsTo('bob@example.com')).toHaveLength(1);
    await goTo(Date.UTC(2027, 1, 7, 12));
    expect(subjectsTo('bob@example.com')[1]).toBe('Valentine’s Day: order by February 8 for delivery in time');
    await goTo(Date.UTC(2027, 1, 14, 12));
    expect([subjectsTo('bob@example.com').length, subjectsTo('ann@example.com').length]).toEqual([2, 1]);
  });

  it('comes once a year, however often it is planned anew', async () => {
    await shop().done('PATCH', '/v1/shop', { holidays: { country: 'GB' } });
    await goTo(now + DAY);
    expect(sending.postmark.sent()).toHaveLength(3);
    const { data } = await shop().done('GET', '/v1/holidays');
    expect(data.find(({ key }: { key: string }) => key === 'mothers-day').day).toBe('2027-03-07');
    await goTo(Date.UTC(2027, 1, 21, 12));
    expect(subjectsTo('ann@example.com')[1]).toBe('Mother’s Day: 10% off');
  });
});

describe('a simulation', () => {
  it('shows the letter with its day, and says why there is none', async () => {
    const { letters } = await shop().done('POST', '/v1/flows/holiday/simulate', {
      events: [],
      from: '2027-12-01T00:00:00Z',
      days: 20,
    });
    expect(letters.map(({ at, subject }: { at: string; subject: string }) => [at.slice(0, 10), subject])).toEqual([
      ['2027-12-04', 'Christmas: 10% off'],
    ]);
    expect(letters[0].text).toContain('Order by December 20');
    await shop().done('PATCH', '/v1/shop', { holidays: { deliveryDays: null } });
    const { plan } = await shop().done('POST', '/v1/flows/holiday-last-day/simulate', { from: '2027-12-01T00:00:00Z' });
    expect(plan).toMatchObject([{ do: 'keep_out', reason: 'no_delivery_days' }]);
  });

  it('says what is bought for oneself on a day of sales', async () => {
    const { letters } = await shop().done('POST', '/v1/flows/black-friday/simulate', {
      flow: {
        entry: { on: 'holiday', holidays: ['black-friday'], before: '0d' },
        steps: [{ issue: { kind: 'percent', value: 20, expiresIn: '4d' } }, { send: 'holiday' }],
      },
      person: { locale: 'ru' },
      from: '2027-11-20T00:00:00Z',
      days: 10,
    });
    expect(letters[0].subject).toMatch(/^Чёрная пятница: скидка 20\s%$/);
    expect(letters[0].text).not.toMatch(/подар|вовремя/i);
  });
});
