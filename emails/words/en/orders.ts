/** How an order stands: what happened, what comes next, and nothing to sell. */

import type { LetterWords, Told } from '../words.ts';

const why = ({ shop }: Told): string => `You are receiving this because you placed an order at ${shop}.`;

/** "order 1042", or "your order" where the number is not known. */
const named = ({ order }: Told): string => (order?.number ? `order ${order.number}` : 'your order');
const titled = (told: Told, state: string): string =>
  `${told.order?.number ? `Order ${told.order.number}` : 'Your order'} ${state}`;

const arrival = ({ order }: Told): string => (order?.delivery ? ` Delivery is planned for ${order.delivery}.` : '');

const placed: LetterWords = {
  subject: (told) => titled(told, 'has reached us'),
  preheader: ({ shop }) => `Thank you for ordering at ${shop}.`,
  headline: 'Thank you, we have your order',
  body: (told) =>
    `We have received ${named(told)} and are getting it ready.${arrival(told)}${told.order ? ' Please check that everything is right.' : ''}`,
  why,
};

const awaitingPayment: LetterWords = {
  subject: (told) => titled(told, 'is waiting for payment'),
  preheader: ({ order }) => (order?.payDay ? `We keep it until ${order.payDay}.` : 'One step is left.'),
  headline: 'One step is left: payment',
  body: (told) => {
    const { order } = told;
    const sum = order?.due
      ? `${order.due} is due for ${named(told)}.`
      : `The payment for ${named(told)} has not arrived yet.`;
    return order?.payDay
      ? `${sum} We keep it for you until ${order.payDay}. If nothing arrives by then, the order is cancelled and nothing is charged.`
      : `${sum} As soon as it arrives, we go on.`;
  },
  button: ({ order }) => (order?.due ? `Pay ${order.due}` : 'Pay now'),
  after: 'If you have already paid, please ignore this letter: payments can take a day to reach us.',
  why,
};

const paid: LetterWords = {
  subject: (told) => titled(told, 'is paid'),
  preheader: 'Thank you. The rest is up to us.',
  headline: 'Your payment has arrived',
  body: (told) => `Thank you, ${named(told)} is paid and goes to packing.${arrival(told)}`,
  why,
};

const shipped: LetterWords = {
  subject: (told) => titled(told, 'is on its way'),
  preheader: ({ order }) => (order?.delivery ? `Planned delivery: ${order.delivery}.` : 'Your parcel has left us.'),
  headline: 'Your parcel is on its way',
  body: (told) => `We have handed ${named(told)} to the carrier.${arrival(told)}`,
  button: 'Track the parcel',
  why,
};

const delayed: LetterWords = {
  subject: (told) => titled(told, 'will arrive later'),
  preheader: ({ order }) =>
    order?.delayedDay ? `The new date is ${order.delayedDay}.` : 'We are sorry about the wait.',
  headline: 'We are running late, and we are sorry',
  body: (told) =>
    told.order?.delayedDay
      ? `We could not keep the date we gave you for ${named(told)}. The new one is ${told.order.delayedDay}.`
      : `We could not keep the date we gave you for ${named(told)}. We will write as soon as we know the new one.`,
  button: 'Track the parcel',
  after: ({ order }) =>
    order?.delayedDay
      ? 'If the new date does not suit you, tell us, and we will find another way.'
      : 'If you cannot wait, tell us, and we will find another way.',
  why,
};

const delivered: LetterWords = {
  subject: (told) => titled(told, 'has arrived'),
  preheader: 'We hope that everything is as it should be.',
  headline: 'Your order has arrived',
  body: (told) =>
    `The carrier tells us that ${named(told)} was delivered. If anything is missing or damaged, tell us and we will put it right.`,
  why,
};

const cancelled: LetterWords = {
  subject: (told) => titled(told, 'is cancelled'),
  preheader: 'Nothing more is charged.',
  headline: 'Your order is cancelled',
  body: (told) =>
    `We have cancelled ${named(told)}. Nothing more is charged. If you had already paid, the money goes back the way it came.`,
  after: 'If this was a mistake, tell us, and we will place the order again.',
  why,
};

const refunded: LetterWords = {
  subject: (told) => (told.order?.number ? `Your refund for order ${told.order.number}` : 'Your refund'),
  preheader: 'The money is on its way back to you.',
  headline: 'Your refund is on its way',
  body: (told) =>
    `We have refunded ${told.order?.refunded ? `${told.order.refunded} for ` : ''}${named(told)}. The money goes back the way it came. Banks usually need a few working days to show it.`,
  why,
};

export const orders: Record<
  | 'order-placed'
  | 'order-awaiting-payment'
  | 'order-paid'
  | 'order-shipped'
  | 'order-delayed'
  | 'order-delivered'
  | 'order-cancelled'
  | 'order-refunded',
  LetterWords
> = {
  'order-placed': placed,
  'order-awaiting-payment': awaitingPayment,
  'order-paid': paid,
  'order-shipped': shipped,
  'order-delayed': delayed,
  'order-delivered': delivered,
  'order-cancelled': cancelled,
  'order-refunded': refunded,
};
