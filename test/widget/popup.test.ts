import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import type { PublicRule } from '../../core/visits/wire.ts';
import { heard, still } from './popup-view.ts';
import { config, rule, SITE_KEY, summary, taken } from './recorder.ts';
import { product, useStage } from './stage.ts';
import type { Visitor, VisitorOptions } from './visitor.ts';

const stage = useStage();
const DEAF_MS = 500;
/** By then a pointer that left has left, and what it calls for is drawn. */
const LEAVING_MS = 1_000;

/** A visitor who has left a product's page and sees the offer; long enough for it to listen. */
async function asked(options: VisitorOptions = {}): Promise<Visitor> {
  stage.shop.pages['/p'] ??= product('Linen throw', 'A1');
  const visitor = await stage.arrive(options);
  await visitor.visit(`${stage.shop.url}/p`);
  await visitor.leave();
  await visitor.popup.locator('dialog[open]').waitFor();
  await heard(visitor);
  return visitor;
}

const told = (): string[] => stage.shop.events().map(({ type }) => type);

test('is seen before it takes the focus and locks the page; then it does both', async () => {
  stage.shop.pages['/p'] = product('Linen throw', 'A1');
  const visitor = await stage.arrive();
  await visitor.page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const { showModal } = HTMLDialogElement.prototype;
    HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
      showModal.call(this);
      seen.push('locked');
    };
    new MutationObserver((_changes, observer) => {
      if (!document.querySelector('linger-popup:not([hidden])')) return;
      observer.disconnect();
      seen.push('shown');
      requestAnimationFrame(() => seen.push('frame'));
    }).observe(document, { childList: true, subtree: true, attributeFilter: ['hidden'] });
  });
  await visitor.visit(`${stage.shop.url}/p`);
  await visitor.leave();
  const dialog = visitor.popup.locator('dialog:modal');
  await dialog.waitFor();
  expect(await dialog.evaluate((one) => (one.getRootNode() as ShadowRoot).activeElement?.localName)).toBe('h2');
  const seen = await visitor.page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect(seen).toEqual(['shown', 'frame', 'locked']);
});

describe('declining', () => {
  test.each<[string, (visitor: Visitor) => Promise<void>]>([
    ['with the button', ({ popup }) => popup.locator('.decline').click()],
    ['with the cross', ({ popup }) => popup.locator('.close').click()],
    ['with Escape', ({ page }) => page.keyboard.press('Escape')],
    ['beside the card', ({ page }) => page.mouse.click(20, 700)],
  ])('%s is told, and keeps the next leaving quiet', async (_how, decline) => {
    const visitor = await asked();
    await visitor.page.locator('input[aria-label]').evaluate((field: HTMLElement) => field.focus());
    await decline(visitor);
    await expect.poll(() => visitor.popup.count()).toBe(0);
    await expect.poll(told).toContain('offer_declined');
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.leave();
    expect(await visitor.popup.count()).toBe(0);
    expect(visitor.errors).toEqual([]);
  });

  test('counts while the network is away, and is told when it is back', async () => {
    const visitor = await asked();
    await expect.poll(told).toContain('offer_shown');
    stage.shop.visits = { status: 503, body: '' };
    await visitor.popup.locator('.decline').click();
    await expect.poll(told).toContain('offer_declined');
    const memory = await visitor.page.evaluate(() => JSON.parse(localStorage.getItem('linger') ?? '{}'));
    expect(memory.refusedAt).toBeGreaterThan(Date.now() - 60_000);
    expect(memory.outbox.at(-1).body).toContain('offer_declined');
    stage.shop.visits = summary();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.leave();
    expect(await visitor.popup.count()).toBe(0);
  });

  test('gives the focus back to where it was', async () => {
    stage.shop.config = config([rule({ moment: 'manual' })]);
    stage.shop.pages['/p'] = product(
      'Linen throw',
      'A1',
      '129',
      '<button id="open" onclick="linger(\'open\')">Gift</button>',
    );
    const visitor = await stage.arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.page.click('#open');
    await visitor.popup.locator('dialog[open]').waitFor();
    expect(
      await visitor.popup
        .locator('h2')
        .evaluate((heading) => (heading.getRootNode() as ShadowRoot).activeElement === heading),
    ).toBe(true);
    await visitor.page.keyboard.press('Escape');
    await expect.poll(() => visitor.page.evaluate(() => document.activeElement?.id)).toBe('open');
  });
});

describe('accepting', () => {
  test('sends one claim with what the server needs, and tells what comes next', async () => {
    const visitor = await asked();
    await visitor.popup.locator('#email').fill(' anna@example.com ');
    await visitor.page.keyboard.press('Enter');
    await visitor.popup.locator('.done').waitFor();
    expect(stage.shop.claimed).toHaveLength(1);
    expect(stage.shop.claimed[0]).toMatchObject({
      shop: SITE_KEY,
      visitor: stage.shop.batches[0]?.visitor,
      visit: stage.shop.batches[0]?.visit,
      rule: rule().id,
      variant: null,
      email: 'anna@example.com',
      consent: { data: true, marketing: true, text: expect.stringContaining('Maple & Linen') },
      locale: 'en',
      hp: '',
      filledMs: expect.any(Number),
    });
    expect(stage.shop.claimed[0]?.filledMs).toBeGreaterThan(DEAF_MS);
    expect(await visitor.popup.locator('h2').textContent()).toBe('Check your inbox');
    expect(await visitor.popup.locator('.text').textContent()).toContain('anna@example.com');
    await visitor.popup.locator('.accept').click();
    await expect.poll(() => visitor.popup.count()).toBe(0);
    expect(told()).not.toContain('offer_accepted');
    expect(told()).not.toContain('offer_declined');
    expect(visitor.errors).toEqual([]);
  });

  test('carries the events that the server has not got yet', async () => {
    stage.shop.visits = { ...summary(), status: 202 };
    const visitor = await asked();
    await expect.poll(told).toContain('offer_shown');
    await visitor.page.evaluate(() =>
      (window as unknown as { linger: (...call: unknown[]) => void }).linger('share', { network: 'vk' }),
    );
    await visitor.popup.locator('#email').fill('anna@example.com');
    await visitor.popup.locator('.accept').click();
    await visitor.popup.locator('.done').waitFor();
    const [claim] = stage.shop.claimed;
    expect(claim?.events?.map(({ type }) => type)).toContain('share');
    expect(claim).toMatchObject({ batch: expect.any(String), sentAt: expect.any(Number) });
    expect(await visitor.page.evaluate(() => JSON.parse(localStorage.getItem('linger') ?? '{}').outbox)).toEqual([]);
  });

  test('asks for both boxes of the law separately, neither ticked, and needs only the first', async () => {
    stage.shop.config = config([rule()], { consent: 'both', privacyUrl: 'https://shop.example/privacy' });
    stage.shop.claims = taken({ status: 'shown', code: 'BACK-7KQ2M-9FX4TR', expiresAt: '2027-01-15T12:00:00Z' });
    const visitor = await asked();
    const boxes = visitor.popup.locator('[type=checkbox]');
    expect(await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).checked))).toEqual([
      false,
      false,
    ]);
    await visitor.popup.locator('#email').fill('anna@example.com');
    await visitor.popup.locator('.accept').click();
    expect(await visitor.popup.locator('[role=alert]').textContent()).toContain('consent');
    expect(stage.shop.claimed).toEqual([]);
    await boxes.first().check();
    await visitor.popup.locator('.accept').click();
    await visitor.popup.locator('output').waitFor();
    expect(stage.shop.claimed[0]?.consent).toMatchObject({ data: true, marketing: false });
    expect(stage.shop.claimed[0]?.consent.text.split('\n')).toHaveLength(2);
    expect(await visitor.popup.locator('output').textContent()).toBe('BACK-7KQ2M-9FX4TR');
    expect(await visitor.popup.locator('.text').textContent()).toContain('January 15');
    await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await visitor.popup.locator('.code button').click();
    await expect.poll(() => visitor.popup.locator('.code button').textContent()).toBe('Copied');
    expect(await visitor.page.evaluate(() => navigator.clipboard.readText())).toBe('BACK-7KQ2M-9FX4TR');
  });

  test('one box covers both where the shop asks with one', async () => {
    stage.shop.config = config([rule()], { consent: 'one' });
    const visitor = await asked();
    await visitor.popup.locator('#email').fill('anna@example.com');
    await visitor.popup.locator('[type=checkbox]').check();
    await visitor.popup.locator('.accept').click();
    await visitor.popup.locator('.done').waitFor();
    expect(stage.shop.claimed[0]?.consent).toMatchObject({ data: true, marketing: true });
  });

  test('does not send what is no address', async () => {
    const visitor = await asked();
    for (const address of ['', 'anna', 'anna@', 'anna@example', 'a b@example.com']) {
      await visitor.popup.locator('#email').fill(address);
      await visitor.popup.locator('.accept').click();
      const said = await visitor.popup.locator('[role=alert]').textContent();
      expect(said, address).toContain('check the address');
      await visitor.popup.locator('#email').fill('anna@example');
    }
    expect(stage.shop.claimed).toEqual([]);
  });

  test.each([
    [422, '[role=alert]', 'check the address'],
    [429, '[role=alert]', 'try again'],
    [500, '[role=alert]', 'try again'],
    [409, 'h2', 'no longer available'],
  ])('an answer of %i is put into friendly words', async (status, where, words) => {
    stage.shop.claims = { status, body: { type: 'about:blank', title: '', status, code: 'x' } };
    const visitor = await asked();
    await visitor.popup.locator('#email').fill('anna@example.com');
    await visitor.popup.locator('.accept').click();
    await expect.poll(() => visitor.popup.locator(where).textContent()).toContain(words);
    expect(visitor.errors.filter((error) => !error.includes('Failed to load resource'))).toEqual([]);
  });

  test('is laid out while a leaving is being confirmed, unseen, and gone again where the visitor comes back', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    const visitor = await stage.arrive();
    const { page, popup } = visitor;
    await visitor.visit(`${stage.shop.url}/p`);
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    const leave = async (): Promise<void> => {
      await page.mouse.move(400, 300);
      await page.mouse.move(400, -5);
      await expect
        .poll(async () => {
          await page.clock.runFor(1);
          return popup.count();
        })
        .toBe(1);
    };
    await leave();
    expect(await popup.evaluate((host) => host.shadowRoot?.querySelector('dialog')?.offsetHeight)).toBeGreaterThan(200);
    expect(await popup.locator('dialog').isVisible()).toBe(false);
    await page.mouse.move(400, 300);
    expect(await popup.count()).toBe(0);
    await page.clock.runFor(5_000);
    expect(await popup.count()).toBe(0);

    await leave();
    expect(await popup.locator('dialog').isVisible()).toBe(false);
    await page.clock.runFor(400);
    await popup.locator('dialog').waitFor();
    expect(await popup.count()).toBe(1);
    await page.clock.runFor(2_000);
    await popup.locator('dialog[open]').waitFor();
    expect(visitor.errors).toEqual([]);
  });

  test('a code is for people: clicks of programs, and clicks that come too soon, do nothing', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    const visitor = await stage.arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.page.clock.install();
    await visitor.page.clock.pauseAt(Date.now() + 60_000);
    await visitor.page.mouse.move(400, 300);
    await visitor.page.mouse.move(400, -5);
    await visitor.page.clock.runFor(400);
    await visitor.popup.locator('dialog').waitFor();
    await visitor.page.clock.runFor(50);
    await visitor.popup.locator('dialog[open]').waitFor();
    await visitor.popup.locator('.decline').click();
    expect(await visitor.popup.count()).toBe(1);
    await visitor.page.clock.runFor(DEAF_MS);
    await visitor.popup.locator('#email').fill('anna@example.com');
    await visitor.popup.locator('.accept').evaluate((button: HTMLElement) => button.click());
    await visitor.popup.locator('.decline').evaluate((button: HTMLElement) => button.click());
    expect(await visitor.popup.count()).toBe(1);
    expect(await visitor.popup.locator('[aria-busy=true], .done').count()).toBe(0);
    await visitor.popup.locator('.accept').click();
    await visitor.popup.locator('.done').waitFor();
    expect(stage.shop.claimed).toHaveLength(1);
  });
});

describe('words', () => {
  const title = (visitor: Visitor) => visitor.popup.locator('h2').textContent();

  test('speaks the page’s language before the browser’s', async () => {
    stage.shop.pages['/p'] = product('Плед', 'A1').replace('lang="en"', 'lang="ru-RU"');
    const visitor = await asked({ locale: 'en-US' });
    expect(await title(visitor)).toBe('Скидка 10\u00a0% на то, что вам приглянулось');
    expect(await visitor.popup.locator('.text').textContent()).toContain('Он действует 7\u00a0дней.');
    expect(await visitor.popup.locator('.small').textContent()).toContain('письма магазина «Maple & Linen»');
    expect(await visitor.popup.locator('dialog').getAttribute('lang')).toBe('ru');
  });

  test('the tag’s own language comes before the page’s', async () => {
    stage.shop.pages['/p'] = product('Throw', 'A1').replace(
      'TAG',
      '<script async src="/l.js" data-shop="pk_test" data-locale="ru"></script>',
    );
    expect(await title(await asked())).toContain('Скидка');
  });

  test.each<[PublicRule['offer'], string]>([
    [{ kind: 'percent', value: 12.5 }, '12.5% off what caught your eye'],
    [{ kind: 'fixed', value: 20 }, '$20 off your order'],
    [{ kind: 'shipping' }, 'Free delivery on your order'],
    [{ kind: 'gift', gift: 'a linen bag' }, 'A gift with your order: a linen bag'],
    [{ kind: 'none' }, 'Shall we keep this for you?'],
  ])('names the offer %j', async (offer, expected) => {
    stage.shop.config = config([rule({ offer })]);
    const visitor = await asked();
    expect(await title(visitor)).toBe(expected);
    expect(await visitor.popup.locator('dialog').textContent()).not.toMatch(/[{}]|undefined|NaN/);
  });

  test('shows each thing at its own price, and says what the offer is for and what not', async () => {
    const offer: PublicRule['offer'] = {
      kind: 'percent',
      value: 10,
      on: 'cart',
      exclude: { categories: ['Sale'], reduced: true },
      tiers: [{ from: 150, kind: 'percent', value: 20 }],
    };
    stage.shop.config = config([rule({ offer })]);
    const carted = [
      { id: 'T', title: 'Tea', price: 100, currency: 'USD', category: 'Tea', quantity: 1 },
      { id: 'S', title: 'Sock', price: 50, currency: 'USD', category: 'sale', quantity: 1 },
    ];
    stage.shop.pages['/p'] = product('Linen throw', 'A1').replace(
      'TAG',
      `TAG<script>(window.linger = window.linger || function () { (linger.q = linger.q || []).push(arguments) })('cart', ${JSON.stringify({ currency: 'USD', items: carted })})</script>`,
    );
    const visitor = await stage.arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.leave();
    await visitor.popup.locator('dialog[open]').waitFor();
    expect(await visitor.popup.locator('.text').textContent()).toMatch(
      /For what’s in your cart\. Not for Sale, reduced items\.$/,
    );
    const prices = (await visitor.popup.locator('.things li').allTextContents()).map((text) => text.trim());
    expect(prices).toEqual(['Sock$50', 'TeaOld price: $100 With the code: $80', 'Linen throw$129']);
  });

  test('takes the rule’s own texts, filled in, and the arm’s offer', async () => {
    const own = {
      format: 'modal' as const,
      texts: { en: { title: 'Stay: {discount} from {shop} <b>', button: 'Yes' } },
    };
    stage.shop.config = config([rule({ popup: own, variants: [{ key: 'b', weight: 1, offer: { value: 5 } }] })]);
    stage.shop.visits = summary({ arms: { [rule().id]: 'b' } });
    const visitor = await asked();
    expect(await title(visitor)).toBe('Stay: 5% from Maple & Linen <b>');
    expect(await visitor.popup.locator('.accept').textContent()).toBe('Yes');
    expect(await visitor.popup.locator('strong').textContent()).toBe('$122.55');
  });
});

describe('manners', () => {
  test('leaves one global, one element while it shows, and no shift of the page', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1', '129', '<p>text</p>'.repeat(200));
    stage.shop.pages['/bare'] = (stage.shop.pages['/p'] ?? '').replace('TAG', '');
    const visitor = await stage.arrive();
    await visitor.page.goto(`${stage.shop.url}/bare`);
    const bare = await visitor.page.evaluate(() => Object.getOwnPropertyNames(window));
    await visitor.visit(`${stage.shop.url}/p`);
    const look = () =>
      visitor.page.evaluate(() => [
        document.body.innerHTML,
        document.body.clientWidth,
        document.querySelector('h1')?.getBoundingClientRect().top,
      ]);
    const before = await look();
    await visitor.leave();
    await visitor.popup.waitFor({ state: 'attached' });
    expect(await look()).toEqual(before);
    const names = await visitor.page.evaluate(() => Object.getOwnPropertyNames(window));
    expect(names.filter((name) => !bare.includes(name))).toEqual(['linger']);
    expect(visitor.errors).toEqual([]);
  });

  test('a tag pasted twice works once', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1', '129', '<script src="/l.js" data-shop="pk_test"></script>');
    const visitor = await asked();
    expect(stage.shop.batches.filter(({ events }) => events.some(({ type }) => type === 'page_view'))).toHaveLength(1);
    expect(await visitor.popup.count()).toBe(1);
  });

  test('shows under a strict content policy', async () => {
    stage.shop.policy =
      "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; style-src 'self'; require-trusted-types-for 'script'";
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    const visitor = await asked();
    await still(visitor);
    expect(await visitor.popup.locator('dialog').boundingBox()).toMatchObject({ width: 760 });
    expect(visitor.errors).toEqual([]);
  });

  test('hides a picture that does not load', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1').replace('/a.svg', '/gone.jpg');
    const visitor = await asked();
    await expect.poll(() => visitor.popup.locator('img').count()).toBe(0);
    expect(await visitor.popup.locator('.name').textContent()).toBe('Linen throw');
  });

  test.each([
    ['answers 500', { status: 500, body: '' }],
    ['answers with a page', { status: 200, body: '<!doctype html><title>Maintenance</title>' }],
    ['answers with other data', { status: 200, body: { hello: 'world' } }],
    ['answers late', { status: 200, body: {}, after: new Promise<void>((resolve) => setTimeout(resolve, 3_000)) }],
  ])('leaves the page alone when the API %s', async (_how, answer) => {
    Object.assign(stage.shop, { config: answer, visits: answer });
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    const visitor = await stage.arrive();
    await visitor.page.goto(`${stage.shop.url}/p`);
    await expect.poll(() => stage.shop.requests).toContain('GET /v1/config');
    await visitor.page.mouse.move(200, 300);
    await visitor.page.mouse.move(200, -5);
    const now = () => visitor.page.evaluate(() => performance.now());
    const left = await now();
    await expect.poll(now, { timeout: 3 * LEAVING_MS }).toBeGreaterThan(left + LEAVING_MS);
    expect(await visitor.popup.count()).toBe(0);
    // Nobody has said how much may be remembered.
    expect(await visitor.page.evaluate(() => localStorage.getItem('linger'))).toBeNull();
    expect(visitor.errors.filter((error) => !error.includes('Failed to load resource'))).toEqual([]);
  });

  test('works without storage, as long as the page lives', async () => {
    const visitor = await stage.arrive();
    await visitor.context.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      });
    });
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    await visitor.page.goto(`${stage.shop.url}/p`);
    await expect.poll(() => stage.shop.batches.length).toBe(1);
    await visitor.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await expect.poll(() => stage.shop.requests.some((request) => request.includes('/words-en-'))).toBe(true);
    await visitor.page.mouse.move(400, -5);
    await visitor.popup.locator('dialog[open]').waitFor();
    expect(visitor.errors).toEqual([]);
    expect(new Set(stage.shop.batches.map((batch) => batch.visitor)).size).toBe(1);
  });

  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  test.each([1280, 390])('axe finds nothing at %i px', async (width) => {
    stage.shop.config = config([rule()], { consent: 'both', privacyUrl: 'https://shop.example/privacy' });
    const visitor = await asked({ width });
    await visitor.page.evaluate(axe);
    const found = await visitor.page.evaluate(async () => {
      type Rules = { id: string }[];
      const scope = window as unknown as {
        axe: { run(target: object): Promise<{ violations: Rules; passes: Rules }> };
      };
      const { violations, passes } = await scope.axe.run({ include: { fromShadowDom: ['linger-popup', 'dialog'] } });
      return { violations: violations.map(({ id }) => id), passes: passes.map(({ id }) => id) };
    });
    expect(found.violations).toEqual([]);
    expect(found.passes).toEqual(expect.arrayContaining(['color-contrast', 'label', 'button-name']));
  });
});
