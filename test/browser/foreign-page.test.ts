import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { fixture } from '../support/fixtures.ts';
import { press } from '../support/press.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { RULE, SHOP } from '../support/shop.ts';
import { newVisitor } from '../widget/visitor.ts';

const HOST = 'rawhidecityleather.com';
const PAGE = fixture('html', 'custom-rawhide-radio-strap.html');

describe.skipIf(!PAGE)('a page that nobody here wrote', () => {
  let linger: RunningServer;
  let shop: Server;
  let browser: Browser;
  let origin: string;
  let secretKey: string;

  const call = async (method: string, path: string, key: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const response = await fetch(linger.url + path, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return response.json();
  };

  beforeAll(async () => {
    [linger, browser] = await Promise.all([startServer(), launchBrowser({ loopbackHosts: [HOST] })]);
    const { adminKey } = JSON.parse(readFileSync(join(linger.folder, '.data', 'keys.json'), 'utf8'));
    let html = '';
    shop = createServer((request, response) => {
      const found = request.url === '/product-basic-radio-strap';
      response.writeHead(found ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(found ? html : '');
    });
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    origin = `http://${HOST}:${(shop.address() as AddressInfo).port}`;
    const opened = await call('POST', '/v1/shops', adminKey, {
      ...SHOP,
      currency: 'USD',
      consent: 'none',
      origins: [origin],
    });
    secretKey = opened.secretKey;
    await call('POST', '/v1/rules', secretKey, { ...RULE, when: ['viewed', '>=', 1] });
    const tag = `<script async src="${linger.url}/l.js" data-shop="${opened.siteKey}"></script>`;
    html = readFileSync(PAGE ?? '', 'utf8').replace('</head>', `${tag}</head>`);
  });

  afterAll(async () => {
    await browser?.close();
    shop?.close();
    await linger?.stop();
  });

  it('has its item remembered, offered, and shown in the letter', async () => {
    const visitor = await newVisitor(browser);
    await visitor.visit(`${origin}/product-basic-radio-strap`);
    await visitor.leave();
    const item = visitor.popup.locator('li').first();
    await item.waitFor();
    const shown = await item.textContent();
    expect(shown).toContain('Basic Adjustable Radio Strap');
    expect(shown).toContain('$115');
    expect(shown).toContain('$103.50');

    await visitor.popup.getByRole('textbox').first().fill('fire@example.com');
    await press(visitor.popup.getByRole('button', { name: 'Send me the code' }), visitor.popup.getByRole('textbox'));
    await expect
      .poll(async () => (await call('GET', '/v1/messages?contact=fire@example.com', secretKey)).data[0], {
        timeout: 15_000,
      })
      .toEqual(expect.objectContaining({ letter: 'offer', status: 'sent' }));

    const letters = await (await fetch(`${linger.url}/inbox`)).text();
    const path = /\/inbox\/[\w-]{36}/.exec(letters)?.[0] ?? '';
    const letter = await (await fetch(`${linger.url}${path}/letter`)).text();
    expect(letter).toContain('Basic Adjustable Radio Strap');
    // Every link of a letter is one to be counted, and leads on to the shop.
    const link = /href="([^"]+\/c\/[^"]+)"[^>]*><span[^>]*>Basic Adjustable/.exec(letter)?.[1] ?? '';
    const onward = (await fetch(link, { redirect: 'manual' })).headers.get('location');
    expect(onward).toContain('https://rawhidecityleather.com/product-basic-radio-strap');
    expect(letter).toContain('https://rawhidecityleather.com/assets/img/products/basic-radio-strap.jpg');
    // What the page itself can't load here is not ours.
    expect(visitor.errors.filter((error) => !error.startsWith('Failed to load resource'))).toEqual([]);
    await visitor.close();
  });
});
