/** Both ways to DNS give the same answers. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeResolver } from '../../api/node/resolver.ts';
import { dohResolver } from '../../api/resolver.ts';
import { startDns, type TestDns } from '../support/dns-server.ts';

const KEY = `v=DKIM1; k=rsa; p=${'A'.repeat(400)}`;
let dns: TestDns;
beforeAll(async () => {
  dns = await startDns({
    'TXT pm._domainkey.shop.example': [KEY],
    'TXT shop.example': ['v=spf1 "quoted" ~all', 'other'],
    'CNAME pm-bounces.shop.example': ['pm.mtasv.net'],
    'MX shop.example': ['mx.shop.example'],
    'TXT broken.example': '!',
  });
});
afterAll(() => dns.stop());

describe('the machine’s own', () => {
  const ask = (name: string, type: 'TXT' | 'CNAME' | 'MX') => nodeResolver({ servers: [dns.address] })({ name, type });

  it('joins the pieces of a long text, and gives every record', async () => {
    expect(await ask('pm._domainkey.shop.example', 'TXT')).toEqual({ found: [KEY] });
    const texts = await ask('shop.example', 'TXT');
    expect('found' in texts && [...texts.found].sort()).toEqual(['other', 'v=spf1 "quoted" ~all']);
  });

  it('gives names', async () => {
    expect(await ask('pm-bounces.shop.example', 'CNAME')).toEqual({ found: ['pm.mtasv.net'] });
    expect(await ask('shop.example', 'MX')).toEqual({ found: ['mx.shop.example'] });
  });

  it('tells "there is none" from "nobody answered"', async () => {
    expect(await ask('nobody.example', 'TXT')).toEqual({ found: [] });
    expect(await ask('broken.example', 'TXT')).toEqual({ failed: 'ESERVFAIL' });
  });
});

describe('DNS over HTTPS', () => {
  const over = (body: unknown, status = 200) =>
    dohResolver(async () => Response.json(body, { status }), 'https://doh.example/dns-query');

  it('asks by name and type', async () => {
    const asked: string[] = [];
    await dohResolver(async (input) => {
      asked.push(String(input));
      return Response.json({ Status: 0 });
    }, 'https://doh.example/dns-query')({ name: '_dmarc.shop.example', type: 'TXT' });
    expect(asked).toEqual(['https://doh.example/dns-query?name=_dmarc.shop.example&type=TXT']);
  });

  it('reads texts in pieces, and leaves out what was not asked for', async () => {
    const Answer = [
      { type: 5, data: 'elsewhere.example.' },
      { type: 16, data: '"v=DKIM1; p=AAA" "BBB"' },
      { type: 16, data: '"say \\"hi\\""' },
    ];
    expect(await over({ Status: 0, Answer })({ name: 'x.example', type: 'TXT' })).toEqual({
      found: ['v=DKIM1; p=AAABBB', 'say "hi"'],
    });
  });

  it('reads names without their last dot', async () => {
    expect(
      await over({ Status: 0, Answer: [{ type: 5, data: 'pm.mtasv.net.' }] })({ name: 'x', type: 'CNAME' }),
    ).toEqual({
      found: ['pm.mtasv.net'],
    });
    expect(
      await over({ Status: 0, Answer: [{ type: 15, data: '10 mx.example.' }] })({ name: 'x', type: 'MX' }),
    ).toEqual({
      found: ['mx.example'],
    });
  });

  it('tells "there is none" from "nobody answered"', async () => {
    const question = { name: 'x.example', type: 'TXT' } as const;
    expect(await over({ Status: 3 })(question)).toEqual({ found: [] });
    expect(await over({ Status: 2 })(question)).toEqual({ failed: 'status 2' });
    expect(await over({}, 503)(question)).toEqual({ failed: 'http 503' });
    const nobody = dohResolver(() => Promise.reject(new TypeError('no way out')));
    expect(await nobody(question)).toEqual({ failed: 'TypeError' });
  });
});
