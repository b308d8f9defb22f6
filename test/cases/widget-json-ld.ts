/** JSON-LD as shops write it, and the product that must come out; null where the page is about none. The page is /p/1. */

export type JsonLdCase = [name: string, blocks: (string | object)[], expected: Record<string, unknown> | null];

const offer = { '@type': 'Offer', price: '10', priceCurrency: 'USD' };

export const JSON_LD_CASES: JsonLdCase[] = [
  [
    'a plain product',
    [
      {
        '@type': 'Product',
        name: 'Strap',
        sku: 'S1',
        image: '/s.jpg',
        offers: { ...offer, availability: 'https://schema.org/InStock' },
      },
    ],
    { id: 'S1', title: 'Strap', price: 10, currency: 'USD', image: 'https://shop.example/s.jpg', available: true },
  ],
  [
    'in an array',
    [[{ '@type': 'Organization' }, { '@type': 'Product', name: 'Strap', offers: offer }]],
    { title: 'Strap', price: 10 },
  ],
  [
    'in a graph',
    [{ '@graph': [{ '@type': 'BreadcrumbList' }, { '@type': 'Product', name: 'Strap' }] }],
    { title: 'Strap' },
  ],
  [
    'as the main entity of a page',
    [{ '@type': 'WebPage', mainEntity: { '@type': 'Product', name: 'Strap' } }],
    { title: 'Strap' },
  ],
  ['with a type given as an address', [{ '@type': 'http://schema.org/Product', name: 'Strap' }], { title: 'Strap' }],
  ['with several types', [{ '@type': ['Product', 'Vehicle'], name: 'Strap' }], { title: 'Strap' }],
  ['productID goes before sku', [{ '@type': 'Product', name: 'A', productID: 'P', sku: 'S' }], { id: 'P' }],
  ['an id that is a number', [{ '@type': 'Product', name: 'A', sku: 152 }], { id: '152' }],
  ['no id at all', [{ '@type': 'Product', name: 'A' }], { id: null }],
  [
    'images in a list',
    [{ '@type': 'Product', name: 'A', image: ['https://x.example/1.jpg', '/2.jpg'] }],
    { image: 'https://x.example/1.jpg' },
  ],
  [
    'an ImageObject',
    [{ '@type': 'Product', name: 'A', image: { '@type': 'ImageObject', url: '/1.jpg' } }],
    { image: 'https://shop.example/1.jpg' },
  ],
  [
    'a placeholder before the picture',
    [{ '@type': 'Product', name: 'A', image: ['/no-image.png', '/1.jpg'] }],
    { image: 'https://shop.example/1.jpg' },
  ],
  ['only a placeholder', [{ '@type': 'Product', name: 'A', image: 'data:image/gif;base64,R0' }], { image: null }],
  [
    'the lowest of several offers',
    [{ '@type': 'Product', name: 'A', offers: [{ ...offer, price: 12 }, offer] }],
    { price: 10 },
  ],
  [
    'an aggregate without offers',
    [
      {
        '@type': 'Product',
        name: 'A',
        offers: { '@type': 'AggregateOffer', lowPrice: '5490', highPrice: '11387', priceCurrency: 'RUB' },
      },
    ],
    { price: 5490, currency: 'RUB' },
  ],
  [
    'an aggregate with offers',
    [
      {
        '@type': 'Product',
        name: 'A',
        offers: { '@type': 'AggregateOffer', lowPrice: '1', offers: [{ ...offer, price: '7.50' }] },
      },
    ],
    { price: 7.5 },
  ],
  [
    'a price specification',
    [{ '@type': 'Product', name: 'A', offers: { priceSpecification: [{ price: '46', priceCurrency: 'USD' }] } }],
    { price: 46, currency: 'USD' },
  ],
  [
    'a list price beside the price',
    [
      {
        '@type': 'Product',
        name: 'A',
        offers: { ...offer, priceSpecification: { priceType: 'https://schema.org/ListPrice', price: '15' } },
      },
    ],
    { price: 10, regular: 15 },
  ],
  [
    'a price that is an object',
    [{ '@type': 'Product', name: 'A', offers: { price: {}, priceCurrency: 'USD' } }],
    { price: null },
  ],
  ['a price of zero', [{ '@type': 'Product', name: 'A', offers: { ...offer, price: 0 } }], { price: null }],
  [
    'roubles by their old code',
    [{ '@type': 'Product', name: 'A', offers: { ...offer, priceCurrency: 'RUR' } }],
    { currency: 'RUB' },
  ],
  [
    'a bare currency sign',
    [{ '@type': 'Product', name: 'A', offers: { ...offer, priceCurrency: '$' } }],
    { currency: null },
  ],
  [
    'out of stock',
    [{ '@type': 'Product', name: 'A', offers: { ...offer, availability: 'http://schema.org/OutOfStock' } }],
    { available: false },
  ],
  [
    'one variant of two in stock',
    [
      {
        '@type': 'Product',
        name: 'A',
        offers: [
          { ...offer, availability: 'OutOfStock' },
          { ...offer, availability: 'InStock' },
        ],
      },
    ],
    { available: true },
  ],
  [
    'an empty availability',
    [{ '@type': 'Product', name: 'A', offers: { ...offer, availability: '' } }],
    { available: null },
  ],
  [
    'a group with variants',
    [
      {
        '@type': 'ProductGroup',
        name: 'A',
        productGroupID: 'G',
        hasVariant: [{ '@type': 'Product', name: 'A red', offers: offer }],
      },
    ],
    { id: 'G', title: 'A', price: 10 },
  ],
  ['entities in the name', [{ '@type': 'Product', name: 'Men&#39;s  T&amp;C\n shirt' }], { title: "Men's T&C shirt" }],
  ['a trailing comma', ['{"@type":"Product","name":"A",}'], { title: 'A' }],
  ['a comment around it', ['<!-- {"@type":"Product","name":"A"} -->'], { title: 'A' }],
  ['a line break inside a text', ['{"@type":"Product","name":"A\nB"}'], { title: 'A B' }],
  ['a broken block before a whole one', ['{"@type":', { '@type': 'Product', name: 'A' }], { title: 'A' }],
  [
    'the same product twice, each with a part',
    [
      { '@type': 'Product', name: 'A', offers: offer },
      { '@type': 'Product', name: 'a', image: '/1.jpg', sku: 'S' },
    ],
    { id: 'S', price: 10, image: 'https://shop.example/1.jpg' },
  ],
  [
    'several products, one of which is at this address',
    [
      [
        { '@type': 'Product', name: 'B', url: '/p/2' },
        { '@type': 'Product', name: 'A', url: 'http://www.shop.example/p/1/' },
      ],
    ],
    { title: 'A' },
  ],
  [
    'several products of a list page',
    [
      [
        { '@type': 'Product', name: 'A' },
        { '@type': 'Product', name: 'B' },
      ],
    ],
    null,
  ],
  ['a list of products', [{ '@type': 'ItemList', itemListElement: [{ '@type': 'Product', name: 'A' }] }], null],
  ['related products only', [{ '@type': 'WebPage', isRelatedTo: { '@type': 'Product', name: 'A' } }], null],
  ['null, a number, a text', [JSON.stringify(null), '5', '"Product"'], null],
  ['nothing', [], null],
  [
    'with a comment before it, inside CDATA, and a semicolon after it',
    ['//<![CDATA[\n<!-- made by a plugin -->\n{"@type":"Product","name":"Strap","sku":"042",};\n//]]>'],
    { id: '042' },
  ],
  [
    'a price from so much on, in its specification',
    [{ '@type': 'Product', name: 'A', offers: { priceSpecification: { minPrice: '250', priceCurrency: 'NOK' } } }],
    { price: 250, currency: 'NOK' },
  ],
];
