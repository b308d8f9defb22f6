import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isLoopback, isPublicUnicast } from '../../api/ip-address.ts';
import { pinnedFetch, type Resolve } from '../../api/node/pinned-fetch.ts';
import { BlockedAddress, guardedFetch, urlComplaint } from '../../api/outgoing.ts';
import { ADDRESSES, REFUSED_URLS, TAKEN_URLS } from '../cases/outgoing.ts';

const STRICT = { loopback: false };
const HOME = { loopback: true };
const PUBLIC = { address: '93.184.215.14', family: 4 };
const HERE = { address: '127.0.0.1', family: 4 };

/** What somebody inside would not want to be called: counts every connection, whatever comes of it. */
let trap: Server;
let port: number;
let connections: number;
let asked: { url: string; headers: Record<string, unknown> }[];
let answer: RequestListener;

beforeEach(async () => {
  connections = 0;
  asked = [];
  answer = (_request, response) => void response.end('hello');
  trap = createServer((request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers });
    answer(request, response);
  });
  trap.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  port = (trap.address() as AddressInfo).port;
});
afterEach(() => {
  trap.closeAllConnections();
  return new Promise<void>((resolve) => trap.close(() => resolve()));
});

/** A dial that gives these answers one after the other, without any network. */
const dialled: string[] = [];
function answering(...responses: Response[]): typeof fetch {
  dialled.length = 0;
  return async (input) => {
    dialled.push(String(input));
    return responses.shift() ?? new Response('end');
  };
}
const leadsTo = (location: string, status = 302) => new Response(null, { status, headers: { location } });

describe('a url that a shop names', () => {
  it.each(REFUSED_URLS)('is refused: %s', async (url, complaint) => {
    expect(urlComplaint(url, STRICT)).toMatch(complaint);
    await expect(guardedFetch(answering(), STRICT)(url)).rejects.toThrow(BlockedAddress);
    expect(dialled).toEqual([]);
  });

  it.each(TAKEN_URLS)('is taken: %s', async (url) => {
    expect(urlComplaint(url, STRICT)).toBeNull();
    expect((await guardedFetch(answering(), STRICT)(url)).status).toBe(200);
  });

  it.each(['http://localhost:3000/hook', 'http://127.0.0.1:3000', 'https://[::1]:1', 'http://[::ffff:127.0.0.1]:1'])(
    'may be this machine where the settings say so: %s',
    (url) => {
      expect([urlComplaint(url, HOME), urlComplaint(url, STRICT) !== null]).toEqual([null, true]);
    },
  );

  it.each([
    'http://shop.example',
    'https://10.0.0.1',
    'http://192.168.0.2:80',
    'https://db.internal',
    'ftp://localhost',
  ])('is no other place inside even then: %s', (url) => {
    expect(urlComplaint(url, HOME)).not.toBeNull();
  });
});

describe('an address', () => {
  it.each(ADDRESSES)('%s is public: %s (%s)', (address, isPublic) => {
    expect(isPublicUnicast(address)).toBe(isPublic);
  });

  it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '0:0:0:0:0:0:0:1'])(
    '%s is this machine',
    (address) => {
      expect(isLoopback(address)).toBe(true);
    },
  );

  it.each(['128.0.0.1', '10.0.0.1', '::2', '::', 'localhost', '1::1'])('%s is not this machine', (address) => {
    expect(isLoopback(address)).toBe(false);
  });
});

describe('a name', () => {
  const resolvesTo = (...addresses: { address: string; family: number }[]): Resolve => {
    return async () => addresses;
  };
  const call = (resolve: Resolve) => pinnedFetch({ ...STRICT, resolve })(`http://shop.example:${port}/`);

  it.each([
    ['this machine', [HERE]],
    ['a public address and this machine', [PUBLIC, HERE]],
    ['this machine and a public address', [HERE, PUBLIC]],
    ['this machine by IPv6', [{ address: '::1', family: 6 }]],
    ['this machine, mapped', [{ address: '::ffff:127.0.0.1', family: 6 }]],
    ['a private network', [PUBLIC, { address: '10.0.0.1', family: 4 }]],
    ['nowhere', []],
  ])('that leads to %s is not called', async (_where, addresses) => {
    await expect(call(resolvesTo(...addresses))).rejects.toThrow(BlockedAddress);
    expect(connections).toBe(0);
  });

  it('is asked for once a call, so that it can’t change its mind between look and call', async () => {
    const answers = [[HERE], [{ address: '10.0.0.1', family: 4 }]];
    let questions = 0;
    const resolve: Resolve = async () => answers[questions++] ?? [];
    const dial = pinnedFetch({ ...HOME, resolve });
    expect(await (await dial(`http://shop.example:${port}/a`)).text()).toBe('hello');
    expect([questions, connections]).toEqual([1, 1]);
    await expect(dial(`http://shop.example:${port}/b`)).rejects.toThrow(BlockedAddress);
    expect([questions, connections]).toEqual([2, 1]);
  });

  it('that nobody knows is no blocked address', async () => {
    const unknown: Resolve = () => Promise.reject(Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' }));
    await expect(call(unknown)).rejects.toThrow('ENOTFOUND');
  });
});

describe('the way out on Node', () => {
  const dial = pinnedFetch(HOME);

  it('sends text under its own host, and reads what is answered', async () => {
    answer = (request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => response.writeHead(201, { 'x-told': 'yes' }).end(`${request.method} ${body}`));
    };
    const response = await dial(`http://localhost:${port}/hook?x=1`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"word":"привет"}',
    });
    expect([response.status, response.headers.get('x-told'), await response.text()]).toEqual([
      201,
      'yes',
      'POST {"word":"привет"}',
    ]);
    expect(asked[0]).toMatchObject({
      url: '/hook?x=1',
      headers: { host: `localhost:${port}`, 'content-type': 'application/json', 'content-length': '23' },
    });
  });

  it('takes an answer without a body', async () => {
    answer = (_request, response) => void response.writeHead(204).end();
    expect((await dial(`http://127.0.0.1:${port}/`)).status).toBe(204);
  });

  it('gives up when its signal says so, before the answer and within it', async () => {
    answer = () => {};
    await expect(dial(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    answer = (_request, response) => void response.writeHead(200).write('half');
    const slow = await dial(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(300) });
    await expect(slow.text()).rejects.toThrow();
  });

  it('fails where nobody listens', async () => {
    await expect(dial('http://127.0.0.1:1/')).rejects.toThrow('ECONNREFUSED');
  });
});

describe('a redirect', () => {
  const strict = (...responses: Response[]) => guardedFetch(answering(...responses), STRICT);

  it('is only told where the call says so', async () => {
    const response = await strict(leadsTo('https://127.0.0.1/'))('https://shop.example/', { redirect: 'manual' });
    expect([response.status, dialled]).toEqual([302, ['https://shop.example/']]);
  });

  it.each([
    'https://169.254.169.254/latest',
    'http://shop.example/',
    '//127.0.0.1/',
    'https://[::1]/',
    'https://localhost/',
    'file:///etc/passwd',
  ])('to %s is not followed', async (location) => {
    await expect(strict(leadsTo(location))('https://shop.example/')).rejects.toThrow(BlockedAddress);
    expect(dialled).toEqual(['https://shop.example/']);
  });

  it('to a public host is followed three times, and without headers once the origin is another', async () => {
    const sent: (HeadersInit | undefined)[] = [];
    const dial = answering(leadsTo('/b', 301), leadsTo('https://other.example/c', 307), leadsTo('d', 303));
    const call = guardedFetch((input, init) => {
      sent.push(init?.headers);
      return dial(input, init);
    }, STRICT);
    const response = await call('https://shop.example/a', { headers: { authorization: 'secret' } });
    expect(await response.text()).toBe('end');
    expect(dialled.slice(1)).toEqual(['https://shop.example/b', 'https://other.example/c', 'https://other.example/d']);
    expect(sent).toEqual([{ authorization: 'secret' }, { authorization: 'secret' }, undefined, undefined]);
  });

  it('is followed no fourth time, and never for what changes something', async () => {
    const round = () => Array.from({ length: 9 }, () => leadsTo('https://shop.example/'));
    await expect(strict(...round())('https://shop.example/')).rejects.toThrow('redirected');
    expect(dialled).toHaveLength(4);
    await expect(strict(...round())('https://shop.example/', { method: 'POST', body: '{}' })).rejects.toThrow(
      'redirected',
    );
    expect(dialled).toHaveLength(1);
  });

  it('fails where the call says so', async () => {
    await expect(strict(leadsTo('/b'))('https://shop.example/', { redirect: 'error' })).rejects.toThrow('redirected');
  });

  it('of the way out on Node is told, never followed', async () => {
    answer = (_request, response) =>
      void response.writeHead(302, { location: `http://127.0.0.1:${port}/inside` }).end();
    expect((await pinnedFetch(HOME)(`http://127.0.0.1:${port}/`)).status).toBe(302);
    expect(asked.map(({ url }) => url)).toEqual(['/']);
  });
});
