import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { searchTerm } from '../../widget/collect/search-address.ts';
import { type config, rule, summary } from './recorder.ts';
import { product, push, useStage } from './stage.ts';
import type { Visitor } from './visitor.ts';

const stage = useStage();
const { arrive } = stage;
const LOOKED = 'watched';

afterEach(() => stage.shop.reset());

/** What the page's own script writes down. */
const noted = (page: Page): Promise<unknown[]> =>
  page.evaluate((name) => (window as unknown as Record<string, unknown[]>)[name] ?? [], LOOKED);

const types = (): string[] => stage.shop.events().map(({ type }) => type);
const paths = (): string[] => stage.shop.events().flatMap((event) => (event.type === 'page_view' ? [event.path] : []));

/** Waits until the page has told of so many views, wherever they are kept by now. */
const told = (visitor: Visitor, text: string): Promise<void> =>
  visitor.page
    .waitForFunction((wanted) => (localStorage.getItem('linger') ?? '').includes(wanted), text)
    .then(() => undefined);

async function sent(visitor: Visitor): Promise<void> {
  await visitor.page.goto('about:blank');
}

describe('a page that changes without loading', () => {
  const SHOP = product('Linen throw', 'A1');
  const NEXT = `() => {
    history.pushState(null, '', '/next?color=red');
    document.title = 'Ash tray';
    document.querySelector('script[type="application/ld+json"]').textContent = JSON.stringify({
      '@type': 'Product', name: 'Ash tray', sku: 'B1', offers: { price: 80, priceCurrency: 'USD' } });
  }`;

  test.each([
    ['in browsers that tell of it', ''],
    ['in browsers that do not', '<script>delete window.navigation</script>'],
  ])('is another page with another item, %s', async (_which, before) => {
    stage.shop.pages['/p'] = before + SHOP;
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.page.evaluate(`(${NEXT})()`);
    await told(visitor, '"B1"');
    await sent(visitor);
    await expect.poll(paths).toEqual(['/p', '/next']);
    expect(stage.shop.events().filter(({ type }) => type === 'view_item')).toMatchObject([
      { item: { id: 'A1' } },
      { item: { id: 'B1', price: 80 } },
    ]);
    expect(visitor.errors).toEqual([]);
  });

  test('what is pushed for the new page is told after its view', async () => {
    stage.shop.pages['/p'] = '<!doctype html><title>Shop</title>TAG';
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.page.evaluate(() => {
      history.pushState(null, '', '/mug');
      const layer = [
        { event: 'view_item', ecommerce: { currency: 'USD', items: [{ item_id: 'M', item_name: 'Mug', price: 5 }] } },
      ];
      Object.assign(window, { dataLayer: layer });
    });
    await told(visitor, '"M"');
    await sent(visitor);
    await expect.poll(types).toEqual(['page_view', 'page_view', 'view_item']);
  });

  test.each([
    ['a place on the page', "location.hash = '#reviews'"],
    ['what an advertisement added', "history.replaceState(null, '', '/p?utm_source=x&gclid=1')"],
    ['a state of the same address', "history.pushState({ open: true }, '')"],
  ])('%s is no other page', async (_what, script) => {
    stage.shop.pages['/p'] = SHOP;
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.page.evaluate(script);
    await visitor.page.evaluate("history.pushState(null, '', '/other')");
    await told(visitor, '"/other"');
    await sent(visitor);
    await expect.poll(paths).toEqual(['/p', '/other']);
  });

  test('a hash that is a route is another page, and so is the way back', async () => {
    stage.shop.pages['/p'] = SHOP;
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.page.evaluate("location.hash = '#/cart'");
    await expect
      .poll(() => visitor.page.evaluate(() => localStorage.getItem('linger')?.split('page_view').length))
      .toBeGreaterThan(2);
    const before = await visitor.page.evaluate(() => localStorage.getItem('linger')?.split('page_view').length ?? 0);
    await visitor.page.goBack();
    await expect
      .poll(() => visitor.page.evaluate(() => localStorage.getItem('linger')?.split('page_view').length ?? 0))
      .toBeGreaterThan(before);
    await sent(visitor);
    await expect.poll(paths).toEqual(['/p', '/p', '/p']);
  });

  test('one that comes back from the browser’s memory is viewed again', async () => {
    stage.shop.pages['/p'] = SHOP;
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.page.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    });
    await sent(visitor);
    await expect.poll(paths).toEqual(['/p', '/p']);
  });

  test('one that was fetched ahead begins when it is looked at', async () => {
    stage.shop.pages['/p'] =
      `<script>Object.defineProperty(document, 'prerendering', { configurable: true, value: true })
      </script>${SHOP}`;
    const visitor = await arrive();
    await visitor.page.clock.install();
    await visitor.page.goto(`${stage.shop.url}/p`);
    await visitor.page.clock.runFor(20_000);
    expect(stage.shop.requests.filter((request) => /v1/.test(request))).toEqual([]);
    expect(await visitor.page.evaluate(() => [localStorage.length, 'linger' in window])).toEqual([0, false]);
    await visitor.page.evaluate(() => {
      Object.defineProperty(document, 'prerendering', { value: false });
      document.dispatchEvent(new Event('prerenderingchange'));
    });
    await visitor.page.clock.runFor(20_000);
    await expect.poll(paths).toEqual(['/p']);
  });

  test('offers may be made on each page, one at a time', async () => {
    stage.shop.pages['/p'] = SHOP;
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.page.evaluate("history.pushState(null, '', '/other')");
    await told(visitor, '"/other"');
    await visitor.leave();
    await visitor.popup.locator('dialog[open]').waitFor();
  });
});

test('when one tab speaks, the others keep quiet until it goes', async () => {
  stage.shop.pages['/p'] = product('Linen throw', 'A1');
  const second = rule({ id: '5a4d1c52-7f5e-4a43-9d5f-6f1f5be0a002', priority: -1 });
  stage.shop.visits = summary({ arms: { [rule().id]: null, [second.id]: null } });
  stage.shop.config = {
    ...stage.shop.config,
    body: { ...(stage.shop.config.body as object), rules: [rule(), second] },
  };
  const visitor = await arrive();
  await visitor.visit(`${stage.shop.url}/p`);
  const other = await visitor.context.newPage();
  await other.goto(`${stage.shop.url}/p`);
  await expect.poll(() => stage.shop.events().filter(({ type }) => type === 'page_view').length).toBe(2);
  await visitor.page.bringToFront();
  await visitor.leave();
  await visitor.popup.locator('dialog[open]').waitFor();
  const open = (page: Page): Promise<void> =>
    page.evaluate(
      (id) => (window as unknown as { linger: (...call: unknown[]) => void }).linger('open', id),
      second.id,
    );
  await other.bringToFront();
  await open(other);
  expect(await other.locator('linger-popup').count()).toBe(0);
  await visitor.page.goto('about:blank');
  await other.bringToFront();
  await expect
    .poll(async () => {
      await open(other);
      return other.locator('linger-popup').count();
    })
    .toBe(1);
});

describe('outward', () => {
  const LISTEN = `<script>${LOOKED} = []; dataLayer = [];
    for (const name of ['shown', 'declined', 'accepted'])
      document.addEventListener('linger:' + name, (event) => ${LOOKED}.push([name, event.detail]));
    window.ym = function () { ${LOOKED}.push(['ym', ...[...arguments].slice(0, 3)]) };
    ym.a = [[7, 'init', {}]];</script>`;

  test('a callback is told the same, and one that throws disturbs nobody', async () => {
    const called = `<script>${LOOKED} = []; window.linger = window.linger || function () { (linger.q = linger.q || []).push(arguments) };
      linger('on', () => { throw new Error('broken') }); linger('on', 'nothing');
      linger('on', (what, detail) => ${LOOKED}.push([what, detail]));</script>`;
    stage.shop.pages['/p'] = called + product('Linen throw', 'A1');
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.leave();
    await visitor.popup.locator('dialog[open]').waitFor();
    await visitor.page.keyboard.press('Escape');
    const detail = { rule: rule().id, variant: null };
    await expect
      .poll(() => noted(visitor.page))
      .toEqual([
        ['shown', detail],
        ['declined', detail],
      ]);
    expect(visitor.errors).toEqual([]);
  });

  test('the page’s script, its dataLayer and Metrica hear of it, and we don’t hear ourselves', async () => {
    stage.shop.pages['/p'] = LISTEN + product('Linen throw', 'A1');
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.leave();
    await visitor.popup.locator('dialog[open]').waitFor();
    await visitor.page.keyboard.press('Escape');
    const detail = { rule: rule().id, variant: null };
    await expect
      .poll(() => noted(visitor.page))
      .toEqual([
        ['shown', detail],
        ['ym', '7', 'reachGoal', 'linger_shown'],
        ['declined', detail],
        ['ym', '7', 'reachGoal', 'linger_declined'],
      ]);
    expect(await visitor.page.evaluate('dataLayer')).toEqual([
      { event: 'linger_shown', linger_rule: rule().id, linger_variant: null },
      { event: 'linger_declined', linger_rule: rule().id, linger_variant: null },
    ]);
    await sent(visitor);
    await expect.poll(types).toContain('offer_declined');
    expect(types().filter((type) => type === 'custom' || type === 'search')).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });

  test('where there is gtag, the event goes through it alone; one that throws disturbs nobody', async () => {
    const gtag = `<script>${LOOKED} = []; dataLayer = [];
      function gtag() { ${LOOKED}.push([...arguments].slice(0, 2)) } function ym() { throw new Error('broken') }</script>`;
    stage.shop.pages['/p'] = gtag + product('Linen throw', 'A1');
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.leave();
    await visitor.popup.locator('dialog[open]').waitFor();
    await expect.poll(() => noted(visitor.page)).toEqual([['event', 'linger_shown']]);
    expect(await visitor.page.evaluate('dataLayer.length')).toBe(0);
    expect(visitor.errors).toEqual([]);
  });
});

describe('what visitors do besides', () => {
  test('a search is told once, by the address or by analytics', async () => {
    stage.shop.pages['/search'] = `<!doctype html>${push('x', 'A', 'A')}<script>
      dataLayer.push({ event: 'view_search_results', search_term: 'linen throw' })</script>TAG`;
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/search?q=linen+throw`);
    await sent(visitor);
    await expect.poll(types).toContain('search');
    expect(stage.shop.events()).toMatchObject([{ type: 'page_view' }, { type: 'search', term: 'linen throw' }]);
  });

  test('forms and wishes that the shop has marked are told, and nothing that was typed', async () => {
    stage.shop.pages['/p'] = product(
      'Linen throw',
      'A1',
      '129',
      `<form data-linger-form="waitlist" onsubmit="event.preventDefault()"><input name="email"><button id="send">ok</button></form>
       <button data-linger-wishlist id="wish"><b>♥</b></button>`,
    );
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.page.fill('[name=email]', 'ann@example.com');
    await visitor.page.click('#send');
    await visitor.page.click('#wish b');
    await visitor.page.evaluate("linger('form', { kind: 'download' }); linger('form', 'nonsense')");
    await sent(visitor);
    await expect
      .poll(() =>
        stage.shop
          .events()
          .slice(2)
          .filter(({ type }) => type !== 'engagement'),
      )
      .toMatchObject([
        { type: 'form', kind: 'waitlist', item: { id: 'A1' } },
        { type: 'add_to_wishlist', item: { id: 'A1' } },
        { type: 'form', kind: 'download' },
      ]);
    expect(JSON.stringify(stage.shop.batches)).not.toContain('ann@example.com');
  });

  test('reviews are read when they stay on the screen for five seconds', async () => {
    stage.shop.pages['/p'] = product(
      'Linen throw',
      'A1',
      '129',
      '<div style="height:3000px"></div><div id="reviews" style="height:900px">Lovely</div>',
    );
    const visitor = await arrive();
    await visitor.page.clock.install();
    await visitor.page.goto(`${stage.shop.url}/p`);
    const seen = (): Promise<boolean> =>
      visitor.page.evaluate(() => (localStorage.getItem('linger') ?? '').includes('view_reviews'));
    await expect
      .poll(async () => {
        await visitor.page.clock.runFor(300);
        return visitor.page.evaluate(() => localStorage.getItem('linger'));
      })
      .toContain('"arms"');
    await visitor.page.clock.runFor(20_000);
    expect(await seen()).toBe(false);
    await visitor.page.evaluate(() => document.querySelector('#reviews')?.scrollIntoView({ behavior: 'instant' }));
    await expect
      .poll(async () => {
        await visitor.page.clock.runFor(1_000);
        return seen();
      })
      .toBe(true);
  });

  test.each<[string, string | null]>([
    ['https://shop.example/search?q=linen', 'linen'],
    ['https://shop.example/catalogsearch/result/?q=%D0%BF%D0%BB%D0%B5%D0%B4', 'плед'],
    ['https://shop.example/?s=mug&post_type=product', 'mug'],
    ['https://shop.example/?s=mug', 'mug'],
    ['https://shop.example/index.php?route=product/search&search=mug', 'mug'],
    ['https://shop.example/ru/poisk/?text=mug', 'mug'],
    ['https://shop.example/blog/?s=12', null],
    ['https://shop.example/catalog?q=1-20', null],
    ['https://shop.example/research?q=linen', null],
    ['https://shop.example/search?q=', null],
    ['https://shop.example/p/mug', null],
  ])('%s was asked for %s', (url, term) => {
    expect(searchTerm(url)).toBe(term);
  });
});

describe('for the shop’s developer', () => {
  test('debug shows every gate, what conditions saw, and what holds back', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    stage.shop.visits = summary({ arms: { [rule().id]: 'holdout' } });
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p?linger=debug`);
    const panel = visitor.page.locator('linger-panel');
    await expect
      .poll(() => panel.locator('li').allTextContents())
      .toEqual([
        '✓ moment: "exit"',
        '✓ purchased: false',
        '✓ refused',
        '✓ shown',
        '✓ when: true',
        '✓ arm: true',
        '✗ holdout: "holdout"',
        '✓ turn: "holdout"',
        '  ✓ ["pages",">=",1]: 1',
      ]);
    expect(await panel.locator('div').allTextContents()).toContain('quiet: holdout');
    expect(await panel.locator('p').textContent()).toMatch(/^visit: [0-9a-f-]{36}$/);
    await visitor.page.focus('input');
    await expect.poll(() => panel.locator('div').allTextContents()).toContain('held back: typing');
    await panel.locator('button').click();
    expect(await panel.count()).toBe(0);
    expect(visitor.errors).toEqual([]);
  });

  test('a preview shows the rule and leaves no trace', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    const visitor = await arrive();
    await visitor.page.goto(`${stage.shop.url}/p?linger=preview:${rule().id}`);
    await visitor.popup.locator('dialog[open]').waitFor();
    expect(await visitor.popup.locator('dialog').textContent()).toContain('Linen throw');
    await visitor.page.keyboard.press('Escape');
    await sent(visitor);
    await visitor.page.goto(`${stage.shop.url}/a.svg`);
    expect(await visitor.page.evaluate(() => localStorage.length)).toBe(0);
    expect(stage.shop.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });
});

describe('when we are down', () => {
  test.each<[string, Partial<ReturnType<typeof config>>]>([
    ['the config answers 500', { status: 500, body: {} }],
    ['the config is a page', { status: 200, body: '<!doctype html><title>Bad gateway</title>' }],
    ['the config is a megabyte of nothing', { status: 200, body: { rules: 'x'.repeat(1_000_000) } }],
    ['the config is half of one', { status: 200, body: { rules: [{ id: 'x' }, null] } }],
    ['the config never comes', { status: 200, body: {}, after: new Promise(() => {}) }],
  ])('the page goes on where %s', async (_what, answer) => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1', '129', '<button onclick="document.title = 7">go</button>');
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    stage.shop.config = { ...stage.shop.config, ...answer };
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.leave();
    await visitor.page.click('button');
    expect(await visitor.page.title()).toBe('7');
    expect(await visitor.popup.count()).toBe(0);
    expect(visitor.errors.filter((error) => !error.startsWith('Failed to load resource'))).toEqual([]);
    await sent(visitor);
    await expect.poll(types).toContain('exit_intent');
  });

  test('without a config nothing is stored of a stranger, and nothing told', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    stage.shop.config = { status: 500, body: {} };
    const visitor = await arrive();
    const asked = visitor.page.waitForResponse('**/v1/config*');
    await visitor.page.goto(`${stage.shop.url}/p`);
    await asked;
    await visitor.page.goto(`${stage.shop.url}/a.svg`);
    expect(await visitor.page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
    expect(types()).toEqual([]);
  });
});
