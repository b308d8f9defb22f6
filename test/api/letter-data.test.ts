/** What letters tell comes from what is known when they leave: names, what a form was about, what the shop keeps, what ends. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runErrands } from '../../api/actions/shops/run-errands.ts';
import { HOUR, type Sending, startSending } from '../support/sending.ts';
import { newBrowser } from '../support/visitor.ts';

vi.setConfig({ testTimeout: 60_000 });

let sending: Sending;
let server: Server;
/** What the shop's endpoint answers, and what it was asked with. */
let answer = '';
let asked: { data: { suggested: { id: string }[] } }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      asked.push(JSON.parse(body));
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  sending = await startSending({ env: { LOOPBACK_CALLS: 'yes' }, shop: { timezone: 'UTC' } });
});
afterAll(async () => {
  await sending.close();
  server.close();
});
beforeEach(() => sending.postmark.clear());

const shop = () => sending.shop;
const thing = (id: string) => ({
  id,
  title: `${id[0]?.toUpperCase()}${id.slice(1)}`,
  price: 10,
  url: `https://shop.example/${id}`,
  category: 'Tea',
});
let orders = 0;
async function order(email: string, ids: string[], change: object = {}): Promise<void> {
  orders += 1;
  const items = ids.map((id) => ({ ...thing(id), quantity: 1 }));
  const placedAt = new Date(await sending.now()).toISOString();
  const told = { id: `order-${orders}`, status: 'paid', email, total: 20, currency: 'EUR', placedAt, items, ...change };
  await shop().done('POST', '/v1/orders', told);
}
async function letterTo(email: string): Promise<string> {
  await sending.instance.tick();
  const letter = sending.postmark.sent().findLast(({ To }) => To === email);
  return (letter ? `${letter.Subject}\n${letter.TextBody}` : '').replaceAll('\u00a0', ' ');
}

describe('a greeting', () => {
  beforeAll(async () => {
    await shop().done('POST', '/v1/flows', {
      key: 'order-news',
      purpose: 'transactional',
      entry: { on: 'order_status', status: 'delivered' },
      stopOn: [],
      steps: [{ send: 'thanks' }],
    });
  });

  const ANNA = { name: 'Анна', patronymic: 'Сергеевна', lastName: 'Петрова' };
  it.each([
    ['first', {}, ANNA, 'Hi Анна,', 'Здравствуйте, Анна!'],
    ['first-patronymic', {}, ANNA, 'Hi Анна,', 'Здравствуйте, Анна Сергеевна!'],
    ['formal', {}, ANNA, 'Dear Анна Петрова,', 'Здравствуйте, Анна Сергеевна!'],
    ['none', {}, ANNA, 'Hello,', 'Здравствуйте!'],
    ['formal', {}, { name: 'http://x.test' }, 'Hello,', 'Здравствуйте!'],
    ['formal', {}, {}, 'Hello,', 'Здравствуйте!'],
    ['formal', { nameStyle: 'none' }, ANNA, 'Hello,', 'Здравствуйте!'],
    ['none', { nameStyle: 'first' }, ANNA, 'Hi Анна,', 'Здравствуйте, Анна!'],
  ])('of a shop that says %s, to somebody with %j and %j', async (nameStyle, own, parts, english, russian) => {
    await shop().done('PATCH', '/v1/shop', { nameStyle });
    const email = `name${orders}@example.com`;
    await shop().done('POST', '/v1/contacts', { email, ...parts, ...own });
    for (const [locale, greeting] of [
      ['en', english],
      ['ru', russian],
    ] as const) {
      await order(email, ['teapot'], { status: 'delivered', locale });
      expect((await letterTo(email)).split('\n')).toContain(greeting);
    }
  });
});

it('goes on in the language that the shop tells of meanwhile', async () => {
  const email = 'moves@example.com';
  const steps = [{ send: 'welcome-1' }, { wait: '2h' }, { send: 'welcome-1' }];
  const flow = { key: 'two', purpose: 'transactional', entry: { on: 'custom', name: 'two' }, stopOn: [], steps };
  await shop().done('POST', '/v1/flows', flow);
  const { id } = await shop().done('POST', '/v1/contacts', { email });
  await shop().done('POST', '/v1/events', { events: [{ name: 'two', email }] });
  expect(await letterTo(email)).toContain('Hello,');
  await shop().done('PATCH', `/v1/contacts/${id}`, { locale: 'ru' });
  sending.instance.travel(2 * HOUR + 1_000);
  expect(await letterTo(email)).toContain('Здравствуйте!');
});

describe('the answer to a form', () => {
  const send = (email: string, kind: string, item?: object) => {
    const { visitor, visit } = newBrowser(shop());
    const consent = { data: true, text: 'Yes.' };
    return shop().page('/v1/forms', {
      shop: shop().siteKey,
      visitor,
      visit,
      kind,
      email,
      consent,
      ...(item ? { item } : {}),
    });
  };
  const GUIDE = {
    id: 'guide',
    title: 'Guide to tea',
    price: null,
    currency: null,
    url: 'https://shop.example/guide.pdf',
  };

  beforeAll(async () => {
    for (const recipe of ['download', 'form-answer']) await shop().done('POST', '/v1/flows', { recipe });
  });

  it('holds what was to be downloaded', async () => {
    await send('reader@example.com', 'download', GUIDE);
    const text = await letterTo('reader@example.com');
    expect(text).toContain('Here it is: Guide to tea');
    expect(text).toMatch(/Download:\nhttps:\/\/linger\.example\/c\//);
  });

  it('says nothing of a download where there is none, or it is not the shop’s', async () => {
    await send('other@example.com', 'download', { ...GUIDE, url: 'https://evil.example/guide.pdf' });
    const text = await letterTo('other@example.com');
    expect(text).not.toMatch(/download|evil|Guide/i);
    await send('asks@example.com', 'generate_lead', GUIDE);
    expect(await letterTo('asks@example.com')).not.toMatch(/download|Guide/i);
  });

  it('is the shop’s own where it has one', async () => {
    await shop().done('PATCH', '/v1/shop', { brand: { facts: { en: { answer: 'We call you back before noon.' } } } });
    await send('lead@example.com', 'generate_lead');
    const text = await letterTo('lead@example.com');
    expect(text).toContain('Here is our answer.');
    expect(text).toContain('We call you back before noon.');
    const { letters } = await shop().done('POST', '/v1/flows/download/simulate', {
      events: [{ at: '2027-01-04T12:00:00Z', on: 'form_submitted', form: 'download', items: [GUIDE] }],
    });
    expect(letters[0].subject).toBe('Here it is: Guide to tea');
  });
});

describe('“we are keeping these for you”', () => {
  beforeAll(async () => {
    const { port } = server.address() as AddressInfo;
    await shop().done('POST', '/v1/webhooks', { name: 'keep', url: `http://127.0.0.1:${port}/keep` });
    for (const n of [1, 2, 3]) await order(`old${n}@example.com`, ['teapot', 'mug', 'cup']);
    sending.instance.travel(HOUR + 1_000);
    await sending.instance.tick();
    await shop().done('POST', '/v1/flows', {
      key: 'keeps',
      purpose: 'transactional',
      entry: { on: 'order_status', status: 'paid' },
      stopOn: [],
      steps: [{ webhook: 'keep' }, { wait: '10m' }, { send: 'cross-sell-1' }],
    });
  });

  const until = async (ms: number): Promise<string> => new Date((await sending.now()) + ms).toISOString();
  async function letterAfter(said: string): Promise<string> {
    answer = said;
    asked = [];
    const email = `kept${orders}@example.com`;
    await order(email, ['teapot']);
    await sending.instance.tick();
    const { deps } = sending.instance;
    await runErrands(deps, { limit: 100, deadline: deps.now() + 30_000 });
    sending.instance.travel(11 * 60_000);
    return letterTo(email);
  }

  it('is said of what the shop confirmed', async () => {
    const text = await letterAfter(
      JSON.stringify({ keptUntil: await until(72 * HOUR), items: ['mug', 'cup', 'more'] }),
    );
    expect(asked[0]?.data.suggested.map(({ id }) => id).sort()).toEqual(['cup', 'mug']);
    expect(text).toMatch(/We (are keeping|keep) (these|it|them) for you until/);
  });

  it.each([
    ['only a part', async () => JSON.stringify({ keptUntil: await until(72 * HOUR), items: ['mug'] })],
    ['a time that is over', async () => JSON.stringify({ keptUntil: await until(-HOUR), items: ['mug', 'cup'] })],
    [
      'a time that ends before the letter',
      async () => JSON.stringify({ keptUntil: await until(60_000), items: ['mug', 'cup'] }),
    ],
    ['no time', async () => JSON.stringify({ items: ['mug', 'cup'] })],
    ['no JSON', async () => 'OK'],
    [
      'too much',
      async () => JSON.stringify({ keptUntil: await until(HOUR), items: ['mug', 'cup'], more: 'x'.repeat(20_000) }),
    ],
  ])('is not said where it confirmed %s', async (_, said) => {
    const text = await letterAfter(await said());
    expect(text).toContain('Mug');
    expect(text).not.toMatch(/for you until/);
  });
});

describe('a simulated end', () => {
  it('is told with its thing and its day, and points with their number', async () => {
    const letters = async (recipe: string, change: object) => {
      await shop().done('POST', '/v1/flows', { recipe });
      const ends = { at: '2027-01-04T12:00:00Z', on: 'ends', thing: 'one', endsAt: '2027-02-03T12:00:00Z', ...change };
      const body = await shop().done('POST', `/v1/flows/${recipe}/simulate`, { events: [ends] });
      return body.letters.map(({ subject }: { subject: string }) => subject.replaceAll('\u00a0', ' '));
    };
    expect(await letters('service-end', { what: 'subscription', title: 'Tea club' })).toEqual([
      'Tea club ends on February 3',
      'Tea club ends on February 3',
      'Tea club ends today',
    ]);
    expect(await letters('points-expiring', { what: 'points', points: 1_500 })).toEqual(
      Array(2).fill('1,500 points expire on February 3'),
    );
  });
});
