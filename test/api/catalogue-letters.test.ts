/** What letters, claims and carts say of things that the catalogue knows. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Item } from '../../core/catalogue/item.ts';
import { enroll } from '../support/enroll.ts';
import { type FedThing, feedOf } from '../support/feed.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

const DAY = 86_400_000;

let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  instance = await startInstance({ env: { DEMO: '1' } });
});
afterAll(() => instance.close());
beforeEach(async () => {
  shop = await instance.openShop({ sending: { quietHours: null, dailyCap: null } });
});

const upload = (...things: FedThing[]) => shop.call('POST', '/v1/feeds/import', feedOf(...things));
const thing = (id: string, change: Partial<Item> = {}): Item => ({
  id,
  title: `Thing ${id}`,
  price: 10,
  currency: 'EUR',
  url: `https://shop.example/p/${id}`,
  ...change,
});
const letters = () =>
  instance.db.engine(
    ({ sql }) => sql<{ subject: string; text: string }[]>`
    select subject, text from inbox_letter where shop_id = ${shop.id} order by at`,
  );

/** A letter about these, sent now. */
async function send(items: Item[], letter = 'cart-1') {
  const flow = `one-${letter}`;
  await shop.call('POST', '/v1/flows', { key: flow, entry: { on: 'registered' }, steps: [{ send: letter }] });
  await enroll(instance.deps, shop.id, { email: `${randomUUID()}@example.com`, flow, code: false, items });
  await instance.tick();
  return (await letters()).at(-1)?.text ?? '';
}

describe('a letter', () => {
  it('shows what things cost now, how few there are, and nothing that is sold out', async () => {
    const things: FedThing[] = [
      { id: 'a', price: 8, stock: 3 },
      { id: 'b', stock: 40 },
      { id: 'c', available: false },
      { id: 'd' },
    ];
    await upload(...things);
    const text = await send(['a', 'b', 'c', 'd', 'unknown'].map((id) => thing(id)));
    expect(text).toContain('Thing a: €8');
    expect(text.match(/[Oo]nly \d+ left/g)).toEqual(['Only 3 left']);
    expect([...new Set(text.match(/Thing \w+/g))]).toEqual(['Thing a', 'Thing b', 'Thing d', 'Thing unknown']);
    expect(text).toContain('Thing b: €10');
  });

  it('says nothing of stock that was counted two days ago, nor of prices of last week', async () => {
    await upload({ id: 'a', price: 8, stock: 3 }, { id: 'b', available: false });
    instance.travel(2 * DAY);
    const later = await send([thing('a')]);
    expect([later.includes('Thing a: €8'), /only/i.test(later.replace(/only when/gi, ''))]).toEqual([true, false]);
    instance.travel(3 * DAY);
    expect(await send([thing('a'), thing('b')])).toContain('Thing b: €10');
  });

  it('names no price where variants have several, and knows them by their page, too', async () => {
    await upload({ id: 'a1', group: 'g', price: 8 }, { id: 'a2', group: 'g', price: 9 }, { id: 'b', price: 7 });
    const text = await send([thing('g'), thing('elsewhere', { url: 'https://www.shop.example/p/b/?utm_source=x' })]);
    expect(text).toMatch(/Thing g(?!: €)/);
    expect(text).toContain('Thing elsewhere: €7');
  });

  it('that has nothing left to sell is not sent, and says why', async () => {
    await upload({ id: 'a', available: false }, { id: 'b' });
    await send([thing('a')]);
    expect(await letters()).toEqual([]);
    const rows = await instance.db.engine(
      ({ sql }) => sql`select status, reason from message where shop_id = ${shop.id}`,
    );
    expect([...rows]).toEqual([{ status: 'skipped', reason: 'nothing_to_show' }]);
  });

  it('about what was bought shows it, sold out or not', async () => {
    await upload({ id: 'a', available: false }, { id: 'b' });
    expect(await send([thing('a')], 'review-request')).toContain('Thing a');
  });

  it('recommends what is new in the sections of its things', async () => {
    await upload({ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' });
    await upload({ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }, { id: 'n1' }, { id: 'n2', available: false });
    await upload(
      { id: 'a' },
      { id: 'b' },
      { id: 'c' },
      { id: 'd' },
      { id: 'n1' },
      { id: 'n2', available: false },
      { id: 'n3' },
    );
    const text = await send([thing('a', { category: 'Tea' })], 'miss-you');
    expect(text).toMatch(/Thing n3/);
    expect(text).toMatch(/Thing n1/);
    expect(text).not.toMatch(/Thing n2/);
  });
});

describe('a claim', () => {
  it('keeps what can be bought, at the price of today', async () => {
    await upload({ id: 'a', price: 8 }, { id: 'b', available: false });
    const rule = await shop.addRule();
    const browser = newBrowser(shop);
    await browser.send([{ type: 'page_view', url: 'https://shop.example/', path: '/', kind: 'other' }]);
    await browser.send([thing('a'), thing('b')].map((item) => ({ type: 'view_item', item })));
    await browser.claim(rule);
    const [row] = await instance.db.engine(
      ({ sql }) => sql<{ items: Item[] }[]>`select items from enrollment where shop_id = ${shop.id}`,
    );
    expect(row?.items).toMatchObject([{ id: 'a', price: 8, category: 'Pots' }]);
  });
});
