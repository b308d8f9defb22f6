/** The popup in English. */

import { speaking } from '../words.ts';
import type { BuiltIn } from './built-in.ts';

const text = 'Leave your e-mail and we’ll send you a personal code.';
const lasting = 'Leave your e-mail and we’ll send you a personal code. It’s good for {expires}.';

const english: BuiltIn = {
  locale: 'en',
  words: {
    email: 'Your e-mail',
    button: 'Send me the code',
    decline: 'No, thank you',
    close: 'Close',
    open: 'I’d like that',
    consentData: 'I agree to my e-mail address being processed for this.',
    consentMarketing: 'E-mail me the code, reminders and offers from {shop}. I can unsubscribe at any time.',
    consentOne:
      'I agree to my e-mail address being processed, and to letters from {shop}. I can unsubscribe at any time.',
    notice: 'By asking for it you agree to letters from {shop}. You can unsubscribe at any time.',
    privacy: 'Privacy policy',
    sentTitle: 'Check your inbox',
    sentText: 'A letter is on its way to {email}. Not there in a few minutes? Please look in the spam folder.',
    confirmText: 'One more step: please confirm your address. The link is in the letter we’ve just sent to {email}.',
    shownTitle: 'Your code',
    shownText: 'Enter it at checkout.',
    copy: 'Copy',
    copied: 'Copied',
    until: 'Good until {until}.',
    left: 'Time left: {left}',
    reasonTitle: 'All right. May we ask why?',
    reasonPrice: 'It costs too much',
    reasonDelivery: 'Delivery doesn’t suit me',
    reasonLooking: 'I’m just looking',
    reasonOther: 'Something else',
    minOrder: 'For orders from {minOrder}.',
    oldPrice: 'Old price:',
    newPrice: 'With the code:',
    invalidEmail: 'Please check the address: something seems to be missing.',
    consentNeeded: 'We need your consent to use your address.',
    gone: 'Sorry, this offer is no longer available.',
    failed: 'That didn’t work. Please try again in a moment.',
    offline: 'You seem to be offline. Please try again once you’re connected.',
    back: 'Back to the shop',
  },
  offers: {
    percent: { title: '{discount} off what caught your eye', text, lasting, tab: '{discount} off' },
    fixed: { title: '{discount} off your order', text, lasting, tab: '{discount} off' },
    shipping: { title: 'Free delivery on your order', text, lasting, tab: 'Free delivery' },
    gift: { title: 'A gift with your order: {gift}', text, lasting, tab: 'A gift for you' },
    none: {
      title: 'Shall we keep this for you?',
      text: 'Leave your e-mail and we’ll send you the list, so that you can come back to it.',
      button: 'Send me the list',
      tab: 'Keep it for later',
    },
  },
};

export const wordsOf = speaking(english);
