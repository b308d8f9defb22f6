/** How fast letters leave: for a shop, for the instance, and by whoever works. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendDue } from '../../../api/actions/sending/send-due.ts';
import { tick } from '../../../api/actions/tick.ts';
import type { Deps } from '../../../api/deps.ts';
import { addFlow, enrollAll } from '../../support/enroll.ts';
import { DAY, type Sending, startSending } from '../../support/sending.ts';
import type { ShopHandle } from '../../support/shop.ts';

vi.setConfig({ testTimeout: 60_000 });

let sending: Sending;
let people = 0;
beforeAll(async () => {
  sending = await startSending();
});
afterAll(() => sending.close());
beforeEach(() => sending.postmark.clear());

const openShop = async (change: Record<string, unknown>): Promise<ShopHandle> => {
  const { sending: more = {}, ...rest } = change as { sending?: Record<string, unknown> };
  const shop = await sending.instance.openShop({ sending: { dailyCap: null, quietHours: null, ...more }, ...rest });
  await addFlow(sending.instance.deps, shop.id, 'one', [{ send: 'reminder-1' }]);
  return shop;
};
const join = (shop: ShopHandle, count: number, at = 'example.com') =>
  enrollAll(
    sending.instance.deps,
    shop.id,
    Array.from({ length: count }, () => {
      people += 1;
      return { email: `p${people}@${at}`, flow: 'one' };
    }),
  );
const statuses = (shop: ShopHandle) =>
  sending.instance.db.engine(
    ({ sql }) => sql<{ status: string; reason: string | null; count: number }[]>`
      select status, reason, count(*) from message where shop_id = ${shop.id} group by 1, 2 order by 1, 2`,
  );
const sentBy = async (shop: ShopHandle): Promise<number> =>
  (await statuses(shop)).find(({ status }) => status === 'sent')?.count ?? 0;
const work = (deps: Deps, forMs: number) => tick(deps, { limit: 100, deadline: deps.now() + forMs });

describe('letters a second', () => {
  it('two workers together keep a shop’s pace, and what waits is sent in its time', async () => {
    const shop = await openShop({ limits: { codesPerRange: null, lettersPerSecond: 20 } });
    await join(shop, 60);
    const { deps } = sending.instance;
    const began = Date.now();
    const reports = await Promise.all([work(deps, 30_000), work(deps, 30_000)]);
    const seconds = (Date.now() - began) / 1_000;
    expect(await statuses(shop)).toEqual([{ status: 'sent', reason: null, count: 60 }]);
    expect(reports.every(({ waiting }) => !waiting)).toBe(true);
    // A full bucket at first, then what time brings.
    expect(60).toBeLessThanOrEqual(20 + 20 * seconds);
  });

  it('what waits stays queued as it was, costs no attempt, and is told of', async () => {
    const shop = await openShop({ limits: { codesPerRange: null, lettersPerSecond: 1 } });
    await join(shop, 3);
    const { claimed, waitMs } = await sendDue(sending.instance.deps, 100, Number.POSITIVE_INFINITY);
    expect([claimed, waitMs !== null && waitMs > 0 && waitMs <= 1_000]).toEqual([1, true]);
    const left = (await sending.letters()).filter(({ shopId, status }) => shopId === shop.id && status === 'queued');
    expect(left.map(({ attempt, reason, claim }) => [attempt, reason, claim])).toEqual([
      [0, null, null],
      [0, null, null],
    ]);
    sending.instance.travel(DAY);
    await sending.instance.tick();
  });

  it('a shop at its pace keeps no other waiting', async () => {
    const slow = await openShop({ limits: { codesPerRange: null, lettersPerSecond: 1 } });
    const free = await openShop({});
    await join(slow, 30);
    await join(free, 30);
    await work(sending.instance.deps, 1_500);
    expect(await sentBy(free)).toBe(30);
    expect(await sentBy(slow)).toBeLessThanOrEqual(4);
    await slow.call('PATCH', '/v1/shop', { limits: { lettersPerSecond: null } });
    await sending.instance.tick();
    expect(await sentBy(slow)).toBe(30);
  });

  it('the instance’s pace is shared fairly: a long queue takes no more than a short one', async () => {
    const long = await openShop({});
    await join(long, 40);
    const short = await openShop({});
    await join(short, 10);
    const { deps, settings } = sending.instance;
    const paced = { ...deps, settings: { ...settings, lettersPerSecond: 20 } };
    await sendDue(paced, 100, Number.POSITIVE_INFINITY);
    expect([await sentBy(long), await sentBy(short)]).toEqual([10, 10]);
    await work(paced, 20_000);
    expect([await sentBy(long), await sentBy(short)]).toEqual([40, 10]);
  });
});

describe('a domain that nobody knows yet', () => {
  it('sells to fifty a provider on the first day and to a hundred on the second; the rest waits for tomorrow', async () => {
    const shop = await openShop({ sending: { warmUp: true } });
    expect((await shop.call('GET', '/v1/shop')).body.sending.warmUp).toBe(true);
    await join(shop, 160, 'gmail.com');
    await join(shop, 5, 'yandex.ru');
    await sending.instance.tick();
    expect(await statuses(shop)).toEqual([
      { status: 'queued', reason: 'warming_up', count: 110 },
      { status: 'sent', reason: null, count: 55 },
    ]);
    const told = async () =>
      (await shop.call('GET', '/v1/setup')).body.steps.find(({ step }: { step: string }) => step === 'warm_up');
    expect(await told()).toMatchObject({
      title: expect.stringContaining('day 1 of 10, at most 50'),
      how: expect.stringContaining('gmail 50, microsoft 0, yahoo 0, mail.ru 0, yandex 5, other 0'),
    });
    sending.instance.travel(DAY);
    await sending.instance.tick();
    expect(await sentBy(shop)).toBe(155);
    expect((await told())?.title).toContain('day 2 of 10, at most 100');
    sending.instance.travel(DAY);
    await sending.instance.tick();
    expect(await sentBy(shop)).toBe(165);
    sending.instance.travel(10 * DAY);
    expect(await told()).toBe(undefined);
  });

  it('holds no news of an order, and no letter that somebody asked for', async () => {
    const shop = await openShop({ sending: { warmUp: true } });
    const { deps } = sending.instance;
    await addFlow(deps, shop.id, 'news', [{ send: 'nps' }], { purpose: 'transactional', stopOn: [] });
    await join(shop, 60, 'mail.ru');
    await sending.instance.tick();
    await enrollAll(deps, shop.id, [{ email: 'news@mail.ru', flow: 'news' }]);
    await sending.instance.db.engine(
      ({ sql }) => sql`
        with one as (
          select id from message where shop_id = ${shop.id} and status = 'queued' and reason = 'warming_up' limit 1
        ), due as (
          update outbox set not_before = now() where id in (select id from one)
        )
        update message set claimed = true where id in (select id from one)`,
    );
    await sending.instance.tick();
    expect(await sentBy(shop)).toBe(52);
  });

  it('is over as soon as the shop says so', async () => {
    const shop = await openShop({ sending: { warmUp: true } });
    await join(shop, 51, 'bk.ru');
    await sending.instance.tick();
    await shop.call('PATCH', '/v1/shop', { sending: { warmUp: false } });
    sending.instance.travel(DAY);
    await sending.instance.tick();
    expect(await sentBy(shop)).toBe(51);
  });

  it('counts no letter twice, however many work', async () => {
    const shop = await openShop({ sending: { warmUp: true } });
    await join(shop, 80, 'list.ru');
    const { deps } = sending.instance;
    await Promise.all([work(deps, 20_000), work(deps, 20_000), work(deps, 20_000)]);
    expect(await sentBy(shop)).toBe(50);
  });
});
