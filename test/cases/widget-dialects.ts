/** Pages in the dialects of shop platforms, written by us, and the kind and product that must come out. `TAG` is our script. */

import { expect } from 'vitest';

export type DialectCase = [name: string, html: string, kind: string, item: Record<string, unknown> | null];

const page = (body: string, head = '', attributes = ''): string =>
  `<!doctype html><html><head><title>Linen throw | Shop</title>${head}</head><body ${attributes}>${body}TAG</body></html>`;
const ld = (more: object): string =>
  `<script type="application/ld+json">${JSON.stringify({ '@type': 'Product', name: 'Linen throw', ...more })}</script>`;
const offer = (price: number): object => ({ '@type': 'Offer', price, priceCurrency: 'USD' });

const SHOPIFY = `<script>
window.Shopify = { currency: { active: 'USD' } };
window.ShopifyAnalytics = { meta: { currency: 'USD', page: { pageType: 'PAGE' }, product: { id: 7, variants: [
  { id: 71, price: 1000, name: 'Linen throw - S', public_title: 'S' },
  { id: 72, price: 1550, name: 'Linen throw - L', public_title: 'L' }] } } };
</script>`;
const shopify = (kind: string): string => SHOPIFY.replace('PAGE', kind);

export const DIALECT_CASES: DialectCase[] = [
  [
    'Shopify: the chosen variant’s price, though markup has the lowest',
    page(
      '<h1>Linen throw</h1><form action="/cart/add"><input name="id" value="72"></form>',
      shopify('product') + ld({ offers: [offer(10), offer(15.5)] }),
    ),
    'product',
    { id: '7', title: 'Linen throw', price: 15.5, currency: 'USD' },
  ],
  [
    'Shopify: a collection is none, whatever its markup says',
    page('', shopify('collection') + ld({})),
    'category',
    null,
  ],
  [
    'WooCommerce: a sale',
    page(
      `<div class="product"><div class="summary"><h1 class="product_title">Linen throw</h1><p class="price">
       <del><span class="amount">$53</span></del> <ins><span class="amount">$46</span></ins></p>
       <form class="cart"><button name="add-to-cart" value="152">Add</button></form></div></div>`,
      ld({ sku: 'T3', offers: offer(53) }),
      'class="single single-product postid-152 woocommerce"',
    ),
    'product',
    { id: '152', title: 'Linen throw', price: 46 },
  ],
  [
    'WooCommerce: a range names no price',
    page(
      `<div class="product"><div class="summary"><h1 class="product_title">Linen throw</h1><p class="price">
       <span class="amount">$10</span> – <span class="amount">$20</span></p></div></div>`,
      '',
      'class="single-product postid-9 woocommerce"',
    ),
    'product',
    { id: '9', price: null },
  ],
  [
    'OpenCart: the old price and the one without tax are no prices, and the shop’s list says what its sign means',
    page(`<header><div id="cart">$999</div><form id="form-currency"><button class="currency-select" name="GBP">£ Pound</button>
      <button class="currency-select" name="USD">$ US Dollar</button></form></header>
      <div id="content"><h1>Linen throw</h1><ul class="list-unstyled"><li><span style="text-decoration: line-through">$122.00</span></li>
      <li><h2>$98.00</h2></li><li>Ex Tax: $80.00</li></ul><div id="product"><input type="hidden" name="product_id" value="41"></div>
      <div class="product-thumb"><h4>Mug</h4><p class="price">$5.00</p><input type="hidden" name="product_id" value="8"></div></div>
      <script src="catalog/view/javascript/common.js"></script>`),
    'product',
    { id: '41', title: 'Linen throw', price: 98, currency: 'USD' },
  ],
  [
    'OpenCart: a bare sign says nothing',
    page(`<h1>Linen throw</h1><p class="price">Rs 1,298.50</p><div id="product"><input type="hidden" name="product_id" value="41"></div>
      <link href="catalog/view/theme/x.css">`),
    'product',
    { price: 1298.5, currency: null },
  ],
  [
    '1C-Bitrix: the selected offer, in the newer form',
    page(`<h1>Плед</h1><script>window.BX = {}; var obbx_1 = window.JCCatalogElement && new JCCatalogElement({'PRODUCT':{'ID':'10','NAME':'Плед \\'Лён\\''},
      'OFFERS':[{'ID':'11','ITEM_PRICES':[{'PRICE':'900','BASE_PRICE':'900','CURRENCY':'RUB'}],'CAN_BUY':true},
      {'ID':'12','ITEM_PRICES':[{'PRICE':'1100.50','BASE_PRICE':'1300','CURRENCY':'RUB'}],'CAN_BUY':false,},],'OFFER_SELECTED':'1'});</script>`),
    'product',
    { id: '10', title: "Плед 'Лён'", price: 1100.5, currency: 'RUB', available: false },
  ],
  [
    'Magento: the price box of the page’s own product',
    page(
      `<div class="product-info-main"><h1 class="page-title">Linen throw</h1><div class="price-box" data-product-id="62">
       <span data-price-amount="42" data-price-type="finalPrice"></span><span data-price-amount="47" data-price-type="oldPrice"></span></div>
       <div class="stock unavailable"></div><form id="product_addtocart_form"><input type="hidden" name="product" value="62"></form></div>
       <div data-price-amount="5" data-price-type="finalPrice" data-mage-init="{}"></div>`,
      '<meta property="product:price:currency" content="GBP">',
      'class="catalog-product-view"',
    ),
    'product',
    { id: '62', title: 'Linen throw', price: 42, currency: 'GBP', available: false },
  ],
  [
    'InSales: the JSON beside the form',
    page(
      `<script>window.InSales = {};</script><form data-product-json='${JSON.stringify({ id: 5, title: 'Linen throw', variants: [{ id: 51, price: '990.0', old_price: '1200.0' }] })}'></form>`,
    ),
    'product',
    { id: '5', title: 'Linen throw', price: 990 },
  ],
  [
    'microdata: one scope',
    page(
      `<div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">Linen throw</h1><meta itemprop="sku" content="M1">
       <div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><span itemprop="price" content="12.50">12,50</span>
       <meta itemprop="priceCurrency" content="EUR"></div></div>`,
    ),
    'product',
    { id: 'M1', title: 'Linen throw', price: 12.5, currency: 'EUR' },
  ],
  [
    'microdata: several beside each other are a list',
    page(
      '<h1>Throws</h1>' +
        ['A', 'B']
          .map((name) => `<div itemscope itemtype="http://schema.org/Product"><b itemprop="name">${name}</b></div>`)
          .join(''),
    ),
    'category',
    null,
  ],
  [
    'OpenGraph: a product, named by the page’s heading',
    page(
      '<h1>Linen throw</h1>',
      '<meta property="og:type" content="product"><meta property="og:title" content="Buy a throw cheaply"><meta property="product:price:amount" content="9.90"><meta property="product:price:currency" content="EUR">',
    ),
    'product',
    { title: 'Linen throw', price: 9.9, currency: 'EUR' },
  ],
  ['OpenGraph: an article', page('<h1>Linen</h1>', '<meta property="og:type" content="article">'), 'unknown', null],
  [
    'the shop’s own attributes before everything',
    page(
      '<main data-linger-id="X1" data-linger-title="Throw, linen" data-linger-price="11" data-linger-currency="USD"></main>',
      ld({ offers: offer(12) }),
    ),
    'product',
    { id: 'X1', title: 'Throw, linen', price: 11, currency: 'USD' },
  ],
  [
    'a data layer under the name that Yandex Metrica is told',
    page(`<script>window.shopLayer = [{ ecommerce: { currencyCode: 'RUR', detail: { products: [{ id: 'P1', name: 'Плед', price: '1 345,26' }] } } }];
      if (0) ym(1, 'init', { ecommerce: "shopLayer" });</script>`),
    'product',
    { id: 'P1', title: 'Плед', price: 1345.26, currency: 'RUB' },
  ],
  [
    'WooCommerce: the chosen variation among those of other prices, in a currency that its sign names',
    page(
      `<div class="product"><div class="summary"><h1 class="product_title">Linen throw</h1><p class="price">
       <span class="amount">15 <span class="woocommerce-Price-currencySymbol">€</span></span> – <span class="amount">20 €</span></p>
       <form class="variations_form cart" data-product_variations='[{"variation_id":1,"display_price":15},{"variation_id":2,"display_price":20,"display_regular_price":25}]'>
       <input name="product_id" value="9"><input name="variation_id" value="2"></form></div></div>`,
      ld({ offers: { '@type': 'AggregateOffer', lowPrice: 15, highPrice: 20 } }),
      'class="single-product postid-9 woocommerce"',
    ),
    'product',
    { id: '9', price: 20, was: 25, currency: 'EUR' },
  ],
  [
    'OpenCart: a category says so',
    page(
      '<div id="product-category"><h2>Throws</h2><div class="product-thumb">$9</div></div>',
      '<script src="/catalog/view/x.js"></script>',
    ),
    'category',
    null,
  ],
  [
    'Magento: a product sold out has no form, and the one beside it has',
    page(
      `<div class="product-info-main"><h1 class="page-title">Linen throw</h1><div class="price-box" data-product-id="25">
       <span data-price-type="finalPrice" data-price-amount="23">£23</span></div><div class="stock unavailable">Out</div></div>
       <form action="/checkout/cart/add/product/14/"><input type="hidden" name="product" value="14"></form>`,
      '<script type="text/x-magento-init">{}</script>',
      'class="catalog-product-view"',
    ),
    'product',
    { id: '25', title: 'Linen throw', price: 23, available: false },
  ],
  [
    'Magento: Hyvä, which has none of the platform’s usual marks',
    page(
      `<form id="product_addtocart_form"><input type="hidden" name="product" value="1"></form><h1 class="page-title">Linen throw</h1>`,
      '<script>window.hyva = {};</script>',
      'class="catalog-product-view"',
    ),
    'product',
    { id: '1', title: 'Linen throw', price: null },
  ],
  [
    'InSales: a theme that names the product in the page’s settings, and its price in markup',
    page(
      `<div class="product" itemscope itemtype="http://schema.org/Product"><h1 itemprop="name">Linen throw</h1>
       <form action="/cart_items" data-product-id="24"><input name="variant_id" value="1"></form>
       <div itemprop="offers" itemscope><meta itemprop="price" content="4290.0"><meta itemprop="priceCurrency" content="RUB"></div></div>
       <form action="/cart_items" data-product-id="25"></form>`,
      '<meta name="page-config" data-config="{&quot;product_id&quot;:24}">',
    ),
    'product',
    { id: '24', title: 'Linen throw', price: 4290, currency: 'RUB' },
  ],
  [
    'InSales: a collection',
    page('<h1>Throws</h1>', '<meta name="page-config" data-config="{&quot;collection_products_count&quot;:2}">'),
    'category',
    null,
  ],
  [
    'Tilda: a product’s page, whose snippet stands in a container of its own',
    page(
      `<div id="allrecords"><div class="t-store t-store__prod-snippet__container"><div class="js-product t-store__product-snippet" data-product-uid="55">
       <h1 class="js-product-name">Linen throw</h1><div class="js-product-price">1 490</div></div></div>
       <div class="js-product" data-product-uid="56"><div class="js-product-name">Soap</div></div></div>`,
    ),
    'product',
    { id: '55', title: 'Linen throw', price: 1490 },
  ],
  [
    'Tilda: a catalogue',
    page(
      '<div id="allrecords"><div class="t-store__card js-product">A</div><div class="t-store__card js-product">B</div></div>',
    ),
    'category',
    null,
  ],
  [
    'Ecwid: a page that the shop’s server has drawn',
    page(
      `<div class="ecwid-productBrowser ecwid-productBrowser-ProductPage-123"><div itemscope itemtype="http://schema.org/Product">
       <h1 class="product-details__product-title" itemprop="name">Linen throw</h1><div itemprop="sku">SKU 00012</div>
       <div itemprop="offers" itemscope><span itemprop="price" content="8.5">€8.50</span></div></div></div>`,
    ),
    'product',
    { id: '123', title: 'Linen throw', price: 8.5 },
  ],
  [
    'markup that lists things is a list',
    page('', '<script type="application/ld+json">{"@type":"ItemList","itemListElement":[]}</script>'),
    'category',
    null,
  ],
  [
    'a picture of a thing with a logo is no logo',
    page('<h1>Linen throw</h1>', ld({ sku: 'L', image: ['/logo.png', '/throw-with-logo-2.jpg'] })),
    'product',
    { id: 'L', image: expect.stringContaining('/throw-with-logo-2.jpg') },
  ],
];
