/** The letters' English: what all of them share, and the families they come from. */

import { address } from './en/address.ts';
import { afterSale } from './en/after-sale.ts';
import { browse } from './en/browse.ts';
import { cart } from './en/cart.ts';
import { dates } from './en/dates.ts';
import { leaving } from './en/leaving.ts';
import { news } from './en/news.ts';
import { nps } from './en/nps.ts';
import { orders } from './en/orders.ts';
import { referral } from './en/referral.ts';
import { welcome } from './en/welcome.ts';
import { winBack } from './en/win-back.ts';
import type { Words } from './words.ts';

export const en: Words = {
  letters: {
    ...leaving,
    ...address,
    ...welcome,
    ...cart,
    ...browse,
    ...orders,
    ...afterSale,
    ...nps,
    ...winBack,
    ...dates,
    ...news,
    ...referral,
  },
  greeting: (name, style) => (name ? `${style === 'formal' ? 'Dear' : 'Hi'} ${name},` : 'Hello,'),
  benefit: ({ kind, amount }) =>
    ({
      percent: `${amount} off`,
      fixed: `${amount} off`,
      shipping: 'Free shipping',
      gift: amount ? `Gift: ${amount}` : 'A gift with your order',
      none: '',
    })[kind],
  yourCode: 'Your code',
  moment: (date, time, zone) => `${date}, ${`${time} (${zone})`.replaceAll(' ', '\u00a0')}`,
  validUntil: (moment) => `Valid until ${moment}`,
  minOrder: (amount) => `on orders from ${amount}`,
  target: { items: 'On the items in this letter', cart: 'On what was in your cart' },
  except: (categories, reduced) => `Not for ${[...categories, ...(reduced ? ['reduced items'] : [])].join(', ')}`,
  tier: (amount, from) => `${amount ? `${amount} off` : 'Free shipping'} on orders from ${from}`,
  items: ({ priced }) => (priced ? 'Your prices with the code' : 'What you were looking at'),
  pricesFrom: (minOrder) => `Reduced prices apply to orders from ${minOrder}.`,
  insteadOf: (price) => `instead of ${price}`,
  why: ({ shop, kind }) =>
    kind === 'none'
      ? `You are receiving this because you asked ${shop} to save what you were looking at.`
      : `You are receiving this because you asked ${shop} to send you this offer.`,
  unsubscribe: 'Unsubscribe',
  preferences: 'Choose what we write',
  scale: { least: 'Not at all likely', most: 'Very likely' },
  stars: { least: 'Poor', most: 'Excellent', label: (stars) => `${stars} of 5` },
  quantity: (count) => `× ${count}`,
  stockLeft: (count) => `Only ${count} left`,
  rating: (average, count) => `★ ${average} · ${count} review${count === 1 ? '' : 's'}`,
  recommended: (reason, category) =>
    ({
      'bought-together': 'Often bought together',
      'viewed-together': 'Others looked at these, too',
      popular: category ? `Popular in ${category}` : 'Popular now',
      new: category ? `New in ${category}` : 'New in the shop',
      gift: category ? `Presents from ${category}` : 'Ideas for presents',
    })[reason],
  order: {
    number: (number) => (number ? `Order ${number}` : 'Your order'),
    total: 'Total',
    due: 'Due',
    refunded: 'Refunded',
    payBefore: 'Pay before',
    delivery: 'Delivery',
    delayed: 'New delivery date',
    tracking: 'Tracking number',
  },
  reviews: 'What buyers say',
  facts: { delivery: 'Delivery', returns: 'Returns', choosing: 'How to choose', replyTo: 'Questions? Write to us' },
  reasons: {
    price: 'Too expensive',
    bought_elsewhere: 'I bought it somewhere else',
    not_needed: 'I need nothing right now',
    delivery: 'Delivery did not suit me',
    quality: 'I was not happy with the quality',
    too_often: 'Too many letters',
  },
  referral: 'Your link for a friend',
  subscribe: 'Hear of new things and offers by e-mail',
  typeset: (text) => text.replace(/(\d) (?=\p{L})/gu, '$1\u00a0'),
};
