/** What an answer tells of the address in it (TRUST 7). How long answers take is measured by `npm run bench -- claim-timing`. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressHash } from '../../api/signing.ts';
import { suppress, unsubscribeContact } from '../../db/contacts.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

const FLOOR_MS = 150;

describe('addresses of every kind', () => {
  let instance: Instance;
  let shop: ShopHandle;
  let rule: string;
  const waits: number[] = [];

  beforeAll(async () => {
    instance = await startInstance({ env: { DISPOSABLE_DOMAINS: 'thrown.example' } });
    Object.assign(instance.settings, { claimFloorMs: FLOOR_MS });
    // Stands still within a call: what is asked for beyond it is the floor itself.
    Object.assign(instance.deps, { now: () => 1_800_000_000_000, pause: async (ms: number) => void waits.push(ms) });
    shop = await instance.openShop();
    rule = await shop.addRule({ code: { mode: 'unique', reveal: 'email' } });
    for (const who of ['known', 'gone', 'bounced']) await claim(`${who}@example.com`);
    await instance.db.engine(async (tx) => {
      for (const [who, reason] of [
        ['gone', 'unsubscribed'],
        ['bounced', 'bounced'],
      ] as const) {
        const canonical = `${who}@example.com`;
        const [person] = await tx.sql<{ id: string }[]>`select id from contact where canonical = ${canonical}`;
        await unsubscribeContact(tx, shop.id, person?.id ?? '');
        await suppress(tx, shop.id, await addressHash(instance.settings.signingKey, canonical), reason);
      }
    });
  });
  afterAll(() => instance.close());

  async function claim(email: string, consent = { data: true, marketing: true, text: 'I agree.' }) {
    const browser = newBrowser(shop);
    await browser.look();
    waits.length = 0;
    const { status, headers, text } = await browser.claim(rule, { email, consent });
    return { status, headers: [...headers].sort(), text, waits: [...waits] };
  }

  const KINDS = ['known', 'gone', 'bounced'].map((who) => `${who}@example.com`).concat('ann@thrown.example');

  it.each(KINDS)('are answered alike, byte for byte and at the floor: %s', async (email) => {
    const stranger = await claim(`stranger-to-${email}`.replace('thrown.example', 'example.com'));
    expect(await claim(email)).toEqual(stranger);
    expect(stranger).toMatchObject({ status: 200, text: '{"status":"sent"}', waits: [FLOOR_MS] });
  });

  it('leave the same answer to forms', async () => {
    const answers = new Set<string>();
    for (const email of ['new@example.com', ...KINDS]) {
      const browser = newBrowser(shop);
      await browser.look();
      const form = { kind: 'subscribe', email, consent: { data: true, marketing: true, text: 'Yes.' } };
      const ids = { shop: shop.siteKey, visitor: browser.visitor, visit: browser.visit };
      const { status, headers, text } = await shop.page('/v1/forms', { ...ids, ...form });
      answers.add(JSON.stringify([status, [...headers].sort(), text]));
    }
    expect([...answers]).toEqual([expect.stringContaining('received')]);
  });
});
