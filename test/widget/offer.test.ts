import { describe, expect, test } from 'vitest';
import { config, received, rule, summary } from './recorder.ts';
import { product, useStage } from './stage.ts';
import type { Visitor } from './visitor.ts';

const stage = useStage();
const { arrive } = stage;

const types = (): string[] => stage.shop.events().map(({ type }) => type);
const SOLD_OUT = product('Linen throw', 'A1').replace('InStock', 'SoldOut');

describe('what is sold out', () => {
  async function asked(): Promise<Visitor> {
    stage.shop.pages['/p'] = SOLD_OUT;
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.leave();
    await visitor.popup.locator('dialog[open]').waitFor();
    return visitor;
  }

  async function leaveAddress({ page, popup }: Visitor): Promise<void> {
    // Sooner than this a click is meant for the page underneath.
    await page.waitForTimeout(600);
    await popup.locator('#email').fill('anna@example.com');
    await popup.locator('.accept').click();
  }

  test('is asked to be waited for, with no discount, and the address goes to the list', async () => {
    const visitor = await asked();
    const text = await visitor.popup.locator('dialog').textContent();
    expect(text).toContain('Linen throw');
    expect(text).not.toMatch(/10\s?%|\$116/);
    await leaveAddress(visitor);
    await visitor.popup.locator('.done').waitFor();
    expect(stage.shop.claimed).toEqual([]);
    const [batch] = stage.shop.batches;
    expect(stage.shop.formed).toMatchObject([
      {
        shop: 'pk_test',
        visitor: batch?.visitor,
        visit: batch?.visit,
        kind: 'waitlist',
        email: 'anna@example.com',
        item: { id: 'A1', title: 'Linen throw', available: false },
        locale: 'en',
        hp: '',
        filledMs: expect.any(Number),
      },
    ]);
    expect(visitor.errors).toEqual([]);
  });

  test.each([
    [422, [{ path: 'email', message: 'x' }], '[role=alert]', 'check the address'],
    [422, [{ path: 'item.url', message: 'x' }], 'h2', 'no longer available'],
    [404, [], 'h2', 'no longer available'],
    [429, [], '[role=alert]', 'try again'],
    [503, [], '[role=alert]', 'try again'],
  ])('an answer of %i that names %j is put into words', async (status, errors, where, words) => {
    stage.shop.forms = { ...received(), status, body: { type: 'about:blank', title: '', status, code: 'x', errors } };
    const visitor = await asked();
    await leaveAddress(visitor);
    await expect.poll(() => visitor.popup.locator(where).textContent()).toContain(words);
  });

  test('is as quiet after a refusal as an offer is', async () => {
    const visitor = await asked();
    await visitor.page.waitForTimeout(600);
    await visitor.page.keyboard.press('Escape');
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.leave();
    expect(await visitor.popup.count()).toBe(0);
    expect(types().filter((type) => type === 'offer_declined')).toHaveLength(1);
  });

  test('debug says so: what is spoken of in its place, or that nothing is', async () => {
    stage.shop.pages['/p'] = SOLD_OUT;
    const visitor = await arrive();
    const lines = (): Promise<string[]> => visitor.page.locator('linger-panel div').allTextContents();
    await visitor.visit(`${stage.shop.url}/p?linger=debug`);
    await expect.poll(lines).toContain('stock: Linen throw is sold out, no discount on it');
    expect(await lines()).toContain('nothing holds it back');
    stage.shop.config = config([rule()], { waitlist: false });
    await visitor.visit(`${stage.shop.url}/p?linger=debug`);
    await expect.poll(lines).toContain('held back: stock');
  });
});

test('where the shop wants no word outward, its own script hears, and its analytics don’t', async () => {
  stage.shop.config = config([rule()], { outward: false });
  stage.shop.pages['/p'] = `<script>heard = []; dataLayer = [];
    document.addEventListener('linger:shown', () => heard.push('page'));
    function ym() { heard.push('ym') } ym.a = [[7, 'init', {}]]; function gtag() { heard.push('gtag') }</script>${product('Linen throw', 'A1')}`;
  const visitor = await arrive();
  await visitor.visit(`${stage.shop.url}/p`);
  await visitor.leave();
  await visitor.popup.locator('dialog[open]').waitFor();
  await expect.poll(types).toContain('offer_shown');
  expect(await visitor.page.evaluate('[heard, dataLayer]')).toEqual([['page'], []]);
});

test('a preview shows the variant that is named, and takes its refusal no further', async () => {
  const variants = [5, 25].map((value) => ({ key: `off-${value}`, weight: 1, offer: { value } }));
  stage.shop.config = config([rule({ variants, popup: { format: 'modal', steps: ['reason'] } })]);
  stage.shop.pages['/p'] = product('Linen throw', 'A1');
  const visitor = await arrive();
  for (const [named, shown] of [
    ['', '5%'],
    [':off-25', '25%'],
  ]) {
    await visitor.page.goto(`${stage.shop.url}/p?linger=preview:${rule().id}${named}`);
    await visitor.popup.locator('dialog[open]').waitFor();
    expect(await visitor.popup.locator('dialog').textContent()).toContain(shown);
  }
  await visitor.page.waitForTimeout(600);
  await visitor.popup.locator('.decline').click();
  await visitor.popup.locator('.choice').first().click();
  await expect.poll(() => visitor.popup.count()).toBe(0);
  expect(await visitor.page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  expect(stage.shop.requests.filter((request) => request.startsWith('POST'))).toEqual([]);
  expect(visitor.errors).toEqual([]);
});

test('where nothing can be stored, an offer is shown once, however many pages the document becomes', async () => {
  stage.shop.visits = summary();
  stage.shop.pages['/p'] = `<script>
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } });
    </script>${product('Linen throw', 'A1')}`;
  const visitor = await arrive();
  const { page, popup } = visitor;
  const words = page.waitForResponse(/\/words-en-\w+\.js$/);
  await page.goto(`${stage.shop.url}/p`);
  await expect.poll(() => stage.shop.batches.length).toBe(1);
  await page.mouse.move(200, 100);
  await words;
  const leave = async (): Promise<void> => {
    const before = types().filter((type) => type === 'exit_intent').length;
    await page.mouse.move(200, 300);
    await page.mouse.move(200, -5);
    await page.waitForTimeout(500);
    await page.mouse.move(200, 300);
    await page.evaluate(() => dispatchEvent(new Event('pagehide')));
    await expect.poll(() => types().filter((type) => type === 'exit_intent').length).toBeGreaterThan(before);
  };
  await leave();
  await popup.locator('dialog[open]').waitFor();
  await page.waitForTimeout(600);
  await page.keyboard.press('Escape');
  await page.evaluate(() => history.pushState(null, '', '/next'));
  await expect
    .poll(async () => {
      await page.evaluate(() => dispatchEvent(new Event('pagehide')));
      return types().filter((type) => type === 'page_view').length;
    })
    .toBe(2);
  await leave();
  expect(await popup.count()).toBe(0);
  expect(new Set(stage.shop.batches.map((batch) => batch.visitor)).size).toBe(1);
});
