/** What a flow was for, noted where it happened in time; and the subjects that its letters try. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../../support/shop.ts';
import { TEAPOT } from '../../support/visitor.ts';

const DAY = 86_400_000;

let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  instance = await startInstance();
});
beforeEach(async () => {
  shop = await instance.openShop({ sending: { dailyCap: null, quietHours: null } });
});
afterAll(() => instance.close());

const addFlow = async (flow: Record<string, unknown>): Promise<void> => {
  const { status, text } = await shop.call('POST', '/v1/flows', {
    key: 'welcome',
    entry: { on: 'subscribed' },
    steps: [{ send: 'welcome-1' }, { wait: '90d' }, { send: 'welcome-2' }],
    ...flow,
  });
  expect([status, text]).toEqual([201, expect.anything()]);
};

const subscribe = (email: string, locale = 'en') =>
  shop.page('/v1/forms', {
    shop: shop.siteKey,
    visitor: randomUUID(),
    visit: randomUUID(),
    kind: 'subscribe',
    email,
    locale,
    item: TEAPOT,
    consent: { data: true, marketing: true, text: 'I agree.' },
  });

let orders = 0;
const buy = async (email: string, daysAgo = 0): Promise<void> => {
  orders += 1;
  const now = await instance.db.engine(async (tx) => tx.now);
  const { status } = await shop.call('POST', '/v1/orders', {
    id: `goal-${orders}`,
    status: 'placed',
    email,
    total: 42,
    currency: 'EUR',
    placedAt: new Date(now - daysAgo * DAY).toISOString(),
  });
  expect(status).toBe(201);
};

/** Of everybody who entered: the status, and whole days from entering to the goal. */
const goals = () =>
  instance.db.engine(
    ({ sql }) => sql<{ email: string; status: string; days: number | null }[]>`
      select c.email, e.status, floor(extract(epoch from e.goal_at - e.entered_at) / 86400)::int as days
      from enrollment e join contact c on c.shop_id = e.shop_id and c.id = e.contact_id
      where e.shop_id = ${shop.id} order by 1`,
  );

describe('the goal of a flow', () => {
  it('is a purchase within its time, by those who were held out too', async () => {
    await addFlow({ goal: { on: 'purchased', within: '7d' }, holdout: 0.5, stopOn: ['unsubscribed'] });
    const people = Array.from({ length: 24 }, (_, index) => `g${String(index).padStart(2, '0')}@example.com`);
    for (const email of people) await subscribe(email);
    instance.travel(3 * DAY);
    for (const email of people) await buy(email);
    instance.travel(DAY);
    for (const email of people) await buy(email);
    const rows = await goals();
    expect(rows.map(({ email, days }) => [email, days])).toEqual(people.map((email) => [email, 3]));
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['active', 'stopped']));
  });

  it('is noted where the purchase ends the chain, and on chains that ended before', async () => {
    await addFlow({ goal: { on: 'purchased', within: '7d' }, stopOn: ['purchased'] });
    await subscribe('ends@example.com');
    instance.travel(DAY);
    await buy('ends@example.com');
    expect(await goals()).toEqual([{ email: 'ends@example.com', status: 'stopped', days: 1 }]);
  });

  it('is no purchase before or after, and nothing to flows without one', async () => {
    await addFlow({ goal: { on: 'purchased', within: '7d' } });
    await addFlow({ key: 'plain' });
    await subscribe('late@example.com');
    await buy('late@example.com', 1);
    instance.travel(8 * DAY);
    await buy('late@example.com');
    expect((await goals()).map(({ days }) => days)).toEqual([null, null]);
  });
});

describe('subjects to try', () => {
  const SUBJECTS = [{ en: 'Come in', ru: 'Заходите' }, { en: 'Good to see you' }];

  it('stand on the letters that leave, in the reader’s language, and else the letter’s own', async () => {
    await addFlow({ steps: [{ send: 'welcome-1', subjects: SUBJECTS }] });
    for (let index = 0; index < 12; index += 1) {
      await subscribe(`en${index}@example.com`);
      await subscribe(`ru${index}@example.com`, 'ru');
    }
    await instance.tick();
    const sent = await instance.db.engine(
      ({ sql }) => sql<{ locale: string; variant: number; subject: string }[]>`
        select distinct e.locale, m.variant, m.subject from message m join enrollment e on e.id = m.enrollment_id
        where m.shop_id = ${shop.id} and m.status = 'sent' order by 1, 2`,
    );
    expect(sent).toEqual([
      { locale: 'en', variant: 0, subject: 'Come in' },
      { locale: 'en', variant: 1, subject: 'Good to see you' },
      { locale: 'ru', variant: 0, subject: 'Заходите' },
      { locale: 'ru', variant: 1, subject: expect.stringMatching(/[а-я]/) },
    ]);
  });

  it('keep to the version of the flow that the chain runs on', async () => {
    const steps = (en: string) => [{ wait: '1d' }, { send: 'welcome-1', subjects: [{ en }, { en }] }];
    await addFlow({ steps: steps('Before') });
    await subscribe('kept@example.com');
    expect((await shop.call('PATCH', '/v1/flows/welcome', { steps: steps('After') })).status).toBe(200);
    instance.travel(DAY + 60_000);
    await instance.tick();
    const { body } = await shop.call('GET', '/v1/messages?contact=kept@example.com');
    expect(body.data).toMatchObject([{ letter: 'welcome-1', status: 'sent', subject: 'Before' }]);
  });

  it('stand on letters that are only simulated', async () => {
    await addFlow({ steps: [{ send: 'welcome-1', subjects: SUBJECTS }] });
    const simulated = async (id: string): Promise<string> => {
      const { body } = await shop.call('POST', '/v1/flows/welcome/simulate', {
        person: { id, marketing: 'none' },
        events: [{ at: '2026-11-20T10:30:00Z', on: 'subscribed' }],
      });
      return body.letters[0].subject;
    };
    const seen = await Promise.all(
      Array.from({ length: 12 }, (_, index) => simulated(`00000000-0000-4000-8000-0000000000${10 + index}`)),
    );
    expect([...new Set(seen)].sort()).toEqual(['Come in', 'Good to see you']);
  });
});
