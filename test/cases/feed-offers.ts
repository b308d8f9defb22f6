/** What feeds write, one offer each: `[what, the offer's children and attributes as XML, what comes of it]`. */

export type FeedOfferCase = [what: string, attributes: string, children: string, expected: Record<string, unknown>];

const URL = '<url>https://shop.example/p/1</url>';
const FULL = `<name>Teapot</name>${URL}<price>10</price>`;

export const FEED_OFFERS: FeedOfferCase[] = [
  [
    'the least that an offer can say',
    'id="1"',
    FULL,
    { title: 'Teapot', price: 10, available: null, stock: null, image: null },
  ],
  ['a decimal comma', 'id="1"', `<name>Teapot</name>${URL}<price>490,50</price>`, { price: 490.5 }],
  [
    'thousands and a currency in words',
    'id="1"',
    `<name>T</name>${URL}<price>1 290,50 руб.</price>`,
    { price: 1290.5 },
  ],
  [
    'the currency beside the price',
    'id="1"',
    `<name>T</name>${URL}<price>5.00 usd</price>`,
    { price: 5, currency: 'USD' },
  ],
  ['roubles by their former name', 'id="1"', `${FULL}<currencyId>RUR</currencyId>`, { currency: 'RUB' }],
  ['more digits than the currency has', 'id="1"', `<name>T</name>${URL}<price>5.0049</price>`, { price: 5 }],
  [
    'three digits where the currency has three',
    'id="1"',
    `<name>T</name>${URL}<price>5.125</price><currencyId>KWD</currencyId>`,
    { price: 5.125 },
  ],
  ['three digits where it has two', 'id="1"', `<name>T</name>${URL}<price>5.125</price>`, { reason: 'no_price' }],
  ['no price', 'id="1"', `<name>T</name>${URL}`, { reason: 'no_price' }],
  ['a price of nothing', 'id="1"', `<name>T</name>${URL}<price>0,00</price>`, { reason: 'no_price' }],
  ['a price below nothing', 'id="1"', `<name>T</name>${URL}<price>-5</price>`, { reason: 'no_price' }],
  ['no id', '', FULL, { reason: 'no_id', id: null }],
  ['no name', 'id="1"', `${URL}<price>10</price>`, { reason: 'no_title' }],
  ['no address', 'id="1"', '<name>T</name><price>10</price>', { reason: 'no_url' }],
  [
    'an address that is a script',
    'id="1"',
    '<name>T</name><url>javascript:alert(1)</url><price>10</price>',
    { reason: 'no_url' },
  ],
  [
    'an address with two schemes',
    'id="1"',
    '<name>T</name><url>https://https://shop.example/p</url><price>1</price>',
    { url: 'https://shop.example/p' },
  ],
  [
    'what advertising added to the address',
    'id="1"',
    '<name>T</name><url>https://shop.example/p?r1=a&amp;r2=&amp;size=4&amp;utm_source=x#!/route</url><price>1</price>',
    { url: 'https://shop.example/p?size=4#!/route' },
  ],
  ['an old price above', 'id="1"', `${FULL}<oldprice>12</oldprice>`, { oldPrice: 12 }],
  [
    'an old price below',
    'id="1"',
    `${FULL}<oldprice>9</oldprice>`,
    { oldPrice: null, mended: ['old_price_not_above'] },
  ],
  ['an old price of nothing', 'id="1"', `${FULL}<oldprice>0</oldprice>`, { oldPrice: null }],
  ['a picture that is none', 'id="1"', `${FULL}<picture>None</picture>`, { image: null, mended: ['bad_image'] }],
  [
    'a picture behind one that stands in',
    'id="1"',
    `${FULL}<picture>https://shop.example/no-image.png</picture><picture>https://shop.example/t.png</picture>`,
    { image: 'https://shop.example/t.png' },
  ],
  ['in stock', 'id="1" available="true"', FULL, { available: true }],
  ['sold out', 'id="1" available="false"', FULL, { available: false }],
  ['an availability left empty', 'id="1" available=""', FULL, { available: null }],
  [
    'a count where yes or no belongs',
    'id="1" available="12"',
    FULL,
    { available: true, stock: null, mended: ['bad_availability'] },
  ],
  ['a zero where yes or no belongs', 'id="1" available="0"', FULL, { available: false, mended: ['bad_availability'] }],
  ['a count', 'id="1"', `${FULL}<count>3</count>`, { available: true, stock: 3 }],
  [
    'nothing left, though "available"',
    'id="1" available="true"',
    `${FULL}<count>0</count>`,
    { available: false, stock: 0 },
  ],
  [
    'what the outlets have',
    'id="1"',
    `${FULL}<outlets><outlet id="1" instock="2"/><outlet id="2" instock="3"/></outlets>`,
    { available: true, stock: 5 },
  ],
  [
    'a vendor and a model',
    'id="1" type="vendor.model"',
    `<typePrefix>Kettle</typePrefix><vendor>Bork</vendor><model>K810</model>${URL}<price>1</price>`,
    { title: 'Kettle Bork K810', brand: 'Bork' },
  ],
  [
    'a model that begins with its vendor',
    'id="1"',
    `<vendor>Bork</vendor><model>Bork K810</model>${URL}<price>1</price>`,
    { title: 'Bork K810' },
  ],
  [
    'markup of HTML in a name',
    'id="1"',
    `<name>Tea&nbsp;&laquo;Leaf&raquo;</name>${URL}<price>1</price>`,
    { title: 'Tea\u00a0«Leaf»' },
  ],
  [
    'a bare & and < in a name',
    'id="1"',
    `<name>Salt & pepper <5 g></name>${URL}<price>1</price>`,
    { title: 'Salt & pepper <5 g>', mended: ['bad_xml'] },
  ],
  ['a bare & in CDATA', 'id="1"', `<name><![CDATA[Salt & <b>]]></name>${URL}<price>1</price>`, { title: 'Salt & <b>' }],
  ['elements in Cyrillic', 'id="1"', `${FULL}<Цвет>синий</Цвет><price>11</price>`, { price: 10, mended: ['bad_xml'] }],
  ['an attribute without quotes', 'id=1', FULL, { title: 'Teapot', mended: ['bad_xml'] }],
  [
    'an element left open',
    'id="1"',
    `${FULL}<description>Good <b>tea</description>`,
    { title: 'Teapot', mended: ['bad_xml'] },
  ],
  ['a group', 'id="1" group_id="77"', FULL, { group: '77' }],
  ['a path of categories', 'id="1"', `${FULL}<categoryId>3</categoryId>`, { categories: ['Kitchen', 'Tea', 'Pots'] }],
  ['a category that nobody declared', 'id="1"', `${FULL}<categoryId>9</categoryId>`, { categories: [] }],
  [
    'a category that is its own parent',
    'id="1"',
    `${FULL}<categoryId>4</categoryId>`,
    { categories: Array(10).fill('Ring') },
  ],
];

/** The file around offers. */
export const ymlOf = (offers: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE yml_catalog SYSTEM "shops.dtd">
<yml_catalog date="2026-11-30 10:00"><shop><name>Shop</name>
<categories><category id="1">Kitchen</category><category id="2" parentId="1">Tea</category>
<category id="3" parentId="2">Pots</category><category id="4" parentId="4">Ring</category></categories>
<offers>
${offers}
</offers></shop></yml_catalog>`;
