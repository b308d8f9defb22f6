/** The tag's own file, with and without a shop's config in it. */

import { readFile } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.ts';
import { widgetFile } from '../../api/node/widget-files.ts';
import { buildWidget } from '../../widget/build.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

let instance: Instance;
let shop: ShopHandle;
let built: string;
let admits = true;

beforeAll(async () => {
  await buildWidget({ quiet: true });
  built = await readFile(new URL('../../dist/widget/l.js', import.meta.url), 'utf8');
  instance = await startInstance();
  shop = await instance.openShop();
});
afterAll(() => instance.close());

const get = (query: string, headers: Record<string, string> = {}): Promise<Response> => {
  const deps = { ...instance.deps, limiter: { admits: () => admits } };
  return Promise.resolve(
    createApp({ deps, peer: () => '203.0.113.7', widgetFile }).request(`/l.js${query}`, { headers }),
  );
};

const config = async () => (await shop.call('GET', `/v1/config?shop=${shop.siteKey}`)).body;

/** What the file's function is called with. */
const given = (code: string): unknown => {
  const head = built.replace(/\(\)\s*$/, '');
  expect(code.startsWith(head)).toBe(true);
  return JSON.parse(code.slice(head.length + 1, -1));
};

describe('the tag’s file', () => {
  it('is the built one where it names no shop, or one that nobody has', async () => {
    for (const query of ['', '?shop=', '?shop=pk_nobody']) expect(await (await get(query)).text()).toBe(built);
  });

  it('is called with the config of the shop that its address names, whatever its texts hold', async () => {
    const title = `$& $1 "'\`</script>\u2028 ()`;
    await shop.addRule({ popup: { texts: { en: { title } } } });
    const response = await get(`?shop=${shop.siteKey}`);
    const code = await response.text();
    expect(given(code)).toEqual(await config());
    expect(JSON.stringify(await config())).toContain('</script>');
    expect(() => runInNewContext(`() => ${code.replace(/^\/\/.*\n/, '')}`)).not.toThrow();
    expect([
      response.headers.get('content-type'),
      response.headers.get('cache-control'),
      response.headers.get('access-control-allow-origin'),
    ]).toEqual(['text/javascript; charset=utf-8', 'public, max-age=60', '*']);
  });

  it('need not be sent again while nothing changes', async () => {
    const query = `?shop=${shop.siteKey}`;
    const etag = (await get(query)).headers.get('etag') ?? '';
    const again = await get(query, { 'if-none-match': etag });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    const packed = await get(query, { 'accept-encoding': 'br' });
    const text = brotliDecompressSync(await packed.arrayBuffer()).toString();
    expect([packed.headers.get('content-encoding'), given(text)]).toEqual(['br', await config()]);
    await shop.call('PATCH', '/v1/shop', { memory: 'session' });
    const changed = await get(query, { 'if-none-match': etag });
    expect([changed.status, given(await changed.text())]).toEqual([200, await config()]);
  });

  it('comes without a config to who asks too often', async () => {
    admits = false;
    const response = await get(`?shop=${shop.siteKey}`);
    expect([response.status, await response.text()]).toEqual([200, built]);
    admits = true;
  });
});
