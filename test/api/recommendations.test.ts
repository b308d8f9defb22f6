/** What letters recommend: counted from the shop's own orders and visits, never what the reader has. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readDoc } from '../support/docs.ts';
import { DAY, type Sending, startSending } from '../support/sending.ts';
import { newBrowser } from '../support/visitor.ts';

vi.setConfig({ testTimeout: 60_000 });

const thing = (id: string, price: number, category: string, change: object = {}) => ({
  id,
  title: `${id[0]?.toUpperCase()}${id.slice(1)}`,
  price,
  url: `https://shop.example/${id}`,
  category,
  ...change,
});
const TEAPOT = thing('teapot', 42, 'Tea');
const MUG = thing('mug', 12, 'Tea');
const CUP = thing('cup', 9, 'Tea');
const LAMP = thing('lamp', 120, 'Lamps');
const BULB = thing('bulb', 5, 'Lamps');

let sending: Sending;
let shop: Sending['shop'];
let orders = 0;

beforeAll(async () => {
  sending = await startSending();
});
afterAll(() => sending.close());
beforeEach(async () => {
  shop = await sending.instance.openShop({ sending: { dailyCap: null, quietHours: null, utm: false, clicks: false } });
  sending.postmark.clear();
});

async function order(email: string, items: object[], change: object = {}): Promise<string> {
  orders += 1;
  const id = `order-${orders}`;
  const placedAt = new Date(await sending.now()).toISOString();
  const lines = items.map((line) => ({ quantity: 1, ...line }));
  await shop.done('POST', '/v1/orders', {
    id,
    status: 'paid',
    email,
    total: 50,
    currency: 'EUR',
    placedAt,
    items: lines,
    ...change,
  });
  return id;
}

/** Three buyers of a teapot with a mug and a cup, two of a lamp with a bulb. */
async function history(): Promise<void> {
  for (const n of [1, 2, 3]) await order(`old${n}@example.com`, [TEAPOT, MUG, ...(n < 3 ? [CUP] : [])]);
  for (const n of [4, 5]) await order(`old${n}@example.com`, [LAMP, BULB]);
}

/** Counts are kept an hour at least. */
async function counted(): Promise<void> {
  sending.instance.travel(DAY / 24 + 1_000);
  await sending.instance.tick();
}

const flow = (send: string, on = 'order_placed') =>
  shop.done('POST', '/v1/flows', {
    key: 'after',
    name: 'After',
    purpose: 'transactional',
    enabled: true,
    entry: { on },
    stopOn: [],
    steps: [{ send }],
  });

async function letterTo(email: string) {
  await sending.instance.tick();
  const letter = sending.postmark.sent().findLast(({ To }) => To === email);
  const [message] = (await shop.done('GET', `/v1/messages?contact=${email}`)).data;
  return { text: letter?.TextBody ?? '', html: letter?.HtmlBody ?? '', recommended: message?.recommended };
}

describe('a letter about an order', () => {
  it('shows what is bought together with it, with the reason of each thing', async () => {
    await history();
    await counted();
    await flow('thanks');
    await order('ann@example.com', [TEAPOT]);
    const { text, recommended } = await letterTo('ann@example.com');
    expect(text).toContain('Often bought together');
    expect(text).toContain('Below are a few things that go well with what you bought.');
    expect(text).toContain('https://shop.example/mug');
    for (const name of ['recommendations.md', 'recommendations.ru.md']) {
      const page = readDoc(name);
      const [, example = ''] = /```json\n(.*?)```/s.exec(page) ?? [];
      expect({ recommended }).toEqual(JSON.parse(example));
    }
  });

  it('shows nothing that its reader has bought, and falls silent where nothing is left', async () => {
    await history();
    await counted();
    await order('ann@example.com', [MUG, CUP, LAMP]);
    await flow('thanks');
    await order('ann@example.com', [TEAPOT]);
    const { text, html, recommended } = await letterTo('ann@example.com');
    expect(recommended).toBeNull();
    expect(text).toContain('We are glad you chose us.');
    expect(html).not.toMatch(/together|Popular|go well/);
  });

  it('forgets refunded orders, other shops’ orders, and pairs that were bought once', async () => {
    await history();
    const stranger = await sending.instance.openShop();
    expect(stranger.id).not.toBe(shop.id);
    for (const n of [1, 2, 3])
      await order(`old${n}@example.com`, [TEAPOT, MUG], { id: `order-${orders - 4 + n - 1}`, status: 'refunded' });
    await counted();
    const [{ count }] = (await sending.instance.db.engine(
      ({ sql }) => sql`select count(*) as count from pair_tally where shop_id = ${shop.id} and item_id = 'teapot'`,
    )) as unknown as [{ count: number }];
    expect(count).toBe(0);
  });
});

describe('a letter to somebody new', () => {
  it('shows the best sellers of the category that they looked at', async () => {
    await history();
    await counted();
    await flow('welcome-2', 'subscribed');
    const plan = await shop.done('POST', '/v1/flows/after/simulate', {
      person: { marketing: 'none', facts: { interests: { categories: ['Lamps'] } } },
      events: [{ at: '2027-01-04T12:00:00Z', on: 'subscribed' }],
    });
    const [letter] = plan.letters;
    expect(letter.subject).toBe('What people choose in Lamps');
    expect(letter.recommended).toMatchObject({
      reason: 'popular',
      category: 'Lamps',
      items: [{ id: 'bulb' }, { id: 'lamp' }],
    });
    expect(letter.text).toContain('Since you looked at Lamps');
  });
});

describe('what pages tell', () => {
  const look = async (networks: number, items: object[]): Promise<void> => {
    for (let n = 0; n < 6; n += 1) {
      const browser = newBrowser(shop);
      await browser.send([
        { type: 'page_view', url: TEAPOT.url, path: '/', title: '', referrer: '', kind: 'product' },
        ...items.map((item) => ({ type: 'view_item', item: { currency: 'EUR', ...item } })),
      ]);
      await sending.instance.db.engine(
        ({ sql }) => sql`update visit set network = ${`192.0.${n % networks}.0`} where id = ${browser.visit}`,
      );
    }
  };

  it('is shown once the shop sold it or people on many networks saw the same, never on one browser’s word', async () => {
    await look(1, [thing('spam', 1, 'Tea'), thing('scam', 1, 'Tea')]);
    await counted();
    const known = () =>
      sending.instance.db.engine(
        ({ sql }) => sql<{ itemId: string }[]>`select item_id from item_tally where shop_id = ${shop.id} order by 1`,
      );
    expect([...(await known())]).toEqual([]);
    await look(5, [TEAPOT, MUG, CUP]);
    await counted();
    expect((await known()).map(({ itemId }) => itemId)).toEqual(['cup', 'mug', 'teapot']);
    await flow('thanks');
    await order('ann@example.com', [TEAPOT]);
    const { text, recommended } = await letterTo('ann@example.com');
    expect(text).toContain('Others looked at these, too');
    expect(recommended).toMatchObject({ reason: 'viewed-together', items: [{ id: 'cup', count: 6 }, { id: 'mug' }] });
  });

  it('takes things out that are sold out, and prices that the shop and its pages do not agree on', async () => {
    await history();
    await look(5, [{ ...MUG, available: false }, { ...CUP, price: 1 }, LAMP]);
    await counted();
    await flow('cross-sell-1');
    await order('ann@example.com', [TEAPOT, BULB]);
    const { text, recommended } = await letterTo('ann@example.com');
    expect(recommended).toMatchObject({ items: [{ id: 'lamp' }, { id: 'cup' }] });
    expect(text).toContain('€120');
    expect(text).not.toMatch(/€[19]\b/);
  });
});

describe('a catalogue', () => {
  let arrivals = 0;
  const stock = (
    id: string,
    change: { price?: number; stock?: number; available?: boolean; arrived?: boolean; category?: string } = {},
  ) =>
    sending.instance.db.engine(async ({ sql, now }) => {
      const { price = 10, stock: left = null, available = true, arrived = false, category = 'Tea' } = change;
      const row = thing(id, price, category);
      // One after the other, however fast the machine is.
      arrivals += 1;
      await sql`
        insert into product (shop_id, id, title, price, currency, url, url_key, categories, available, stock, prices, import_id,
          first_seen_at, last_seen_at, arrived_at)
        values (${shop.id}, ${id}, ${row.title}, ${price}, 'EUR', ${row.url}, ${row.url}, ${sql.json(['Shop', category])}, ${available}, ${left},
          '[]', gen_random_uuid(), ${now}, ${now}, ${arrived ? now + arrivals : null})`;
    });

  it('says what things cost and how few are left, puts new arrivals first, and takes out what is sold out', async () => {
    await history();
    for (const n of [1, 2]) await order(`more${n}@example.com`, [TEAPOT, LAMP, BULB]);
    await counted();
    await stock('mug', { price: 14, stock: 3 });
    await stock('cup', { available: false });
    await stock('bulb', { price: 6, stock: 80, arrived: true });
    await flow('cross-sell-1');
    await order('ann@example.com', [TEAPOT]);
    const { text, recommended } = await letterTo('ann@example.com');
    expect(recommended.items.map(({ id }: { id: string }) => id)).toEqual(['bulb', 'mug', 'lamp']);
    expect(text).toContain('Goes well with your order');
    expect(text).toContain('€14');
    expect(text.match(/Only \d+ left/g)).toEqual(['Only 3 left']);
  });

  it('tells of what is new in the category that the reader looked at', async () => {
    await stock('jug', { arrived: true });
    await stock('pan', { arrived: true });
    await stock('torch', { arrived: true, category: 'Lamps' });
    await flow('miss-you', 'subscribed');
    const { letters } = await shop.done('POST', '/v1/flows/after/simulate', {
      person: { marketing: 'none', facts: { interests: { categories: ['Tea'] } } },
      events: [{ at: '2027-01-04T12:00:00Z', on: 'subscribed' }],
    });
    expect(letters[0].recommended).toMatchObject({
      reason: 'new',
      category: 'Tea',
      items: [{ id: 'pan' }, { id: 'jug' }],
    });
    expect(letters[0].text).toContain('New in Tea');
  });
});

describe('a letter about nothing but what goes with an order', () => {
  it('is not sent where nothing does, and says so', async () => {
    await flow('cross-sell-1');
    await order('ann@example.com', [TEAPOT]);
    await sending.instance.tick();
    const [message] = (await shop.done('GET', '/v1/messages?contact=ann@example.com')).data;
    expect([message.status, message.reason]).toEqual(['skipped', 'nothing_to_show']);
    expect(sending.postmark.sent()).toEqual([]);
  });
});
