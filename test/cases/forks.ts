/** Steps that lead on in more than one way: what is known and heard, and all that happens on the way. */

import type { ContactFacts } from '../../core/contacts/contact-facts.ts';
import type { HeardEvent, Step } from '../../core/flows/flow.ts';

export interface Given {
  facts?: ContactFacts;
  chance?: number;
  heard?: HeardEvent[];
}

const OFFER: Step = { send: 'offer' };
const FIRST: Step = { send: 'reminder-1' };
const SECOND: Step = { send: 'reminder-2' };
const LAST: Step = { send: 'last-chance' };

const BUYER: Step = { branch: { if: ['orders', '>=', 1], then: [FIRST], else: [SECOND] } };
const LISTEN: Step = { waitFor: { event: 'visited', timeout: '2d', then: [FIRST], else: [SECOND] } };
const SPLIT: Step = {
  split: [
    { weight: 1, steps: [FIRST] },
    { weight: 3, steps: [SECOND, { wait: '1d' }] },
  ],
};

export const forkCases: [name: string, steps: Step[], given: Given, expected: string[]][] = [
  ['a branch that holds', [BUYER, LAST], { facts: { orders: 2 } }, ['reminder-1 +0h', 'last-chance +0h']],
  ['a branch that doesn’t', [BUYER, LAST], { facts: { orders: 0 } }, ['reminder-2 +0h', 'last-chance +0h']],
  ['what is unknown doesn’t hold', [BUYER], {}, ['reminder-2 +0h']],
  [
    'a branch without else goes on',
    [{ branch: { if: ['orders', '>=', 1], then: [FIRST] } }, LAST],
    {},
    ['last-chance +0h'],
  ],
  [
    'a branch without then',
    [{ branch: { if: ['orders', '>=', 1], else: [FIRST] } }, LAST],
    { facts: { orders: 1 } },
    ['last-chance +0h'],
  ],
  ['a branch of nothing', [{ branch: { if: ['orders', '>=', 1] } }, LAST], {}, ['last-chance +0h']],
  ['heard in time', [LISTEN, LAST], { heard: ['visited'] }, ['reminder-1 +0h', 'last-chance +0h']],
  ['not heard in time', [LISTEN, LAST], {}, ['reminder-2 +48h', 'last-chance +48h']],
  ['something else heard', [LISTEN], { heard: ['carted'] }, ['reminder-2 +48h']],
  ['a split’s first part', [SPLIT, LAST], { chance: 0.2 }, ['reminder-1 +0h', 'last-chance +0h']],
  ['a split’s second part', [SPLIT, LAST], { chance: 0.25 }, ['reminder-2 +0h', 'last-chance +24h']],
  ['a split’s far end', [SPLIT], { chance: 0.999_999 }, ['reminder-2 +0h']],
  [
    'a stop within a branch',
    [{ branch: { if: ['orders', '=', 0], then: [{ stop: 'nothing bought' }] } }, LAST],
    { facts: { orders: 0 } },
    ['stop nothing bought'],
  ],
  [
    'forks within forks',
    [OFFER, { branch: { if: ['subscribed', '=', true], then: [LISTEN, { wait: '1h' }, BUYER], else: [SPLIT] } }, LAST],
    { facts: { subscribed: true, orders: 3 } },
    ['offer +0h', 'reminder-2 +48h', 'reminder-1 +49h', 'last-chance +49h'],
  ],
  [
    'the other way through them',
    [OFFER, { branch: { if: ['subscribed', '=', true], then: [LISTEN, { wait: '1h' }, BUYER], else: [SPLIT] } }, LAST],
    { facts: { subscribed: false }, chance: 0.9 },
    ['offer +0h', 'reminder-2 +0h', 'last-chance +24h'],
  ],
  [
    'acts on the way',
    [
      { issue: { kind: 'percent', value: 5 } },
      { tag: { add: ['asleep'] } },
      { notify: 'Call them' },
      { webhook: 'crm' },
      OFFER,
    ],
    {},
    ['issue percent', 'tag asleep', 'notify Call them', 'webhook crm', 'offer +0h'],
  ],
  ['only on working days', [{ wait: '0s', days: [1, 2, 3, 4, 5] }, OFFER], {}, ['offer +24h']],
  ['a day that is today', [{ wait: '0s', days: [7] }, OFFER], {}, ['offer +0h']],
  ['a day and a time', [{ wait: '1d', until: '10:00', days: [2] }, OFFER], {}, ['offer +46h']],
  [
    'days and a time: on that day, though it is not quite as long',
    [{ wait: '2d', until: '10:00' }, OFFER],
    {},
    ['offer +46h'],
  ],
  ['days and a later time', [{ wait: '2d', until: '13:00' }, OFFER], {}, ['offer +49h']],
  ['hours and a time: not before they have passed', [{ wait: '23h', until: '10:00' }, OFFER], {}, ['offer +46h']],
  ['the contact’s own hour', [{ wait: '0s', until: 'usual' }, OFFER], {}, ['offer +6h']],
];
