/** The same as WebCrypto's, and as the RFC's examples. */

import { expect, it } from 'vitest';
import { hmacSha256 } from '../../api/hmac-sha256.ts';
import { seeded } from '../support/random.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

async function byWebCrypto(key: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', encoder.encode(key), algorithm, false, ['sign']);
  return hex(new Uint8Array(await crypto.subtle.sign('HMAC', imported, encoder.encode(text))));
}

it.each([
  ['Jefe', 'what do ya want for nothing?', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
  ['\v'.repeat(20), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
])('%j and %j as in RFC 4231', (key, text, expected) => {
  expect(hex(hmacSha256(key, text))).toBe(expected);
});

it('is WebCrypto’s for texts and keys of any length, around the ends of blocks too', async () => {
  const random = seeded(20_261_201);
  const text = (length: number): string =>
    Array.from({ length }, () => random.pick([...'aZ09:-é日\0\u{1F600}'])).join('');
  const lengths = [...Array.from({ length: 140 }, (_, n) => n), 1_000, 70_000];
  for (const length of lengths) {
    for (const key of ['k', text(1 + (length % 130)), 'x'.repeat(64), 'x'.repeat(65)]) {
      const told = random.chance(0.5) ? 'a'.repeat(length) : text(length);
      expect([length, hex(hmacSha256(key, told))]).toEqual([length, await byWebCrypto(key, told)]);
    }
  }
});

it('remembers no more keys than it should, and forgets none wrongly', async () => {
  for (let key = 0; key < 1_005; key += 1) hmacSha256(`key ${key}`, 'text');
  for (const key of ['key 0', 'key 999', 'key 1004'])
    expect(hex(hmacSha256(key, 'text'))).toBe(await byWebCrypto(key, 'text'));
});
