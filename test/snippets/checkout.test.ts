/** The snippets for a shop's own checkout, against the real app on a real port: answering, down, slow and broken. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { serve } from '@hono/node-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';
import {
  type Checkout,
  type CheckoutOptions,
  hasPhp,
  type NewCheckout,
  nodeCheckout,
  phpCheckout,
} from './checkouts.ts';

type Weather = 'fine' | 'down' | 'slow' | 'error' | 'page' | 'lost';

let instance: Instance;
let shop: ShopHandle;
let app: Server;
let front: Server;
let url: string;
let weather: Weather;
let folder: string;
let people = 0;

/** Listens on a free port. */
const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));

beforeAll(async () => {
  instance = await startInstance();
  const { fetch: handle } = createApp({ deps: instance.deps, peer: () => '127.0.0.1', widgetFile: async () => null });
  app = await new Promise<Server>((resolve) => {
    const server = serve({ fetch: handle, port: 0, hostname: '127.0.0.1' }, () => resolve(server as Server));
  });
  const inner = (app.address() as AddressInfo).port;
  // Stands before the app as the weather does.
  front = createServer(async (request, response) => {
    if (weather === 'down') return void request.socket.destroy();
    if (weather === 'slow') return void setTimeout(() => response.end('{}'), 60_000).unref();
    if (weather === 'error') return answer(response, 500, '{"code":"internal"}');
    if (weather === 'page') return answer(response, 200, '<html>Welcome to nginx</html>');
    const body = await text(request);
    const { host: _host, 'content-length': _length, ...headers } = request.headers as Record<string, string>;
    const inside = await fetch(`http://127.0.0.1:${inner}${request.url}`, { method: 'POST', headers, body });
    const said = await inside.text();
    if (weather === 'lost') return void request.socket.destroy();
    return answer(response, inside.status, said);
  });
  url = `http://127.0.0.1:${await listening(front)}`;
});
afterAll(async () => {
  for (const server of [front, app]) {
    server.closeAllConnections();
    server.close();
  }
  await instance.close();
});
beforeEach(() => {
  weather = 'fine';
  folder = mkdtempSync(join(tmpdir(), 'linger-checkout-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function answer(response: ServerResponse, status: number, said: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(said);
}

async function newCode(code: Record<string, unknown> = {}): Promise<string> {
  const rule = await shop.addRule({ code: { reveal: 'screen', ...code } });
  const browser = newBrowser(shop);
  await browser.look();
  return (await browser.claim(rule, { email: `snippet-${++people}@example.com` })).body.code;
}
const statusOf = async (code: string): Promise<string> => (await shop.call('GET', `/v1/codes/${code}`)).body.status;
const order = (orderId: string) => ({ orderId, total: 40 });

const php = hasPhp();
if (!php) console.warn('The PHP snippet is not tried: there is no `php` with the curl extension here.');

describe.for<[string, NewCheckout, boolean]>([
  ['Node', nodeCheckout, true],
  ['PHP', phpCheckout, php],
])('the checkout snippet on %s', ([, newCheckout, here]) => {
  // Order ids are used once in a shop.
  beforeAll(async () => {
    shop = await instance.openShop();
  });
  beforeEach((context) => context.skip(!here, 'needs `php` with the curl extension'));

  const checkout = (options: Partial<CheckoutOptions> = {}): Checkout =>
    newCheckout({ url, key: shop.secretKey, queue: join(folder, 'queue'), timeoutMs: 20_000, ...options });

  it('checks, holds, uses and gives back', async () => {
    const linger = checkout();
    const code = await newCode();
    expect(await linger.check(code, { total: 40 })).toMatchObject({ ok: true, discount: 4 });
    expect(await linger.reserve(code, order('N1'))).toMatchObject({
      ok: true,
      discount: 4,
      reservedUntil: expect.any(String),
    });
    expect(await linger.reserve(code, order('N2'))).toEqual({ ok: false, reason: 'reserved' });
    expect(await linger.release(code, 'N1')).toMatchObject({ ok: true });
    expect(await linger.redeem(code, order('N2'))).toMatchObject({ ok: true, discount: 4 });
    expect(await linger.redeem(code, order('N3'))).toEqual({ ok: false, reason: 'already_redeemed' });
    expect([await statusOf(code), await linger.retry()]).toEqual(['redeemed', 0]);
  });

  it.each(['', ' ', '..', '../../v1/shop', 'a/b', 'a?b', '#', 'x'.repeat(200)])(
    'asks nobody about what is no code: %j',
    async (code) => {
      weather = 'down';
      expect(await checkout().redeem(code, order('X'))).toEqual({ ok: false, reason: 'code_not_found' });
      expect(await checkout().retry()).toBe(0);
    },
  );

  it('knows a code written in any way', async () => {
    const code = await newCode();
    expect(await checkout().check(`  ${code.toLowerCase()} `, { total: 40 })).toMatchObject({ ok: true });
  });

  it.each<Weather>(['down', 'slow', 'error', 'page'])(
    'loses no order while Linger is %s, and tells it later',
    async (now) => {
      // A busy machine is slow in any weather: only the impatient one gives up soon.
      const impatient = checkout({ timeoutMs: 400 });
      const code = await newCode();
      weather = now;
      expect(await impatient.redeem(code, order(`W-${now}`))).toEqual({ ok: null, discount: 0 });
      expect(await impatient.retry()).toBe(1);
      expect(await statusOf(code)).toBe('issued');
      weather = 'fine';
      expect(await checkout().retry()).toBe(0);
      expect((await shop.call('GET', `/v1/codes/${code}`)).body).toMatchObject({
        status: 'redeemed',
        orderId: `W-${now}`,
      });
    },
  );

  it('redeems once where only the answer got lost', async () => {
    const linger = checkout();
    const code = await newCode({ uses: 2 });
    weather = 'lost';
    expect((await linger.redeem(code, order('L1'))).ok).toBeNull();
    weather = 'fine';
    expect(await linger.retry()).toBe(0);
    expect((await shop.call('GET', `/v1/codes/${code}`)).body).toMatchObject({ used: 1, status: 'issued' });
  });

  it('gives on trust what the shop chooses, and tells it where the code was not good', async () => {
    const refused: unknown[] = [];
    const linger = checkout({
      trust: 0.1,
      onRefused: (its, reason) => void refused.push([its, reason]),
    });
    const code = await newCode();
    await shop.call('POST', `/v1/codes/${code}/redeem`, order('T1'));
    weather = 'down';
    expect(await linger.redeem(code, order('T2'))).toEqual({ ok: null, discount: 4 });
    weather = 'fine';
    expect([await linger.retry(), refused]).toEqual([0, [[order('T2'), 'already_redeemed']]]);
  });

  it('keeps the order of what it tells, over restarts and half-written lines', async () => {
    const code = await newCode();
    weather = 'down';
    const first = checkout();
    await first.redeem(code, order('K1'));
    expect(await first.retry()).toBe(1);
    await first.release(code, 'K1');
    const file = join(folder, 'queue');
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"id":"half`);
    const next = checkout();
    const other = await newCode();
    await next.redeem(other, order('K2'));
    expect(await next.retry()).toBe(3);
    weather = 'fine';
    while ((await next.retry()) > 0);
    expect([await statusOf(code), await statusOf(other)]).toEqual(['issued', 'redeemed']);
  });

  it('goes on with the order when its queue can’t be written', async () => {
    weather = 'down';
    const linger = checkout({ queue: join(folder, 'no', 'such', 'folder') });
    expect(await linger.redeem('ANY-CODE', order('D1'))).toEqual({ ok: null, discount: 0 });
  });

  it('with a wrong key says that it doesn’t know, and keeps what it has to tell', async () => {
    const linger = checkout({ key: 'sk_wrong' });
    expect(await linger.redeem(await newCode(), order('Y1'))).toEqual({ ok: null, discount: 0 });
    expect(await linger.retry()).toBe(1);
  });
});
