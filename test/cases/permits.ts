/** Whether a letter may leave: what is different from a letter that may, and what is answered. Times are ms; now is NOW. */

import type { Permit, PermitInput } from '../../core/letters/permit.ts';

export type PermitCase = readonly [name: string, different: Partial<PermitInput>, expected: Permit];

const HOUR = 3_600_000;
/** Sunday 2026-11-22, 12:00 in Moscow. */
export const NOW = 1_795_338_000_000;
const TOMORROW = NOW + 12 * HOUR;

/** A reminder that nothing forbids. */
export const FREE: PermitInput = {
  now: NOW,
  expiresAt: null,
  purpose: 'marketing',
  enrollment: 'active',
  flowEnabled: true,
  haltedUntil: null,
  marketing: 'subscribed',
  suppressed: null,
  code: { status: 'issued', expiresAt: NOW + 100 * HOUR },
  hasContent: true,
  prompt: false,
  dailyCap: 1,
  sentToday: 0,
  quietHours: { from: '21:00', to: '09:00' },
  zone: 'Europe/Moscow',
};

const send: Permit = { send: true };
const NIGHT = NOW + 11 * HOUR;
const MORNING = NOW + 21 * HOUR;

export const permitCases: PermitCase[] = [
  ['nothing forbids it', {}, send],
  ['the last letter of a chain that has run out', { enrollment: 'completed' }, send],
  ['a letter without a code', { code: null }, send],
  ['a code without an end', { code: { status: 'issued', expiresAt: null } }, send],
  ['a code reserved for an order that may yet fail', { code: { status: 'reserved', expiresAt: null } }, send],

  ['the chain was stopped', { enrollment: 'stopped' }, { drop: 'cancelled', reason: 'chain_ended', stop: false }],
  ['the chain broke', { enrollment: 'error' }, { drop: 'cancelled', reason: 'chain_ended', stop: false }],
  [
    'a stopped chain before all else',
    { enrollment: 'stopped', suppressed: 'bounced', hasContent: false },
    { drop: 'cancelled', reason: 'chain_ended', stop: false },
  ],
  ['the address bounced', { suppressed: 'hard_bounce' }, { drop: 'suppressed', reason: 'hard_bounce', stop: true }],
  [
    'a bounced address gets no transactional letter either',
    { suppressed: 'hard_bounce', purpose: 'transactional' },
    { drop: 'suppressed', reason: 'hard_bounce', stop: true },
  ],
  [
    'unsubscribed, and so on the list',
    { suppressed: 'unsubscribed', marketing: 'unsubscribed' },
    { drop: 'suppressed', reason: 'unsubscribed', stop: true },
  ],
  [
    'unsubscribed, but the letter sells nothing',
    { suppressed: 'unsubscribed', marketing: 'unsubscribed', purpose: 'transactional' },
    send,
  ],
  ['unsubscribed', { marketing: 'unsubscribed' }, { drop: 'suppressed', reason: 'unsubscribed', stop: true }],
  ['never agreed', { marketing: 'none' }, { drop: 'suppressed', reason: 'no_consent', stop: true }],
  ['never agreed to marketing, but this is none', { marketing: 'none', purpose: 'transactional' }, send],
  [
    'the code was used',
    { code: { status: 'redeemed', expiresAt: null } },
    { drop: 'skipped', reason: 'code_redeemed', stop: true },
  ],
  [
    'the code was released',
    { code: { status: 'released', expiresAt: null } },
    { drop: 'skipped', reason: 'code_released', stop: true },
  ],
  [
    'the code ran out this moment',
    { code: { status: 'issued', expiresAt: NOW } },
    { drop: 'skipped', reason: 'code_expired', stop: true },
  ],
  ['the code runs out in a moment', { code: { status: 'issued', expiresAt: NOW + 1 } }, send],
  ['the letter is stale', { expiresAt: NOW }, { drop: 'skipped', reason: 'expired', stop: false }],
  ['the letter is nearly stale', { expiresAt: NOW + 1 }, send],
  [
    'an order that is paid waits for no payment',
    { letter: 'order-awaiting-payment', orderStatus: 'paid', purpose: 'transactional', code: null },
    { drop: 'skipped', reason: 'order_paid', stop: false },
  ],
  ['an order that waits for its payment', { letter: 'order-awaiting-payment', orderStatus: 'awaiting_payment' }, send],
  ['an order that is paid by now has been placed all the same', { letter: 'order-placed', orderStatus: 'paid' }, send],
  [
    'what was sent back is no thing to review',
    { letter: 'review-request', orderStatus: 'refunded' },
    { drop: 'skipped', reason: 'order_refunded', stop: false },
  ],
  ['the news that it was sent back', { letter: 'order-refunded', orderStatus: 'refunded' }, send],
  ['a letter about no order', { letter: 'review-request', orderStatus: null }, send],
  ['nothing to remind of', { hasContent: false }, { drop: 'skipped', reason: 'nothing_to_show', stop: false }],

  ['the chain is paused', { enrollment: 'paused' }, { hold: NOW + 60_000, reason: 'paused' }],
  [
    'a used code beats the pause',
    { enrollment: 'paused', code: { status: 'redeemed', expiresAt: null } },
    { drop: 'skipped', reason: 'code_redeemed', stop: true },
  ],
  ['the flow is switched off', { flowEnabled: false }, { hold: NOW + 60_000, reason: 'flow_disabled' }],
  ['the shop’s sending is halted', { haltedUntil: NOW + HOUR }, { hold: NOW + HOUR, reason: 'halted' }],
  ['the halt is over', { haltedUntil: NOW }, send],
  [
    'a halt holds the prompt letter too',
    { haltedUntil: NOW + HOUR, prompt: true },
    { hold: NOW + HOUR, reason: 'halted' },
  ],

  ['at night', { now: NIGHT, code: null }, { hold: MORNING, reason: 'quiet_hours' }],
  ['at night, asked for by a claim', { now: NIGHT, code: null, prompt: true }, send],
  ['at night, where nights are not quiet', { now: NIGHT, code: null, quietHours: null }, send],
  ['at night here, by day there', { now: NIGHT, code: null, zone: 'America/New_York' }, send],
  ['by day here, at night there', { zone: 'America/Los_Angeles' }, { hold: NOW + 8 * HOUR, reason: 'quiet_hours' }],
  ['a second letter on one day', { sentToday: 1 }, { hold: TOMORROW, reason: 'daily_cap' }],
  ['a second letter where two are allowed', { sentToday: 1, dailyCap: 2 }, send],
  ['any number where there is no cap', { sentToday: 9, dailyCap: null }, send],
  ['a cap of none at all', { dailyCap: 0 }, { hold: TOMORROW, reason: 'daily_cap' }],
  ['a second letter that a claim asked for', { sentToday: 1, prompt: true }, send],
  ['a second letter that is no marketing', { sentToday: 1, purpose: 'transactional' }, send],
  ['a topic they want nothing of', { muted: true }, { drop: 'suppressed', reason: 'muted', stop: true }],
  ['the same, of an order', { muted: true, purpose: 'transactional' }, send],
  ['somebody who rests', { pausedUntil: NOW + HOUR }, { hold: NOW + HOUR, reason: 'contact_paused' }],
  [
    'somebody who rests, asked for',
    { pausedUntil: NOW + HOUR, prompt: true },
    { hold: NOW + HOUR, reason: 'contact_paused' },
  ],
  ['somebody who has rested', { pausedUntil: NOW }, send],
  [
    'what sells, to somebody whom the shop has let down',
    { resting: true },
    { hold: NOW + 24 * HOUR, reason: 'unhappy' },
  ],
  ['the same, asked for to the minute', { resting: true, prompt: true }, { hold: NOW + 24 * HOUR, reason: 'unhappy' }],
  ['news of an order for somebody who rests', { pausedUntil: NOW + HOUR, purpose: 'transactional' }, send],
  [
    'a letter that sells waits for tomorrow where the day of a new sender is full',
    { warmUp: { given: 50, cap: 50, zone: 'Europe/Helsinki' } },
    { hold: TOMORROW + HOUR, reason: 'warming_up' },
  ],
  ['a new sender has room', { warmUp: { given: 49, cap: 50, zone: 'Europe/Moscow' } }, { send: true }],
  [
    'a new sender’s prompt letter waits like others',
    { warmUp: { given: 50, cap: 50, zone: 'Europe/Moscow' }, prompt: true },
    { hold: TOMORROW, reason: 'warming_up' },
  ],
  [
    'a new sender’s news of an order goes',
    { warmUp: { given: 50, cap: 50, zone: 'Europe/Moscow' }, purpose: 'transactional' },
    { send: true },
  ],
];
