/** What Postmark tells: each thing once, whatever it comes to, and in whatever order. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Enrolled, enroll } from '../../support/enroll.ts';
import { DAY, GRACE, HOUR, type Sending, startSending } from '../../support/sending.ts';
import { BASIC, PASSWORD, setPassword, tell, USER } from '../../support/told.ts';

vi.setConfig({ testTimeout: 60_000 });

let sending: Sending;
let people = 0;
let clock: number;

beforeAll(async () => {
  sending = await startSending();
  await setPassword(sending.shop);
});
afterAll(() => sending.close());
beforeEach(async () => {
  sending.postmark.clear();
  // So many bounces and complaints in one shop would halt it: that has a file of its own.
  await sending.shop.call('PATCH', '/v1/shop', { sending: { resume: true } });
});

const iso = (ms = 0): string => new Date(clock + ms).toISOString().replace('Z', '0000Z');

const newAddress = (): string => {
  people += 1;
  return `reader${people}@example.com`;
};

/** A person whose first letter has left. */
async function reached(): Promise<Enrolled & { messageId: string; providerId: string }> {
  const email = newAddress();
  const person = await enroll(sending.instance.deps, sending.shop.id, { email });
  await sending.instance.tick();
  const [letter] = await sending.letters(person.contactId);
  expect(letter?.status).toBe('sent');
  clock = await sending.now();
  return { ...person, messageId: letter?.id ?? '', providerId: letter?.providerId ?? '' };
}

type Reached = Awaited<ReturnType<typeof reached>>;

const about = ({ providerId, messageId }: Reached, change: Record<string, unknown>) => ({
  MessageID: providerId,
  Metadata: { m: messageId },
  ServerID: 23,
  MessageStream: 'broadcast',
  ...change,
});
const delivered = (person: Reached) =>
  about(person, { RecordType: 'Delivery', Recipient: person.email, DeliveredAt: iso(-2_000) });
const bounced = (person: Reached, change: Record<string, unknown> = {}) =>
  about(person, {
    RecordType: 'Bounce',
    ID: people * 1_000,
    Type: 'HardBounce',
    TypeCode: 1,
    Email: person.email,
    BouncedAt: iso(-1_000),
    Inactive: true,
    Description: 'unknown user <script>alert(1)</script>',
    ...change,
  });
const complained = (person: Reached) =>
  about(person, { RecordType: 'SpamComplaint', ID: 7, TypeCode: 100_001, Email: person.email, BouncedAt: iso(-1_000) });
const changed = (person: Reached, change: Record<string, unknown>) =>
  about(person, {
    RecordType: 'SubscriptionChange',
    Recipient: person.email,
    ChangedAt: iso(),
    Origin: 'Recipient',
    SuppressSending: true,
    SuppressionReason: 'ManualSuppression',
    ...change,
  });

const hear = async (body: unknown): Promise<void> => {
  const { status, body: answer } = await tell(sending.instance, sending.shop, body);
  expect([status, answer]).toEqual([200, { heard: true }]);
};
const trail = async ({ email }: { email: string }) =>
  (await sending.shop.call('GET', `/v1/messages?contact=${encodeURIComponent(email)}`)).body.data;
const suppressionsOf = ({ messageId }: Reached): Promise<{ reason: string }[]> =>
  sending.instance.db.engine(
    ({ sql }) => sql<{ reason: string }[]>`
      select reason from suppression where shop_id = ${sending.shop.id} and address_hash = (select address_hash from message where id = ${messageId})`,
  );
const countEvents = async (): Promise<number> => {
  const [row] = await sending.instance.db.engine(
    ({ sql }) => sql<{ count: number }[]>`select count(*) as count from delivery_event`,
  );
  return row?.count ?? 0;
};
const marketingOf = async ({ contactId }: Reached): Promise<string | undefined> => {
  const [row] = await sending.instance.db.engine(
    ({ sql }) => sql<{ marketing: string }[]>`select marketing from contact where id = ${contactId}`,
  );
  return row?.marketing;
};
/** What the provider has been given for them after their first letter, once all steps had their time. */
async function lettersLater({ email }: Reached): Promise<number> {
  for (let turn = 0; turn < 4; turn += 1) {
    sending.instance.travel(60 * HOUR);
    await sending.instance.tick();
  }
  return sending.postmark.sent().filter(({ To }) => To === email).length;
}

describe('who is heard', () => {
  it('only who knows the user and the password, and nobody while none are set', async () => {
    const shop = await sending.instance.openShop();
    const event = { RecordType: 'Delivery', MessageID: 'x' };
    const status = async (authorization: string) => (await tell(sending.instance, shop, event, authorization)).status;
    expect(await status(BASIC)).toBe(401);
    await setPassword(shop);
    expect(await status(BASIC)).toBe(200);
    for (const wrong of [
      '',
      'Basic',
      'Basic x',
      `Basic ${btoa(`${USER}:wrong`)}`,
      `Basic ${btoa(`:${PASSWORD}`)}`,
      `Bearer ${shop.secretKey}`,
    ])
      expect([wrong, await status(wrong)]).toEqual([wrong, 401]);
    const { headers, text } = await tell(sending.instance, shop, event, '');
    expect(headers.get('www-authenticate')).toMatch(/^Basic/);
    expect(text).not.toContain(PASSWORD);
    await shop.call('PATCH', '/v1/shop', { integrations: { postmark: null } });
    expect(await status(BASIC)).toBe(401);
  });

  it('never answers the password back', async () => {
    const { text, body } = await sending.shop.call('GET', '/v1/shop');
    expect(text).not.toContain(PASSWORD);
    expect(body.integrations.postmark).toEqual({ connected: true });
  });

  it('a shop speaks for itself: its password opens no other, and another shop’s letter is none of its own', async () => {
    const other = await sending.instance.openShop();
    expect((await tell(sending.instance, other, { RecordType: 'Delivery', MessageID: 'x' })).status).toBe(401);
    await setPassword(other);
    const person = await reached();
    expect((await tell(sending.instance, other, bounced(person))).status).toBe(200);
    expect((await trail(person))[0]).toMatchObject({ bouncedAt: null, events: [], chain: { status: 'active' } });
    expect(await suppressionsOf(person)).toEqual([]);
  });
});

describe('what is not for us', () => {
  it.each([
    ['a type we don’t know', { RecordType: 'Inbound', MessageID: 'x' }],
    ['no type', { MessageID: 'x' }],
    ['no message', { RecordType: 'Delivery' }],
    ['a list', [1]],
    ['a number', 7],
    ['null', null],
    ['fields of other kinds', { RecordType: 'Bounce', MessageID: {}, Email: 7, TypeCode: 'x', Metadata: [] }],
    ['a subscription that says nothing', { RecordType: 'SubscriptionChange', MessageID: 'x', SuppressSending: 'yes' }],
  ])('is answered 200 and left: %s', async (_, body) => {
    const before = await countEvents();
    const { status, body: answer } = await tell(sending.instance, sending.shop, JSON.stringify(body));
    expect([status, answer]).toEqual([200, { heard: false }]);
    expect(await countEvents()).toBe(before);
  });

  it('what is no JSON, or too much of it, is refused', async () => {
    expect((await tell(sending.instance, sending.shop, '{"RecordType":')).status).toBe(400);
    expect((await tell(sending.instance, sending.shop, `"${'x'.repeat(1_100_000)}"`)).status).toBe(413);
  });

  it('strange text does no harm', async () => {
    const event = {
      RecordType: 'Bounce',
      MessageID: `a\u0000b${'x'.repeat(9_000)}`,
      TypeCode: 4_096,
      Details: '\ud800\u0000',
      BouncedAt: '9999-99-99',
    };
    expect((await tell(sending.instance, sending.shop, JSON.stringify(event))).status).toBe(200);
  });
});

describe('a letter that arrives', () => {
  it('is marked, once, however often it is told', async () => {
    const person = await reached();
    await hear(delivered(person));
    const before = await countEvents();
    await Promise.all(Array.from({ length: 50 }, () => hear(delivered(person))));
    expect(await countEvents()).toBe(before);
    const [message] = await trail(person);
    expect(message).toMatchObject({ status: 'sent', delivery: 'delivered', bouncedAt: null });
    expect(Date.parse(message.deliveredAt)).toBe(clock - 2_000);
    expect(message.events).toEqual([
      {
        kind: 'delivered',
        at: message.deliveredAt,
        machine: false,
        link: null,
        detail: expect.objectContaining({ record: 'Delivery' }),
      },
    ]);
  });

  it('is found by the provider’s own id where the metadata was lost', async () => {
    const person = await reached();
    await hear({ ...delivered(person), Metadata: undefined });
    expect((await trail(person))[0].delivery).toBe('delivered');
  });

  it('settles a letter in doubt, and its chain goes on', async () => {
    const email = newAddress();
    sending.postmark.fail(['accept-reset']);
    const person = await enroll(sending.instance.deps, sending.shop.id, { email });
    await sending.tickImpatiently();
    const [letter] = await sending.letters(person.contactId);
    expect(letter?.status).toBe('unknown');
    expect(await sending.chain(person.enrollmentId)).toMatchObject({ dueAt: null });
    clock = await sending.now();
    const [accepted] = sending.postmark.sent();
    await hear(delivered({ ...person, messageId: letter?.id ?? '', providerId: accepted?.MessageID ?? '' }));
    expect(await sending.trail(person.contactId)).toEqual([['offer', 'sent', null]]);
    expect((await sending.letters(person.contactId))[0]?.providerId).toBe(accepted?.MessageID);
    expect((await sending.chain(person.enrollmentId)).dueAt).not.toBeNull();
    sending.instance.travel(GRACE + HOUR);
    await sending.instance.tick();
    expect(sending.postmark.sent().filter(({ To }) => To === email)).toHaveLength(1);
  });
});

describe('a bounce', () => {
  it('of an address that is none ends everything for it, told a thousand times or once', async () => {
    const person = await reached();
    const [first] = await Promise.all([
      hear(bounced(person)),
      ...Array.from({ length: 40 }, () => hear(bounced(person))),
    ]);
    for (let again = 0; again < 960; again += 1) await tell(sending.instance, sending.shop, bounced(person));
    expect(first).toBeUndefined();
    const [message, ...others] = await trail(person);
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      delivery: 'bounced',
      chain: { status: 'stopped', reason: 'bounced', nextAt: null },
    });
    expect(message.events).toHaveLength(1);
    expect(message.events[0].detail).toMatchObject({ hard: true, type: 'HardBounce', code: 1 });
    expect(await suppressionsOf(person)).toEqual([{ reason: 'bounced' }]);
    expect(await lettersLater(person)).toBe(1);
  });

  it('wins over the delivery, whichever is told first', async () => {
    for (const order of [0, 1]) {
      const person = await reached();
      const events = [delivered(person), bounced(person)];
      for (const event of order ? events.reverse() : events) await hear(event);
      expect((await trail(person))[0].delivery).toBe('bounced');
    }
  });

  it.each([
    ['soft', { Type: 'SoftBounce', TypeCode: 4_096, Inactive: false }],
    ['transient', { Type: 'Transient', TypeCode: 2, Inactive: false }],
    ['blocked', { Type: 'Blocked', TypeCode: 100_006, Inactive: false }],
  ])('that is %s is marked, and the chain goes on', async (_, change) => {
    const person = await reached();
    await hear(bounced(person, change));
    const [message] = await trail(person);
    expect(message).toMatchObject({ delivery: 'bounced', chain: { status: 'active' } });
    expect(message.events[0].detail.hard).toBe(false);
    expect(await suppressionsOf(person)).toEqual([]);
    expect(await lettersLater(person)).toBeGreaterThan(1);
  });

  it('that the provider has given up on counts as hard, whatever its kind', async () => {
    const person = await reached();
    await hear(bounced(person, { Type: 'SoftBounce', TypeCode: 4_096, Inactive: true }));
    expect(await suppressionsOf(person)).toEqual([{ reason: 'bounced' }]);
  });

  it('that is an automatic answer is none', async () => {
    const person = await reached();
    const { body } = await tell(
      sending.instance,
      sending.shop,
      bounced(person, { Type: 'AutoResponder', TypeCode: 64, Inactive: false }),
    );
    expect(body).toEqual({ heard: false });
    expect((await trail(person))[0].bouncedAt).toBeNull();
  });

  it('of an address that nothing was sent to by us holds it back all the same', async () => {
    const email = newAddress();
    clock = await sending.now();
    await hear({
      RecordType: 'Bounce',
      MessageID: 'not-ours',
      ID: 1,
      TypeCode: 1,
      Type: 'HardBounce',
      Inactive: true,
      Email: email,
      BouncedAt: iso(),
    });
    const person = await enroll(sending.instance.deps, sending.shop.id, { email });
    await sending.instance.tick();
    expect(await sending.trail(person.contactId)).toEqual([['offer', 'suppressed', 'bounced']]);
  });

  it('is kept as text, and never as markup', async () => {
    const person = await reached();
    await hear(bounced(person, { Description: `<script>${'x'.repeat(900)}` }));
    const answer = await sending.shop.call('GET', `/v1/messages?contact=${person.email}`);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.body.data[0].events[0].detail.description).toHaveLength(300);
  });
});

describe('a complaint', () => {
  it('ends all chains, takes them off the list, and holds for news of orders, too', async () => {
    const person = await reached();
    await hear(complained(person));
    expect((await trail(person))[0]).toMatchObject({
      delivery: 'complained',
      chain: { status: 'stopped', reason: 'complained' },
    });
    expect(await suppressionsOf(person)).toEqual([{ reason: 'complained' }]);
    expect(await marketingOf(person)).toBe('unsubscribed');
    expect(await lettersLater(person)).toBe(1);
  });

  it('wins over a bounce, whichever is told first: no shop wakes that address again', async () => {
    for (const words of [
      [bounced, complained],
      [complained, bounced],
    ]) {
      const person = await reached();
      for (const word of words) await hear(word(person));
      expect(await suppressionsOf(person)).toEqual([{ reason: 'complained' }]);
      await hear(changed(person, { SuppressSending: false, SuppressionReason: null, Origin: 'Admin' }));
      expect(await suppressionsOf(person)).toEqual([{ reason: 'complained' }]);
    }
  });
});

describe('a word about the subscription', () => {
  it('ends what sells', async () => {
    const person = await reached();
    await hear(changed(person, {}));
    expect((await trail(person))[0].chain).toMatchObject({ status: 'stopped', reason: 'unsubscribed' });
    expect([await suppressionsOf(person), await marketingOf(person)]).toEqual([
      [{ reason: 'unsubscribed' }],
      'unsubscribed',
    ]);
  });

  it('in an answered letter holds for whom it names, and for nobody where it names none', async () => {
    const variant = { RecordType: 'Bounce', Type: 'Unsubscribe', TypeCode: 16, Name: 'Unsubscribe request', ID: 5 };
    const named = await reached();
    await hear(about(named, variant));
    expect(await marketingOf(named)).toBe('unsubscribed');
    const unnamed = await reached();
    await hear({ ...about(unnamed, variant), Metadata: undefined });
    expect(await marketingOf(unnamed)).toBe('subscribed');
    expect((await trail(unnamed))[0].events[0].kind).toBe('unsubscribed');
  });

  it('is taken back by its reader: also what they said to us, in the same moment', async () => {
    const person = await reached();
    await hear(changed(person, {}));
    await hear(changed(person, { SuppressSending: false, SuppressionReason: null }));
    expect([await suppressionsOf(person), await marketingOf(person)]).toEqual([[], 'subscribed']);
  });

  it('is not taken back by the shop, which may only wake an address that was thought dead', async () => {
    const person = await reached();
    await hear(changed(person, {}));
    await hear(changed(person, { SuppressSending: false, SuppressionReason: null, Origin: 'Customer' }));
    expect(await marketingOf(person)).toBe('unsubscribed');
    const dead = await reached();
    await hear(bounced(dead));
    await hear(changed(dead, { SuppressSending: false, SuppressionReason: null, Origin: 'Admin' }));
    expect(await suppressionsOf(dead)).toEqual([]);
  });

  it('is not taken back by an older word that comes late', async () => {
    const person = await reached();
    await hear(changed(person, {}));
    await hear(changed(person, { SuppressSending: false, SuppressionReason: null, ChangedAt: iso(-DAY) }));
    expect(await marketingOf(person)).toBe('unsubscribed');
  });

  it('is not taken back by an open, a click or a delivery', async () => {
    const person = await reached();
    await hear(bounced(person));
    for (const RecordType of ['Open', 'Click', 'Delivery']) {
      await hear(
        about(person, {
          RecordType,
          Recipient: person.email,
          ReceivedAt: iso(),
          DeliveredAt: iso(),
          OriginalLink: 'https://shop.example/',
          UserAgent: 'Mozilla/5.0 Safari',
        }),
      );
    }
    expect(await suppressionsOf(person)).toEqual([{ reason: 'bounced' }]);
    expect((await trail(person))[0].chain.status).toBe('stopped');
  });
});

describe('opens and clicks that the provider counts', () => {
  it('mark the letter, and store nothing of where the reader is', async () => {
    const person = await reached();
    const Geo = { IP: '198.51.100.77', City: 'Novi Sad' };
    await hear(
      about(person, {
        RecordType: 'Open',
        Recipient: person.email,
        ReceivedAt: iso(),
        UserAgent: 'Mozilla/5.0 Gecko Firefox/11.0',
        Geo,
      }),
    );
    await hear(
      about(person, {
        RecordType: 'Click',
        Recipient: person.email,
        ReceivedAt: iso(),
        UserAgent: 'Mozilla/5.0 Safari',
        OriginalLink: 'https://shop.example/a',
        Geo,
      }),
    );
    expect((await trail(person))[0]).toMatchObject({ openedAt: expect.any(String), clickedAt: null });
    sending.instance.travel(10_000);
    await sending.instance.tick();
    expect((await trail(person))[0].clickedAt).not.toBeNull();
    const [dump] = await sending.instance.db.engine(
      ({ sql }) => sql<{ all: string }[]>`select jsonb_agg(delivery_event)::text as all from delivery_event`,
    );
    expect(dump?.all).not.toMatch(/198\.51|Novi Sad|@example/);
  });

  it('by machines count for nothing', async () => {
    const person = await reached();
    for (const RecordType of ['Open', 'Click'])
      await hear(
        about(person, {
          RecordType,
          ReceivedAt: iso(),
          UserAgent: 'Barracuda Sentinel (EE)',
          OriginalLink: 'https://shop.example/a',
        }),
      );
    sending.instance.travel(10_000);
    await sending.instance.tick();
    expect((await trail(person))[0]).toMatchObject({ openedAt: null, clickedAt: null });
  });
});
