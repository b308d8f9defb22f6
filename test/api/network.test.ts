import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rangeOf, readNetwork } from '../../api/network.ts';
import { CHAINS, COUNTRIES, DEVICES, LANGUAGES, RANGES } from '../cases/api-network.ts';
import { fixture } from '../support/fixtures.ts';

const PEER = '192.0.2.1';

const read = (headers: Record<string, string | null>, trustedProxies = 0) => {
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null);
  return readNetwork(new Headers(given), { peer: PEER, trustedProxies });
};

describe('what a request tells of its sender', () => {
  it.each(RANGES)('keeps of %s only %s', (address, range) => {
    expect(rangeOf(address)).toBe(range);
  });

  it.each(CHAINS)('believes of "%s" what %d proxies of ours added: %s', (header, proxies, address) => {
    const network = read({ 'x-forwarded-for': header }, proxies);
    expect([network.address, network.range]).toEqual([address, rangeOf(address)]);
  });

  it.each(COUNTRIES)('reads the country of %j behind %d proxies as %s', (headers, proxies, country) => {
    expect(read(headers, proxies).client.country).toBe(country);
  });

  it.each(LANGUAGES)('reads "%s" as the language %s', (header, language) => {
    expect(read({ 'accept-language': header }).client.language).toBe(language);
  });

  it.each(DEVICES)('takes "%s" for: %s', (agent, device) => {
    expect(read({ 'user-agent': agent }).client.device).toBe(device);
  });

  it('takes its time with no User-Agent, however long', () => {
    const agents = [
      '('.repeat(100_000),
      'Mozilla/5.0 '.repeat(9_000),
      'a/1 '.repeat(20_000),
      `Mozilla/5.0 (${'Android;'.repeat(9_000)})`,
    ];
    const start = performance.now();
    for (const agent of agents) read({ 'user-agent': agent });
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

/** How many of the samples must be right: some rare models say only that they are Android. */
const FLOOR = 0.97;
const NAMES: Record<string, string> = { undefined: 'desktop', smarttv: 'tv' };
const folder = fixture('user-agent');

describe.skipIf(!folder)('devices of real visitors', () => {
  it.each(['uap-js-apple.json', 'uap-js-google.json', 'matomo-sample.json'])('are known from %s', (file) => {
    if (!folder) return;
    const samples: { ua: string; expect: string | { type: string } }[] = JSON.parse(
      readFileSync(join(folder, file), 'utf8'),
    );
    const right = samples.filter(({ ua, expect: wanted }) => {
      const kind = typeof wanted === 'string' ? wanted : wanted.type;
      return read({ 'user-agent': ua }).client.device === (NAMES[kind] ?? kind);
    });
    expect(right.length / samples.length).toBeGreaterThanOrEqual(FLOOR);
  });
});
