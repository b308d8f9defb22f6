import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { config, rule, summary } from './recorder.ts';
import { product, useStage } from './stage.ts';
import type { Visitor } from './visitor.ts';

const stage = useStage();

const NOTHING = { local: 0, session: 0, databases: 0, cookies: 0 };

/** What lies in this browser of this shop. */
const traces = async ({ page, context }: Visitor) => ({
  ...(await page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
  }))),
  cookies: (await context.cookies()).length,
});

const call = (page: Page, ...words: unknown[]): Promise<void> =>
  page.evaluate((input) => (window as unknown as { linger(...words: unknown[]): void }).linger(...input), words);

const gtag = (page: Page, ...words: unknown[]): Promise<void> =>
  page.evaluate((input) => (window as unknown as { gtag(...words: unknown[]): void }).gtag(...input), words);

const posts = (): string[] => stage.shop.requests.filter((request) => request.startsWith('POST'));
const told = (): string[] => stage.shop.events().map(({ type }) => type);
const visitors = (): string[] => [...new Set(stage.shop.batches.map(({ visitor }) => visitor))];

/** Goes to the page and waits until what is said of consent there is followed; from then on its clock is ours. */
async function open({ page }: Visitor, path = '/p'): Promise<void> {
  const followed = page.waitForResponse(/\/consent-\w+\.js$/);
  const watched = page.waitForResponse(/\/watch-\w+\.js$/);
  await page.goto(`${stage.shop.url}${path}`);
  await page.clock.runFor(3_000);
  await Promise.all([followed, watched]);
  await page.clock.runFor(3_000);
}

/** A visitor on a page that says `before` ahead of our tag. */
async function arrive(setting: 'none' | 'session' | 'full', before = ''): Promise<Visitor> {
  stage.shop.config = config([rule()], { memory: setting });
  stage.shop.pages['/p'] = product('Linen throw', 'A1').replace('TAG', `${before}TAG`);
  stage.shop.pages['/q'] = product('Ash tray', 'B1').replace('TAG', `${before}TAG`);
  const visitor = await stage.arrive();
  await visitor.page.clock.install();
  await open(visitor);
  return visitor;
}

/** A minute in which everything happens that a page tells of. */
async function aMinute({ page }: Visitor): Promise<void> {
  await call(page, 'share', { network: 'vk' });
  await page.mouse.move(200, 300);
  await page.mouse.move(200, -5);
  await page.clock.runFor(30_000);
  await page.mouse.move(200, 300);
  await page.clock.runFor(30_000);
}

const DENIED = `<script>window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments) }
  gtag('consent', 'default', { analytics_storage: 'denied', ad_storage: 'denied', wait_for_update: 500 })</script>`;

const BANNER = `<script>window.__tcfapi = (command, version, hear) => {
  window.answer = (eventStatus, consents) => hear({ gdprApplies: true, eventStatus, purpose: { consents } }, true);
  answer('cmpuishown', {}) }</script>`;

describe('where the shop asks first', () => {
  test('nothing is stored and nothing leaves but the question for the config', async () => {
    const visitor = await arrive('none');
    await aMinute(visitor);
    expect(await visitor.popup.count()).toBe(0);
    expect(await traces(visitor)).toEqual(NOTHING);
    await open(visitor, '/q');
    expect(posts()).toEqual([]);
    expect(stage.shop.asked.filter((url) => url.startsWith('/v1/'))).toEqual(Array(2).fill('/v1/config?shop=pk_test'));
    expect(await traces(visitor)).toEqual(NOTHING);
    expect(visitor.errors).toEqual([]);
  });

  test('a yes begins without a reload, with what the page has held', async () => {
    const visitor = await arrive('none');
    await aMinute(visitor);
    await call(visitor.page, 'consent', 'full');
    await expect.poll(posts).toEqual(['POST /v1/visits']);
    expect(told()).toEqual(expect.arrayContaining(['page_view', 'view_item', 'share', 'exit_intent', 'engagement']));
    expect(told().slice(0, 2)).toEqual(['page_view', 'view_item']);
    expect(await traces(visitor)).toEqual({ ...NOTHING, local: 1 });
    await expect.poll(() => visitor.page.evaluate(() => localStorage.getItem('linger'))).toContain('"arms"');
    await visitor.page.mouse.move(200, -5);
    await visitor.page.clock.runFor(1_000);
    await visitor.popup.locator('dialog[open]').waitFor();
  });

  test('a yes that came before us counts', async () => {
    const visitor = await arrive(
      'none',
      `<script>window.linger = function () { (linger.q = linger.q || []).push(arguments) }; linger('consent', 'full')</script>`,
    );
    await expect.poll(posts).toEqual(['POST /v1/visits']);
    expect(await traces(visitor)).toEqual({ ...NOTHING, local: 1 });
  });

  test('a yes is remembered on the next page, and a no there ends it', async () => {
    const visitor = await arrive('none');
    await call(visitor.page, 'consent', 'full');
    await expect.poll(posts).toHaveLength(1);
    await open(visitor, '/q');
    await expect.poll(() => told().filter((type) => type === 'view_item')).toHaveLength(2);
    expect(visitors()).toHaveLength(1);
    await call(visitor.page, 'consent', 'none');
    expect(await traces(visitor)).toEqual(NOTHING);
  });

  test('what was remembered before the shop began to ask is forgotten', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    const visitor = await stage.arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    stage.shop.config = config([rule()], { memory: 'none' });
    const followed = visitor.page.waitForResponse(/\/consent-\w+\.js$/);
    await visitor.page.goto(`${stage.shop.url}/p`);
    await followed;
    await expect.poll(() => traces(visitor)).toEqual(NOTHING);
  });
});

describe('a no', () => {
  test('clears within a second, stops what is told, and forgets who it was', async () => {
    const visitor = await arrive('none');
    const { page } = visitor;
    await call(page, 'consent', 'full');
    await expect.poll(posts).toHaveLength(1);
    const [known] = visitors();
    await call(page, 'consent', 'none');
    await page.clock.runFor(1_000);
    expect(await traces(visitor)).toEqual(NOTHING);
    stage.shop.batches = [];
    await aMinute(visitor);
    await page.goto(`${stage.shop.url}/a.svg`);
    // The server's own cookie can be taken back by the server alone; that call is nobody's, and tells nothing.
    expect(stage.shop.batches.filter(({ events }) => events.length > 0)).toEqual([]);
    expect(JSON.stringify(stage.shop.batches)).not.toContain(known);
    expect(await traces(visitor)).toEqual(NOTHING);
  });

  test('holds though the chunk that follows consent can’t be had', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    const visitor = await stage.arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.page.route(/\/consent-\w+\.js$/, (route) => route.abort());
    await call(visitor.page, 'consent', 'none');
    expect(await traces(visitor)).toEqual(NOTHING);
    stage.shop.batches = [];
    await call(visitor.page, 'share', { network: 'vk' });
    await visitor.page.goto(`${stage.shop.url}/a.svg`);
    expect(await traces(visitor)).toEqual(NOTHING);
    expect(stage.shop.batches).toEqual([]);
  });

  test('and then a yes makes somebody new', async () => {
    const visitor = await arrive('none');
    for (const word of ['full', 'none', 'full']) await call(visitor.page, 'consent', word);
    await expect.poll(() => told().length).toBeGreaterThan(0);
    await call(visitor.page, 'consent', 'none');
    await call(visitor.page, 'consent', 'full');
    await call(visitor.page, 'share', { network: 'vk' });
    await visitor.page.clock.runFor(20_000);
    await expect.poll(told).toContain('share');
    const named = stage.shop.batches.filter(({ events }) => events.length).map((batch) => batch.visitor);
    expect(new Set(named).size).toBe(2);
  });

  test('in one tab is heard by the others', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    const visitor = await stage.arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    const other = await visitor.context.newPage();
    await other.goto(`${stage.shop.url}/p`);
    await expect.poll(() => stage.shop.batches.length).toBe(2);
    await call(visitor.page, 'consent', 'none');
    await call(other, 'share', { network: 'vk' });
    await other.goto(`${stage.shop.url}/a.svg`);
    expect(await traces(visitor)).toEqual(NOTHING);
    expect(told()).not.toContain('share');
  });
});

describe('for the tab', () => {
  test('a visitor is known as long as the tab is open, and nothing stays', async () => {
    const visitor = await arrive('session');
    await expect.poll(posts).toHaveLength(1);
    expect(await traces(visitor)).toEqual({ ...NOTHING, session: 1 });
    await open(visitor, '/q');
    await expect.poll(() => told().filter((type) => type === 'view_item')).toHaveLength(2);
    expect(visitors()).toHaveLength(1);
    await visitor.page.close();
    const page = await visitor.context.newPage();
    await page.clock.install();
    await open({ ...visitor, page });
    await expect.poll(() => told().filter((type) => type === 'view_item')).toHaveLength(3);
    expect(visitors()).toHaveLength(2);
    expect(await traces({ ...visitor, page })).toEqual({ ...NOTHING, session: 1 });
  });

  test('a yes carries who it was over', async () => {
    const visitor = await arrive('session');
    await expect.poll(posts).toHaveLength(1);
    await call(visitor.page, 'consent', 'full');
    await call(visitor.page, 'share', { network: 'vk' });
    await visitor.page.clock.runFor(20_000);
    await expect.poll(told).toContain('share');
    expect(visitors()).toHaveLength(1);
    expect(await traces(visitor)).toEqual({ ...NOTHING, local: 1 });
  });
});

describe('Google Consent Mode', () => {
  test('a default that denies waits, a yes opens, a no takes back', async () => {
    const visitor = await arrive('none', DENIED);
    await aMinute(visitor);
    expect([await traces(visitor), posts()]).toEqual([NOTHING, []]);
    await gtag(visitor.page, 'consent', 'update', { analytics_storage: 'granted' });
    await expect.poll(posts).toHaveLength(1);
    expect(await traces(visitor)).toEqual({ ...NOTHING, local: 1 });
    await gtag(visitor.page, 'consent', 'update', { analytics_storage: 'denied' });
    await visitor.page.clock.runFor(1_000);
    expect(await traces(visitor)).toEqual(NOTHING);
  });

  test('a no leaves the tab where the shop remembers everyone', async () => {
    const visitor = await arrive('full', DENIED);
    await gtag(visitor.page, 'consent', 'update', { analytics_storage: 'denied' });
    await expect.poll(() => traces(visitor)).toEqual({ ...NOTHING, session: 1 });
  });

  test('who said yes before is the same, though each page begins with a default that denies', async () => {
    const visitor = await arrive('full', DENIED);
    await gtag(visitor.page, 'consent', 'update', { analytics_storage: 'granted' });
    await expect.poll(() => traces(visitor)).toEqual({ ...NOTHING, local: 1 });
    await expect.poll(posts).not.toEqual([]);
    const before = visitors();
    const YES = "<script>gtag('consent', 'update', { analytics_storage: 'granted' })</script>";
    stage.shop.pages['/q'] = stage.shop.pages['/q']?.replace('TAG', `${YES}TAG`) ?? '';
    stage.shop.batches = [];
    await open(visitor, '/q');
    await expect.poll(posts).not.toEqual([]);
    await expect.poll(visitors).toEqual(before.slice(-1));
  });

  test('a banner that comes after us is heard', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1').replace('TAG', `<script>window.dataLayer = []</script>TAG`);
    const visitor = await stage.arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.page.evaluate(() => {
      const { dataLayer } = window as unknown as { dataLayer: unknown[] };
      (function gtag(..._words: unknown[]) {
        // biome-ignore lint/complexity/noArguments: what gtag pushes is just that.
        dataLayer.push(arguments);
      })('consent', 'update', { analytics_storage: 'denied' });
    });
    await expect.poll(() => traces(visitor)).toMatchObject({ local: 0 });
  });
});

describe('the IAB’s banner', () => {
  test('is waited for, and its yes and its no are followed', async () => {
    const visitor = await arrive('none', BANNER);
    const answer = (status: string, ids: number[]): Promise<void> =>
      visitor.page.evaluate(
        ([now, given]) =>
          (window as unknown as { answer(status: string, consents: object): void }).answer(
            now,
            Object.fromEntries(given.map((id) => [id, true])),
          ),
        [status, ids] as const,
      );
    await aMinute(visitor);
    expect([await traces(visitor), posts()]).toEqual([NOTHING, []]);
    await answer('useractioncomplete', [1, 5, 6]);
    await expect.poll(posts).toHaveLength(1);
    expect(await traces(visitor)).toEqual({ ...NOTHING, local: 1 });
    // Opened again, nothing is answered yet.
    await answer('cmpuishown', [1, 5, 6]);
    await visitor.page.clock.runFor(5_000);
    expect(await traces(visitor)).toEqual({ ...NOTHING, local: 1 });
    await answer('useractioncomplete', [1]);
    await visitor.page.clock.runFor(1_000);
    expect(await traces(visitor)).toEqual(NOTHING);
  });
});

test('Global Privacy Control ends at the tab, and takes back what was remembered', async () => {
  stage.shop.pages['/p'] = product('Linen throw', 'A1');
  const visitor = await stage.arrive();
  await visitor.visit(`${stage.shop.url}/p`);
  await visitor.page.addInitScript(() => {
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: true });
  });
  const before = visitors();
  stage.shop.batches = [];
  await visitor.page.goto(`${stage.shop.url}/p`);
  await expect.poll(() => traces(visitor)).toEqual({ ...NOTHING, session: 1 });
  await expect.poll(told).toContain('view_item');
  expect(visitors()).not.toContain(before[0]);
});

describe('the server’s own cookie', () => {
  const sentTo = (path: string): (string | undefined)[] =>
    stage.shop.cookies.filter(([asked]) => asked === path).map(([, cookie]) => cookie);

  test.each([
    ['goes along on the shop’s own site', '/p', 'full', 'linger_x=1'],
    ['stays where only the tab may know', '/p', 'session', undefined],
    ['stays where the server is somewhere else', '/away', 'full', undefined],
  ] as const)('%s', async (_what, path, setting, expected) => {
    stage.shop.config = config([rule()], { memory: setting });
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    stage.shop.pages['/away'] = product('Linen throw', 'A1').replace(
      'TAG',
      `<script async src="http://localhost:${stage.shop.port}/l.js" data-shop="pk_test"></script>`,
    );
    const visitor = await stage.arrive();
    await visitor.context.addCookies(
      ['127.0.0.1', 'localhost'].map((domain) => ({ name: 'linger_x', value: '1', domain, path: '/v1' })),
    );
    await visitor.page.goto(`${stage.shop.url}${path}`);
    await expect.poll(() => stage.shop.batches.length).toBe(1);
    expect(sentTo('/v1/visits')).toEqual([expected]);
    expect(sentTo('/v1/config')).toEqual([undefined]);
  });

  test('the server knows the browser by another name: the page goes on under it', async () => {
    const id = '0b7c1d2e-3f40-4a51-8b62-9c7d8e9fa0b1';
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    stage.shop.visits = summary({ id });
    const visitor = await stage.arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    const [first] = stage.shop.batches;
    await call(visitor.page, 'share', { network: 'vk' });
    await visitor.page.goto(`${stage.shop.url}/a.svg`);
    await expect.poll(told).toContain('share');
    expect(stage.shop.batches.at(-1)).toMatchObject({ visitor: id, visit: first?.visit });
  });
});

describe('who the visitor is', () => {
  const FIELDS = '<form><input type="hidden" name="who" data-linger-visitor></form>';
  const ASK = `<script>window.linger = function () { (linger.q = linger.q || []).push(arguments) };
    heard = []; linger('visitor', (id) => heard.push(id))</script>`;
  const heard = ({ page }: Visitor): Promise<unknown> =>
    page.evaluate('[heard, document.querySelector("[name=who]").value]');

  test('is told to whom the shop’s page has named, once it may be known', async () => {
    stage.shop.pages['/p'] = `${product('Linen throw', 'A1').replace('TAG', `${ASK}TAG`)}${FIELDS}`;
    const visitor = await stage.arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    const id = stage.shop.batches[0]?.visitor;
    expect(await heard(visitor)).toEqual([[id], id]);
    await visitor.page.evaluate("linger('visitor', (id) => heard.push(id))");
    expect(await heard(visitor)).toEqual([[id, id], id]);
    await call(visitor.page, 'consent', 'none');
    await visitor.page.evaluate("linger('visitor', (id) => heard.push(id))");
    expect(await heard(visitor)).toEqual([[id, id, null], '']);
  });

  test('is nobody where nobody may be known, and where the config can’t be had', async () => {
    stage.shop.config = config([rule()], { memory: 'none' });
    stage.shop.pages['/p'] = `${product('Linen throw', 'A1').replace('TAG', `${ASK}TAG`)}${FIELDS}`;
    const visitor = await stage.arrive();
    await visitor.page.goto(`${stage.shop.url}/p`);
    await expect.poll(() => heard(visitor)).toEqual([[null], '']);
    stage.shop.config = { status: 500, body: {} };
    await visitor.page.goto(`${stage.shop.url}/p`);
    await expect.poll(() => heard(visitor)).toEqual([[null], '']);
  });
});
