/** Double opt-in: nothing that sells is sent before the mailbox's owner has said yes, and then all that waited begins. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { addFlow } from '../../support/enroll.ts';
import { DAY, type Sending, startSending } from '../../support/sending.ts';
import type { ShopHandle } from '../../support/shop.ts';
import { newBrowser } from '../../support/visitor.ts';

vi.setConfig({ testTimeout: 60_000 });

let sending: Sending;
let shop: ShopHandle;
let rule: string;
let people = 0;

const QUIETLY = { dailyCap: null, quietHours: null };

beforeAll(async () => {
  sending = await startSending();
  shop = await sending.instance.openShop({ sending: QUIETLY, confirm: 'always' });
  rule = await shop.addRule();
  await addFlow(sending.instance.deps, shop.id, 'welcome', [{ tag: { add: ['welcomed'] } }], {
    entry: { on: 'subscribed' },
    intent: 'welcome-now',
  });
  await addFlow(sending.instance.deps, shop.id, 'signed-up', [{ tag: { add: ['signed-up'] } }], {
    entry: { on: 'form_submitted', form: 'sign_up' },
    intent: 'sign-up',
  });
});
afterAll(() => sending.close());
beforeEach(() => sending.postmark.clear());

const address = (): string => {
  people += 1;
  return `new${people}@example.com`;
};

async function claimed(email: string, change: Record<string, unknown> = {}, at = { shop, rule }) {
  const browser = newBrowser(at.shop);
  await browser.look();
  const answer = await browser.claim(at.rule, { email, ...change });
  await sending.instance.tick();
  return answer.body;
}
const lettersTo = (email: string) => sending.postmark.sent().filter(({ To }) => To === email);
const linkIn = (html: string | undefined): string =>
  /https:\/\/linger\.example(\/y\/[\w-]+)/.exec(html ?? '')?.[1] ?? '';
const contactOf = async (email: string) =>
  sending.instance.db.engine(async ({ sql }) => {
    const [row] = await sql<
      { id: string; marketing: string; tags: string[] }[]
    >`select * from contact where email = ${email}`;
    return row;
  });

describe('an offer that is accepted', () => {
  it('is answered with `confirm`, and only the question is sent: no code, no things, nothing counted', async () => {
    const email = address();
    expect(await claimed(email)).toEqual({ status: 'confirm' });
    const [question, ...others] = lettersTo(email);
    expect(others).toEqual([]);
    expect(question?.MessageStream).toBe('outbound');
    const [code] = await sending.instance.db.engine(
      ({ sql }) => sql<{ code: string }[]>`select code from code order by issued_at desc limit 1`,
    );
    for (const part of [question?.HtmlBody, question?.TextBody, question?.Subject]) {
      expect(part).not.toContain(code?.code);
      expect(part).not.toMatch(/Teapot|10%|\/c\/|\/o\/|utm_|discount/);
    }
    expect(question?.HtmlBody).not.toContain('href="https://shop.example');
    expect((await contactOf(email))?.marketing).toBe('none');
    sending.instance.travel(3 * DAY);
    await sending.instance.tick();
    expect(lettersTo(email)).toHaveLength(1);
  });

  it('begins once it is confirmed: by the button, not by the link', async () => {
    const email = address();
    await claimed(email);
    const path = linkIn(lettersTo(email)[0]?.HtmlBody);
    for (const method of ['GET', 'HEAD']) expect((await sending.instance.call(method, path)).status).toBe(200);
    await sending.instance.tick();
    expect([(await contactOf(email))?.marketing, lettersTo(email).length]).toEqual(['none', 1]);

    expect((await sending.instance.call('POST', path)).text).toContain('Thank you');
    await sending.instance.tick();
    expect(await contactOf(email)).toMatchObject({ marketing: 'subscribed', tags: ['welcomed'] });
    expect(lettersTo(email)[1]?.Subject).toBe('Your 10% off at Lamp & Leaf');
    expect(lettersTo(email)[1]?.HtmlBody).toContain('Teapot');
    sending.instance.travel(2 * DAY);
    await sending.instance.tick();
    expect(lettersTo(email)).toHaveLength(3);
  });

  it('is confirmed once: again changes nothing, also after a later unsubscribing', async () => {
    const email = address();
    await claimed(email);
    const path = linkIn(lettersTo(email)[0]?.HtmlBody);
    await Promise.all([1, 2, 3].map(() => sending.instance.call('POST', path)));
    await sending.instance.tick();
    expect(lettersTo(email)).toHaveLength(2);
    const out = /https:\/\/linger\.example(\/u\/[\w-]+)/.exec(lettersTo(email)[1]?.TextBody ?? '')?.[1];
    await sending.instance.call('POST', out ?? '');
    await sending.instance.call('POST', path);
    expect((await contactOf(email))?.marketing).toBe('unsubscribed');
  });

  it('keeps the word with its time, beside the box that was ticked', async () => {
    const email = address();
    await claimed(email);
    await sending.instance.call('POST', linkIn(lettersTo(email)[0]?.HtmlBody));
    const rows = await sending.instance.db.engine(
      ({ sql }) => sql<{ method: string; purpose: string; granted: boolean; network: string | null }[]>`
        select method, purpose, granted, network from consent where contact_id = (select id from contact where email = ${email}) order by at, purpose`,
    );
    expect(rows).toEqual([
      { method: 'popup', purpose: 'data', granted: true, network: '203.0.113.0/24' },
      { method: 'popup', purpose: 'marketing', granted: true, network: '203.0.113.0/24' },
      { method: 'confirmation', purpose: 'marketing', granted: true, network: '203.0.113.0/24' },
    ]);
  });

  it('whose code has run out meanwhile subscribes, and promises nothing', async () => {
    const email = address();
    await claimed(email);
    const path = linkIn(lettersTo(email)[0]?.HtmlBody);
    sending.instance.travel(8 * DAY);
    await sending.instance.call('POST', path);
    await sending.instance.tick();
    expect([(await contactOf(email))?.marketing, lettersTo(email).length]).toEqual(['subscribed', 1]);
  });

  it('answers the same to who is subscribed already, and sends them the code at once', async () => {
    const email = address();
    await claimed(email);
    await sending.instance.call('POST', linkIn(lettersTo(email)[0]?.HtmlBody));
    const second = await shop.addRule({ offer: { kind: 'percent', value: 20, expiresIn: '7d' } });
    sending.instance.travel(DAY);
    expect(await claimed(email, {}, { shop, rule: second })).toEqual({ status: 'confirm' });
    const offers = lettersTo(email).filter(({ HtmlBody }) => HtmlBody?.includes('Here is the code'));
    expect(offers).toHaveLength(2);
    expect(lettersTo(email).filter(({ HtmlBody }) => linkIn(HtmlBody))).toHaveLength(1);
  });

  it('asks once more where the question was lost, and never more than strangers may cause', async () => {
    const email = address();
    await claimed(email);
    await claimed(email);
    expect(lettersTo(email)).toHaveLength(1);
    sending.instance.travel(11 * 60_000);
    await claimed(email);
    expect(lettersTo(email)).toHaveLength(2);
    for (let n = 0; n < 5; n += 1) {
      sending.instance.travel(11 * 60_000);
      await claimed(email);
    }
    expect(lettersTo(email)).toHaveLength(3);
  });

  it('without the box for letters shows the code and asks nothing', async () => {
    const email = address();
    const { status } = await claimed(email, { consent: { data: true, marketing: false, text: 'Data only.' } });
    expect([status, lettersTo(email).length]).toEqual(['shown', 0]);
  });
});

describe('a form', () => {
  it('is answered with `confirm`, and what it begins waits for the answer', async () => {
    const email = address();
    const browser = newBrowser(shop);
    await browser.look();
    const { body } = await shop.page('/v1/forms', {
      shop: shop.siteKey,
      visitor: browser.visitor,
      visit: browser.visit,
      kind: 'sign_up',
      email,
      consent: { data: true, marketing: true, text: 'Yes.' },
    });
    expect(body).toEqual({ status: 'confirm' });
    await sending.instance.tick();
    expect((await contactOf(email))?.tags).toEqual([]);
    await sending.instance.call('POST', linkIn(lettersTo(email)[0]?.HtmlBody));
    await sending.instance.tick();
    expect(await contactOf(email)).toMatchObject({
      marketing: 'subscribed',
      tags: expect.arrayContaining(['welcomed', 'signed-up']),
    });
  });
});

describe('who is asked', () => {
  it.each([
    ['a shop of Germany', { locale: 'de' }, {}, 'confirm'],
    ['a shop of Austria', { locale: 'de-AT' }, {}, 'confirm'],
    ['a shop of Switzerland', { locale: 'de-CH' }, {}, 'sent'],
    ['a shop of France', { locale: 'fr' }, {}, 'sent'],
    ['a reader of German', { locale: 'en' }, { 'accept-language': 'de-DE,de;q=0.9' }, 'confirm'],
    ['a reader of English', { locale: 'en' }, { 'accept-language': 'en-GB' }, 'sent'],
    ['nobody, where the shop says so', { locale: 'de', confirm: 'never' }, {}, 'sent'],
  ])('%s', async (_, change, headers, status) => {
    const other = await sending.instance.openShop({ sending: QUIETLY, ...change });
    const browser = newBrowser(other);
    const at = Date.now();
    const answer = await other.page(
      '/v1/claims',
      {
        shop: other.siteKey,
        visitor: browser.visitor,
        visit: browser.visit,
        rule: await other.addRule(),
        variant: null,
        email: address(),
        consent: { data: true, marketing: true, text: 'Yes.' },
        sentAt: at,
        events: [
          { type: 'page_view', at, url: 'https://shop.example/', path: '/', title: '', referrer: '', kind: 'other' },
        ],
      },
      headers as Record<string, string>,
    );
    expect(answer.body.status).toBe(status);
  });
});
