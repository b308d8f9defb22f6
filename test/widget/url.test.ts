import { expect, test } from 'vitest';
import { idOfUrl } from '../../core/values/page-key.ts';
import { imageUrl, pageUrl, samePage, sameSite } from '../../widget/collect/url.ts';
import cases from '../cases/widget-urls.json' with { type: 'json' };

const BASE = 'https://shop.example/p/1';

test.each(cases)('%s', (_name, written, expected) => {
  expect(pageUrl(written, BASE)).toBe(expected);
});

test('an address that stands for an id has no www and no last slash', () => {
  expect(idOfUrl('https://www.shop.example/p/1/')).toBe('https://shop.example/p/1');
  expect(idOfUrl('https://shop.example/p/?id=2')).toBe('https://shop.example/p?id=2');
});

test('a very long address keeps both ends as an id, and what the API refuses is no address', () => {
  const id = idOfUrl(`https://shop.example/${'%D0%BC'.repeat(60)}/lamp-17`);
  expect(id).toHaveLength(200);
  expect(id).toMatch(/^https:\/\/shop\.example\/.*~.*\/lamp-17$/);
  expect(pageUrl(`/${'я'.repeat(400)}`, BASE)).toBe(null);
});

test('knows a page by its address whatever the scheme, www and last slash', () => {
  expect(samePage('http://www.shop.example/p/1/', BASE)).toBe(true);
  expect(samePage('https://shop.example/p/2', BASE)).toBe(false);
  expect(sameSite('http://www.shop.example:8080/', BASE)).toBe(true);
  expect(sameSite('https://shop.example.evil.example/', BASE)).toBe(false);
});

test.each([
  '/img/no-image.png',
  '/placeholder.svg',
  '/a/nophoto.jpg',
  '/shop-logo.png',
  '/1x1.gif',
  'data:image/png;base64,AA',
  'javascript:x',
])('takes %s for no picture', (written) => {
  expect(imageUrl(written, BASE)).toBe(null);
});

test('takes a logger or a blank-looking product for what it is', () => {
  expect(imageUrl('/img/data-logger.jpg', BASE)).toBe('https://shop.example/img/data-logger.jpg');
});
