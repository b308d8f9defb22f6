/** What the full popup says in English beside the plain dialog's words. */

import type { MoreWords } from './built-in.ts';

export const more: MoreWords = {
  words: {
    open: 'I’d like that',
    reasonTitle: 'All right. May we ask why?',
    reasonPrice: 'It costs too much',
    reasonDelivery: 'Delivery doesn’t suit me',
    reasonLooking: 'I’m just looking',
    reasonOther: 'Something else',
    name: 'Your first name',
    phone: 'Your phone number',
    birthday: 'Your birthday',
    day: 'Day',
    month: 'Month',
    year: 'Year',
    optional: 'optional',
    invalidName: 'Please enter a name, in letters only.',
    invalidPhone: 'Please check the number: it should have 7 to 15 digits.',
    invalidBirthday: 'Please check the date: there is no such day.',
    actText: 'One small thing first. Then come back here for what we promised.',
    actLike: 'Like us on {network}',
    actShare: 'Share on {network}',
    actInvite: 'Invite a friend on {network}',
    actJoin: 'Join us on {network}',
    actAny: 'Share the link',
    actCopy: 'Copy the link',
    actDone: 'Done, go on',
    reviews: 'What buyers say',
    stars: '{stars} out of 5',
  },
  withFields: {
    consentData: 'I agree to my personal data given here being processed for this.',
    consentOne:
      'I agree to my personal data given here being processed, and to letters from {shop}. I can unsubscribe at any time.',
  },
  offers: {
    percent: { tab: '{discount} off', toGo: '{left} to {discount} off', reached: '{discount} off is yours' },
    fixed: { tab: '{discount} off', toGo: '{left} to {discount} off', reached: '{discount} off is yours' },
    shipping: { tab: 'Free delivery', toGo: '{left} to free delivery', reached: 'Free delivery is yours' },
    gift: { tab: 'A gift for you', toGo: '{left} to your gift: {gift}', reached: 'The gift is yours: {gift}' },
    none: { tab: 'Keep it for later', toGo: '{left} to {minOrder}', reached: 'That makes {minOrder}' },
  },
};
