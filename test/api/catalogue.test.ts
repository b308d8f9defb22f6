import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FEED_OFFERS, ymlOf } from '../cases/feed-offers.ts';
import { feedOf } from '../support/feed.ts';
import { type Answered, type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop();
});
afterAll(() => instance.close());

const upload = (file: string | Uint8Array, { to = shop, query = '', type = 'text/xml' } = {}): Promise<Answered> =>
  to.call('POST', `/v1/feeds/import${query}`, file, { 'content-type': type });
const products = async (query = '', of = shop) => (await of.call('GET', `/v1/products${query}`)).body;
const ids = async (query = '', of = shop): Promise<string[]> =>
  (await products(query, of)).data.map(({ id }: { id: string }) => id);

describe('an offer', () => {
  it.each(FEED_OFFERS)('with %s', async (_what, attributes, children, expected) => {
    const sound = '<offer id="sound"><name>S</name><url>https://shop.example/s</url><price>1</price></offer>';
    const text = ymlOf(`${sound.replaceAll('sound', 'before')}\n<offer ${attributes}>${children}</offer>\n${sound}`);
    const { status, body } = await upload(text);
    // Whatever is wrong with one, its neighbours are taken.
    expect([status, body.format, body.encoding, body.offers]).toEqual([200, 'yml', 'utf-8', 3]);
    const { reason, id = '1', mended = [], ...fields } = expected;
    expect(body.rejected).toEqual(reason ? [{ id, line: 8, reason }] : []);
    expect(body.mended).toEqual((mended as string[]).map((one) => ({ id: '1', line: 8, reason: one })));
    const [row] = (await products('?id=1')).data;
    if (reason === undefined) expect(row).toMatchObject({ price: expect.any(Number), ...fields });
    expect(await ids()).toEqual(expect.arrayContaining(['before', 'sound']));
  });
});

describe('a file', () => {
  let own: ShopHandle;
  beforeAll(async () => {
    own = await instance.openShop({ locale: 'ru', currency: 'RUB' });
  });

  const ROWS =
    'id;title;link;price;availability;image_link\n7;"Чайник ""Лист""";https://shop.example/p/7;1290,50;in stock;\n';
  const cp1251 = (text: string): Uint8Array =>
    Uint8Array.from(text, (letter) => {
      const code = letter.charCodeAt(0);
      return code < 128 ? code : code - 0x410 + 0xc0;
    });
  const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
  const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>Shop</title>
<entry><g:id>7</g:id><title>wrong</title><g:title>Чайник "Лист"</g:title><link rel="alternate" href="https://shop.example/p/7"/><g:price>1500.00 RUB</g:price>
<g:sale_price>1290.50 RUB</g:sale_price><g:sale_price_effective_date>2020-01-01T00:00+0300/2199-01-01T00:00+0300</g:sale_price_effective_date>
<g:availability>in stock</g:availability><g:shipping><g:price>300 RUB</g:price></g:shipping></entry></feed>`;

  it.each<[string, string | Uint8Array, string, string, string]>([
    ['a table with semicolons', ROWS, 'text/csv', 'csv', 'utf-8'],
    ['a table with a byte order mark', `\ufeff${ROWS}`, 'text/csv', 'csv', 'utf-8'],
    ['a table in windows-1251 that does not say so', cp1251(ROWS), 'text/csv', 'csv', 'windows-1251'],
    [
      'a table in windows-1251 that comes with its name',
      cp1251(ROWS),
      'text/csv; charset=windows-1251',
      'csv',
      'windows-1251',
    ],
    ['a table in UTF-16', utf16(ROWS), 'text/csv', 'csv', 'utf-16le'],
    [
      'a table with commas and Windows line ends',
      ROWS.replaceAll('1290,50', '1290.50').replaceAll(';', ',').replaceAll('\n', '\r\n'),
      'text/csv',
      'csv',
      'utf-8',
    ],
    [
      'a table with tabs, whose quotes are its own',
      ROWS.replaceAll('"Чайник ""Лист"""', 'Чайник "Лист"').replaceAll(';', '\t'),
      'text/plain',
      'tsv',
      'utf-8',
    ],
    ['Atom', ATOM, 'application/atom+xml', 'atom', 'utf-8'],
    ['Atom, packed', gzipSync(ATOM), 'application/atom+xml', 'atom', 'utf-8'],
    [
      'RSS',
      `<rss xmlns:g="x"><channel>${ATOM.replace(/^.*?<entry>/s, '<item>')
        .replace('</entry></feed>', '</item>')
        .replace(
          '<link rel="alternate" href="https://shop.example/p/7"/>',
          '<link>https://shop.example/p/7</link>',
        )}</channel></rss>`,
      '',
      'rss',
      'utf-8',
    ],
    [
      'XML that names its encoding',
      cp1251(`<?xml version="1.0" encoding="windows-1251"?>${ATOM}`),
      '',
      'atom',
      'windows-1251',
    ],
  ])('as %s', async (_what, bytes, type, format, encoding) => {
    const { status, body } = await upload(bytes, { to: own, type });
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ format, encoding, offers: 1, accepted: 1, rejected: [], mended: [] }),
    ]);
    expect((await products('', own)).data).toMatchObject([
      {
        id: '7',
        title: 'Чайник "Лист"',
        price: 1290.5,
        currency: 'RUB',
        url: 'https://shop.example/p/7',
        available: true,
      },
    ]);
  });

  it.each<[string, string | Uint8Array, number, RegExp]>([
    ['is empty', '', 422, /must be a feed/],
    ['is a page', '<!doctype html><title>Sign in</title>', 422, /must be a feed/],
    ['is JSON', '{"products": []}', 422, /must be a feed/],
    ['is a table without ids', 'title,price\nTeapot,5\n', 422, /must be a feed/],
    [
      'declares entities',
      ymlOf('').replace('SYSTEM "shops.dtd"', '[<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]'),
      422,
      /must declare no entities \(line 2\)/,
    ],
    [
      'is deeper than any feed',
      ymlOf(`<offer id="1">${'<a>'.repeat(40)}`),
      422,
      /nested deeper than 32 levels \(line 7\)/,
    ],
    ['holds one text without an end', ymlOf(`<offer id="1"><name>${'x'.repeat(1_300_000)}`), 422, /too long/],
    ['holds one tag without an end', ymlOf(`<offer id="${'x'.repeat(1_300_000)}`), 422, /too long/],
    ['is in an encoding that there is not', '<?xml version="1.0" encoding="klingon"?><rss></rss>', 422, /klingon/],
    ['is no gzip, though it begins like it', new Uint8Array([0x1f, 0x8b, 1, 2, 3]), 422, /gzip/],
  ])('that %s is refused', async (_what, bytes, status, message) => {
    const answer = await upload(bytes);
    expect([answer.status, answer.body.errors?.[0]?.message]).toEqual([status, expect.stringMatching(message)]);
  });

  it('with an id twice is taken by its first offer', async () => {
    const twice = await instance.openShop();
    const { body } = await upload(feedOf({ id: 'a', price: 1 }, { id: 'b' }, { id: 'a', price: 2 }), { to: twice });
    expect([body.offers, body.accepted, body.rejected]).toEqual([3, 2, [{ id: 'a', line: 9, reason: 'repeated' }]]);
    expect((await products('?id=a', twice)).data[0].price).toBe(1);
  });

  it('of more offers than fit in one batch is read to its end', async () => {
    const big = await instance.openShop();
    const many = Array.from({ length: 1_201 }, (_, index) => ({ id: String(index) }));
    expect((await upload(feedOf(...many), { to: big })).body).toMatchObject({
      offers: 1_201,
      accepted: 1_201,
      added: 1_201,
    });
    expect((await upload(feedOf(...many, { id: '7', price: 3 }), { to: big })).body).toMatchObject({
      added: 0,
      changed: 0,
      rejected: [{ id: '7', reason: 'repeated' }],
    });
  });
});

describe('the catalogue', () => {
  let own: ShopHandle;
  beforeAll(async () => {
    own = await instance.openShop();
    await upload(feedOf({ id: 'a' }, { id: 'b', available: false }, { id: 'c' }, { id: 'd' }), { to: own });
  });
  const told = (id: string) => products(`?id=${id}`, own).then(({ data }) => data[0]);

  it('is read page by page, and by what its products are', async () => {
    const first = await products('?limit=3', own);
    expect([first.data.length, first.next]).toEqual([3, 'c']);
    expect(await ids('?limit=3&cursor=c', own)).toEqual(['d']);
    expect(await ids('?available=false', own)).toEqual(['b']);
    expect(await ids('?category=tea', own)).toEqual(['a', 'b', 'c', 'd']);
    expect(await ids('?category=Cups', own)).toEqual([]);
    expect((await own.call('GET', '/v1/products?available=maybe')).status).toBe(422);
  });

  it('keeps what a part does not name', async () => {
    const { body } = await upload(feedOf({ id: 'a', price: 11 }), { to: own, query: '?partial=true' });
    expect(body).toMatchObject({ accepted: 1, added: 0, changed: 1, gone: 0, kept: 'partial' });
    expect(await ids('', own)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('lets go what the next file does not name, and takes it back', async () => {
    expect((await upload(feedOf({ id: 'a' }, { id: 'b' }, { id: 'c' }), { to: own })).body).toMatchObject({
      gone: 1,
      kept: null,
    });
    expect([await ids('', own), await ids('?gone=true', own)]).toEqual([['a', 'b', 'c'], ['d']]);
    // `b` was sold out, `d` was in no file.
    expect([(await told('b')).backAt, (await told('c')).backAt]).toEqual([expect.any(String), null]);
    await upload(feedOf({ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }), { to: own });
    expect(await told('d')).toMatchObject({ backAt: expect.any(String), goneAt: null });
  });

  it('keeps everything where a file has less than half of it, or breaks off', async () => {
    expect((await upload(feedOf({ id: 'a' }), { to: own })).body).toMatchObject({
      accepted: 1,
      gone: 0,
      kept: 'shrunk',
    });
    const broken = feedOf({ id: 'a' }, { id: 'b' }, { id: 'c' }).replace(/<\/offers>.*$/s, '');
    expect((await upload(broken, { to: own })).body).toMatchObject({ accepted: 3, gone: 0, kept: 'cut_off' });
    expect(await ids('', own)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('knows when a price is below every price of the 30 days before', async () => {
    const priced = async (price: number) => {
      await upload(feedOf({ id: 'a', price }), { to: own, query: '?partial=true' });
      instance.travel(86_400_000);
      return (await told('a')).lowest;
    };
    // It cost 10 and 11 before.
    expect(await priced(8)).toBe(10);
    expect(await priced(12)).toBe(10);
    const { droppedAt } = await told('a');
    // Dearer, and back: no drop, as it cost 8 of late.
    await priced(9);
    expect((await told('a')).droppedAt).toBe(droppedAt);
    instance.travel(31 * 86_400_000);
    expect(await priced(8.5)).toBe(9);
  });
});
