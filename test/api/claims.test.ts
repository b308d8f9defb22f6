import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerFloor } from '../../api/http/answer-floor.ts';
import { type Answered, type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { type Browser, LAMP, newBrowser, TEAPOT } from '../support/visitor.ts';

const DAY = 86_400_000;
const PAGE = { type: 'page_view', at: 1, url: TEAPOT.url, path: '/teapot' };

let instance: Instance;
let shop: ShopHandle;
let rule: string;

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop();
  rule = await shop.addRule();
});
afterAll(() => instance.close());

const rows = <T = Record<string, unknown>>(table: string, email: string) =>
  instance.db.engine(
    ({ sql }) => sql<(T & Record<string, unknown>)[]>`
    select x.* from ${sql(table)} x join contact c on c.id = x.contact_id where c.email = ${email} order by 1`,
  );
const letters = async (email: string) =>
  (await shop.call('GET', `/v1/messages?contact=${encodeURIComponent(email)}`)).body.data.map(
    (one: { letter: string; status: string; reason: string | null }) => [one.letter, one.status, one.reason],
  );
const inbox = (email: string) =>
  instance.db.engine(
    ({ sql }) =>
      sql<{ text: string; html: string }[]>`select text, html from inbox_letter where recipient = ${email} order by at`,
  );
const said = ({ status, body, headers }: Answered) => ({ status, body, headers: [...headers].sort() });

async function visitor(): Promise<Browser> {
  const browser = newBrowser(shop);
  await browser.look();
  return browser;
}

async function claim(change: Record<string, unknown>, which = rule): Promise<Answered> {
  return (await visitor()).claim(which, change);
}

describe('a claim', () => {
  it('keeps both consents with their words, the contact, one code, one chain and one letter', async () => {
    const email = 'whole@example.com';
    const consent = { data: true, marketing: true, text: 'Да, присылайте.' };
    const answer = await claim({ email, consent, name: 'Ann', locale: 'ru' });
    expect([answer.status, answer.body]).toEqual([200, { status: 'sent' }]);
    const textHash = createHash('sha256').update(consent.text).digest('hex');
    const kept = await rows('consent', email);
    expect(kept.map((one) => one.purpose).sort()).toEqual(['data', 'marketing']);
    for (const one of kept) {
      expect(one).toMatchObject({
        granted: true,
        text: consent.text,
        textHash,
        locale: 'ru',
        page: '/teapot',
        network: '203.0.113.0/24',
        method: 'popup',
      });
    }
    expect([await rows('code', email), await rows('enrollment', email)]).toEqual([
      [expect.objectContaining({ status: 'issued', canonical: email })],
      [expect.objectContaining({ status: 'active', locale: 'ru' })],
    ]);
    expect(await letters(email)).toEqual([['offer', 'queued', null]]);
  });

  it('sees the batch that was answered just before it, and the events that it brings', async () => {
    expect((await newBrowser(shop).claim(rule, { email: 'none@example.com' })).body.code).toBe('not_eligible');
    const brings = { email: 'brings@example.com', events: [PAGE], sentAt: 1 };
    expect((await newBrowser(shop).claim(rule, brings)).status).toBe(200);
    expect((await claim({ email: 'before@example.com' })).status).toBe(200);
  });

  it('needs consent to keep the address', async () => {
    const answer = await claim({ email: 'no@example.com', consent: { data: false, marketing: true, text: '' } });
    expect([answer.status, answer.body.errors?.[0].path]).toEqual([422, 'consent.data']);
  });

  it('without consent to letters shows the code and mails nothing', async () => {
    const email = 'shown@example.com';
    const browser = await visitor();
    const change = { email, consent: { data: true, marketing: false, text: 'The code only.' } };
    const { body } = await browser.claim(rule, change);
    expect(body).toEqual({ status: 'shown', code: expect.any(String), expiresAt: expect.any(String) });
    expect((await browser.claim(rule, change)).body).toEqual(body);
    expect((await claim(change)).body).toEqual({ status: 'sent' });
    expect([await letters(email), await rows('enrollment', email)]).toEqual([[], []]);
  });

  it('shows the code on the screen where the rule says so, to the first claimer alone; its owner gets the letter again', async () => {
    const email = 'screen@example.com';
    const onScreen = await shop.addRule({ code: { reveal: 'screen', prefix: 'BACK' } });
    const owner = await visitor();
    const { body } = await owner.claim(onScreen, { email });
    expect(body).toEqual({ status: 'sent', code: expect.stringMatching(/^BACK-/), expiresAt: expect.any(String) });
    await instance.tick();
    instance.travel(11 * 60_000);
    expect((await claim({ email }, onScreen)).body).toEqual({ status: 'sent' });
    expect((await owner.claim(onScreen, { email })).body).toEqual(body);
    await instance.tick();
    expect((await inbox(email)).map(({ text }) => text.includes(body.code))).toEqual([true, true]);
    expect(await rows('enrollment', email)).toHaveLength(1);
  });

  it('of an offer without a discount runs the chain with the saved items and no code', async () => {
    const email = 'saved@example.com';
    const save = await shop.addRule({ offer: { kind: 'none' }, code: { reveal: 'screen' } });
    expect((await claim({ email }, save)).body).toEqual({ status: 'sent' });
    expect((await claim({ email, consent: { data: true, marketing: false, text: '' } }, save)).body).toEqual({
      status: 'shown',
    });
    expect((await claim({ email }, save)).body).toEqual({ status: 'sent' });
    await instance.tick();
    expect(await rows('code', email)).toEqual([]);
    expect(await rows('enrollment', email)).toHaveLength(1);
    expect((await inbox(email)).map(({ text }) => text.includes('Teapot'))).toEqual([true]);
  });

  it('by any spelling of one address finds one code and gets one answer', async () => {
    const answers = await Promise.all(
      ['Al.Ias@gmail.com', 'alias+shop@googlemail.com', 'ALIAS@GMAIL.COM'].map((email) => claim({ email })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(said(answer)))).size).toBe(1);
    const idna = await Promise.all(
      ['käthe@bücher.example', 'käthe@xn--bcher-kva.example'].map((email) => claim({ email })),
    );
    expect(idna.map(({ status }) => status)).toEqual([200, 200]);
    const codes = await instance.db.engine(
      ({ sql }) => sql<{ canonical: string }[]>`
      select canonical from code where canonical in ('alias@gmail.com', 'käthe@bücher.example') order by canonical`,
    );
    expect(codes.map(({ canonical }) => canonical)).toEqual(['alias@gmail.com', 'käthe@bücher.example']);
  });

  it('two hundred times at once makes one code, one chain and one letter', async () => {
    const email = 'crowd@example.com';
    const browser = await visitor();
    const others = await Promise.all(Array.from({ length: 10 }, visitor));
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        (index % 2 ? (others[index % 10] ?? browser) : browser).claim(rule, { email }),
      ),
    );
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['{"status":"sent"}']));
    await instance.tick();
    expect([
      (await rows('code', email)).length,
      (await rows('enrollment', email)).length,
      (await inbox(email)).length,
    ]).toEqual([1, 1, 1]);
  }, 60_000);

  it('after the code has expired makes a new one, and a new chain', async () => {
    const email = 'late@example.com';
    const owner = await visitor();
    await owner.claim(rule, { email });
    await instance.tick();
    instance.travel(8 * DAY);
    expect((await claim({ email })).body).toEqual({ status: 'sent' });
    await instance.tick();
    const codes = await rows('code', email);
    expect(codes.map((one) => one.status).sort()).toEqual(['expired', 'issued']);
    expect((await rows('enrollment', email)).map((one) => [one.status, one.reason]).sort()).toEqual([
      ['active', null],
      ['stopped', 'code_expired'],
    ]);
  });

  it('after a chain that a purchase ended begins a new one for the code that is still good', async () => {
    const email = 'again@example.com';
    const owner = await visitor();
    await owner.claim(rule, { email });
    await instance.tick();
    instance.travel(DAY / 2);
    await shop.call('POST', '/v1/orders', {
      id: 'AG1',
      status: 'paid',
      email,
      total: 3,
      currency: 'EUR',
      placedAt: new Date(Date.now() + 3650 * DAY).toISOString(),
    });
    instance.travel(DAY / 2);
    const back = newBrowser(shop, { visitor: owner.visitor });
    await back.look();
    await back.claim(rule, { email });
    await instance.tick();
    expect((await rows('enrollment', email)).map((one) => one.status).sort()).toEqual(['active', 'stopped']);
    expect(await inbox(email)).toHaveLength(2);
  });

  it('is refused at once by a rule or a flow that is switched off, and by a rule of another shop', async () => {
    const off = await shop.addRule();
    const browser = await visitor();
    await shop.call('PATCH', `/v1/rules/${off}`, { enabled: false });
    expect((await browser.claim(off, { email: 'off@example.com' })).body.code).toBe('not_eligible');
    await shop.call('POST', '/v1/flows', { key: 'short', steps: [{ send: 'offer' }] });
    const short = await shop.addRule({ flow: 'short' });
    await shop.call('PATCH', '/v1/flows/short', { enabled: false });
    expect((await browser.claim(short, { email: 'off@example.com' })).body.code).toBe('not_eligible');
    const other = await instance.openShop({ origins: ['https://other.example'] });
    expect((await browser.claim(await other.addRule(), { email: 'off@example.com' })).body.code).toBe('not_eligible');
    expect(await letters('off@example.com')).toEqual([]);
  });

  it('by a machine is refused: a field filled that people don’t see, or a form filled in no time', async () => {
    const browser = await visitor();
    for (const sign of [{ hp: 'https://x.test' }, { filledMs: 40 }]) {
      expect((await browser.claim(rule, { email: 'bot@example.com', ...sign })).body.code).toBe('not_eligible');
    }
    expect((await browser.claim(rule, { email: 'person@example.com', hp: '', filledMs: 2_500 })).status).toBe(200);
  });
});

describe('a stranger who types an address', () => {
  it('gets the same answer, body and headers, whatever became of that address', async () => {
    await claim({ email: 'known@example.com' });
    await claim({ email: 'gone@example.com' });
    await instance.tick();
    const [letter] = await inbox('gone@example.com');
    const link = /\/u\/[\w-]{43}/.exec(letter?.text ?? '')?.[0] ?? '';
    expect((await instance.call('POST', link)).status).toBe(200);
    instance.travel(11 * 60_000);
    const addresses = [
      'new@example.com',
      'known@example.com',
      'gone@example.com',
      'x@mailinator.com',
      'bounced@example.com',
    ];
    const answers = await Promise.all(addresses.map((email) => claim({ email })));
    const first = answers[0] && said(answers[0]);
    for (const answer of answers) expect(said(answer)).toEqual(first);
    await instance.tick();
    expect((await letters('gone@example.com')).at(-1)).toEqual([
      'offer',
      'suppressed',
      expect.stringMatching(/unsubscribed/),
    ]);
  });

  it('learns nothing of its owner from the visit’s answers, before or after', async () => {
    const bought = {
      status: 'paid',
      total: 5,
      currency: 'EUR',
      placedAt: new Date(Date.now() + 3650 * DAY).toISOString(),
    };
    await shop.call('POST', '/v1/orders', { ...bought, id: 'S1', email: 'buyer@example.com' });
    const seen = [];
    for (const email of ['buyer@example.com', 'fresh@example.com']) {
      const stranger = await visitor();
      await stranger.claim(rule, { email });
      await shop.call('POST', '/v1/orders', { ...bought, id: `S-${email}`, email });
      const { visitor: answer } = (await stranger.look()).body;
      seen.push(answer);
    }
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]).toMatchObject({ subscribed: true, purchasedAt: null, refusedAt: null });
  });

  it('is answered at the floor whatever the work takes, and at the next one where it takes longer', async () => {
    const slow = await startInstance();
    const waits: number[] = [];
    let clock = 1_000;
    Object.assign(slow.deps, { now: () => clock, pause: async (ms: number) => void waits.push(ms) });
    Object.assign(slow.settings, { claimFloorMs: 150 });
    const there = await slow.openShop();
    const which = await there.addRule();
    const browser = newBrowser(there);
    await browser.look();
    const commits = slow.deps.wake;
    let work = 0;
    Object.assign(slow.deps, {
      wake: () => {
        clock += work;
        commits();
      },
    });
    for (work of [40, 149, 150, 151, 420]) await browser.claim(which);
    await browser.claim(which, { hp: 'x' });
    expect(waits).toEqual([110, 1, 0, 149, 30, 450]);
    await slow.close();
  });

  it('waits as long as others that a busy machine has kept waiting of late, up to four floors', () => {
    const { heldTo } = answerFloor();
    const held = (floors: number, now: number, by = 'shop') => heldTo(by, floors, now);
    const SECOND = 1_000;
    expect([held(1, 0), held(2, 1 * SECOND), held(1, 2 * SECOND), held(1, 10 * SECOND)]).toEqual([1, 2, 2, 2]);
    expect([held(1, 10 * SECOND, 'another'), held(1, 11 * SECOND)]).toEqual([1, 1]);
    expect([held(9, 40 * SECOND), held(3, 41 * SECOND), held(1, 49 * SECOND)]).toEqual([9, 4, 4]);
    expect([held(1, 50 * SECOND), held(1, 51 * SECOND)]).toEqual([3, 1]);
  });
});

describe('what a page says', () => {
  it('greets nobody by a slogan', async () => {
    await claim({ email: 'spam@example.com', name: 'Win http://x.test' });
    await claim({ email: 'ann.lee@example.com', name: 'Ann Lee' });
    await instance.tick();
    expect((await inbox('spam@example.com'))[0]?.text).not.toContain('x.test');
    expect((await inbox('ann.lee@example.com'))[0]?.text).toContain('Ann Lee');
  });

  it('carries no foreign link, picture or title into a letter, and does not crowd the true items out', async () => {
    const browser = newBrowser(shop);
    const item = (id: string, change: object) => ({
      type: 'view_item',
      item: { ...LAMP, id, title: `Item ${id}`, ...change },
    });
    const forged = [
      item('1', { url: 'https://evil.test/1' }),
      item('2', { url: 'https://shop.example.evil.test/2' }),
      item('4', { title: 'Claim at https://evil.test' }),
      item('5', { title: 'Claim at evil.com now' }),
      item('6', { title: 'Two\nlines' }),
    ];
    const honest = item('7', { title: 'Honest lamp', image: 'https://evil.test/pixel.gif' });
    await browser.send([PAGE, honest, ...forged]);
    const disguised = await browser.send([item('3', { url: 'https://shop.example@evil.test/3' })]);
    expect(disguised.status).toBe(422);
    await browser.claim(rule, { email: 'forged@example.com' });
    await instance.tick();
    const [letter] = await inbox('forged@example.com');
    expect(letter?.text).toContain('Honest lamp');
    expect(`${letter?.text}${letter?.html}`).not.toMatch(/evil|Item \d/);
  });

  it('mails nothing that was sold out meanwhile, and the code all the same', async () => {
    const browser = newBrowser(shop);
    const add = (item: object) => ({ type: 'add_to_cart', quantity: 1, item });
    await browser.send([PAGE, add({ ...LAMP, available: true }), add(TEAPOT)]);
    await browser.send([{ type: 'view_item', item: { ...LAMP, available: false } }]);
    await browser.claim(rule, { email: 'sold-out@example.com' });
    const gone = newBrowser(shop);
    await gone.send([PAGE, { type: 'view_item', item: { ...LAMP, available: false } }]);
    expect((await gone.claim(rule, { email: 'all-gone@example.com' })).status).toBe(200);
    await instance.tick();
    const [some] = await inbox('sold-out@example.com');
    expect([some?.text.includes('Teapot'), /\bLamp\b(?! &)/.test(some?.text ?? '')]).toEqual([true, false]);
    const [none] = await inbox('all-gone@example.com');
    expect([/\bLamp\b(?! &)/.test(none?.text ?? ''), /[0-9A-Z]{5}-[0-9A-Z]{6}/.test(none?.text ?? '')]).toEqual([
      false,
      true,
    ]);
  });
});
