/** Feeds that are fetched on schedule, from a server as shops have them. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchFeeds } from '../../api/actions/catalogue/fetch-feeds.ts';
import { feedOf } from '../support/feed.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

const HOUR = 3_600_000;

let instance: Instance;
let shop: ShopHandle;
let server: Server;
let asked: IncomingMessage[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  instance = await startInstance({ env: { LOOPBACK_CALLS: 'yes' } });
});
afterAll(async () => {
  server.close();
  await instance.close();
});
beforeEach(async () => {
  await instance.db.engine(({ sql }) => sql`delete from feed`);
  shop = await instance.openShop();
  asked = [];
});

const url = (path = '/feed.xml') => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
const serve = (text: string | Uint8Array, headers: Record<string, string> = {}, status = 200): void => {
  answer = (_request, response) => response.writeHead(status, headers).end(text);
};
const add = async (change: Record<string, unknown> = {}) =>
  (await shop.call('POST', '/v1/feeds', { url: url(), ...change })).body;
const turn = () => fetchFeeds(instance.deps, { deadline: instance.deps.now() + 30_000 });
const feed = async (id: string) => (await shop.call('GET', `/v1/feeds/${id}`)).body;
const ids = async (): Promise<string[]> =>
  (await shop.call('GET', '/v1/products')).body.data.map((one: { id: string }) => one.id);

describe('a feed', () => {
  it('is fetched at once and then as often as it says, and read only when it is another', async () => {
    answer = (request, response) => {
      const known = request.headers['if-none-match'] === '"v1"' || request.headers['if-modified-since'] === 'yesterday';
      response.writeHead(known ? 304 : 200, { etag: '"v1"', 'last-modified': 'yesterday' });
      response.end(known ? '' : feedOf({ id: 'a' }, { id: 'b' }));
    };
    const { id } = await add({ every: '2h' });
    expect(await turn()).toBe(1);
    expect(await ids()).toEqual(['a', 'b']);
    const first = await feed(id);
    expect(first).toMatchObject({ every: '2h', problem: null, report: { offers: 2, accepted: 2, added: 2 } });
    expect([await turn(), asked.length]).toEqual([0, 1]);
    instance.travel(2 * HOUR + 1_000);
    expect(await turn()).toBe(1);
    expect(asked.at(-1)?.headers).toMatchObject({ 'if-none-match': '"v1"', 'if-modified-since': 'yesterday' });
    const second = await feed(id);
    // Not read again, and known to hold.
    expect([second.report, second.problem, second.takenAt > first.takenAt]).toEqual([first.report, null, true]);
    expect((await shop.call('POST', `/v1/feeds/${id}/fetch`)).body.report).toMatchObject({ added: 0, changed: 0 });
    expect(asked.at(-1)?.headers['if-none-match']).toBeUndefined();
  });

  it('may come packed', async () => {
    serve(gzipSync(feedOf({ id: 'a' })), { 'content-encoding': 'gzip' });
    await add();
    await turn();
    expect(await ids()).toEqual(['a']);
  });

  it('that has less than half of what it had takes nothing away, and says so', async () => {
    serve(feedOf({ id: 'a' }, { id: 'b' }, { id: 'c' }), { etag: '"full"' });
    const { id } = await add();
    await turn();
    serve(feedOf({ id: 'a', price: 9 }), { etag: '"short"' });
    instance.travel(6 * HOUR + 1_000);
    await turn();
    expect(await feed(id)).toMatchObject({ problem: 'shrunk', report: { accepted: 1, gone: 0, kept: 'shrunk' } });
    expect(await ids()).toEqual(['a', 'b', 'c']);
    // It is looked at again before its time, and not taken for read.
    instance.travel(HOUR / 4 + 1_000);
    expect(await turn()).toBe(1);
    expect(asked.at(-1)?.headers['if-none-match']).toBe('"full"');
    const forced = await shop.call('POST', `/v1/feeds/${id}/fetch?force=true`);
    expect(forced.body).toMatchObject({ problem: null, report: { gone: 2, kept: null } });
    expect(await ids()).toEqual(['a']);
  });

  it.each<[string, () => void, string | RegExp, number?]>([
    ['is not there', () => serve('', {}, 404), 'http_404'],
    ['leads elsewhere without end', () => serve('', { location: '/feed.xml' }, 302), 'no_connection'],
    ['leads into the house', () => serve('', { location: 'https://10.0.0.1/feed.xml' }, 301), 'blocked_address'],
    ['is a page', () => serve('<html>Sign in</html>'), /must be a feed/],
    ['breaks off', () => serve(feedOf({ id: 'a' }, { id: 'b' }).slice(0, -40)), 'cut_off'],
    [
      'hangs up',
      () => {
        answer = (_request, response) => {
          response.writeHead(200, { 'content-length': '100000' });
          response.write(feedOf({ id: 'a' }));
          setTimeout(() => response.destroy(), 50);
        };
      },
      'no_connection',
    ],
  ])('that %s changes nothing, says why, and is tried again sooner', async (_what, misbehave, problem) => {
    serve(feedOf({ id: 'a' }, { id: 'b' }));
    const { id } = await add({ every: '1d' });
    await turn();
    misbehave();
    instance.travel(24 * HOUR + 1_000);
    await turn();
    const told = await feed(id);
    expect(told.problem).toEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem));
    expect(await ids()).toEqual(['a', 'b']);
    expect(Date.parse(told.nextAt) - Date.parse(told.triedAt)).toBe(HOUR / 4);
    serve(feedOf({ id: 'a' }, { id: 'c' }));
    instance.travel(HOUR / 4 + 1_000);
    await turn();
    expect(await feed(id)).toMatchObject({ problem: null, report: { added: 1, gone: 1 } });
  });

  it('is one of several: what stands in another is not its to take away', async () => {
    serve(feedOf({ id: 'a' }, { id: 'b' }));
    await add();
    await turn();
    serve(feedOf({ id: 'c' }));
    const second = await add({ url: url('/second.xml') });
    await turn();
    expect(await ids()).toEqual(['a', 'b', 'c']);
    expect((await shop.call('GET', '/v1/feeds')).body.data.map((one: { url: string }) => one.url)).toEqual([
      url(),
      url('/second.xml'),
    ]);
    expect((await shop.call('DELETE', `/v1/feeds/${second.id}`)).status).toBe(204);
    expect(await ids()).toEqual(['a', 'b']);
    expect((await shop.call('GET', `/v1/feeds/${second.id}`)).status).toBe(404);
  });

  it('rests while it is switched off, and is fetched at once from elsewhere', async () => {
    serve(feedOf({ id: 'a' }));
    const { id } = await add({ enabled: false });
    expect([await turn(), (await feed(id)).nextAt]).toEqual([0, null]);
    await shop.call('PATCH', `/v1/feeds/${id}`, { enabled: true });
    expect(await turn()).toBe(1);
    await shop.call('PATCH', `/v1/feeds/${id}`, { every: '7d' });
    expect(await turn()).toBe(0);
    await shop.call('PATCH', `/v1/feeds/${id}`, { url: url('/moved.xml') });
    expect([await turn(), asked.at(-1)?.url]).toEqual([1, '/moved.xml']);
  });

  it('is looked at by one worker at a time', async () => {
    let letGo = (): void => {};
    answer = (_request, response) => {
      letGo = () => response.writeHead(200).end(feedOf({ id: 'a' }));
    };
    const { id } = await add();
    const first = turn();
    await expect.poll(() => asked.length).toBe(1);
    expect(await turn()).toBe(0);
    await shop.call('POST', `/v1/feeds/${id}/fetch`);
    expect(asked.length).toBe(1);
    letGo();
    expect(await first).toBe(1);
  });

  it.each([
    [{ url: 'http://shop.example/feed.xml' }, 'url'],
    [{ url: 'https://10.0.0.1/feed.xml' }, 'url'],
    [{ every: '30m' }, 'every'],
    [{ every: '90m' }, 'every'],
    [{ every: '8d' }, 'every'],
    [{ enabled: 'yes' }, 'enabled'],
  ])('is refused with %j', async (change, path) => {
    const { status, body } = await shop.call('POST', '/v1/feeds', { url: url(), ...change });
    expect([status, body.errors[0].path]).toEqual([422, path]);
  });

  it('is there once', async () => {
    serve(feedOf({ id: 'a' }));
    await add();
    const again = await shop.call('POST', '/v1/feeds', { url: url() });
    expect([again.status, again.body.code]).toEqual([409, 'exists']);
    const { id } = await add({ url: url('/other.xml') });
    expect((await shop.call('PATCH', `/v1/feeds/${id}`, { url: url() })).body.code).toBe('exists');
  });
});
