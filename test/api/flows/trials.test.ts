/** Trying flows before they run, and moving people once they do: through the API. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../../support/shop.ts';
import { newBrowser, TEAPOT } from '../../support/visitor.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.close());
beforeEach(async () => {
  shop = await instance.openShop({ sending: { dailyCap: 1, quietHours: { from: '21:00', to: '09:00' } } });
});

const STEPS = [{ send: 'offer' }, { wait: '1h' }, { send: 'reminder-1' }, { wait: '2h' }, { send: 'reminder-2' }];
const ACCEPTED = {
  at: '2026-11-20T18:30:00Z',
  on: 'offer_accepted',
  offer: { kind: 'percent', value: 10, expiresIn: '7d' },
  items: [TEAPOT],
};
const simulate = (key: string, body: Record<string, unknown>) =>
  shop.call('POST', `/v1/flows/${key}/simulate`, { person: {}, events: [ACCEPTED], ...body });
const inShort = (plan: { at: string; do: string; what: string | null; reason: string }[]): string[] =>
  plan.map(({ at, do: deed, what, reason }) => [at.slice(0, 16), deed, what, reason].filter(Boolean).join(' '));
const addFlow = async (flow: Record<string, unknown>): Promise<void> => {
  const { status, text } = await shop.call('POST', '/v1/flows', { steps: STEPS, ...flow });
  expect([status, text]).toEqual([201, expect.anything()]);
};
const counts = () =>
  instance.db.engine(async ({ sql }) => {
    const [row] = await sql`
      select (select count(*) from enrollment) as chains, (select count(*) from message) as letters,
        (select count(*) from code) as codes, (select count(*) from contact) as people`;
    return row;
  });

describe('a simulation', () => {
  it('dates every step and every step not taken, writes the letters, and leaves no trace', async () => {
    const before = await counts();
    const { status, body } = await simulate('discount-reminder', {
      events: [ACCEPTED, { at: '2026-11-23T20:00:00Z', on: 'redeemed' }],
    });
    expect(status).toBe(200);
    expect(inShort(body.plan)).toEqual([
      '2026-11-20T18:30 enter offer_accepted offer_accepted',
      '2026-11-20T18:30 send offer due',
      '2026-11-20T18:30 wait 1d asked_for',
      '2026-11-21T18:30 send reminder-1 due',
      '2026-11-21T18:30 wait 2d asked_for',
      '2026-11-23T18:30 send reminder-2 due',
      '2026-11-23T18:30 wait 3d until 10:00 asked_for',
      '2026-11-23T20:00 stop redeemed',
    ]);
    expect(body.letters.map((one: { letter: string }) => one.letter)).toEqual(['offer', 'reminder-1', 'reminder-2']);
    expect(body.letters[0]).toMatchObject({
      subject: expect.stringMatching(/./),
      html: expect.stringContaining('SAMPLE-CODE'),
    });
    expect(body.letters[0].text).toContain('Teapot');
    expect(await counts()).toEqual(before);
  });

  it('keeps the person’s quiet hours, the daily cap and the shop’s other flows', async () => {
    await addFlow({ key: 'cart', intent: 'leaving', entry: { on: 'cart_abandoned', after: '1h' } });
    await addFlow({ key: 'three', steps: [{ send: 'offer' }, { wait: '4h' }, { send: 'reminder-1' }] });
    const { body } = await simulate('three', {
      person: { timezone: 'Asia/Tokyo' },
      beside: ['discount-reminder'],
      events: [{ ...ACCEPTED, at: '2026-11-20T11:30:00Z' }],
      days: 2,
    });
    expect(inShort(body.plan).slice(3)).toEqual([
      '2026-11-20T15:30 hold reminder-1 quiet_hours',
      '2026-11-21T00:00 send reminder-1 due',
      '2026-11-21T00:00 finish finished',
    ]);
    const excluded = await simulate('cart', {
      beside: ['discount-reminder'],
      events: [ACCEPTED, { at: '2026-11-20T19:00:00Z', on: 'visited', carted: [TEAPOT] }],
      days: 1,
    });
    expect(inShort(excluded.body.plan)).toContain('2026-11-20T20:00 keep_out cart_abandoned intent');
  });

  it('tries a change, and a flow that isn’t saved', async () => {
    const change = await simulate('discount-reminder', { flow: { steps: [{ send: 'last-chance' }] } });
    expect(change.body.letters.map((one: { letter: string }) => one.letter)).toEqual(['last-chance']);
    const fresh = await simulate('not-yet', {
      person: { facts: { orders: 3 } },
      flow: { steps: [{ branch: { if: ['orders', '>=', 3], then: [{ send: 'offer' }] } }] },
    });
    expect(inShort(fresh.body.plan)).toContain('2026-11-20T18:30 branch then fulfilled');
    expect((await shop.call('GET', '/v1/flows/not-yet')).status).toBe(404);
    expect((await simulate('not-yet', {})).status).toBe(404);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ person: { timezone: 'Mars' } }, 'person.timezone'],
    [{ events: [{ at: 'soon', on: 'visited' }] }, 'events.0.at'],
    [{ events: [{ at: '2026-11-20T18:30:00Z', on: 'bored' }] }, 'events.0.on'],
    [{ beside: ['nowhere'] }, 'beside.0'],
    [{ flow: { steps: [] } }, 'flow.steps'],
    [{ days: 0 }, 'days'],
  ])('names what is wrong: %j', async (body, path) => {
    const { status, body: problem } = await simulate('discount-reminder', body);
    expect([status, problem.errors?.[0].path]).toEqual([422, path]);
  });
});

describe('scenarios', () => {
  const put = (name: string, body: Record<string, unknown>) =>
    shop.call('PUT', `/v1/flows/discount-reminder/scenarios/${name}`, { person: {}, events: [ACCEPTED], ...body });

  it('are run by every save of their flow, which tells the plans it changed until they are accepted', async () => {
    const expected = [
      { do: 'send', what: 'offer' },
      { do: 'send', what: 'last-chance' },
    ];
    expect((await put('buys-nothing', { expect: expected })).body.unmet).toEqual([]);
    await put('redeems', { events: [ACCEPTED, { at: '2026-11-20T19:00:00Z', on: 'redeemed' }] });
    const patch = (body: unknown) => shop.call('PATCH', '/v1/flows/discount-reminder', body);
    expect((await patch({ name: 'Other' })).body.changed).toEqual([]);
    const { changed } = (await patch({ steps: [{ send: 'offer' }, { wait: '1d' }, { send: 'reminder-1' }] })).body;
    expect(changed.map((one: { scenario: string }) => one.scenario)).toEqual(['buys-nothing']);
    expect(inShort(changed[0].was)).toContain('2026-11-23T18:30 send reminder-2 due');
    expect(inShort(changed[0].is).at(-1)).toBe('2026-11-21T18:30 finish finished');
    expect(changed[0].unmet).toEqual([expected[1]]);
    expect((await patch({ name: 'Still' })).body.changed).toHaveLength(1);
    expect((await put('buys-nothing', { expect: expected })).body.unmet).toEqual([expected[1]]);
    expect((await patch({ name: 'Accepted' })).body.changed).toEqual([]);
  });

  it('are listed, read, removed, and go with their flow', async () => {
    await addFlow({ key: 'brief' });
    await shop.call('PUT', '/v1/flows/brief/scenarios/one', { person: {}, events: [ACCEPTED] });
    const { data } = (await shop.call('GET', '/v1/flows/brief/scenarios')).body;
    expect(data.map((one: { name: string }) => one.name)).toEqual(['one']);
    expect((await shop.call('GET', '/v1/flows/brief/scenarios/one')).body.events).toEqual([ACCEPTED]);
    expect((await shop.call('DELETE', '/v1/flows/brief/scenarios/one')).status).toBe(204);
    expect((await shop.call('DELETE', '/v1/flows/brief/scenarios/one')).status).toBe(404);
    await shop.call('PUT', '/v1/flows/brief/scenarios/two', { person: {}, events: [] });
    await shop.call('DELETE', '/v1/flows/brief');
    await addFlow({ key: 'brief' });
    expect((await shop.call('GET', '/v1/flows/brief/scenarios')).body.data).toEqual([]);
    expect((await shop.call('PUT', '/v1/flows/none/scenarios/one', { person: {}, events: [] })).status).toBe(404);
  });
});

describe('the state of a flow', () => {
  it('is told by its switch and its bounds', async () => {
    const state = async (key: string) => (await shop.call('GET', `/v1/flows/${key}`)).body.state;
    const at = (days: number): string => new Date(instance.deps.now() + days * DAY).toISOString();
    await addFlow({ key: 'draft', enabled: false });
    await addFlow({ key: 'soon', startsAt: at(700) });
    await addFlow({ key: 'over', endsAt: at(-1) });
    expect(await Promise.all(['discount-reminder', 'draft', 'soon', 'over'].map(state))).toEqual([
      'live',
      'draft',
      'scheduled',
      'over',
    ]);
    expect((await shop.call('PATCH', '/v1/flows/draft', { enabled: true })).body.state).toBe('live');
    expect((await shop.call('PATCH', '/v1/flows/draft', { enabled: false })).body.state).toBe('paused');
    const { data } = (await shop.call('GET', '/v1/flows')).body;
    expect(data.map((one: { key: string; state: string }) => `${one.key} ${one.state}`)).toContain('draft paused');
  });
});

describe('people on their way', () => {
  const trail = async (email: string) =>
    (await shop.call('GET', `/v1/messages?contact=${email}`)).body.data.map(
      (one: { letter: string; status: string; chain: { status: string; reason: string | null } }) =>
        `${one.letter} ${one.status}, ${one.chain.status} ${one.chain.reason}`,
    );
  const enter = async (flow: string, email: string): Promise<void> => {
    const browser = newBrowser(shop);
    await browser.look();
    expect((await browser.claim(await shop.addRule({ flow }), { email })).status).toBe(200);
    await instance.tick();
  };
  const pass = async (ms: number): Promise<void> => {
    instance.travel(ms + 1_000);
    await instance.tick();
  };

  beforeEach(async () => {
    shop = await instance.openShop({ sending: { dailyCap: null, quietHours: null } });
  });

  it('stop when their flow is deleted', async () => {
    await addFlow({ key: 'brief' });
    await enter('brief', 'ann@example.com');
    for (const { id } of (await shop.call('GET', '/v1/rules')).body.data) await shop.call('DELETE', `/v1/rules/${id}`);
    expect((await shop.call('DELETE', '/v1/flows/brief')).status).toBe(204);
    await pass(2 * HOUR);
    expect(await trail('ann@example.com')).toEqual(['offer sent, stopped flow_deleted']);
  });

  it('are moved to the step that comes next for them, wherever it is now', async () => {
    await addFlow({ key: 'brief' });
    await enter('brief', 'bob@example.com');
    const steps = [
      { send: 'offer' },
      { tag: { add: ['new'] } },
      { wait: '5h' },
      { send: 'reminder-1' },
      { send: 'last-chance' },
    ];
    await shop.call('PATCH', '/v1/flows/brief', { steps });
    const migrated = await shop.call('POST', '/v1/flows/brief/migrate', {});
    expect([migrated.status, migrated.body]).toEqual([200, { to: 2, moved: 1, left: 0 }]);
    await pass(HOUR);
    expect(await trail('bob@example.com')).toEqual([
      'offer sent, completed finished',
      'reminder-1 sent, completed finished',
      'last-chance sent, completed finished',
    ]);
    expect((await shop.call('POST', '/v1/flows/brief/migrate', {})).body).toEqual({ to: 2, moved: 0, left: 0 });
  });

  it('get every letter of the new version, also where one of the old had its place', async () => {
    await addFlow({ key: 'brief' });
    await enter('brief', 'cat@example.com');
    await pass(HOUR);
    await shop.call('PATCH', '/v1/flows/brief', {
      steps: [{ send: 'reminder-2' }, { wait: '1h' }, { send: 'last-chance' }],
    });
    await shop.call('POST', '/v1/flows/brief/migrate', {});
    await pass(2 * HOUR);
    await pass(HOUR);
    expect((await trail('cat@example.com')).map((one: string) => one.split(',')[0])).toEqual([
      'offer sent',
      'reminder-1 sent',
      'reminder-2 sent',
      'last-chance sent',
    ]);
  });

  it('take along the letter that waits for tomorrow', async () => {
    shop = await instance.openShop({ sending: { dailyCap: 1, quietHours: null } });
    await addFlow({ key: 'brief' });
    await enter('brief', 'eve@example.com');
    await pass(HOUR);
    const steps = [
      { send: 'offer' },
      { wait: '1h' },
      { tag: { add: ['new'] } },
      { send: 'reminder-1' },
      { wait: '2h' },
      { send: 'reminder-2' },
    ];
    await shop.call('PATCH', '/v1/flows/brief', { steps });
    expect((await shop.call('POST', '/v1/flows/brief/migrate', {})).body).toEqual({ to: 2, moved: 1, left: 0 });
    await pass(DAY);
    await pass(DAY);
    expect((await trail('eve@example.com')).map((one: string) => one.split(',')[0])).toEqual([
      'offer sent',
      'reminder-1 sent',
      'reminder-2 sent',
    ]);
  });

  it('are not moved while a place of theirs is gone, unless a map says where they go on', async () => {
    await addFlow({ key: 'brief' });
    await enter('brief', 'dan@example.com');
    await shop.call('PATCH', '/v1/flows/brief', {
      steps: [{ send: 'offer' }, { wait: '1h' }, { send: 'last-chance' }],
    });
    const migrate = (map?: unknown) => shop.call('POST', '/v1/flows/brief/migrate', map ? { map } : {});
    const { status, body } = await migrate();
    expect([status, body.errors.map((one: { path: string }) => one.path)]).toEqual([422, ['map.steps.2']]);
    expect((await migrate({ 'steps.2': 'steps.9' })).body.errors[0].path).toBe('map.steps.2');
    expect((await migrate({ 'steps.2': 'steps.2' })).body).toEqual({ to: 2, moved: 1, left: 0 });
    await pass(HOUR);
    expect(await trail('dan@example.com')).toEqual([
      'offer sent, completed finished',
      'last-chance sent, completed finished',
    ]);
  });
});
