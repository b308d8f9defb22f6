import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance({ env: { DISPOSABLE_DOMAINS: 'thrown.example' } });
});
afterAll(() => instance.close());

const listing = (limits: Record<string, unknown> = {}) =>
  instance.openShop({ limits: { codesPerRange: null, disposableDomains: ['own.example'], ...limits } });

async function claim(shop: ShopHandle, rule: string, change: Record<string, unknown>) {
  const browser = newBrowser(shop);
  await browser.look();
  const { status, text } = await browser.claim(rule, change);
  await instance.tick();
  return `${status} ${text}`;
}

const codesFor = async (email: string) =>
  (await instance.db.engine(({ sql }) => sql<{ code: string }[]>`select code from code where canonical = ${email}`))
    .length;

const trail = async (shop: ShopHandle, email: string) =>
  (await shop.call('GET', `/v1/messages?contact=${encodeURIComponent(email)}`)).body.data.map(
    (one: {
      letter: string;
      status: string;
      reason: string | null;
      chain: { status: string; reason: string | null };
    }) => [one.letter, one.status, one.reason, one.chain.status],
  );

describe('an address at a throw-away domain', () => {
  it.each(['ann@thrown.example', 'ann@own.example', 'ann@a.b.own.example'])(
    'gets no code, the same answer, and a trail: %s',
    async (email) => {
      const shop = await listing();
      const rule = await shop.addRule();
      const answers = [await claim(shop, rule, { email }), await claim(shop, rule, { email: `real-${email}.com` })];
      expect(answers).toEqual(['200 {"status":"sent"}', '200 {"status":"sent"}']);
      expect([await codesFor(email), await codesFor(`real-${email}.com`)]).toEqual([0, 1]);
      expect(await trail(shop, email)).toEqual([['offer', 'suppressed', 'disposable', 'stopped']]);
      expect(await trail(shop, `real-${email}.com`)).toEqual([['offer', 'sent', null, 'active']]);
    },
  );

  it('that claims again and again leaves one trail', async () => {
    const shop = await listing();
    const rule = await shop.addRule();
    for (let time = 0; time < 3; time += 1) await claim(shop, rule, { email: 'again@own.example' });
    expect(await trail(shop, 'again@own.example')).toHaveLength(1);
  });

  it('is shown none, either', async () => {
    const shop = await listing();
    const rule = await shop.addRule({ code: { mode: 'unique', reveal: 'screen' } });
    const data = { consent: { data: true, marketing: false, text: 'Yes.' } };
    expect(await claim(shop, rule, { email: 'screen@own.example', ...data })).toBe('200 {"status":"sent"}');
    expect(await claim(shop, rule, { email: 'screen@own.example' })).toBe('200 {"status":"sent"}');
    expect(await codesFor('screen@own.example')).toBe(0);
  });

  it('is asked to confirm like everybody where the shop asks everybody', async () => {
    const shop = await instance.openShop({ confirm: 'always', limits: { disposableDomains: ['own.example'] } });
    const rule = await shop.addRule();
    expect(await claim(shop, rule, { email: 'dear@own.example' })).toBe('200 {"status":"confirm"}');
    expect(await codesFor('dear@own.example')).toBe(0);
  });

  it('is like any other where the shop allows it', async () => {
    const shop = await listing({ disposable: 'allow' });
    const rule = await shop.addRule();
    await claim(shop, rule, { email: 'allowed@thrown.example' });
    expect(await trail(shop, 'allowed@thrown.example')).toEqual([['offer', 'sent', null, 'active']]);
  });

  it('may save its items: there is no code to farm', async () => {
    const shop = await listing();
    const rule = await shop.addRule({ offer: { kind: 'none' } });
    await claim(shop, rule, { email: 'saver@own.example' });
    expect((await trail(shop, 'saver@own.example'))[0].slice(0, 2)).toEqual(['offer', 'sent']);
  });

  it('gets none from a chain, either', async () => {
    const shop = await listing();
    const flow = {
      key: 'welcome-code',
      name: 'Welcome',
      enabled: true,
      purpose: 'marketing',
      entry: { on: 'form_submitted', form: 'subscribe' },
      steps: [{ issue: { kind: 'percent', value: 5 } }, { send: 'offer' }],
    };
    expect((await shop.call('POST', '/v1/flows', flow)).status).toBe(201);
    for (const email of ['chain@own.example', 'chain@example.com']) {
      const browser = newBrowser(shop);
      await browser.look();
      const form = { kind: 'subscribe', email, consent: { data: true, marketing: true, text: 'Yes.' } };
      await shop.page('/v1/forms', { shop: shop.siteKey, visitor: browser.visitor, visit: browser.visit, ...form });
      await instance.tick();
    }
    expect([await codesFor('chain@own.example'), await codesFor('chain@example.com')]).toEqual([0, 1]);
  });

  it('has to be confirmed first where the shop wants that, and no page can tell', async () => {
    const shop = await listing({ disposable: 'confirm' });
    const rule = await shop.addRule({ code: { mode: 'unique', reveal: 'email' } });
    expect(await claim(shop, rule, { email: 'maybe@own.example' })).toBe('200 {"status":"sent"}');
    expect(await trail(shop, 'maybe@own.example')).toEqual([['confirm', 'sent', null, 'completed']]);
    const [letter] = await instance.db.engine(
      ({ sql }) => sql<{ text: string }[]>`select text from inbox_letter where recipient = 'maybe@own.example'`,
    );
    const path = /https:\/\/linger\.example(\/y\/\S+)/.exec(letter?.text ?? '')?.[1];
    await instance.call('POST', path ?? '', '', { 'content-type': 'application/x-www-form-urlencoded' });
    await instance.tick();
    expect((await trail(shop, 'maybe@own.example')).map((row: string[]) => row.slice(0, 2))).toEqual([
      ['confirm', 'sent'],
      ['offer', 'sent'],
    ]);
  });

  it('can’t be told from the config which they are', async () => {
    const shop = await listing();
    const { text } = await instance.call('GET', `/v1/config?shop=${shop.siteKey}`);
    expect(text).not.toMatch(/own\.example|thrown\.example|disposable/);
  });
});

describe('the list of a shop', () => {
  it('is kept as canonical addresses have it, replaced as a whole, and beside the other limits', async () => {
    const shop = await listing();
    const change = { limits: { disposableDomains: ['Mailbox.Example', 'googlemail.com'] } };
    const { body } = await shop.call('PATCH', '/v1/shop', change);
    expect(body.limits).toMatchObject({
      disposable: 'deny',
      disposableDomains: ['mailbox.example', 'gmail.com'],
      visitsPerDay: 1_000_000,
    });
  });

  it('holds 500 domains', async () => {
    const shop = await listing();
    const domains = Array.from({ length: 501 }, (_, index) => `m${index}.example`);
    const { status, body } = await shop.call('PATCH', '/v1/shop', { limits: { disposableDomains: domains } });
    expect([status, body.errors[0].path]).toEqual([422, 'limits.disposableDomains']);
  });
});
