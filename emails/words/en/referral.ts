/** Friends: the code that a friend's link brought, and the thanks to who sent it. */

import type { LetterWords, Told } from '../words.ts';

const use = ({ kind, amount }: Told): string =>
  ({
    percent: `Shop with ${amount} off`,
    fixed: `Shop with ${amount} off`,
    shipping: 'Shop with free shipping',
    gift: 'Shop and get your gift',
    none: 'Have a look around',
  })[kind];

const friendLetter: LetterWords = {
  subject: ({ kind, amount, shop }) =>
    ({
      percent: `A friend sends you ${amount} off at ${shop}`,
      fixed: `A friend sends you ${amount} off at ${shop}`,
      shipping: `A friend sends you free shipping from ${shop}`,
      gift: `A friend sends you a gift from ${shop}`,
      none: `A friend recommends ${shop}`,
    })[kind],
  preheader: ({ kind, day }) => {
    if (kind === 'none') return 'Have a look around.';
    return day ? `For your first order, until ${day}.` : 'For your first order.';
  },
  headline: 'Nice to meet you',
  body: ({ kind }) =>
    kind === 'none'
      ? 'A friend of yours thought that you might like it here. Have a look around whenever it suits you.'
      : 'A friend of yours thought that you might like it here. This code is for your first order: enter it at checkout, and order with this e-mail address.',
  button: use,
};

const rewardLetter: LetterWords = {
  subject: ({ kind, amount }) =>
    ({
      percent: `Your friend has ordered: ${amount} off for you`,
      fixed: `Your friend has ordered: ${amount} off for you`,
      shipping: 'Your friend has ordered: free shipping for you',
      gift: 'Your friend has ordered: a gift for you',
      none: 'Your friend has ordered',
    })[kind],
  preheader: ({ kind, day }) => {
    if (kind === 'none') return 'Thank you for telling a friend.';
    return day ? `As promised. The code is good until ${day}.` : 'As promised: the code is inside.';
  },
  headline: 'Thank you for bringing a friend',
  body: ({ kind }) =>
    kind === 'none'
      ? 'The friend you sent our link to has placed a first order.'
      : 'The friend you sent our link to has placed a first order. Here is the code we promised you: enter it at checkout whenever you are ready.',
  button: use,
  why: ({ shop }) => `You are receiving this because a friend has ordered at ${shop} by your link.`,
};

export const referral: Record<'referral-friend' | 'referral-reward', LetterWords> = {
  'referral-friend': friendLetter,
  'referral-reward': rewardLetter,
};
