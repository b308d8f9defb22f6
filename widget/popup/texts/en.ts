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
    minOrder: 'For orders from {minOrder}.',
    forItems: 'For these items.',
    forCart: 'For what’s in your cart.',
    except: 'Not for {except}.',
    reduced: 'reduced items',
    oldPrice: 'Old price:',
    newPrice: 'With the code:',
    invalidEmail: 'Please check the address: something seems to be missing.',
    consentNeeded: 'We need your consent to use your address.',
    gone: 'Sorry, this offer is no longer available.',
    failed: 'That didn’t work. Please try again in a moment.',
    offline: 'You seem to be offline. Please try again once you’re connected.',
    apply: 'Use it now',
    back: 'Back to the shop',
    waitTitle: 'Sold out for now',
    waitText: 'Leave your e-mail and we’ll write as soon as it’s back.',
    waitButton: 'Tell me when it’s back',
    waitMarketing: 'E-mail me news and offers from {shop} too. I can unsubscribe at any time.',
    waitDone: 'We’ll let you know',
    waitDoneText: 'As soon as it’s back, a letter goes to {email}.',
  },
  offers: {
    percent: { title: '{discount} off what caught your eye', text, lasting },
    fixed: { title: '{discount} off your order', text, lasting },
    shipping: { title: 'Free delivery on your order', text, lasting },
    gift: { title: 'A gift with your order: {gift}', text, lasting },
    none: {
      title: 'Shall we keep this for you?',
      text: 'Leave your e-mail and we’ll send you the list, so that you can come back to it.',
      button: 'Send me the list',
    },
  },
};

export const wordsOf = speaking(english);
