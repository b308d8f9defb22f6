/** Shops whose cart changes while the page lives: what stands in the page, what happens to it, and the events that must come of that. */

export type CartCase = [name: string, html: string, acts: string[], events: Record<string, unknown>[]];

const page = (body: string, head = '', attributes = ''): string =>
  `<!doctype html><html><head><title>Linen throw | Shop</title>${head}</head><body ${attributes}>${body}TAG</body></html>`;
const PRODUCT = `<script type="application/ld+json">${JSON.stringify({
  '@type': 'Product',
  name: 'Linen throw',
  sku: 'A1',
  offers: { price: 129, priceCurrency: 'USD' },
})}</script><h1>Linen throw</h1>`;

const TILDA = `<script>
window.tcart = { currency_iso: 'RUB', products: [], prodamount: 0 };
window.tcart__addProduct = (one) => { tcart.products.push(one); tcart.prodamount += one.amount };
window.tcart__updateTotalProductsinCartObj = () => {};
</script>`;

const ECWID = `<script>
const heard = { OnCartChanged: [], OnPageLoaded: [] };
const event = (name) => ({ add: (act) => heard[name].push(act) });
window.Ecwid = { OnCartChanged: event('OnCartChanged'), OnPageLoaded: event('OnPageLoaded'),
  Cart: { get: (done) => done({ items: [] }) } };
window.fire = (name, data) => heard[name].forEach((act) => act(data));
</script>`;

const MAGENTO = `<script>
window.store = (items) => localStorage.setItem('mage-cache-storage', JSON.stringify({ cart: { items, summary_count: items.length, subtotalAmount: 42 } }));
store([]);
</script><div data-mage-init="{}"></div>`;

const BITRIX = `<script>const acts = [];
window.BX = { addCustomEvent: (name, act) => acts.push(act), Sale: { BasketComponent: { result: { GRID: { ROWS: {} }, CURRENCY: 'RUB' } } } };
window.change = (rows) => { BX.Sale.BasketComponent.result.GRID.ROWS = rows; acts.forEach((act) => act()) };</script>`;

const INSALES = `<script>const bus = {};
window.InSales = {}; window.EventBus = { subscribe: (name, act) => { bus[name] = act } };
window.publish = (name, data) => bus[name + ':insales:cart'](data);</script>`;

const line = (quantity: number): string =>
  `{ product_id: 5, title: 'Linen throw', quantity: ${quantity}, sale_price: 990, full_sale_price: 1200, url: '/p' }`;

export const CART_CASES: CartCase[] = [
  [
    'Tilda: what is added, and the cart after it',
    page(
      `${TILDA}<div class="js-store-product_single js-product" data-product-uid="77"><div class="js-store-prod-name">Плед</div><div class="js-store-prod-price-val">1 990</div></div>`,
    ),
    ["tcart__addProduct({ uid: '77', name: 'Плед', price: 1990, amount: 1990, quantity: 1, img: '/a.svg' })"],
    [
      { type: 'view_item', item: { id: '77', title: 'Плед', price: 1990, currency: 'RUB' } },
      { type: 'add_to_cart', quantity: 1, item: { id: '77', title: 'Плед', price: 1990 } },
      { type: 'cart', value: 1990, items: [{ id: '77', quantity: 1 }] },
    ],
  ],
  [
    'Ecwid: a product that is opened, and a cart that grows and shrinks',
    page(ECWID),
    [
      "fire('OnPageLoaded', { type: 'PRODUCT', productId: 9, name: 'Mug' })",
      "fire('OnCartChanged', { items: [{ quantity: 3, product: { id: 9, name: 'Mug', price: 5, url: '/mug' } }], cost: 15 })",
      "fire('OnCartChanged', { items: [{ quantity: 1, product: { id: 9, name: 'Mug', price: 5, url: '/mug' } }], cost: 5, couponName: 'TEN' })",
    ],
    [
      { type: 'view_item', item: { id: '9', title: 'Mug' } },
      { type: 'add_to_cart', quantity: 3, item: { id: '9' } },
      { type: 'cart', value: 15 },
      { type: 'remove_from_cart', quantity: 2, item: { id: '9' } },
      { type: 'cart', value: 5, codes: ['TEN'], items: [{ id: '9', quantity: 1, price: 5 }] },
    ],
  ],
  [
    'Magento: the cart in its storage, once its sections have been read',
    page(MAGENTO, '', 'class="cms-page-view"'),
    [
      `store([{ product_id: '62', product_name: 'Linen throw', qty: 2, product_price_value: 21, product_url: location.origin + '/p', product_image: { src: '/a.svg' } }]);
       fetch('/customer/section/load/?sections=cart')`,
    ],
    [
      { type: 'add_to_cart', quantity: 2, item: { id: '62', title: 'Linen throw', price: 21 } },
      { type: 'cart', value: 42, items: [{ id: '62', quantity: 2, price: 21 }] },
    ],
  ],
  [
    '1C-Bitrix: rows of its basket',
    page(BITRIX),
    [
      "change({ 1: { PRODUCT_ID: '12', NAME: 'Плед', PRICE: 900, CURRENCY: 'RUB', QUANTITY: 1, DETAIL_PAGE_URL: '/p' }, 2: { PRODUCT_ID: '13', NAME: 'Put by', PRICE: 5, QUANTITY: 1, DELAY: 'Y' } })",
      'change({})',
    ],
    [
      { type: 'cart', items: [] },
      { type: 'add_to_cart', quantity: 1, item: { id: '12', title: 'Плед', price: 900, currency: 'RUB' } },
      { type: 'cart', items: [{ id: '12' }] },
      { type: 'remove_from_cart', quantity: 1, item: { id: '12' } },
      { type: 'cart', items: [] },
    ],
  ],
  [
    'InSales: the first snapshot tells a cart and no adding',
    page(INSALES),
    [
      `publish('update_items', { order_lines: [${line(1)}], total_price: 990 })`,
      `publish('add_items', { order_lines: [${line(3)}], total_price: 2970 })`,
    ],
    [
      { type: 'cart', value: 990, items: [{ id: '5', quantity: 1, price: 990 }] },
      { type: 'add_to_cart', quantity: 2, item: { id: '5', title: 'Linen throw' } },
      { type: 'cart', value: 2970 },
    ],
  ],
  [
    'a page without a dialect: fetch puts its own product into the cart',
    page(PRODUCT),
    ["fetch('/api/cart/add', { method: 'POST', body: JSON.stringify({ id: 'A1', quantity: 2 }) })"],
    [
      { type: 'view_item', item: { id: 'A1' } },
      { type: 'add_to_cart', quantity: 2, item: { id: 'A1', title: 'Linen throw', price: 129 } },
    ],
  ],
  [
    'a page without a dialect: so does XMLHttpRequest, with a form; another product is not its own',
    page(PRODUCT),
    [
      `const send = (body) => { const request = new XMLHttpRequest(); request.open('POST', '/ajax/?action=add2basket'); request.send(body) };
       send(new URLSearchParams({ id: 'OTHER' }).toString()); send(new URLSearchParams({ id: 'A1', qty: '3' }).toString())`,
    ],
    [
      { type: 'view_item', item: { id: 'A1' } },
      { type: 'add_to_cart', quantity: 3, item: { id: 'A1' } },
    ],
  ],
  [
    'a page without a dialect: requests that failed put nothing in',
    page(PRODUCT),
    ["fetch('/missing/cart/add', { method: 'POST', body: 'id=A1' })"],
    [{ type: 'view_item', item: { id: 'A1' } }],
  ],
  [
    'the shop’s own attribute: its cart as JSON, and what changes in it',
    page(
      `<div id="cart" data-linger-cart='{"currency":"USD","value":5,"codes":["TEN"],"items":[{"id":"M","title":"Mug","price":5,"quantity":1}]}'></div>`,
    ),
    [
      `document.querySelector('#cart').setAttribute('data-linger-cart', JSON.stringify({ currency: 'USD', value: 15, items: [{ id: 'M', title: 'Mug', price: 5, quantity: 3 }] }))`,
    ],
    [
      { type: 'cart', value: 5, currency: 'USD', codes: ['TEN'], items: [{ id: 'M', quantity: 1 }] },
      { type: 'add_to_cart', quantity: 2, item: { id: 'M', title: 'Mug', price: 5 } },
      { type: 'cart', value: 15, codes: [] },
    ],
  ],
  [
    'the shop’s own attributes: a cart’s lines, which are not the page’s product',
    page(`<ul data-linger-cart data-linger-currency="EUR" data-linger-value="25" data-linger-codes="A B">
      <li data-linger-id="M" data-linger-title="Mug" data-linger-price="5" data-linger-quantity="2"></li>
      <li data-linger-id="B" data-linger-title="Bowl" data-linger-price="15"></li></ul>`),
    ["document.querySelector('[data-linger-id=B]').remove()"],
    [
      {
        type: 'cart',
        value: 25,
        currency: 'EUR',
        codes: ['A', 'B'],
        items: [
          { id: 'M', quantity: 2, price: 5, currency: 'EUR' },
          { id: 'B', quantity: 1, price: 15 },
        ],
      },
      { type: 'remove_from_cart', quantity: 1, item: { id: 'B', title: 'Bowl' } },
      { type: 'cart', items: [{ id: 'M' }] },
    ],
  ],
];
