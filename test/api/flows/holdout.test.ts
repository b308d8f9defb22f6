/** Who is kept out of a flow, so that it can be measured. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isHeldOut } from '../../../core/experiments/flow-holdout.ts';
import { type Instance, type ShopHandle, startInstance } from '../../support/shop.ts';

let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop({ sending: { dailyCap: null, quietHours: null } });
});
afterAll(() => instance.close());

const subscribe = (email: string, form = 'subscribe') =>
  shop.page('/v1/forms', {
    shop: shop.siteKey,
    visitor: randomUUID(),
    visit: randomUUID(),
    kind: form,
    email,
    item: { id: 'teapot', title: 'Teapot', price: 42, currency: 'EUR', url: 'https://shop.example/teapot' },
    consent: { data: true, marketing: true, text: 'I agree.' },
  });

const chains = () =>
  instance.db.engine(
    ({ sql }) => sql<{ contactId: string; status: string; reason: string | null; letters: number }[]>`
      select contact_id, status, reason, (select count(*) from message where enrollment_id = enrollment.id) as letters
      from enrollment where shop_id = ${shop.id} and flow_key = 'welcome'`,
  );

describe('a flow with a holdout', () => {
  it('keeps out the same contacts whenever they would enter, writes them down, and sends them nothing', async () => {
    const steps = [{ send: 'reminder-1' }];
    const entry = { on: 'form_submitted' };
    const made = await shop.call('POST', '/v1/flows', { key: 'welcome', entry, steps, holdout: 0.5 });
    expect([made.status, made.body.holdout]).toEqual([201, 0.5]);
    for (let one = 0; one < 24; one += 1) await subscribe(`p${one}@example.com`);
    await instance.tick();

    const first = await chains();
    expect(first.length).toBe(24);
    for (const chain of first) {
      expect(chain).toMatchObject(
        isHeldOut({ key: 'welcome', holdout: 0.5 }, chain.contactId)
          ? { status: 'stopped', reason: 'holdout', letters: 0 }
          : { status: 'completed', reason: 'finished', letters: 1 },
      );
    }
    const held = first.filter(({ reason }) => reason === 'holdout').map(({ contactId }) => contactId);
    expect(held.length).toBeGreaterThan(3);
    expect(held.length).toBeLessThan(21);

    for (let one = 0; one < 24; one += 1) await subscribe(`p${one}@example.com`, 'download');
    await instance.tick();
    const later = (await chains()).filter(({ reason }) => reason === 'holdout').map(({ contactId }) => contactId);
    expect(new Set(later)).toEqual(new Set(held));
  });

  it.each([
    ['a transactional flow', { purpose: 'transactional', entry: { on: 'order_placed' }, steps: [{ send: 'nps' }] }],
    ['one that begins with an accepted offer', { steps: [{ send: 'offer' }] }],
  ])('is refused for %s', async (_, flow) => {
    const { status, body } = await shop.call('POST', '/v1/flows', { key: 'waited-for', holdout: 0.1, ...flow });
    expect([status, body.errors?.[0]?.path]).toEqual([422, 'holdout']);
  });
});

describe('the draw', () => {
  const people = Array.from({ length: 20_000 }, (_, index) => `contact-${index}`);
  const held = (holdout: number, key = 'welcome') => people.filter((one) => isHeldOut({ key, holdout }, one));

  it('holds as large a share as it says', () => {
    expect(held(0).length).toBe(0);
    expect(Math.abs(held(0.1).length - 2_000)).toBeLessThan(200);
  });

  it('keeps who was held when the share grows, and asks anew for each flow', () => {
    const small = new Set(held(0.1));
    const large = new Set(held(0.2));
    expect([...small].every((one) => large.has(one))).toBe(true);
    const both = held(0.1, 'browse').filter((one) => small.has(one));
    expect(Math.abs(both.length - 200)).toBeLessThan(80);
  });
});
