/** What a shop is told of its sender's domain, and when it may not go live. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeResolver } from '../../../api/node/resolver.ts';
import { startDns, type TestDns } from '../../support/dns-server.ts';
import { ADMIN_KEY, type Instance, SHOP, type ShopHandle, startInstance } from '../../support/shop.ts';

let dns: TestDns;
let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  dns = await startDns({
    'CNAME pm-bounces.shop.example': ['pm.mtasv.net'],
    'TXT 20261122pm._domainkey.shop.example': ['v=DKIM1; p=MIGfMA0G'],
    'TXT _dmarc.shop.example': ['v=DMARC1; p=quarantine'],
    'TXT down.example': '!',
  });
  instance = await startInstance({
    env: { POSTMARK_TOKEN: 'token', POSTMARK_URL: 'http://127.0.0.1:1' },
    resolver: nodeResolver({ servers: [dns.address] }),
  });
  shop = await instance.openShop();
});
afterAll(async () => {
  await instance.close();
  await dns.stop();
});

const FREE = { name: 'Lamp & Leaf', email: 'lamp.and.leaf@gmail.com' };

describe('GET /v1/shop/domain', () => {
  it('tells each record with what was found, by the selector that it is told', async () => {
    const { status, body } = await shop.call('GET', '/v1/shop/domain?selector=20261122pm');
    expect([status, body.domain, body.ready, body.aligned.ok]).toEqual([200, 'shop.example', true, true]);
    expect(body.records.map(({ check, ok, found }: Record<string, unknown>) => [check, ok, found])).toEqual([
      ['spf', true, []],
      ['dkim', true, ['v=DKIM1; p=MIGfMA0G']],
      ['return_path', true, ['pm.mtasv.net']],
      ['dmarc', true, ['v=DMARC1; p=quarantine']],
    ]);
  });

  it('asks for the selector where the usual ones are not there', async () => {
    const { body } = await shop.call('GET', '/v1/shop/domain');
    const dkim = body.records.find(({ check }: { check: string }) => check === 'dkim');
    expect([body.ready, dkim.ok, dkim.why]).toEqual([false, false, expect.stringContaining('?selector=')]);
  });

  it('takes a silent DNS for no answer, not for a missing record', async () => {
    const quiet = await instance.openShop({ sender: { name: 'Down', email: 'hello@down.example' } });
    const { body } = await quiet.call('GET', '/v1/shop/domain');
    expect(body.records.find(({ check }: { check: string }) => check === 'spf').ok).toBe(null);
  });

  it('refuses a selector that is none', async () => {
    const { status, body } = await shop.call('GET', '/v1/shop/domain?selector=a%20b');
    expect([status, body.errors[0].path]).toEqual([422, 'selector']);
  });
});

describe('a sender at a free mailbox', () => {
  it('opens no shop and takes over none: 409 says why and what to do', async () => {
    const opened = await instance.call(
      'POST',
      '/v1/shops',
      { ...SHOP, sender: FREE },
      { authorization: `Bearer ${ADMIN_KEY}` },
    );
    const changed = await shop.call('PATCH', '/v1/shop', { sender: { ...FREE, email: 'lamp@mail.ru' } });
    for (const { status, body } of [opened, changed]) {
      expect([status, body.code]).toEqual([409, 'free_mail_sender']);
      expect(body.detail).toContain('GET /v1/shop/domain');
    }
    expect((await shop.call('GET', '/v1/shop')).body.sender.email).toBe(SHOP.sender.email);
  });

  it('switches no flow on; off it may go, and everything else may be changed', async () => {
    const { id, call } = await instance.openShop();
    await instance.db.engine(({ sql }) => sql`update shop set sender_email = 'lamp@yandex.ru' where id = ${id}`);
    const made = await call('POST', '/v1/flows', { key: 'early', steps: [{ send: 'offer' }], enabled: false });
    expect(made.status).toBe(201);
    for (const answer of [
      await call('PATCH', '/v1/flows/early', { enabled: true }),
      await call('POST', '/v1/flows/early/activate', {}),
      await call('POST', '/v1/flows', { key: 'live', steps: [{ send: 'offer' }] }),
      await call('PATCH', '/v1/shop', { sending: { warmUp: true } }),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([409, 'free_mail_sender']);
    }
    expect((await call('PATCH', '/v1/flows/discount-reminder', { enabled: false })).status).toBe(200);
    expect((await call('PATCH', '/v1/shop', { name: 'Lamp' })).status).toBe(200);
  });

  it('is nobody’s business where letters only land in the local inbox; such a domain is told of all the same', async () => {
    const local = await startInstance();
    const at = await local.openShop({ sender: FREE });
    const { body } = await at.call('GET', '/v1/shop/domain');
    expect([body.freeMail, body.ready, body.records]).toEqual([true, false, []]);
    await local.close();
  });
});
