import { createConnection } from 'node:net';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, ENDPOINTS } from '../../api/app.ts';
import { inRussian } from '../../api/words/in-russian.ts';
import { BAD_VALUES } from '../cases/api-bad-values.ts';
import { type BodyCase, bodyCases } from '../cases/api-bodies.ts';
import { fuzzCases } from '../cases/api-fuzz.ts';
import { pathsOf, pathsThrough, put, without } from '../cases/api-mutations.ts';
import { ADMIN_KEY, type Answered, type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';
import { writeReview } from '../support/write-review.ts';

/** Words of the machinery, which tell a person nothing; not what is quoted of the body. */
const JARGON = /zod|invalid|expected|received|undefined|NaN|regex|pattern|discriminator|union|\[object/i;

const WRONG: [type: string, value: unknown][] = [
  ['string', 'text'],
  ['number', 7],
  ['boolean', true],
  ['null', null],
  ['array', ['text']],
  ['object', { some: 'thing' }],
];
const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

let instance: Instance;
let shop: ShopHandle;
let cases: BodyCase[];

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop();
  const rule = await shop.addRule({ code: { reveal: 'screen' } });
  await shop.call('POST', '/v1/webhooks', { name: 'erp', url: 'https://erp.example/' });
  await shop.call('POST', '/v1/segments', { key: 'buyers', condition: ['orders', '>', 0] });
  const browser = newBrowser(shop);
  await browser.look();
  const claimed = await browser.claim(rule);
  const [{ visitor, visit }, claimer] = [newBrowser(shop), newBrowser(shop)];
  await claimer.look();
  const claim = { rule: await shop.addRule(), visitor: claimer.visitor, visit: claimer.visit };
  const review = await writeReview(instance, shop.id);
  const contact = (await shop.call('POST', '/v1/contacts', { email: 'kim@example.com' })).body.id;
  const feed = await shop.call('POST', '/v1/feeds', { url: 'https://shop.example/feed.xml', enabled: false });
  cases = bodyCases({
    siteKey: shop.siteKey,
    rule,
    code: claimed.body.code,
    visitor,
    visit,
    claim,
    review,
    contact,
    feed: feed.body.id,
  });
});
afterAll(() => instance.close());

const find = (call: string): BodyCase => {
  const found = cases.find((one) => one.call === call);
  if (!found) throw new Error(`no case for ${call}`);
  return found;
};

function send(
  { call, path, access }: BodyCase,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const method = call.split(' ')[0] ?? '';
  if (access === 'page') return shop.page(path, body, headers);
  return access === 'shop'
    ? shop.call(method, path, body, headers)
    : instance.call(method, path, body, { authorization: `Bearer ${ADMIN_KEY}`, ...headers });
}

/** What is wrong with a refusal, or null: a 4xx problem in plain words that names the field. */
function flaw({ status, body, headers }: Answered, named: string | RegExp | null): string | null {
  if (status < 400 || status > 499) return `answered ${status}`;
  if (headers.get('content-type') !== 'application/problem+json') return 'is no problem document';
  if (typeof body.code !== 'string' || body.status !== status || !body.title)
    return `has a poor body ${JSON.stringify(body)}`;
  const errors: { path: string; message: string }[] = body.errors ?? [];
  const unsaid = errors.find((one) => inRussian(one.message) === null);
  if (unsaid) return `has no Russian for "${unsaid.message}" of ${unsaid.path}`;
  const jargon = errors.find((one) => JARGON.test(one.message.replaceAll(/"[^"]*"/g, '')));
  if (jargon) return `says "${jargon.message}" of ${jargon.path}`;
  if (named === null) return null;
  const right = errors.some(({ path }) => (typeof named === 'string' ? path === named : named.test(path)));
  return right ? null : `names ${JSON.stringify(errors).slice(0, 300)}`;
}

/** How many rows each table has. */
async function rows(): Promise<Record<string, number>> {
  return instance.db.engine(async ({ sql }) => {
    const tables = await sql<
      { name: string }[]
    >`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`;
    const counted: Record<string, number> = {};
    for (const { name } of tables)
      counted[name] = (await sql<{ count: number }[]>`select count(*) as count from ${sql(name)}`)[0]?.count ?? -1;
    return counted;
  });
}

/** Nothing of what `attempts` sends is stored; all that is wrong with the answers is told at once. */
async function allRefused(attempts: () => AsyncIterable<string | null>): Promise<void> {
  const before = await rows();
  const flaws: string[] = [];
  for await (const found of attempts()) if (found) flaws.push(found);
  expect(flaws.slice(0, 40)).toEqual([]);
  expect(await rows()).toEqual(before);
}

describe('bad bodies', () => {
  it('has a case for every call that takes a body', () => {
    const taking = ENDPOINTS.filter(({ spec }) => spec.body).map(
      ({ spec }) => `${spec.method.toUpperCase()} ${spec.path}`,
    );
    expect(cases.map(({ call }) => call).sort()).toEqual(taking.sort());
  });

  it('names each required field that is missing', () =>
    allRefused(async function* () {
      for (const one of cases) {
        for (const { path, pattern } of pathsOf(one.body)) {
          if (!one.required.includes(pattern) || one.optional?.includes(path)) continue;
          const answered = await send(one, without(one.body, path));
          const message = answered.body?.errors?.find((error: { path: string }) => error.path === path)?.message;
          const found = flaw(answered, path) ?? (/^is required/.test(message) ? null : `says "${message}"`);
          yield found && `${one.call} without ${path} ${found}`;
        }
      }
    }));

  it('does without each field that is optional', async () => {
    // Codes are used up and keys taken by calls that work: those stand in other tests.
    const one = find('POST /v1/codes/:code/check');
    for (const { path, pattern } of pathsOf(one.body)) {
      // A line is whole or not there.
      if (one.required.includes(pattern) || /\.\d+$/.test(path)) continue;
      expect([path, (await send(one, without(one.body, path))).status]).toEqual([path, 200]);
    }
  });

  it(
    'names each field that has the wrong type',
    () =>
      allRefused(async function* () {
        for (const one of cases) {
          const merges = one.call.startsWith('PATCH') && one.call !== 'PATCH /v1/shop';
          for (const { path, pattern, value } of pathsOf(one.body)) {
            for (const [type, wrong] of WRONG) {
              if (type === typeOf(value)) continue;
              if (one.scalar?.includes(pattern) && !['array', 'object'].includes(type)) continue;
              // In a merge patch null takes an optional field away.
              if (type === 'null' && (one.nullable?.includes(pattern) || (merges && !/\.\d+/.test(path)))) continue;
              const answered = await send(one, put(one.body, path, wrong));
              const found =
                flaw(answered, pathsThrough(path)) ?? (answered.status === 422 ? null : `answered ${answered.status}`);
              yield found && `${one.call} with ${path} = ${JSON.stringify(wrong)} ${found}`;
            }
          }
        }
      }),
    120_000,
  );

  it(
    'names each field that has a value out of the question',
    () =>
      allRefused(async function* () {
        for (const [call, field, value] of BAD_VALUES) {
          const one = find(call);
          const found = flaw(await send(one, put(one.body, field, value)), pathsThrough(field));
          yield found && `${call} with ${field} = ${JSON.stringify(value)?.slice(0, 80)} ${found}`;
        }
      }),
    60_000,
  );

  it('names each field that it does not know, on calls of servers', () =>
    allRefused(async function* () {
      for (const one of cases.filter(({ access }) => access !== 'page')) {
        const found = flaw(await send(one, { ...one.body, colour: 'green' }), 'colour');
        yield found && `${one.call} ${found}`;
      }
    }));

  it('refuses names that reach prototypes, at any depth', async () => {
    await allRefused(async function* () {
      for (const one of cases) {
        for (const name of ['__proto__', 'constructor', 'prototype']) {
          const text = JSON.stringify(one.body);
          yield flaw(await send(one, `{"${name}": {"admin": true}, ${text.slice(1)}`), name);
          yield flaw(await send(one, `{"inner": {"deep": {"${name}": 1}}, ${text.slice(1)}`), `inner.deep.${name}`);
        }
      }
    });
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it(
    'refuses NUL, lone surrogates and numbers beyond all bounds in every text field',
    () =>
      allRefused(async function* () {
        for (const one of cases) {
          for (const { path, value } of pathsOf(one.body)) {
            const raw = (json: string) => JSON.stringify(put(one.body, path, 'MARK')).replace('"MARK"', json);
            const bad =
              typeof value === 'string'
                ? ['"a\\u0000b"', '"a\\ud800b"', '"\\udc00"']
                : typeof value === 'number'
                  ? ['1e400', '-1e400']
                  : [];
            for (const json of bad) {
              const found = flaw(await send(one, raw(json)), path);
              yield found && `${one.call} with ${path} = ${json} ${found}`;
            }
          }
        }
      }),
    60_000,
  );

  const utf8 = new TextEncoder();
  const bytes = (...parts: (string | number[])[]): Uint8Array =>
    Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...utf8.encode(part)] : part)));
  const BROKEN: [name: string, body: string | Uint8Array, status: number][] = [
    ['an empty body', '', 400],
    ['white space', ' \n ', 400],
    ['text', 'hello', 400],
    ['half an object', '{"shop": ', 400],
    ['two values', '{} {}', 400],
    ['NaN', '{"total": NaN}', 400],
    ['a trailing comma', '{"total": 1,}', 400],
    ['single quotes', "{'total': 1}", 400],
    ['a raw NUL', '{"id": "\0"}', 400],
    ['invalid UTF-8', bytes('{"id": "', [0xff, 0xfe], '"}'), 400],
    ['a lone surrogate as bytes', bytes('{"id": "', [0xed, 0xa0, 0x80], '"}'), 400],
    ['an overlong slash', bytes('{"id": "', [0xc0, 0xaf], '"}'), 400],
    ['half a character', bytes('{"id": "', [0xe2, 0x82], '"}'), 400],
    ['gzip', Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), 400],
    ['null', 'null', 422],
    ['a number', '42', 422],
    ['a list', '[]', 422],
    ['text in quotes', '"hello"', 422],
    ['lists in lists', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 422],
    ['objects in objects', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, 422],
    ['half of lists in lists', '['.repeat(60_000), 400],
  ];

  it.each(BROKEN)('refuses %s as a body', (_name, body, status) =>
    allRefused(async function* () {
      for (const one of cases) {
        const answered = await send(one, body);
        const found =
          flaw(answered, /^(|0(\.0)*|a(\.a)*)$/) ?? (answered.status === status ? null : `answered ${answered.status}`);
        yield found && `${one.call} ${found}`;
      }
    }),
  );

  it('refuses a body that is missing', () =>
    allRefused(async function* () {
      for (const one of cases) yield flaw(await send(one, undefined), '');
    }));

  it('counts the bytes of a body itself, whatever Content-Length says', async () => {
    const app = createApp({ deps: instance.deps, peer: () => null, widgetFile: async () => null });
    const stream = (length: number): ReadableStream<Uint8Array> => {
      let left = length;
      return new ReadableStream({
        pull(controller) {
          const size = Math.min(left, 4_096);
          controller.enqueue(new Uint8Array(size).fill(0x20));
          left -= size;
          if (left === 0) controller.close();
        },
      });
    };
    await allRefused(async function* () {
      for (const one of cases) {
        const most = (one.access === 'page' ? 64 : 256) * 1024;
        const key = one.access === 'shop' ? shop.secretKey : ADMIN_KEY;
        for (const length of [null, '5', String(most), '99999999']) {
          const response = await app.request(one.path, {
            method: one.call.split(' ')[0] ?? '',
            headers: { authorization: `Bearer ${key}`, ...(length ? { 'content-length': length } : {}) },
            body: stream(most + 1),
            duplex: 'half',
          } as RequestInit);
          const body = await response.json();
          yield response.status === 413 && body.code === 'too_large' && body.errors[0].path === ''
            ? null
            : `${one.call} ${length}: ${response.status}`;
        }
        const padded = JSON.stringify({ colour: 1 }).padEnd(most, ' ');
        yield flaw(await send(one, padded), one.access === 'page' ? 'shop' : 'colour');
      }
    });
  });

  it('cuts what it quotes of a hostile body', async () => {
    const { text } = await send(
      find('POST /v1/orders'),
      Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`${index}${'k'.repeat(9_000)}`, 1])),
    );
    expect(text.length).toBeLessThan(8_000);
  });

  it('answers the valid body of each call after all that', async () => {
    for (const one of cases) {
      const { status, text } = await send(one, one.body);
      expect([one.call, status, text]).toEqual([one.call, one.answer, text]);
    }
  });
});

describe('bad requests on a socket', () => {
  let server: ReturnType<typeof serve>;
  let port: number;

  beforeAll(async () => {
    const app = createApp({ deps: instance.deps, peer: () => null, widgetFile: async () => null });
    await new Promise<void>((resolve) => {
      server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (address) => {
        port = address.port;
        resolve();
      });
    });
  });
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

  /** The status that raw bytes are answered with. */
  const ask = (head: string[], body: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const socket = createConnection(port, '127.0.0.1', () => {
        socket.write(`POST /v1/visits HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${head.join('\r\n')}\r\n\r\n${body}`);
      });
      let answer = '';
      socket.on('data', (data) => {
        answer += data.toString('latin1');
      });
      // A server that has read enough may close while we still write.
      socket.on('error', (error) => (answer ? undefined : reject(error)));
      socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])));
    });
  const chunked = (size: number, count: number): string =>
    `${`${size.toString(16)}\r\n${' '.repeat(size)}\r\n`.repeat(count)}0\r\n\r\n`;

  it.each<[name: string, head: string[], body: string, status: number]>([
    ['too long, in chunks', ['Transfer-Encoding: chunked'], chunked(4_096, 20), 413],
    ['much too long, in chunks', ['Transfer-Encoding: chunked'], chunked(65_536, 40), 413],
    ['too long, as it says', ['Content-Length: 70000'], ' '.repeat(70_000), 413],
    ['empty, in chunks', ['Transfer-Encoding: chunked'], '0\r\n\r\n', 400],
    ['of a length below nothing', ['Content-Length: -1'], '{}', 400],
    ['of two lengths', ['Content-Length: 2', 'Content-Length: 3'], '{}', 400],
    ['of a length and in chunks', ['Content-Length: 2', 'Transfer-Encoding: chunked'], chunked(2, 1), 400],
  ])('are refused when %s', async (_name, head, body, status) => {
    expect(await ask(head, body)).toBe(status);
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  });
});

describe('bad paths and queries', () => {
  const PARAMS = [
    'x',
    '%00',
    '%FF',
    '%2e%2e%2f',
    'a%00b',
    '%ED%A0%80',
    '__proto__',
    '%F0%9F%92%A9',
    "'or'1'='1",
    'x'.repeat(9_000),
    '00000000-0000-0000-0000-000000000000',
  ];

  it('finds nothing behind a path that is no name of anything', async () => {
    const before = await rows();
    for (const { spec } of ENDPOINTS.filter(({ spec: { path } }) => path.includes(':'))) {
      const one = cases.find(({ call }) => call === `${spec.method.toUpperCase()} ${spec.path}`);
      for (const param of PARAMS) {
        const path = spec.path.replace(/:\w+/, param);
        const keyed =
          spec.method === 'get' ? {} : { 'idempotency-key': `bad-path-${param.length}-${PARAMS.indexOf(param)}` };
        const body = one?.call === 'PATCH /v1/flows/:key' ? { enabled: true } : one?.body;
        const { status, text, headers } = await shop.call(spec.method.toUpperCase(), path, body, keyed);
        expect([spec.path, param.slice(0, 40), status, text.slice(0, 100)]).toEqual([
          spec.path,
          param.slice(0, 40),
          404,
          text.slice(0, 100),
        ]);
        if (!spec.path.endsWith('/:token')) expect(headers.get('content-type')).toBe('application/problem+json');
      }
    }
    expect({ ...(await rows()), idempotency: 0 }).toEqual({ ...before, idempotency: 0 });
  }, 60_000);

  const ID = '00000000-0000-0000-0000-000000000000';
  it.each<[string, number, string]>([
    ['/v1/messages', 422, 'contact'],
    ['/v1/messages?contact=', 422, 'contact'],
    ['/v1/messages?contact=%00', 422, 'contact'],
    ['/v1/messages?contact=%FF', 422, 'contact'],
    ['/v1/messages?contact=%E0%A4%A', 422, 'contact'],
    ['/v1/messages?contact=%ED%A0%80', 422, 'contact'],
    ['/v1/messages?contact=a@example.com&contact=b@example.com', 422, 'contact'],
    ['/v1/contacts?subscribe=true', 422, 'subscribe'],
    ['/v1/reports/funnel?since=2026-11-01', 422, 'since'],
    [`/v1/messages?contact=${'x'.repeat(9_000)}`, 422, 'contact'],
    ['/v1/messages?contact=a@example.com&__proto__=x', 422, '__proto__'],
    ['/v1/contacts?email=x', 422, 'email'],
    ['/v1/contacts?cursor=x', 422, 'cursor'],
    ['/v1/contacts?subscribed=maybe', 422, 'subscribed'],
    ['/v1/contacts?segment=none', 422, 'segment'],
    ['/v1/referrals', 422, 'contact'],
    ['/v1/reports/referrals?from=x', 422, 'from'],
    ['/v1/explain', 422, 'visit'],
    ['/v1/explain?visit=x', 422, 'visit'],
    [`/v1/explain?visit=${ID}&moment=x`, 422, 'moment'],
    [`/v1/explain?visit=${ID}&visit=${ID}`, 422, 'visit'],
    ['/v1/config', 422, 'shop'],
    ['/v1/config?shop=%00', 422, 'shop'],
    ['/v1/config?shop=%FF', 422, 'shop'],
    [`/v1/config?shop=${'x'.repeat(9_000)}`, 422, 'shop'],
  ])('names what is wrong with the query %#', async (path, status, named) => {
    const answered = await shop.call('GET', path);
    expect([answered.status, flaw(answered, named)]).toEqual([status, null]);
  });
});

describe('random bodies', () => {
  it('never make it fail', async () => {
    const seed = Number(process.env.SEED ?? 20_261_124);
    const wanted = Number(process.env.FUZZ ?? 2_000);
    const until = Date.now() + (process.env.FUZZ ? Number.POSITIVE_INFINITY : 15_000);
    const failed: string[] = [];
    let tried = 0;
    for (const { one, body } of fuzzCases(cases, seed)) {
      if (tried === wanted || Date.now() > until) break;
      tried += 1;
      const answered = await send(one, body);
      const found = answered.status < 300 ? null : flaw(answered, null);
      if (found) failed.push(`SEED=${seed}, case ${tried}: ${one.call} ${String(body).slice(0, 2_000)} ${found}`);
    }
    expect(failed.slice(0, 5)).toEqual([]);
    // What got through can be read, judged and sent as well.
    const { visitor, visit } = find('POST /v1/visits').body;
    await newBrowser(shop, { visitor: String(visitor), visit: String(visit) }).look();
    for (const path of [
      '/v1/shop',
      '/v1/shop/domain',
      '/v1/setup',
      '/v1/rules',
      '/v1/flows',
      '/v1/messages?contact=ann@example.com',
      `/v1/visits/${visit}`,
      `/v1/explain?visit=${visit}`,
      `/v1/config?shop=${shop.siteKey}`,
    ]) {
      const { status, text } = await shop.call('GET', path);
      expect([`SEED=${seed}`, path, status, text.slice(0, 200)]).toEqual([
        `SEED=${seed}`,
        path,
        200,
        text.slice(0, 200),
      ]);
    }
    await instance.tick();
    expect(instance.logs.filter(({ level }) => level === 'error')).toEqual([]);
    expect(tried).toBeGreaterThan(100);
  }, 3_600_000);
});
