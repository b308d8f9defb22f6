/** The cart that was left: a reminder, a bonus, a last word. */

import type { LetterWords } from '../words.ts';
import { benefitIn, offer, picks, until } from './grammar.ts';

const why = ({ shop }: { shop: string }): string => `You are receiving this because you left a cart at ${shop}.`;

const kept: LetterWords = {
  subject: (told) => (told.count ? `Your cart: ${picks(told)}` : `Your cart at ${told.shop}`),
  preheader: 'Everything is as you left it.',
  headline: 'Your cart is as you left it',
  body: 'If something came up, no harm done: everything you chose is in this letter.',
  button: 'Back to my cart',
  items: 'In your cart',
  why,
};

const bonus: LetterWords = {
  subject: (told) =>
    ({
      percent: `${told.amount} off the cart you left`,
      fixed: `${told.amount} off the cart you left`,
      shipping: 'Free shipping for the cart you left',
      gift: 'A gift with the cart you left',
      none: told.count ? `Still in your cart: ${picks(told)}` : 'Your cart is still here',
    })[told.kind],
  preheader: ({ kind, day }) => {
    if (kind === 'none') return 'It is one click away.';
    return day ? `The code inside is good until ${day}.` : 'The code is inside, ready for checkout.';
  },
  headline: ({ kind }) => (kind === 'none' ? 'Your cart is still here' : 'Something to go with your cart'),
  body: (told) =>
    told.kind === 'none'
      ? 'What you chose is still there. Prices and stock are those of the moment you come back.'
      : `What you chose is still in your cart, and ${benefitIn(told)} goes with it${until(told)}. Enter the code at checkout.`,
  button: ({ kind }) => (kind === 'none' ? 'Back to my cart' : 'Use the code'),
  items: 'In your cart',
  why,
};

const lastWord: LetterWords = {
  subject: (told) => {
    if (told.kind === 'none') return 'A last note about your cart';
    return `A last note about your cart and your ${offer(told)}`;
  },
  preheader: ({ kind, day }) =>
    kind !== 'none' && day ? `The code inside is good until ${day}.` : 'We will not write about this cart again.',
  headline: 'A last note about your cart',
  body: (told) => {
    const last = 'This is our last letter about this cart.';
    if (told.kind === 'none') return `${last} If you still want it, it is one click away.`;
    return told.day
      ? `${last} Your ${offer(told)} is good until ${told.day}; after that the code stops working.`
      : `${last} If you still want it, your ${offer(told)} is below.`;
  },
  button: 'Back to my cart',
  items: 'In your cart',
  why,
};

export const cart: Record<'cart-1' | 'cart-2' | 'cart-3', LetterWords> = {
  'cart-1': kept,
  'cart-2': bonus,
  'cart-3': lastWord,
};
