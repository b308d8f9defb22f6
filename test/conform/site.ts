/** Other people's pages on this machine, each under its own host name, with the built widget's tag in them; hears what is posted. */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { VisitEvent } from '../../core/visits/event.ts';
import { launchBrowser } from '../support/browser.ts';
import { config, SITE_KEY, summary } from '../widget/recorder.ts';
import { makeBusy } from '../widget/visitor.ts';

const BUILT = fileURLToPath(new URL('../../dist/widget/', import.meta.url));
const API = 'linger.test';

export interface Site {
  /** Opens `html` at this address, and returns once the widget has told of the page. */
  open(html: string, address: string): Promise<OpenPage>;
  /** An address under which `html` is served, whatever may be run in it. */
  origin: string;
  close(): Promise<void>;
}

export interface OpenPage {
  page: Page;
  /** What was posted so far. */
  events: VisitEvent[];
  /** Runs `act` in the page, goes away, and waits for what is told then. */
  leaveAfter(act?: () => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

/** A page that tells nothing in this time has nothing to tell. */
const PATIENCE_MS = 15_000;

export async function openSite(hosts: readonly string[]): Promise<Site> {
  let html = '';
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://any.invalid');
    const open = { 'access-control-allow-origin': '*' };
    const json = { ...open, 'content-type': 'application/json' };
    if (!request.headers.host?.startsWith(`${API}:`)) {
      // A page's own scripts, pictures and frames are not at hand.
      const wanted = html !== '' && request.headers.accept?.startsWith('text/html');
      response.writeHead(wanted ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
      response.end(wanted ? html : '');
      if (wanted) html = '';
    } else if (pathname === '/v1/config') response.writeHead(200, json).end(JSON.stringify(config([]).body));
    else if (pathname === '/v1/visits') response.writeHead(202, json).end(JSON.stringify(summary().body));
    else {
      const code = await readFile(`${BUILT}${pathname}`).catch(() => null);
      response.writeHead(code ? 200 : 404, { ...open, 'content-type': 'text/javascript' }).end(code);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const browser: Browser = await launchBrowser({ loopbackHosts: [...hosts, API] });
  const tag = `<script async src="http://${API}:${port}/l.js" data-shop="${SITE_KEY}"></script>`;

  return {
    origin: `http://${API}:${port}`,
    async open(source, address) {
      html = /<head[^>]*>/i.test(source) ? source.replace(/<head[^>]*>/i, (head) => head + tag) : tag + source;
      const context = await browser.newContext({ locale: 'en-US' });
      await makeBusy(context);
      const page = await context.newPage();
      const events: VisitEvent[] = [];
      page.on('request', (request) => {
        if (request.url().endsWith('/v1/visits')) events.push(...JSON.parse(request.postData() ?? '{}').events);
      });
      const told = () =>
        page
          .waitForRequest((request) => request.url().endsWith('/v1/visits'), { timeout: PATIENCE_MS })
          .catch(() => null);
      const { pathname, search, hostname } = new URL(address);
      const first = told();
      await page.goto(`http://${hostname}:${port}${pathname}${search}`, { waitUntil: 'commit' });
      await first;
      return {
        page,
        events,
        async leaveAfter(act) {
          const more = told();
          await act?.();
          await page.evaluate(() => dispatchEvent(new Event('pagehide')));
          await more;
        },
        close: () => context.close(),
      };
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
