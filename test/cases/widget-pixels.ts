/** What pages tell pixels, before us and after, and the events that must come of it. Each page also has a product of its own. */

export type PixelCase = [name: string, before: string, after: string, events: Record<string, unknown>[]];

const FBQ = `window.fbq = function () { fbq.queue.push(arguments) }; fbq.queue = []; fbq.version = '2.0';`;
const VK = `window.VK = { Retargeting: { ProductEvent() {} }, Goal() {} };`;
const TMR = 'window._tmr = [];';

export const PIXEL_CASES: PixelCase[] = [
  [
    'Meta: what is put into the cart, by the name that it is given',
    FBQ,
    `fbq('track', 'AddToCart', { content_ids: ['T9'], content_name: 'Mug', contents: [{ id: 'T9', quantity: 2, item_price: 7.5 }], value: 15, currency: 'EUR' })`,
    [{ type: 'add_to_cart', quantity: 2, item: { id: 'T9', title: 'Mug', price: 7.5, currency: 'EUR' } }],
  ],
  [
    'Meta: the page’s own product, which the pixel knows by its id alone',
    FBQ,
    `fbq('track', 'AddToCart', { content_ids: ['A1'], content_type: 'product', value: 129, currency: 'USD' })`,
    [{ type: 'add_to_cart', quantity: 1, item: { id: 'A1', title: 'Linen throw', price: 129 } }],
  ],
  [
    'Meta: a checkout that begins, for one of several pixels',
    FBQ,
    `fbq('trackSingle', '123', 'InitiateCheckout', { content_ids: ['A1', 'B2'], value: 150, currency: 'USD', num_items: 2 })`,
    [{ type: 'begin_checkout', value: null }],
  ],
  [
    'Meta: an order, by its number or by the page that thanks for it',
    FBQ,
    `fbq('track', 'Purchase', { value: '150.00', currency: 'USD', order_id: 1001 })`,
    [{ type: 'purchase', orderId: '1001', value: 150, currency: 'USD', items: [] }],
  ],
  [
    'Meta: an order without a number',
    FBQ,
    `fbq('track', 'Purchase', { value: 150, currency: 'USD' })`,
    [{ type: 'purchase', orderId: '/p 150', value: 150, currency: 'USD' }],
  ],
  [
    'Meta: a wish and a search',
    FBQ,
    `fbq('track', 'AddToWishlist', { content_ids: ['A1'], content_name: 'Linen throw' }); fbq('track', 'Search', { search_string: 'mug' })`,
    [
      { type: 'add_to_wishlist', item: { id: 'A1', title: 'Linen throw' } },
      { type: 'search', term: 'mug' },
    ],
  ],
  [
    'Meta: what was called before its script came',
    `${FBQ} fbq('track', 'PageView'); fbq('track', 'AddToCart', { content_ids: ['A1'] });`,
    '',
    [{ type: 'add_to_cart', item: { id: 'A1', title: 'Linen throw' } }],
  ],
  ['Meta: what is of no shop', FBQ, `fbq('track', 'Lead'); fbq('trackCustom', 'AddToCart'); fbq('init', 1)`, []],
  [
    'VK: a product’s events, whose currencies are numbers',
    VK,
    `VK.Retargeting.ProductEvent(42, 'add_to_cart', { products: [{ id: 'A1', price: 129 }], currency_code: '643', total_price: 129 });
     VK.Retargeting.ProductEvent(42, 'init_checkout', { products: [{ id: 'A1' }], total_price: 129 })`,
    [{ type: 'add_to_cart', item: { id: 'A1', title: 'Linen throw', price: 129 } }, { type: 'begin_checkout' }],
  ],
  [
    'VK: a goal that names no product',
    VK,
    `VK.Goal('purchase', { value: 990 }); VK.Goal('add_to_cart')`,
    [{ type: 'purchase', value: 990, items: [] }],
  ],
  [
    'VK, when its script comes late',
    '',
    `const late = document.createElement('script'); setTimeout(() => { ${VK} }, 300);
     setTimeout(() => VK.Retargeting.ProductEvent(42, 'remove_from_cart', { products: [{ id: 'A1' }] }), 1500)`,
    [{ type: 'remove_from_cart', item: { id: 'A1', title: 'Linen throw' } }],
  ],
  [
    'Top.Mail.ru: goals, before and after another object has taken its place',
    `${TMR} _tmr.push({ type: 'pageView', id: '1' }); _tmr.push({ type: 'reachGoal', goal: 'add_to_cart', productid: 'A1', value: '129' });`,
    `const kept = _tmr; window._tmr = { push(one) { kept.push(one) } };
     setTimeout(() => _tmr.push({ type: 'itemView', pagetype: 'purchase', productid: ['A1', 'B2'], totalvalue: '300' }), 1200)`,
    [
      { type: 'add_to_cart', item: { id: 'A1', title: 'Linen throw' } },
      { type: 'purchase', value: 300 },
    ],
  ],
];

/** Views: on a page that says nothing else of its product, its heading names it. */
export const PIXEL_VIEWS: [name: string, script: string, item: Record<string, unknown> | null][] = [
  [
    'Top.Mail.ru',
    `${TMR} _tmr.push({ type: 'itemView', productid: '77', pagetype: 'product', list: '1', totalvalue: '1990' });`,
    { id: '77', title: 'Плед', price: 1990 },
  ],
  [
    'Top.Mail.ru, of a list',
    `${TMR} _tmr.push({ type: 'itemView', productid: ['7', '8'], pagetype: 'category' });`,
    null,
  ],
  [
    'VK',
    `${VK.replace('ProductEvent() {}', 'ProductEvent() {}')} setTimeout(() => VK.Retargeting.ProductEvent(42, 'view_product', { products: [{ id: '78', price: 1990 }] }), 1500)`,
    { id: '78', title: 'Плед', price: 1990 },
  ],
  [
    'Meta',
    `${FBQ} fbq('track', 'ViewContent', { content_ids: ['79'], content_name: 'Плед', value: '1990', currency: 'RUB' });`,
    { id: '79', title: 'Плед', price: 1990, currency: 'RUB' },
  ],
  ['Meta, by ids alone', `${FBQ} fbq('track', 'ViewContent', { content_ids: ['79'] });`, null],
];
