/** A hello to somebody new, with a gift and the true end of it. */

import type { Recipe } from '../recipe.ts';
import { ANN, day, FINISHES, keptOut, sends, stops, TEAPOT } from './cast.ts';

const NEWCOMER = { ...ANN, marketing: 'none' } as const;

export const WELCOME: Recipe = {
  key: 'welcome',
  names: { en: 'Welcome', ru: 'Приветствие' },
  about: {
    en: 'Greets a new subscriber who has not bought yet with a code for 10 %, and says when it is about to expire.',
    ru: 'Приветствует нового подписчика, который ещё не покупал, кодом на 10 % и предупреждает, когда код истекает.',
  },
  needs: ['consent'],
  flow: {
    key: 'welcome',
    name: 'Welcome',
    enabled: true,
    purpose: 'marketing',
    entry: { on: 'subscribed' },
    filter: ['orders', '=', 0],
    intent: 'welcome',
    priority: 20,
    goal: { on: 'purchased', within: '14d' },
    stopOn: ['redeemed', 'purchased', 'unsubscribed', 'code_expired'],
    steps: [
      { issue: { kind: 'percent', value: 10, expiresIn: '14d' } },
      { send: 'welcome-1' },
      { wait: '10d', until: '10:00' },
      { send: 'code-expiring' },
    ],
  },
  scenarios: {
    'new visitor': {
      person: NEWCOMER,
      events: [{ at: day(0), on: 'subscribed' }],
      expect: [sends('welcome-1'), sends('code-expiring'), FINISHES],
    },
    'uses the code': {
      person: NEWCOMER,
      events: [
        { at: day(0), on: 'subscribed' },
        { at: day(3), on: 'redeemed' },
      ],
      expect: [sends('welcome-1'), stops('redeemed')],
    },
    buyer: {
      person: NEWCOMER,
      events: [
        { at: day(0), on: 'ordered', order: '1001', total: 42, items: [TEAPOT] },
        { at: day(1), on: 'subscribed' },
      ],
      expect: [keptOut('filter')],
    },
    'changes their mind': {
      person: NEWCOMER,
      events: [
        { at: day(0), on: 'subscribed' },
        { at: day(1), on: 'unsubscribed' },
      ],
      expect: [sends('welcome-1'), stops('unsubscribed')],
    },
  },
};
