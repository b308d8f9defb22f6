import { brotliCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { type WidgetFile, widgetAnswer } from '../../api/http/widget-answer.ts';

const bytes = new TextEncoder().encode('console.log(1)');
const packed = new Uint8Array(brotliCompressSync(bytes));
const ask = (headers: Record<string, string>, file: WidgetFile = { bytes, packed }, name = 'l.js') =>
  widgetAnswer(new Request('https://linger.example/l.js', { headers }), name, file);

it.each([
  ['br', 'br'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip;q=0.5, br;q=0.1', 'br'],
  ['gzip, BR', 'br'],
  ['br;q=0', null],
  ['br;q=0.000', null],
  ['gzip, deflate', null],
  ['identity', null],
  ['brotli', null],
  ['', null],
])('a browser that takes %s is given it as %s', async (taken, encoding) => {
  const answer = await ask({ 'accept-encoding': taken });
  expect([answer.headers.get('content-encoding'), answer.headers.get('vary')]).toEqual([encoding, 'accept-encoding']);
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(encoding ? packed : bytes);
});

it('where something else packs, it is handed over as it is', async () => {
  const answer = await ask({ 'accept-encoding': 'br' }, { bytes });
  expect([answer.headers.get('content-encoding'), answer.headers.get('vary')]).toEqual([null, null]);
});

it('is not sent again while it is the same', async () => {
  const plain = (await ask({})).headers.get('etag') ?? '';
  const brotli = (await ask({ 'accept-encoding': 'br' })).headers.get('etag') ?? '';
  expect(plain).not.toBe(brotli);
  const again = await ask({ 'if-none-match': plain });
  expect([again.status, await again.text(), again.headers.get('cache-control')]).toEqual([
    304,
    '',
    'public, max-age=300',
  ]);
  expect((await ask({ 'if-none-match': brotli })).status).toBe(200);
  expect((await ask({ 'if-none-match': plain }, { bytes: new Uint8Array([1]) })).status).toBe(200);
});

it('is kept for ever where its name says what is in it', async () => {
  const answer = await ask({}, { bytes }, 'popup-0123456789.js');
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
});
