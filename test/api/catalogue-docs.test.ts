import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feedReportAnswer } from '../../api/schemas/feed.ts';
import { ymlOf } from '../cases/feed-offers.ts';
import { readDoc } from '../support/docs.ts';
import { type Instance, startInstance } from '../support/shop.ts';

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.close());

/** A field's name in the page's table, with a value that it may have. */
const VALUES: Record<string, string> = {
  'g:title': 'Lamp',
  title: 'Lamp',
  name: 'Lamp',
  link: 'https://shop.example/lamp',
  url: 'https://shop.example/lamp',
  'g:link': 'https://shop.example/lamp',
  'g:price': '10.00 EUR',
  'g:sale_price': '8.00 EUR',
  price: '8',
  sale_price: '8',
  oldprice: '10',
  old_price: '10',
  'g:availability': 'in_stock',
  availability: 'in_stock',
  available: 'true',
  stock: '4',
  quantity: '4',
  count: '4',
  picture: 'https://shop.example/lamp.jpg',
  'g:image_link': 'https://shop.example/lamp.jpg',
  image_link: 'https://shop.example/lamp.jpg',
  'g:product_type': 'Home > Lamps',
  category: 'Home > Lamps',
  categoryId: '3',
  'g:item_group_id': '77',
  group_id: '77',
};

const known = (names: readonly string[]) => names.filter((name) => name in VALUES);

const FILES: ((names: readonly string[]) => string)[] = [
  (names) =>
    ymlOf(
      `<offer id="1" group_id="77">${known(names)
        .map((name) => `<${name}>${VALUES[name]}</${name}>`)
        .join('')}</offer>`,
    ),
  (names) =>
    `<rss><channel><item><g:id>1</g:id>${known(names)
      .map((name) => `<${name}>${VALUES[name]}</${name}>`)
      .join('')}</item></channel></rss>`,
  (names) =>
    `id\t${known(names).join('\t')}\n1\t${known(names)
      .map((name) => VALUES[name])
      .join('\t')}\n`,
];

describe.each(['catalogue.md', 'catalogue.ru.md'])('what docs/%s shows', (name) => {
  const text = readDoc(name);

  it('is a feed to be fetched', async () => {
    const shop = await instance.openShop();
    const [, path = '', json = ''] = /curl -X POST "\$LINGER([^"]+)"[^']*'[^']*'[^']*-d '(.*?)'/s.exec(text) ?? [];
    const { status, body } = await shop.call('POST', path, JSON.parse(json));
    expect([status, body.every, body.enabled]).toEqual([201, '6h', true]);
  });

  it('is an upload, and an answer like it', async () => {
    const shop = await instance.openShop();
    const [, path = ''] = /curl -X POST "\$LINGER([^"]+)"[^\n]* --data-binary/.exec(text) ?? [];
    expect((await shop.call('POST', path, ymlOf(''))).status).toBe(200);
    const [, json = ''] = /```json\n(\{\n {2}"format".*?)```/s.exec(text) ?? [];
    expect(feedReportAnswer.strict().safeParse(JSON.parse(json)).error?.issues).toBeUndefined();
    const [, part = ''] = /`POST ([^`]+partial[^`]+)`/.exec(text) ?? [];
    expect((await shop.call('POST', part, ymlOf(''))).body.kept).toBe('partial');
    const [, list = ''] = /`GET (\/v1\/products[^`]+)`/.exec(text) ?? [];
    expect((await shop.call('GET', encodeURI(list))).status).toBe(200);
  });

  it.each([0, 1, 2])('is a table whose names are read (%i)', async (column) => {
    const shop = await instance.openShop();
    const names = [...text.matchAll(/^\| (.*) \|$/gm)]
      .map(([, row = '']) => row.split(' | ').slice(1)[column] ?? '')
      .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, one = '']) => one));
    const { body } = await shop.call('POST', '/v1/feeds/import', FILES[column]?.(names));
    expect(body).toMatchObject({ accepted: 1, rejected: [] });
    expect((await shop.call('GET', '/v1/products')).body.data).toMatchObject([
      {
        id: '1',
        title: 'Lamp',
        price: 8,
        oldPrice: 10,
        url: 'https://shop.example/lamp',
        image: 'https://shop.example/lamp.jpg',
        available: true,
        group: '77',
        categories: expect.arrayContaining([expect.any(String)]),
      },
    ]);
  });
});
