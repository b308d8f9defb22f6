import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { press } from '../support/press.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { newVisitor, type Visitor } from '../widget/visitor.ts';

const WORDS = {
  en: {
    locale: 'en-US',
    headline: /10% off/,
    accept: 'Send me the code',
    decline: 'No, thank you',
    sent: /Check your/,
    tag: 'en',
    moss: 'Moss',
    clay: 'Clay',
    discounted: '₽2,241',
  },
  ru: {
    locale: 'ru-RU',
    headline: /10\s%/,
    accept: 'Получить промокод',
    decline: 'Нет, спасибо',
    sent: 'Проверьте почту',
    tag: 'ru',
    moss: 'Мох',
    clay: 'Глина',
    discounted: '2\u00a0241\u00a0₽',
  },
} as const;

const visitorId = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.parse(localStorage.getItem('linger') ?? '{}').visitor);

describe('what a newcomer gets', () => {
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const shopping = async (visitor: Visitor, tag: string): Promise<void> => {
    await visitor.visit(`${server.url}/demo/${tag}/product/stoneware-teapot`);
    await visitor.visit(`${server.url}/demo/${tag}/product/two-cups`);
    await visitor.page.locator('.buy .button').click();
    await visitor.page.waitForURL(/two-cups/);
    await visitor.visit(`${server.url}/demo/${tag}/category/light`);
  };

  for (const words of Object.values(WORDS)) {
    describe(`in ${words.tag}`, () => {
      it('offers the carted item before the viewed one, mails the code, reminds, and ends when the code is used', async () => {
        const email = `ann.${words.tag}@example.com`;
        const visitor = await newVisitor(browser, { locale: words.locale });
        await shopping(visitor, words.tag);
        await visitor.leave();
        const { popup, page } = visitor;
        await popup.getByRole('heading', { name: words.headline }).waitFor();
        const items = await popup.locator('li').allTextContents();
        expect(items[0]).toContain(words.clay);
        expect(items[0]).toContain(words.discounted);
        expect(items[1]).toContain(words.moss);

        await popup.getByRole('textbox').first().fill(email);
        await popup.getByRole('checkbox').first().click();
        await press(popup.getByRole('button', { name: words.accept }), popup.getByRole('textbox'));
        await popup.getByRole('heading', { name: words.sent }).waitFor();

        // The letter with the code and the items; the chain's waits are seconds.
        const inbox = await visitor.context.newPage();
        const letters = inbox.locator('.letters a', { hasText: email });
        const arrived = async (count: number): Promise<void> => {
          await expect
            .poll(
              async () => {
                await inbox.goto(`${server.url}/inbox`);
                return letters.count();
              },
              { timeout: 30_000 },
            )
            .toBeGreaterThanOrEqual(count);
        };
        await arrived(1);
        await letters.last().click();
        const letter = inbox.frameLocator('iframe.letter');
        await letter
          .getByText(/LINGER-/)
          .first()
          .waitFor();
        const text = (await letter.locator('body').textContent()) ?? '';
        expect(text).toContain(words.clay);
        expect(text).toContain(words.moss);
        const code = /LINGER-[0-9A-Z]{5}-[0-9A-Z]{6}/.exec(text)?.[0] ?? '';
        expect(code).not.toBe('');
        await arrived(2);

        // The code at the checkout: the order is discounted, the rest of the chain has ended.
        await page.goto(`${server.url}/demo/${words.tag}/checkout`);
        await page.locator('#email').fill(email);
        await page.locator('#name').fill('Ann');
        await page.locator('#code').fill(code.toLowerCase());
        await page.locator('[value=place]').click();
        await page.waitForURL(/thanks/);
        expect(await page.locator('.sums').textContent()).toContain(words.discounted);
        expect(await page.locator('.notice').allTextContents()).toEqual([]);
        await inbox.goto(`${server.url}/inbox`);
        await letters.first().click();
        await inbox.frameLocator('iframe.state').getByText('stopped: redeemed').waitFor();
        const received = await inbox.goto(`${server.url}/inbox`).then(() => letters.count());
        expect(received).toBeLessThan(4);

        // Who has bought in this visit is left in peace.
        await visitor.visit(`${server.url}/demo/${words.tag}/product/two-cups`);
        await visitor.leave();
        expect(await popup.locator('dialog[open]').count()).toBe(0);
        expect(visitor.errors).toEqual([]);
        await visitor.close();
      });

      it('keeps quiet after a refusal, on every later page, until the visitor starts over', async () => {
        const visitor = await newVisitor(browser, { locale: words.locale });
        const { popup, page } = visitor;
        await shopping(visitor, words.tag);
        await visitor.leave();
        await press(popup.getByRole('button', { name: words.decline }), popup.locator('dialog[open]'));
        await visitor.visit(`${server.url}/demo/${words.tag}/product/stoneware-teapot`);
        await visitor.leave();
        expect(await popup.locator('dialog[open]').count()).toBe(0);

        const before = await visitorId(page);
        await page.goto(`${server.url}/demo/${words.tag}/restart`);
        await page.waitForURL(new RegExp(`/demo/${words.tag}/?$`));
        await page.waitForFunction((old) => !localStorage.getItem('linger')?.includes(old), before);
        await shopping(visitor, words.tag);
        await visitor.leave();
        await popup.getByRole('heading', { name: words.headline }).waitFor();
        expect(visitor.errors).toEqual([]);
        await visitor.close();
      });

      it('shows no popup to who buys without it', async () => {
        const visitor = await newVisitor(browser, { locale: words.locale });
        await shopping(visitor, words.tag);
        const { page, popup } = visitor;
        await page.goto(`${server.url}/demo/${words.tag}/checkout`);
        await page.locator('#email').fill(`bob.${words.tag}@example.com`);
        await page.locator('#name').fill('Bob');
        await page.locator('[value=place]').click();
        await page.waitForURL(/thanks/);
        await page.waitForFunction(() => /"purchase"|"purchased":true/.test(localStorage.getItem('linger') ?? ''));
        await visitor.visit(`${server.url}/demo/${words.tag}/product/stoneware-teapot`);
        await visitor.leave();
        expect(await popup.locator('dialog[open]').count()).toBe(0);
        await visitor.close();
      });
    });
  }
});

describe('the server as people start it', () => {
  it('prints three addresses, keeps its data over a restart, and ends cleanly on Ctrl-C', async () => {
    const first = await startServer();
    for (const path of ['/demo', '/inbox', '/docs']) {
      expect(first.printed()).toContain(`${first.url}${path}`);
      expect((await fetch(first.url + path)).status).toBe(200);
    }
    const tag = (await (await fetch(`${first.url}/demo/en`)).text()).match(/data-shop="(pk_\w+)"/)?.[1];
    expect(await first.stop({ keep: true })).toBe(0);

    const second = await startServer({ folder: first.folder });
    expect(await (await fetch(`${second.url}/demo/en`)).text()).toContain(`data-shop="${tag}"`);
    expect(await second.stop()).toBe(0);
  });

  it('says all that is wrong with its settings, and does not start', async () => {
    await expect(
      startServer({ env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', LEASE_MS: '5' } }),
    ).rejects.toThrow(/ADMIN_KEY[\s\S]*SIGNING_KEY[\s\S]*LEASE_MS/);
  });
});
