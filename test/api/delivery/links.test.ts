/** Links in letters: where they lead, whom they count, and how the shop's page comes to know its reader. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { signToken } from '../../../api/signing.ts';
import { addFlow, type Enrolled, enroll } from '../../support/enroll.ts';
import { MINUTE, type Sending, startSending } from '../../support/sending.ts';
import type { ShopHandle } from '../../support/shop.ts';
import { HUMAN } from '../../support/told.ts';
import { newBrowser } from '../../support/visitor.ts';

vi.setConfig({ testTimeout: 60_000 });

let sending: Sending;
let people = 0;

beforeAll(async () => {
  sending = await startSending();
  const { deps } = sending.instance;
  await addFlow(deps, sending.shop.id, 'listening', [
    { send: 'offer' },
    {
      waitFor: { event: 'clicked', timeout: '1d', then: [{ stop: 'they clicked' }], else: [{ stop: 'they did not' }] },
    },
  ]);
  await addFlow(deps, sending.shop.id, 'after-click', [{ tag: { add: ['clicked'] } }], {
    entry: { on: 'letter_clicked' },
    intent: 'clicks',
  });
});
afterAll(() => sending.close());
beforeEach(() => sending.postmark.clear());

interface Lettered extends Enrolled {
  html: string;
  text: string;
  /** Paths of the links that lead on, in the order of the letter. */
  links: string[];
  dot: string | undefined;
}

const KETTLE = 'https://shop.example/kettle';
const item = (url: string) => ({ id: url, title: 'Kettle', price: 30, currency: 'EUR', url });

async function lettered({
  flow = 'listening',
  url = KETTLE,
  shop = sending.shop,
}: {
  flow?: string;
  url?: string;
  shop?: ShopHandle;
} = {}): Promise<Lettered> {
  people += 1;
  const email = `reader${people}@example.com`;
  const person = await enroll(sending.instance.deps, shop.id, { email, flow, items: [item(url)] });
  await sending.instance.tick();
  const sent = sending.postmark.sent().find(({ To }) => To === email);
  const [html, text] = [sent?.HtmlBody ?? '', sent?.TextBody ?? ''];
  return { ...person, html, text, links: paths(html, 'c'), dot: paths(html, 'o')[0] };
}
const paths = (text: string, kind: string): string[] =>
  [...text.matchAll(new RegExp(`https://linger\\.example(/${kind}/[\\w-]+)`, 'g'))].map(([, path = '']) => path);

const click = (path: string | undefined, headers: Record<string, string> = HUMAN, method = 'GET') =>
  sending.instance.call(method, path ?? '', undefined, headers);
const pass = async (ms = 5_000): Promise<void> => {
  sending.instance.travel(ms);
  await sending.instance.tick();
};
const marksOf = async ({ contactId }: Enrolled) => {
  const [letter] = await sending.letters(contactId);
  return { opened: Boolean(letter?.openedAt), clicked: Boolean(letter?.clickedAt) };
};
const reasonOf = async ({ enrollmentId }: Enrolled) => (await sending.chain(enrollmentId)).reason;
const tagsOf = async ({ contactId }: Enrolled) =>
  sending.instance.db.engine(async ({ sql }) => {
    const [row] = await sql<{ tags: string[] }[]>`select tags from contact where id = ${contactId}`;
    return row?.tags;
  });

describe('a link', () => {
  it('leads to the shop, with where it came from', async () => {
    const { links, text } = await lettered();
    expect(links.length).toBeGreaterThan(2);
    expect(new Set(links).size).toBeGreaterThan(2);
    for (const path of [...links, ...paths(text, 'c')]) {
      const { status, headers } = await click(path, { ...HUMAN, 'sec-gpc': '1' });
      const { origin, searchParams } = new URL(headers.get('location') ?? '');
      expect([status, origin, Object.fromEntries(searchParams)]).toEqual([
        302,
        'https://shop.example',
        { utm_source: 'linger', utm_medium: 'email', utm_campaign: 'listening', utm_content: 'offer' },
      ]);
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it.each([
    [
      'https://shop.example/a?utm_source=own&x=1',
      'https://shop.example/a?utm_source=own&x=1&utm_medium=email&utm_campaign=listening&utm_content=offer',
    ],
    [
      'https://shop.example/a?q=%20b+c&flag#/route?x',
      'https://shop.example/a?q=%20b+c&flag&utm_source=linger&utm_medium=email&utm_campaign=listening&utm_content=offer#/route?x',
    ],
    [
      'https://shop.example/чайник',
      'https://shop.example/%D1%87%D0%B0%D0%B9%D0%BD%D0%B8%D0%BA?utm_source=linger&utm_medium=email&utm_campaign=listening&utm_content=offer',
    ],
  ])('keeps what the shop’s own address says: %s', async (url, expected) => {
    const { links } = await lettered({ url });
    const { headers } = await click(links[2], { ...HUMAN, 'sec-gpc': '1' });
    expect(headers.get('location')).toBe(expected);
  });

  it('can be left bare, and uncounted', async () => {
    const shop = await sending.instance.openShop({
      sending: { utm: false, clicks: false, opens: false, dailyCap: null, quietHours: null },
    });
    const { html, text, links, dot } = await lettered({ shop, flow: 'discount-reminder' });
    expect([links, dot, paths(text, 'c')]).toEqual([[], undefined, []]);
    expect(html).toContain(`href="${KETTLE}"`);
    expect(html).not.toContain('utm_');
  });

  it('that was changed, cut or made by somebody else leads nowhere', async () => {
    const { links } = await lettered();
    const { signingKey } = sending.instance.settings;
    const [letter] = await sending.letters();
    const made = async (data: string, key = signingKey, purpose: 'click' | 'visit' = 'click') =>
      `/c/${await signToken(key, purpose, letter?.id ?? '', data)}`;
    const good = links[0] ?? '';
    for (const path of [
      good.slice(0, -1),
      `${good}A`,
      good.replace(/.(?=.{20}$)/, (one) => (one === 'A' ? 'B' : 'A')),
      good.replace(/(?<=\/c\/.{30})./, (one) => (one === 'A' ? 'B' : 'A')),
      '/c/x',
      `/c/${'A'.repeat(60)}`,
      await made('0 https://shop.example/', 'another key'),
      await made('0 https://shop.example/', signingKey, 'visit'),
      good.replace('/c/', '/u/'),
    ]) {
      const { status, headers } = await click(path);
      expect([path.slice(0, 12), status, headers.get('location')]).toEqual([path.slice(0, 12), 404, null]);
    }
  });

  it.each([
    'https://evil.test/',
    '//evil.test',
    '/\\evil.test',
    'https://shop.example@evil.test/',
    'https://shop.example%2eevil.test/',
    'https://shop.example.evil.test/',
    'https://evil.test/shop.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://user:pass@shop.example/',
  ])('to another place than the shop is none, even signed: %s', async (url) => {
    const [letter] = await sending.letters();
    const token = await signToken(sending.instance.settings.signingKey, 'click', letter?.id ?? '', `0 ${url}`);
    const { status, headers } = await click(`/c/${token}`);
    expect([status, headers.get('location')]).toEqual([404, null]);
    // The letter's head and perhaps its button: no link of ours leads to the item.
    expect((await lettered({ url })).links.length).toBeLessThan(3);
  });

  it('to what was the shop’s leads nowhere once it isn’t', async () => {
    const shop = await sending.instance.openShop({
      origins: ['https://shop.example', 'https://old.example'],
      sending: { dailyCap: null, quietHours: null },
    });
    const { links } = await lettered({ shop, flow: 'discount-reminder', url: 'https://old.example/x' });
    expect((await click(links[2])).status).toBe(302);
    await shop.call('PATCH', '/v1/shop', { origins: ['https://shop.example'] });
    expect((await click(links[2])).status).toBe(404);
  });
});

describe('a click', () => {
  it('of a person wakes who waits for it, and begins what begins with it', async () => {
    const person = await lettered();
    await click(person.links[0]);
    expect(await marksOf(person)).toEqual({ opened: false, clicked: false });
    await pass();
    expect(await marksOf(person)).toEqual({ opened: false, clicked: true });
    await pass();
    expect(await reasonOf(person)).toBe('they clicked');
    expect(await tagsOf(person)).toEqual(['clicked']);
  });

  it('twice on the same link is one person', async () => {
    const person = await lettered();
    await click(person.links[1]);
    await click(person.links[1]);
    await pass();
    expect((await marksOf(person)).clicked).toBe(true);
  });

  it('on two links in two seconds is a scanner’s, whatever it calls itself', async () => {
    const person = await lettered();
    for (const path of person.links) await click(path);
    await pass();
    expect((await marksOf(person)).clicked).toBe(false);
    await pass(25 * 60 * MINUTE);
    await pass();
    expect(await reasonOf(person)).toBe('they did not');
    expect(await tagsOf(person)).toEqual([]);
    const { body } = await sending.shop.call('GET', `/v1/messages?contact=${person.email}`);
    expect(body.data[0].events.every(({ machine }: { machine: boolean }) => machine)).toBe(true);
  });

  it('counts after a scanner’s, when its reader comes later', async () => {
    const person = await lettered();
    for (const path of person.links) await click(path);
    await pass();
    sending.instance.travel(MINUTE);
    await click(person.links[0]);
    await pass();
    expect((await marksOf(person)).clicked).toBe(true);
  });

  it.each([
    ['a HEAD', {}, 'HEAD'],
    ['a prefetch', { 'sec-purpose': 'prefetch;prerender' }, 'GET'],
    ['an old prefetch', { 'x-moz': 'prefetch' }, 'GET'],
    ['no name', { 'user-agent': '' }, 'GET'],
    ['a bot', { 'user-agent': 'Mozilla/5.0 (compatible; bingbot/2.0)' }, 'GET'],
    ['a scanner', { 'user-agent': 'BarracudaCentral/1.0' }, 'GET'],
    ['a program', { 'user-agent': 'python-requests/2.32' }, 'GET'],
    ['a headless browser', { 'user-agent': 'Mozilla/5.0 HeadlessChrome/130.0' }, 'GET'],
    ['a chat’s preview', { 'user-agent': 'TelegramBot (like TwitterBot)' }, 'GET'],
  ] as [string, Record<string, string>, string][])(
    'by %s leads on, counts for nothing, and is known to nobody',
    async (_, headers, method) => {
      const person = await lettered();
      const { status, headers: answered } = await click(person.links[0], { ...HUMAN, ...headers }, method);
      expect([status, answered.get('location')?.includes('lgr=')]).toEqual([302, false]);
      await pass();
      expect((await marksOf(person)).clicked).toBe(false);
    },
  );

  it('in a loop fills no table', async () => {
    const person = await lettered();
    for (let n = 0; n < 30; n += 1) await click(person.links[0]);
    const [row] = await sending.instance.db.engine(
      ({ sql }) =>
        sql<{ count: number }[]>`select count(*) as count from delivery_event where contact_id = ${person.contactId}`,
    );
    expect(row?.count).toBeLessThan(6);
  });
});

describe('the dot', () => {
  it('marks the letter as opened, and is the same picture for all', async () => {
    const person = await lettered();
    const { status, headers } = await click(person.dot);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, 'image/gif', 'no-store']);
    expect(await marksOf(person)).toEqual({ opened: true, clicked: false });
  });

  it('asked for by a machine marks nothing', async () => {
    const person = await lettered();
    await click(person.dot, HUMAN, 'HEAD');
    await click(person.dot, { 'user-agent': 'Proofpoint URL Defense' });
    expect((await marksOf(person)).opened).toBe(false);
  });

  it('hides nowhere behind words that blockers look for', async () => {
    const { html } = await lettered();
    expect(html).not.toMatch(/track|pixel|beacon|analytics|open\.gif/i);
  });
});

describe('the reader on the shop’s page', () => {
  const arrive = async (person: Lettered): Promise<string> =>
    (await click(person.links[2])).headers.get('location') ?? '';
  const visit = async (url: string, headers: Record<string, string> = {}) => {
    const browser = newBrowser(sending.shop);
    const at = Date.now();
    const view = { type: 'page_view', at, url, path: '/kettle', title: '', referrer: url, kind: 'product' };
    const body = {
      shop: sending.shop.siteKey,
      visitor: browser.visitor,
      visit: browser.visit,
      sentAt: at,
      events: [view],
    };
    expect((await sending.shop.page('/v1/visits', body, headers)).status).toBe(202);
    return browser;
  };
  const contactOf = async ({ visitor }: { visitor: string }) =>
    sending.instance.db.engine(async ({ sql }) => {
      const [row] = await sql<{ contactId: string | null }[]>`select contact_id from visitor where id = ${visitor}`;
      return row?.contactId;
    });

  it('is known by a parameter that says nothing of them', async () => {
    const person = await lettered();
    const url = await arrive(person);
    const ticket = new URL(url).searchParams.get('lgr') ?? '';
    expect(ticket).toMatch(/^[\w-]{40,60}$/);
    // Sealed bytes may spell an @ by chance, but hardly a whole name or id.
    const bytes = Buffer.from(ticket, 'base64url');
    expect(bytes.toString('latin1')).not.toContain(person.email.slice(0, person.email.indexOf('@')));
    expect(bytes.toString('hex')).not.toContain(person.contactId.replaceAll('-', ''));
    expect(await contactOf(await visit(url))).toBe(person.contactId);
  });

  it('and the parameter is kept nowhere', async () => {
    const person = await lettered();
    const { visit: id } = await visit(`${await arrive(person)}&b=2#c`);
    const [row] = await sending.instance.db.engine(
      ({ sql }) => sql<{ all: string }[]>`
        select (select jsonb_agg(body) from event where visit_id = ${id})::text || (select state from visit where id = ${id})::text as all`,
    );
    expect(row?.all).not.toContain('lgr');
    expect(row?.all).toContain('&b=2');
  });

  it('once: who gets the address passed on is somebody else', async () => {
    const url = await arrive(await lettered());
    await visit(url);
    expect(await contactOf(await visit(url))).toBeNull();
  });

  it('for ten minutes', async () => {
    const url = await arrive(await lettered());
    sending.instance.travel(11 * MINUTE);
    expect(await contactOf(await visit(url))).toBeNull();
  });

  it('not by a parameter that was changed, or is another shop’s', async () => {
    const url = await arrive(await lettered());
    expect(await contactOf(await visit(url.replace(/lgr=...../, 'lgr=AAAAA')))).toBeNull();
    const other = await sending.instance.openShop({ sending: { dailyCap: null, quietHours: null } });
    const theirs = await arrive(await lettered({ shop: other, flow: 'discount-reminder' }));
    expect(await contactOf(await visit(theirs))).toBeNull();
  });

  it('not where the browser asks not to be profiled', async () => {
    const person = await lettered();
    const url = await arrive(person);
    expect(await contactOf(await visit(url, { 'sec-gpc': '1' }))).toBeNull();
    expect((await click(person.links[0], { ...HUMAN, 'sec-gpc': '1' })).headers.get('location')).not.toContain('lgr');
  });

  it('not where a scanner follows all links', async () => {
    const person = await lettered();
    const urls: string[] = [];
    for (const path of person.links) urls.push((await click(path)).headers.get('location') ?? '');
    expect(await contactOf(await visit(urls.at(-1) ?? ''))).toBeNull();
  });

  it('and whoever is known already stays who they are', async () => {
    const first = await lettered();
    const browser = await visit(await arrive(first));
    const second = await arrive(await lettered());
    await browser.send([{ type: 'page_view', url: second, path: '/', title: '', referrer: '', kind: 'other' }]);
    expect(await contactOf(browser)).toBe(first.contactId);
  });
});
