/** The core of Linger as a flow: the offer, then three reminders, until the code is used. */

import type { Flow } from '../flow.ts';

export const DISCOUNT_REMINDER: Flow = {
  key: 'discount-reminder',
  name: 'Reminders until the code is used',
  enabled: true,
  purpose: 'marketing',
  entry: { on: 'offer_accepted' },
  intent: 'leaving',
  goal: { on: 'purchased', within: '7d' },
  stopOn: ['redeemed', 'purchased', 'unsubscribed', 'code_expired'],
  steps: [
    { send: 'offer' },
    { wait: '1d' },
    { send: 'reminder-1' },
    { wait: '2d' },
    { send: 'reminder-2' },
    { wait: '3d', until: '10:00' },
    { send: 'last-chance' },
  ],
};
