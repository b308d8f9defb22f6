/** What a step tries: the letters that leave, who wins, and that everybody gets the winner from then on. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enrollAll } from '../../support/enroll.ts';
import { type Instance, type ShopHandle, startInstance } from '../../support/shop.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  instance = await startInstance();
});
beforeEach(async () => {
  shop = await instance.openShop({ sending: { dailyCap: null, quietHours: null }, timezone: 'Europe/Moscow' });
});
afterAll(() => instance.close());

const VARIANTS = [
  {},
  {
    subject: { en: 'Your cup' },
    button: { en: 'Have a look', ru: 'Смотреть' },
    body: { en: 'Your cup is still here.\n\n<b>Warm</b> regards' },
  },
];

const addFlow = async (step: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<void> => {
  const { status, text } = await shop.call('POST', '/v1/flows', {
    key: 'tried',
    entry: { on: 'subscribed' },
    steps: [{ send: 'welcome-1', ...step }],
    ...more,
  });
  expect([status, text]).toEqual([201, expect.anything()]);
};

let people = 0;
const enter = async (count: number): Promise<string[]> => {
  const enrollees = Array.from({ length: count }, () => ({ email: `v${++people}@example.com`, flow: 'tried' }));
  return (await enrollAll(instance.deps, shop.id, enrollees)).map(({ contactId }) => contactId);
};

interface Sent {
  contactId: string;
  variant: number;
  letter: string;
  subject: string | null;
  status: string;
  heldMs: number;
}
const messages = (): Promise<Sent[]> =>
  instance.db.engine(
    ({ sql }) => sql<Sent[]>`
      select contact_id, variant, letter, subject, status, extract(epoch from not_before - queued_at) * 1000 as held_ms
      from message where shop_id = ${shop.id} order by queued_at, id`,
  );

/** Hundreds who got a letter two hundred at a time, without sending hundreds: rows as the sending leaves them. `clicked`: one of so many. */
async function lived(clicked: readonly [number, number], each = 300): Promise<void> {
  await instance.db.engine(async ({ sql, now }) => {
    const [one] = await sql<{ id: string; trial: string }[]>`
      select id, trial from message where shop_id = ${shop.id} and trial is not null order by queued_at limit 1`;
    for (const [variant, every] of clicked.entries())
      await sql`
        with person as (
          insert into contact select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),
            'email', 'l' || ${variant} || '-' || n || '@example.com', 'canonical', 'l' || ${variant} || '-' || n || '@example.com'))).*
          from contact c join message m on m.contact_id = c.id, generate_series(1, ${each}) n where m.id = ${one?.id ?? ''}
          returning id, email
        ), chain as (
          insert into enrollment select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'contact_id', person.id,
            'status', 'completed', 'code_id', null, 'dedupe_key', person.id))).*
          from enrollment e join message m on m.enrollment_id = e.id, person where m.id = ${one?.id ?? ''}
          returning id, contact_id
        )
        insert into message select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'contact_id', chain.contact_id,
          'enrollment_id', chain.id, 'variant', ${variant}::int, 'status', 'sent', 'queued_at', ${now}::timestamptz, 'clicked_at',
          case when row_number() over () % ${every} = 0 then ${now + HOUR}::timestamptz end))).*
        from message m, chain where m.id = ${one?.id ?? ''}`;
  });
}

const trials = async () => (await shop.call('GET', '/v1/reports/flows?flow=tried')).body.trials;

describe('variants of a letter', () => {
  it('leave with their own words, each person’s always the same, and what they don’t say as it is', async () => {
    await addFlow({ variants: VARIANTS });
    await enter(10);
    await instance.tick();
    const sent = await messages();
    expect(new Set(sent.map(({ variant }) => variant))).toEqual(new Set([0, 1]));
    for (const { variant, subject } of sent) expect(subject === 'Your cup').toBe(variant === 1);
    const letters = await instance.db.engine(
      ({ sql }) => sql<{ html: string; text: string; variant: number }[]>`
        select html, text, variant from inbox_letter l join message m on m.id = l.id where m.shop_id = ${shop.id}`,
    );
    for (const { html, text, variant } of letters) {
      expect(html.includes('Have a look') && text.includes('Have a look')).toBe(variant === 1);
      expect(text.includes('Your cup is still here.\n\n<b>Warm</b> regards')).toBe(variant === 1);
      expect(html).not.toContain('<b>Warm');
    }
  });

  it('may be another letter, and one that leaves at another time', async () => {
    await addFlow({ variants: [{ letter: 'reminder-2' }, { wait: '2h', until: 'usual' }] });
    await enter(10);
    await instance.tick();
    const rows = await messages();
    expect(new Set(rows.map(({ variant, letter, status }) => `${variant} ${letter} ${status}`))).toEqual(
      new Set(['0 reminder-2 sent', '1 welcome-1 queued']),
    );
    for (const { variant, heldMs } of rows) expect(heldMs >= 2 * HOUR && heldMs <= 26 * HOUR).toBe(variant === 1);
    instance.travel(26 * HOUR);
    await instance.tick();
    expect((await messages()).map(({ status }) => status)).toEqual(Array(10).fill('sent'));
  });
});

/** The subjects that eight people would get. */
async function simulated(): Promise<Set<string>> {
  const told = new Set<string>();
  for (let id = 0; id < 8; id += 1) {
    const { body } = await shop.call('POST', '/v1/flows/tried/simulate', {
      person: { id: `00000000-0000-4000-8000-00000000000${id}`, marketing: 'none' },
      events: [{ at: '2026-11-20T10:30:00Z', on: 'subscribed' }],
    });
    for (const { subject } of body.letters) told.add(subject);
  }
  return told;
}

describe('the winner', () => {
  it('is found by clicks, told with what it won by, and given to everybody from then on, in simulations too', async () => {
    await addFlow({ variants: VARIANTS });
    expect(await trials()).toMatchObject([{ path: 'steps.0', verdict: 'too_early', startedAt: null, winner: null }]);
    await enter(6);
    await instance.tick();
    await lived([12, 3]);
    await instance.tick();
    // Whose two days are not over don't count: who was clicked fast must not win.
    expect(await trials()).toMatchObject([{ verdict: 'too_early', variants: [{ people: 0 }, { people: 0 }] }]);
    instance.travel(2 * DAY + HOUR);
    await instance.tick();
    const [trial] = await trials();
    expect(trial).toMatchObject({
      flow: 'tried',
      letter: 'welcome-1',
      decideBy: 'clicks',
      windowHours: 48,
      verdict: 'winner',
      winner: 1,
      decidedAt: expect.any(String),
    });
    const [plain, other] = trial.variants;
    expect(plain.people + other.people).toBe(606);
    expect([plain.rate, other.rate]).toEqual([expect.closeTo(1 / 12, 1), expect.closeTo(1 / 3, 1)]);
    expect(plain.behind.low).toBeGreaterThan(0);
    expect(other.behind).toBeNull();
    const late = await enter(12);
    await instance.tick();
    const after = (await messages()).filter(({ contactId }) => late.includes(contactId));
    expect(after.map(({ variant }) => variant)).toEqual(Array(12).fill(1));
    expect((await trials())[0].variants).toEqual(trial.variants);
    expect(await simulated()).toEqual(new Set(['Your cup']));
    // It outlives a change of other steps, and not one of what is tried.
    const steps = (variants: unknown) => ({ steps: [{ wait: '0s' }, { send: 'welcome-1', variants }] });
    await shop.call('PATCH', '/v1/flows/tried', steps(VARIANTS));
    expect(await trials()).toMatchObject([{ path: 'steps.1', winner: 1 }]);
    await shop.call('PATCH', '/v1/flows/tried', steps([...VARIANTS, { button: { en: 'Third' } }]));
    expect(await trials()).toMatchObject([{ verdict: 'too_early', winner: null, startedAt: null }]);
    expect((await simulated()).size).toBe(2);
  });

  it('is found by purchases within the goal, and not where nobody is to decide', async () => {
    await addFlow({ variants: VARIANTS, decideBy: 'goal' }, { goal: { on: 'purchased', within: '7d' } });
    await enter(2);
    await instance.tick();
    await lived([3, 12]);
    await instance.db.engine(
      ({ sql, now }) => sql`
        insert into "order" (shop_id, id, status, contact_id, total, currency, placed_at, body, received_at, updated_at)
        select shop_id, id::text, 'paid', contact_id, 10, 'EUR', ${now + DAY}, '{"items": [], "codes": []}', ${now}, ${now}
        from message where shop_id = ${shop.id} and variant = 1 and hashtext(id::text) % 3 = 0`,
    );
    instance.travel(3 * DAY);
    await instance.tick();
    expect((await trials())[0]).toMatchObject({ verdict: 'too_early', windowHours: 168 });
    instance.travel(5 * DAY);
    await instance.tick();
    // Clicks say otherwise, and are not asked.
    expect((await trials())[0]).toMatchObject({ verdict: 'winner', winner: 1 });
    await shop.call('PATCH', '/v1/flows/tried', {
      steps: [{ send: 'welcome-1', variants: VARIANTS, decideBy: 'never' }],
    });
    expect((await trials())[0]).toMatchObject({ decideBy: 'never', verdict: 'too_early', winner: null });
    await enter(12);
    await instance.tick();
    const drawn = (await messages()).slice(-12).map(({ variant }) => variant);
    expect(new Set(drawn)).toEqual(new Set([0, 1]));
  });
});

describe('a step', () => {
  it.each([
    ['steps.0.decideBy', { variants: VARIANTS, decideBy: 'goal' }, 'must not be goal: the flow has none'],
    ['steps.0.decideBy', { decideBy: 'clicks' }, 'means nothing without variants'],
    ['steps.0.subjects', { variants: VARIANTS, subjects: [{ en: 'A' }, { en: 'B' }] }, /^must be absent beside/],
    ['steps.0.variants', { variants: [{}] }, 'must have at least two to choose from'],
    ['steps.0.variants.1.button', { variants: [{}, { button: {} }] }, 'must have a text in en or ru'],
    ['steps.0.variants.1.letter', { variants: [{}, { letter: 'spam' }] }, /./],
    ['steps.0.variants.1.until', { variants: [{}, { until: '25:00' }] }, /^must be a local time/],
  ])('that can’t be tried is refused at %s: %o', async (path, step, message) => {
    const { status, body } = await shop.call('POST', '/v1/flows', {
      key: 'wrong',
      entry: { on: 'subscribed' },
      steps: [{ send: 'welcome-1', ...step }],
    });
    expect([status, body.errors]).toEqual([
      422,
      [{ path, message: typeof message === 'string' ? message : expect.stringMatching(message) }],
    ]);
  });
});
