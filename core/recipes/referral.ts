/** The letters of a referral: the friend's code with one reminder, and the sender's reward. */

import type { Flow } from '../flow.ts';

export const REFERRAL_FRIEND: Flow = {
  key: 'referral-friend',
  name: 'The code that a friend sent',
  enabled: true,
  purpose: 'marketing',
  entry: { on: 'custom', name: 'referral-friend' },
  // It greets somebody new, as a welcome does.
  intent: 'welcome',
  goal: { on: 'purchased', within: '7d' },
  stopOn: ['redeemed', 'purchased', 'unsubscribed', 'code_expired'],
  steps: [{ send: 'referral-friend' }, { wait: '5d', until: '10:00' }, { send: 'reminder-1' }],
};

export const REFERRAL_REWARD: Flow = {
  key: 'referral-reward',
  name: 'Thanks for the friend',
  enabled: true,
  // What was promised and earned; it sells nothing.
  purpose: 'transactional',
  entry: { on: 'custom', name: 'referral-reward' },
  stopOn: [],
  // It came due at whatever time the friend's order was paid.
  steps: [{ wait: '0d', until: '10:00' }, { send: 'referral-reward' }],
};
