import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { newVisitor } from '../widget/visitor.ts';

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('a no takes the server’s own cookie back too, and a later yes is somebody new', async () => {
  const visitor = await newVisitor(browser);
  const { page, context } = visitor;
  const known = async (): Promise<string[]> =>
    (await context.cookies()).flatMap(({ name, value }) => (name.startsWith('linger_') ? [value] : []));
  const say = (word: string): Promise<void> =>
    page.evaluate((mode) => (window as unknown as { linger(...call: unknown[]): void }).linger('consent', mode), word);
  const stored = (): Promise<string | null> => page.evaluate(() => localStorage.getItem('linger'));

  await visitor.visit(`${server.url}/demo/en/product/stoneware-teapot`);
  await expect.poll(known).toHaveLength(1);
  const [before] = await known();
  expect(await stored()).toContain(before);

  await say('none');
  expect(await stored()).toBeNull();
  await expect.poll(known, { timeout: 1_000 }).toEqual([]);

  await say('full');
  await visitor.visit(`${server.url}/demo/en/product/two-cups`);
  await expect.poll(known).toHaveLength(1);
  expect(await known()).not.toEqual([before]);
  expect(await stored()).not.toContain(before);
  expect(visitor.errors).toEqual([]);
  await visitor.close();
});
