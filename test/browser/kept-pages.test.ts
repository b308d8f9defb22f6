/** Pages that browsers keep for the way back, and pages that they draw ahead: in a whole browser (`apt-get install chromium`, or one named in `LINGER_CHROMIUM`), since the packed one does neither. */

import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../api/node/port.ts';
import { buildWidget } from '../../widget/build.ts';
import { openWire, type Wire } from '../bench/page/wire.ts';
import { hasWholeBrowser, launchBrowser } from '../support/browser.ts';
import { openRecorder, type Recorder, rule } from '../widget/recorder.ts';
import { product } from '../widget/stage.ts';

/** Longer than the widget ever waits before it begins. */
const LONG_MS = 2_500;

describe.skipIf(!hasWholeBrowser())('in a whole browser', () => {
  let browser: Browser;
  let wire: Wire;
  let shop: Recorder;

  beforeAll(async () => {
    await buildWidget({ quiet: true });
    const port = await freePort();
    [browser, shop] = await Promise.all([launchBrowser({ port, keepsPages: true }), openRecorder()]);
    wire = await openWire(port);
  });
  afterEach(() => shop.reset());
  afterAll(async () => {
    wire?.close();
    await browser?.close();
    await shop?.close();
  });

  it('a page that was kept for the way back goes on as the same visit, and asks when it is left again', async () => {
    shop.pages['/p'] = product('Linen throw', 'A1');
    shop.pages['/q'] = product('Ash tray', 'B1');
    shop.config = {
      ...shop.config,
      body: { ...(shop.config.body as object), rules: [rule({ when: ['pages', '>=', 3] })] },
    };
    const page = await open(`${shop.url}/p`);
    await expect.poll(views).toEqual(['/p']);
    await page.evaluate('window.kept = true');
    await page.leave();
    await page.told('exit_intent', 1);
    await page.evaluate(`location.href = '/q'`);
    await expect.poll(views).toEqual(['/p', '/q']);

    await page.back();
    await expect.poll(() => page.evaluate('[location.pathname, window.kept]')).toEqual(['/p', true]);
    await page.leave();
    await expect.poll(() => page.evaluate(`Boolean(document.querySelector('linger-popup'))`)).toBe(true);
    await page.evaluate(`location.href = 'about:blank'`);
    await expect.poll(views).toEqual(['/p', '/q', '/p']);
    const types = shop.events().map(({ type }) => type);
    expect(types.filter((type) => type === 'exit_intent')).toHaveLength(2);
    expect(types.filter((type) => type === 'offer_shown')).toHaveLength(1);
    expect(new Set(shop.batches.map(({ visit }) => visit)).size).toBe(1);
    expect(new Set(shop.batches.map(({ visitor }) => visitor)).size).toBe(1);
    await page.close();
  });

  it('a page that was drawn ahead counts once somebody looks at it, and not before', async () => {
    const ahead = { prerender: [{ urls: ['/p'], eagerness: 'immediate' }] };
    // Nobody may look into a tab whose next page is being drawn: then browsers draw none. So the page itself goes on when it is told to.
    shop.pages['/'] = `<!doctype html><title>Shop</title>
<script type="speculationrules">${JSON.stringify(ahead)}</script>
<script>setInterval(() => fetch('/go').then(({ ok }) => ok && (location.href = '/p')), 100)</script>`;
    shop.pages['/p'] = product(
      'Linen throw',
      'A1',
      '129.00',
      `<script>setTimeout(() => fetch('/drawn-' + document.prerendering), ${LONG_MS})</script>`,
    );
    const { targetId } = await wire.send<{ targetId: string }>('Target.createTarget', { url: `${shop.url}/` });
    await expect.poll(() => shop.requests).toContain('GET /drawn-true');
    expect(shop.requests).toContain('GET /l.js');
    expect(shop.requests.filter((request) => request.includes('/v1/'))).toEqual([]);

    shop.answers['/go'] = { status: 200, body: {} };
    await expect.poll(views).toEqual(['/p']);
    expect(shop.requests.filter((request) => request === 'GET /p')).toHaveLength(1);
    await wire.send('Target.closeTarget', { targetId });
  });

  const views = (): string[] => shop.events().flatMap((event) => (event.type === 'page_view' ? [event.path] : []));

  /** A tab, over a bare line: a tool that follows pages takes one that is exchanged for another for lost. */
  async function open(url: string) {
    const { targetId } = await wire.send<{ targetId: string }>('Target.createTarget', {
      url,
      newWindow: true,
      width: 1280,
      height: 800,
    });
    const { sessionId } = await wire.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
    const send = <T>(method: string, params?: object): Promise<T> => wire.send(method, params, sessionId);
    const evaluate = async (expression: string): Promise<unknown> => {
      const { result } = await send<{ result: { value?: unknown } }>('Runtime.evaluate', {
        expression,
        returnByValue: true,
      });
      return result.value;
    };
    const move = (y: number): Promise<unknown> => send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: 200, y });
    return {
      evaluate,
      /** Until it is known to have happened so often, wherever it is kept by now. */
      told: (what: string, times: number): Promise<void> =>
        expect
          .poll(async () => String(await evaluate(`localStorage.getItem('linger')`)).split(what).length - 1)
          .toBeGreaterThanOrEqual(times),
      async leave() {
        await move(300);
        await move(-5);
      },
      async back() {
        const history = await send<{ currentIndex: number; entries: { id: number }[] }>('Page.getNavigationHistory');
        await send('Page.navigateToHistoryEntry', { entryId: history.entries[history.currentIndex - 1]?.id });
      },
      close: () => wire.send('Target.closeTarget', { targetId }),
    };
  }
});
