/** Entries of `dataLayer`, and the readings that must come out of each, in short. */

export type DataLayerCase = [name: string, entry: unknown, expected: object[]];

const item = {
  item_id: 'A',
  item_name: 'Tee',
  price: 10.01,
  quantity: 3,
  item_category: 'Apparel',
  item_category2: 'Tees',
  coupon: 'ITEM',
};
const line = { id: 'A', title: 'Tee', price: 10.01, currency: 'USD', quantity: 3, category: 'Apparel/Tees' };
const ecommerce = { currency: 'USD', value: '30.03', items: [item] };

/** What `gtag()` pushes: its own Arguments. */
const args = (..._values: unknown[]): unknown => {
  const collect = function () {
    // biome-ignore lint/complexity/noArguments: exactly this object is what has to be read.
    return arguments;
  } as (...values: unknown[]) => unknown;
  return collect(..._values);
};

export const DATA_LAYER_CASES: DataLayerCase[] = [
  [
    'a view',
    { event: 'view_item', ecommerce },
    [{ kind: 'view', reading: { id: 'A', title: 'Tee', price: 10.01, currency: 'USD' } }],
  ],
  ['a view by gtag', args('event', 'view_item', ecommerce), [{ kind: 'view', reading: { id: 'A' } }]],
  ['a flat view', { event: 'view_item', ...ecommerce }, [{ kind: 'view', reading: { id: 'A' } }]],
  [
    'a discount names the regular price',
    { event: 'view_item', ecommerce: { items: [{ ...item, discount: 2.22 }] } },
    [{ kind: 'view', reading: { regular: 12.23 } }],
  ],
  ['a view of several is a list', { event: 'view_item', ecommerce: { items: [item, item] } }, []],
  ['a list', { event: 'view_item_list', ecommerce }, [{ kind: 'list' }]],
  ['a click in a list', { event: 'select_item', ecommerce }, []],
  ['into the cart', { event: 'add_to_cart', ecommerce }, [{ kind: 'add', quantity: 3, reading: { id: 'A' } }]],
  [
    'into the cart, no quantity',
    { event: 'add_to_cart', ecommerce: { items: [{ item_id: 'A' }] } },
    [{ kind: 'add', quantity: 1 }],
  ],
  ['out of the cart', { event: 'remove_from_cart', ecommerce }, [{ kind: 'remove', quantity: 3 }]],
  [
    'out of the cart, the whole line',
    { event: 'remove_from_cart', ecommerce: { items: [{ item_id: 'A' }] } },
    [{ kind: 'remove', quantity: 10_000 }],
  ],
  [
    'the cart',
    { event: 'view_cart', ecommerce },
    [{ kind: 'cart', cart: { items: [line], value: 30.03, currency: 'USD', codes: ['ITEM'] } }],
  ],
  ['an empty cart', { event: 'view_cart', ecommerce: { items: [] } }, [{ kind: 'cart', cart: { items: [] } }]],
  ['a cart without items', { event: 'view_cart', ecommerce: {} }, []],
  [
    'a checkout',
    { event: 'begin_checkout', ecommerce: { ...ecommerce, coupon: 'ORDER' } },
    [{ kind: 'checkout', cart: { codes: ['ORDER', 'ITEM'] } }],
  ],
  ['a later step of it', args('event', 'add_payment_info', {}), [{ kind: 'checkout', cart: null }]],
  ['a wish', { event: 'add_to_wishlist', ecommerce }, [{ kind: 'wish', reading: { id: 'A' } }]],
  [
    'an order',
    { event: 'purchase', ecommerce: { ...ecommerce, transaction_id: 12345, value: 0, coupon: '' } },
    [{ kind: 'purchase', orderId: '12345', cart: { value: 0, codes: ['ITEM'] } }],
  ],
  ['an order without a number', { event: 'purchase', ecommerce }, []],
  ['a search', args('event', 'search', { search_term: ' linen  throw ' }), [{ kind: 'search', term: 'linen throw' }]],
  [
    'a detail of Universal Analytics and Yandex Metrica',
    {
      ecommerce: {
        currencyCode: 'RUB',
        detail: { products: [{ id: 7, name: 'Tee', price: '1 345,26', category: 'A/B' }] },
      },
    },
    [{ kind: 'view', reading: { id: '7', title: 'Tee', price: 1345.26, currency: 'RUB', category: 'A/B' } }],
  ],
  [
    'an event name beats the key it comes with',
    { event: 'addToCart', ecommerce: { detail: { products: [{ id: 'A', quantity: 2 }] } } },
    [{ kind: 'add', quantity: 2 }],
  ],
  [
    'products under a key of the shop’s own',
    { event: 'removeFromCart', removeFromCartData: { products: [{ id: 'A' }] } },
    [{ kind: 'remove', quantity: 10_000, reading: { id: 'A' } }],
  ],
  [
    'an order without its sum is worth its lines',
    {
      ecommerce: {
        purchase: { actionField: { id: 5, coupon: '' }, products: [{ id: 'A', price: 10.1, quantity: 3 }] },
      },
    },
    [{ kind: 'purchase', orderId: '5', cart: { value: 30.3, codes: [] } }],
  ],
  [
    'an order with a line without a price is worth nobody knows what',
    { ecommerce: { purchase: { actionField: { id: 5 }, products: [{ id: 'A' }] } } },
    [{ kind: 'purchase', cart: { value: null } }],
  ],
  ['impressions are a list', { ecommerce: { impressions: [{ id: 'A' }] } }, [{ kind: 'list' }]],
  ['the reset before a push', { ecommerce: null }, []],
  ['a tag manager event', { event: 'gtm.js', 'gtm.start': 1 }, []],
  ['gtag configuration', args('config', 'G-1', {}), []],
  [
    'junk in the items',
    { event: 'add_to_cart', ecommerce: { items: [null, 5, 'x', {}] } },
    [{ kind: 'add', reading: { id: null, title: null } }],
  ],
  ['a text', 'view_item', []],
  ['null', null, []],
  [
    'under a key of the shop’s own',
    { event: 'eec.detail', data: { ecommerce: { detail: { products: [{ id: 'A', name: 'Tee', price: 7 }] } } } },
    [{ kind: 'view', reading: { id: 'A', title: 'Tee', price: 7 } }],
  ],
];
