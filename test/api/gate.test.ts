/** Whoever is beyond the limits is answered before anything is read, and can't tell (TRUST 1). */

import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, ENDPOINTS } from '../../api/app.ts';
import type { Deps } from '../../api/deps.ts';
import { droppedCalls, type Gate, gate } from '../../api/http/gate.ts';
import { pace } from '../../api/http/pace.ts';
import { type PageLimiter, RATES, tokenBuckets } from '../../api/page-limiter.ts';
import { fairTurns } from '../../api/turns.ts';
import { type Instance, ORIGIN, type ShopHandle, startInstance } from '../support/shop.ts';

const PEER = '198.51.100.7';
const REFUSING: PageLimiter = { admits: () => false };

let instance: Instance;
let shop: ShopHandle;
let at = 0;
beforeAll(async () => {
  instance = await startInstance({ env: { TRUSTED_PROXIES: '1' } });
  shop = await instance.openShop();
});
afterAll(() => instance.close());

/** A gate on a clock that the test moves. */
function gated(limiter: PageLimiter = tokenBuckets({ now: () => at }), change: Partial<Deps> = {}): Gate {
  const deps = { ...instance.deps, now: () => at, pause: async () => {}, ...change };
  return gate({ endpoints: ENDPOINTS, deps, limiter, pace: pace(), dropped: droppedCalls() });
}

const CONSENT = { data: true, marketing: true, text: 'Yes' };

const CALLS: Record<string, () => unknown> = {
  'POST /v1/visits': () => ({ ...ids(), sentAt: 1, events: [] }),
  'POST /v1/claims': () => ({ ...ids(), rule: randomUUID(), variant: null, email: 'x@example.com', consent: CONSENT }),
  'POST /v1/forms': () => ({ ...ids(), kind: 'subscribe', email: 'x@example.com', consent: CONSENT }),
  'POST /v1/restore': () => ({ shop: shop.siteKey, token: 'x' }),
  'GET /v1/config': () => null,
  'GET /v1/reviews/published': () => null,
};
const ids = () => ({ shop: shop.siteKey, visitor: randomUUID(), visit: randomUUID() });

const asked = (call: string, headers: Record<string, string> = {}, host = 'linger.example'): Request => {
  const [method = '', path = ''] = call.split(' ');
  const body = CALLS[call]?.();
  return new Request(`https://${host}${path}?shop=${shop.siteKey}`, {
    method,
    headers: { origin: ORIGIN, 'content-type': 'text/plain', ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
};

describe('the gate', () => {
  it('knows how each call of a page is dropped', () => {
    const paths = ENDPOINTS.filter(({ spec }) => spec.dropped).map(
      ({ spec }) => `${spec.method.toUpperCase()} ${spec.path}`,
    );
    expect(paths.sort()).toEqual(Object.keys(CALLS).sort());
    expect(ENDPOINTS.filter(({ spec }) => spec.access === 'page' && !spec.dropped)).toEqual([]);
  });

  it.each(Object.keys(CALLS))('answers %s as the app answers what it drops', async (call) => {
    const app = createApp({
      deps: { ...instance.deps, limiter: REFUSING },
      peer: () => PEER,
      widgetFile: async () => null,
    });
    const said = async (response: Response | null) =>
      response && { status: response.status, text: await response.text(), headers: [...response.headers].sort() };
    const ways: [headers?: Record<string, string>, host?: string][] = [
      [],
      [{ origin: 'null' }],
      [{ 'sec-fetch-site': 'same-site' }],
      [{}, `news.${new URL(ORIGIN).hostname}`],
    ];
    for (const way of ways)
      expect(await said(await gated(REFUSING)(asked(call, ...way), PEER))).toEqual(
        await said(await app.request(asked(call, ...way))),
      );
  });

  it('reads no body and asks nobody', async () => {
    let read = false;
    const body = new ReadableStream(
      {
        pull() {
          read = true;
        },
      },
      { highWaterMark: 0 },
    );
    const init = { method: 'POST', body, duplex: 'half' };
    const request = new Request('https://linger.example/v1/visits', init as RequestInit);
    const response = await gated(REFUSING)(request, PEER);
    expect([response?.status, read]).toEqual([202, false]);
  });

  it('counts by network and origin, as the proxy tells them, and lets others by', async () => {
    const knock = gated();
    const admitted = async (count: number, headers: () => Record<string, string>) => {
      const answers = Array.from({ length: count }, () => knock(asked('GET /v1/config', headers()), '10.0.0.1'));
      return (await Promise.all(answers)).filter((answer) => answer === null).length;
    };
    const from = (address: string, origin = ORIGIN) => ({ 'x-forwarded-for': `203.0.113.9, ${address}`, origin });
    expect(await admitted(1_500, () => from(PEER))).toBe(RATES.shop.burst);
    expect(await admitted(5, () => from('198.51.100.200'))).toBe(0);
    expect(await admitted(5, () => from('192.0.2.1'))).toBe(5);
    expect(await admitted(5, () => from(PEER, 'https://other.example'))).toBe(5);
    const madeUp = () => from(PEER, `https://${randomUUID()}.example`);
    expect(await admitted(3_000, madeUp)).toBe(RATES.network.burst - RATES.shop.burst - 5);
    at += 1_000;
    expect(await admitted(150, () => from(PEER))).toBe(RATES.shop.perSecond);
  });

  it('leaves alone what is no call of a page', async () => {
    for (const [method, path] of [
      ['GET', '/v1/visits'],
      ['OPTIONS', '/v1/visits'],
      ['POST', '/v1/orders'],
      ['GET', '/l.js'],
      ['GET', '/v1/visits/1'],
    ] as const)
      expect(await gated(REFUSING)(new Request(`https://linger.example${path}`, { method }), PEER)).toBe(null);
    expect(await gated(REFUSING)(asked('POST /v1/visits'), null)).toBe(null);
  });

  it('tells of it in one line a second, with how many there were', async () => {
    const lines: unknown[] = [];
    const knock = gated(REFUSING, { log: (...line) => void lines.push(line) });
    at = 1_000_000;
    for (let tenth = 0; tenth < 25; tenth += 1) {
      for (let call = 0; call < 10; call += 1) await knock(asked('POST /v1/visits'), PEER);
      at += 100;
    }
    const line = (count: number) => ['warn', 'calls of pages are dropped unread', { count }];
    expect(lines).toEqual([line(1), line(100), line(100)]);
  });

  it('on a socket sends the same bytes as the app', async () => {
    const app = createApp({ deps: instance.deps, peer: () => PEER, widgetFile: async () => null });
    const knock = gated(REFUSING);
    const port = await new Promise<number>((resolve) => {
      const fetch = async (request: Request) =>
        (request.headers.has('x-flood') ? await knock(request, PEER) : null) ?? app.fetch(request);
      const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, (address) => resolve(address.port));
      afterAll(() => server.close());
    });
    const sent = (origin: string, more = ''): Promise<string> =>
      new Promise((resolve, reject) => {
        const body = JSON.stringify(CALLS['POST /v1/visits']?.());
        const socket = connect(port, '127.0.0.1');
        let answer = '';
        const call = `POST /v1/visits HTTP/1.1\r\nhost: linger.example\r\norigin: ${origin}\r\n${more}content-length: ${body.length}\r\n\r\n${body}`;
        // Twice: the connection is kept.
        socket.on('data', (bytes) => {
          answer += bytes;
          const heard = answer.split('HTTP/1.1').length - 1;
          if (heard === 1 && answer.endsWith('}')) socket.write(call);
          if (heard === 2 && answer.endsWith('}')) socket.destroy();
        });
        socket.on('error', reject);
        socket.on('close', () => resolve(answer.replace(/date: .*/gi, '')));
        socket.write(call);
      });
    expect(await sent('https://evil.test', 'x-flood: 1\r\n')).toBe(await sent('https://evil.test'));
  });
});

describe('keys that nobody has', () => {
  it('are looked for by turns, and hold up nobody of another network', async () => {
    const turns = fairTurns({ now: Date.now, pause: async () => {}, perNetwork: 1, mostWaiting: 2 });
    const app = createApp({ deps: { ...instance.deps, turns }, peer: () => PEER, widgetFile: async () => null });
    const ask = async (key: string, address: string) => {
      const headers = { authorization: `Bearer ${key}`, 'x-forwarded-for': address };
      const { status, headers: told } = await app.request('/v1/shop', { headers });
      return [status, told.get('retry-after')];
    };
    const guesses = Array.from({ length: 6 }, (_, index) => ask(`sk_${index}`, PEER));
    expect(await ask(shop.secretKey, '192.0.2.1')).toEqual([200, null]);
    const [unknown, tooMany] = [
      [401, null],
      [429, '5'],
    ];
    expect((await Promise.all(guesses)).sort()).toEqual([unknown, unknown, unknown, tooMany, tooMany, tooMany]);
    expect(await ask(shop.secretKey, PEER)).toEqual([200, null]);
  });
});

describe('the pace of answers', () => {
  const paced = (floor: number, options?: Parameters<typeof pace>[0]) => {
    const waits: number[] = [];
    const one = pace(options);
    const pauses: (() => void)[] = [];
    const deps = {
      now: () => at,
      settings: { ...instance.settings, claimFloorMs: floor },
      pause: (ms: number) => {
        waits.push(ms);
        return new Promise<void>((resolve) => void pauses.push(resolve));
      },
    };
    return { waits, pauses, wait: (network: string) => one.wait(network, deps) };
  };

  it('is no quicker than that of answers which took work, and of one network one after the other', () => {
    const { waits, wait } = paced(150, { apartMs: 2 });
    for (const network of ['a', 'a', 'a', 'b']) void wait(network);
    expect(waits).toEqual([150, 152, 154, 150]);
  });

  it('holds no more connections of one network than are allowed: what comes beyond is answered at once', async () => {
    const { waits, pauses, wait } = paced(150, { most: 2 });
    const first = wait('a');
    void wait('a');
    await wait('a');
    expect(waits).toHaveLength(2);
    pauses[0]?.();
    await first;
    void wait('a');
    void wait('b');
    expect(waits).toHaveLength(4);
  });
});
