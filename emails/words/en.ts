/** The letters' English: what all of them share, and the families they come from. */

import { address } from './en/address.ts';
import { leaving } from './en/leaving.ts';
import { nps } from './en/nps.ts';
import { referral } from './en/referral.ts';
import type { Words } from './words.ts';

export const en: Words = {
  letters: { ...leaving, ...address, ...nps, ...referral },
  greeting: (name) => (name ? `Hi ${name},` : 'Hello,'),
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
  typeset: (text) => text.replace(/(\d) (?=\p{L})/gu, '$1\u00a0'),
};
