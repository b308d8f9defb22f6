/** The chain after an offer: the code, two reminders, the last word. */

import type { LetterWords } from '../words.ts';
import { offer, picks } from './grammar.ts';

const offerLetter: LetterWords = {
  subject: ({ kind, amount, shop, count }) =>
    ({
      percent: `Your ${amount} off at ${shop}`,
      fixed: `Your ${amount} off at ${shop}`,
      shipping: `Free shipping on your ${shop} order`,
      gift: `Your gift from ${shop}`,
      none: count ? `Saved for you at ${shop}` : `${shop} is here when you are ready`,
    })[kind],
  preheader: ({ kind, day }) => {
    if (kind === 'none') return 'Pick up right where you left off.';
    return day ? `The code inside is good until ${day}.` : 'The code is inside, ready for checkout.';
  },
  headline: ({ kind }) => (kind === 'none' ? 'Kept safe for you' : 'Thank you for stopping by'),
  body: ({ kind, count }) => {
    if (kind === 'none' && !count) return 'Thank you for stopping by. Come back whenever it suits you.';
    if (kind === 'none') {
      return 'Thank you for stopping by. We saved what you were looking at, so you can pick up right where you left off.';
    }
    return count
      ? 'Here is the code we promised, along with what you were looking at, so you can pick up right where you left off.'
      : 'Here is the code we promised. Enter it at checkout whenever you are ready.';
  },
  button: ({ kind, amount }) =>
    ({
      percent: `Shop with ${amount} off`,
      fixed: `Shop with ${amount} off`,
      shipping: 'Shop with free shipping',
      gift: 'Shop and get your gift',
      none: 'Pick up where you left off',
    })[kind],
};

const firstReminder: LetterWords = {
  subject: (told) => {
    if (told.count) return `Still thinking about ${picks(told)}?`;
    return told.kind === 'none' ? 'Still thinking it over?' : `Your ${offer(told)} is still here`;
  },
  preheader: (told) => {
    if (told.kind === 'none') return 'No rush: everything is where you left it.';
    return `No rush: your ${offer(told)} ${told.day ? `is good until ${told.day}` : 'is waiting for you'}.`;
  },
  headline: 'Still thinking it over?',
  body: (told) => {
    if (told.kind === 'none') {
      return told.count
        ? 'There is no rush. What you liked is one click away, whenever you feel like another look.'
        : 'There is no rush. Come back whenever it suits you.';
    }
    const lasting = `There is no rush. Your ${offer(told)} ${told.day ? `is good until ${told.day}` : 'is waiting for you'}`;
    return told.count ? `${lasting}, and what you liked is one click away.` : `${lasting}.`;
  },
  button: 'Take another look',
};

const secondReminder: LetterWords = {
  subject: ({ kind, amount, shop, first, count, priced }) =>
    ({
      percent: priced
        ? `Your ${count > 1 ? 'prices' : 'price'} with ${amount} off`
        : `${amount} off your order at ${shop}`,
      fixed: `${amount} off your order at ${shop}`,
      shipping: 'Your order ships free',
      gift: 'There is a gift waiting for you',
      none: first ? `A second look at “${first}”` : `A second look at ${shop}`,
    })[kind],
  preheader: ({ kind, priced }) => {
    if (kind === 'none') return 'Everything you liked, in one place.';
    return priced ? 'We worked it out, so you can decide at a glance.' : 'One code, entered at checkout.';
  },
  headline: ({ kind, amount, priced }) =>
    ({
      percent: priced ? 'Here is what you would pay' : `Your ${amount} off is still yours`,
      fixed: `That is ${amount} less to pay`,
      shipping: 'Delivery costs you nothing',
      gift: 'There is a gift waiting for you',
      none: 'Care for a second look?',
    })[kind],
  body: ({ kind, amount, count, priced }) => {
    if (priced) {
      return 'We worked it out with your code, so you can decide at a glance. If it feels right, the code does the rest at checkout.';
    }
    const still = 'Your code still works. Enter it at checkout, and';
    return {
      percent: `${still} ${amount} comes off your order.`,
      fixed: `${still} ${amount} comes off your order.`,
      shipping: `${still} the shipping is on us.`,
      gift: `${still} the gift comes along with your order.`,
      none: count
        ? 'Sometimes it takes a second look. Here is what caught your eye.'
        : 'Sometimes it takes a second look. We are here whenever it suits you.',
    }[kind];
  },
  button: ({ count }) => (count ? 'See it in the shop' : 'Go to the shop'),
};

const lastChance: LetterWords = {
  subject: (told) => {
    if (told.kind === 'none') return told.count ? 'A last note about what you liked' : `A last note from ${told.shop}`;
    return told.day ? `A last reminder: ${offer(told)} until ${told.day}` : `A last note about your ${offer(told)}`;
  },
  preheader: 'After this one we will not write about it again.',
  headline: (told) => (told.kind === 'none' ? 'One last look?' : `A last word on your ${offer(told)}`),
  body: ({ kind, count, day }) => {
    if (kind === 'none') {
      return count
        ? 'This is our last reminder. If you still like what you saw, it is one click away.'
        : 'This is our last reminder. Come back whenever it suits you.';
    }
    return day
      ? `This is our last reminder about this code. It is good until ${day}; after that it stops working.`
      : 'This is our last reminder about this code. If now is a good moment, here it is.';
  },
  button: ({ kind, count }) => (kind === 'none' ? (count ? 'See it in the shop' : 'Go to the shop') : 'Use my code'),
};

export const leaving: Record<'offer' | 'reminder-1' | 'reminder-2' | 'last-chance', LetterWords> = {
  offer: offerLetter,
  'reminder-1': firstReminder,
  'reminder-2': secondReminder,
  'last-chance': lastChance,
};
