import { describe, expect, it } from 'vitest';
import { mailableItems } from '../../api/actions/letters/mailable-items.ts';
import { asSent, isOnShop, isOrigin, originAllowed } from '../../api/shop-hosts.ts';

const ORIGINS = ['https://shop.example', 'https://*.cdn.example:8443'];
const LAMP = { id: 'lamp', title: 'Lamp', price: 120, currency: 'EUR', url: 'https://shop.example/lamp', image: null };

describe('an item that a page told', () => {
  it.each([
    ['Чайник «Утро», 1.5 л'],
    ['Dr.Martens 1460'],
    ['Node.js in Action'],
    ['Lamp 3,5.10 (new)'],
    ['AC/DC – Back in Black'],
  ])('titled %s may stand in a letter', (title) => {
    expect(mailableItems([{ ...LAMP, title }], ORIGINS)).toEqual([{ ...LAMP, title }]);
  });

  it.each([
    ['Win at http://x.test'],
    ['//x.test'],
    ['www.x.test'],
    ['Take evil.com now'],
    ['Заходи на сайт.рф'],
    ['bit.ly/free'],
    ['mailto:a@b.example'],
    ['Two\nlines'],
    ['Two\u2028lines'],
    ['   '],
  ])('titled %j may not', (title) => {
    expect(mailableItems([{ ...LAMP, title }], ORIGINS)).toEqual([]);
  });

  it('has a long title cut', () => {
    const [item] = mailableItems([{ ...LAMP, title: 'a'.repeat(300) }], ORIGINS);
    expect([item?.title.length, item?.title.at(-1)]).toEqual([120, '…']);
  });

  it('keeps a picture from the shop’s hosts alone', () => {
    const images = [
      'https://img.cdn.example:8443/a.jpg',
      'https://img.cdn.example/a.jpg',
      'https://evil.test/a.gif',
      'data:image/png;base64,x',
    ];
    expect(images.map((image) => mailableItems([{ ...LAMP, image }], ORIGINS)[0]?.image)).toEqual([
      images[0],
      images[1],
      null,
      null,
    ]);
  });
});

describe('a url is on the shop', () => {
  it.each([
    ['https://shop.example/a', true],
    ['http://shop.example:8080/a', true],
    ['https://SHOP.example/a', true],
    ['https://a.b.cdn.example/x', true],
    ['https://cdn.example/x', false],
    ['https://www.shop.example/a', false],
    ['https://shop.example.evil.test/', false],
    ['https://evilshop.example/', false],
    ['https://evilcdn.example/', false],
    ['https://shop.example@evil.test/', false],
    ['https://me:pw@shop.example/', false],
    ['javascript:alert(1)//shop.example', false],
    ['//shop.example/a', false],
    ['/\\shop.example', false],
  ])('%s: %s', (url, on) => {
    expect(isOnShop(url, ORIGINS)).toBe(on);
  });
});

describe('a page may speak for the shop', () => {
  it.each([
    ['https://shop.example', true],
    ['https://a.cdn.example:8443', true],
    ['https://a.b.cdn.example:8443', true],
    ['https://cdn.example:8443', false],
    ['https://a.cdn.example', false],
    ['https://shop.example:444', false],
    ['http://shop.example', false],
    ['https://shop.example.evil.test', false],
    ['https://evilshop.example', false],
    ['https://shop.example/', false],
    ['null', false],
    ['', false],
    [null, false],
  ])('from %s: %s', (origin, allowed) => {
    expect(originAllowed(origin, ORIGINS)).toBe(allowed);
  });

  it('is told in origins, not in addresses of pages', () => {
    const given = [
      'https://shop.example',
      'http://localhost:3000',
      'https://*.shop.example',
      'https://shop.example/a',
      'shop.example',
      'ftp://shop.example',
      'https://a.*.example',
      '*',
    ];
    expect(given.map(isOrigin)).toEqual([true, true, true, false, false, false, false, false]);
  });
});

it.each([
  ['https://лампы.рф', 'https://xn--80avem4d.xn--p1ai'],
  ['https://*.bücher.example', 'https://*.xn--bcher-kva.example'],
  ['https://shop.example:443', 'https://shop.example'],
  ['http://localhost:3000', 'http://localhost:3000'],
  ['https://shop.example/path', 'https://shop.example/path'],
  ['https://ann@shop.example', 'https://ann@shop.example'],
  ['https://*', 'https://*'],
  ['лампы.рф', 'лампы.рф'],
])('the origin %s is kept as browsers send it', (given, kept) => {
  expect(asSent(given)).toBe(kept);
});
