import { expect, test } from 'vitest';
import { kindOfAddress, strongerKind } from '../../widget/collect/page-kind.ts';
import { shareNetwork } from '../../widget/collect/share.ts';

test.each([
  ['https://shop.example/', 'other'],
  ['https://shop.example', 'other'],
  ['https://shop.example/cart', 'cart'],
  ['https://shop.example/ru/korzina/', 'cart'],
  ['https://shop.example/cart/add', 'unknown'],
  ['https://shop.example/checkout/', 'checkout'],
  ['https://shop.example/checkouts/c/123', 'checkout'],
  ['https://shop.example/checkout/order-received/12/?key=wc_order_x', 'thanks'],
  ['https://shop.example/checkout/onepage/success/', 'thanks'],
  ['https://shop.example/thank-you.html', 'thanks'],
  ['https://shop.example/personal/order/make/', 'checkout'],
  ['https://shop.example/index.php?route=checkout/cart', 'cart'],
  ['https://shop.example/index.php?route=checkout%2Fsuccess', 'thanks'],
  ['https://shop.example/products/checkout-desk', 'unknown'],
  ['https://shop.example/products/thanks-card', 'unknown'],
  ['https://shop.example/p/1', 'unknown'],
])('%s is %s', (url, kind) => {
  expect(kindOfAddress(url)).toBe(kind);
});

test('an order outweighs a checkout, a product outweighs an open cart drawer', () => {
  expect([
    strongerKind('checkout', 'thanks'),
    strongerKind('product', 'cart'),
    strongerKind('unknown', 'category'),
  ]).toEqual(['thanks', 'product', 'category']);
});

test.each([
  ['https://www.facebook.com/sharer/sharer.php?u=x', 'facebook'],
  ['https://x.com/intent/post?text=x', 'x'],
  ['https://vk.com/share.php?url=x', 'vk'],
  ['https://t.me/share/url?url=x', 'telegram'],
  ['https://api.whatsapp.com/send?text=x', 'whatsapp'],
  ['https://connect.ok.ru/offer?url=x', 'ok'],
  ['https://www.pinterest.co.uk/pin/create/button/?url=x', 'pinterest'],
  ['https://t.me/shopchannel', null],
  ['https://vk.com/shop', null],
  ['https://netflix.com/share', null],
  ['', null],
])('a click on %s shares to %s', (href, network) => {
  expect(shareNetwork(href)).toBe(network);
});
