/** What each step of a flow means: the steps, which one, the moment (ISO UTC), the zone, and what comes next. */

import type { Step } from '../../core/flows/flow.ts';
import { DISCOUNT_REMINDER } from '../../core/recipes/discount-reminder.ts';

/** As `Next`, with the moment of a wait in ISO. */
export type NextRow = Record<string, unknown>;
export type StepCase = readonly [
  name: string,
  steps: Step[],
  step: number,
  at: string,
  zone: string,
  expected: NextRow,
];

const NOON = '2026-11-22T09:00:00Z';
const MOSCOW = 'Europe/Moscow';

/** The chain that a new shop starts with. */
const REMINDERS = DISCOUNT_REMINDER.steps;

const letter = (send: string, step: number, prompt: boolean, expiresAfter: string | null = null): NextRow => ({
  send,
  step,
  expiresAfter,
  prompt,
  variant: null,
});

export const stepCases: StepCase[] = [
  ['the first letter answers the claim', REMINDERS, 0, NOON, MOSCOW, letter('offer', 1, true)],
  ['a day’s wait', REMINDERS, 1, NOON, MOSCOW, { wait: '2026-11-23T09:00:00.000Z', step: 2 }],
  ['a reminder after a day is not prompt', REMINDERS, 2, NOON, MOSCOW, letter('reminder-1', 3, false)],
  ['two days’ wait', REMINDERS, 3, NOON, MOSCOW, { wait: '2026-11-24T09:00:00.000Z', step: 4 }],
  [
    'a wait until 10:00 is over at 10:00 of the third day',
    REMINDERS,
    5,
    NOON,
    MOSCOW,
    { wait: '2026-11-25T07:00:00.000Z', step: 6 },
  ],
  ['the last letter', REMINDERS, 6, NOON, MOSCOW, letter('last-chance', 7, false)],
  ['after the last step the flow is done', REMINDERS, 7, NOON, MOSCOW, { done: true }],
  ['far beyond the end it is done', REMINDERS, 70, NOON, MOSCOW, { done: true }],
  ['a flow without steps is done at once', [], 0, NOON, MOSCOW, { done: true }],
  ['a stop says why', [{ stop: 'enough' }], 0, NOON, MOSCOW, { stop: 'enough' }],
  [
    'a stop in the middle',
    [{ send: 'offer' }, { stop: 'enough' }, { send: 'reminder-1' }],
    1,
    NOON,
    MOSCOW,
    { stop: 'enough' },
  ],
  ['a letter may go stale', [{ send: 'offer', expiresAfter: '6h' }], 0, NOON, MOSCOW, letter('offer', 1, true, '6h')],
  [
    'a wait of nothing is over at once',
    [{ wait: '0s' }],
    0,
    NOON,
    MOSCOW,
    { wait: '2026-11-22T09:00:00.000Z', step: 1 },
  ],
  ['a wait in minutes', [{ wait: '30m' }], 0, NOON, MOSCOW, { wait: '2026-11-22T09:30:00.000Z', step: 1 }],
  [
    'until a time that is now',
    [{ wait: '0s', until: '12:00' }],
    0,
    NOON,
    MOSCOW,
    { wait: '2026-11-22T09:00:00.000Z', step: 1 },
  ],
  [
    'until a time that is past today',
    [{ wait: '1h', until: '12:00' }],
    0,
    NOON,
    MOSCOW,
    { wait: '2026-11-23T09:00:00.000Z', step: 1 },
  ],
  [
    'a letter that left some seconds late puts the next one off by no day',
    [{ wait: '2d', until: '10:00' }],
    0,
    '2026-11-22T07:00:05Z',
    MOSCOW,
    { wait: '2026-11-24T07:00:00.000Z', step: 1 },
  ],
  [
    'until a time in the contact’s zone',
    [{ wait: '1d', until: '10:00' }],
    0,
    NOON,
    'Asia/Vladivostok',
    { wait: '2026-11-23T00:00:00.000Z', step: 1 },
  ],
  [
    'a day’s wait over the change of clocks',
    [{ wait: '1d' }],
    0,
    '2026-03-28T09:00:00Z',
    'Europe/Berlin',
    { wait: '2026-03-29T08:00:00.000Z', step: 1 },
  ],
  [
    'until a time that is skipped',
    [{ wait: '1h', until: '02:30' }],
    0,
    '2026-03-28T12:00:00Z',
    'Europe/Berlin',
    { wait: '2026-03-29T01:30:00.000Z', step: 1 },
  ],

  [
    'a letter right after a letter is due as asked',
    [{ send: 'offer' }, { send: 'reminder-1' }],
    1,
    NOON,
    MOSCOW,
    letter('reminder-1', 2, true),
  ],
  [
    'a letter after 59 minutes is prompt',
    [{ send: 'offer' }, { wait: '59m' }, { send: 'reminder-1' }],
    2,
    NOON,
    MOSCOW,
    letter('reminder-1', 3, true),
  ],
  [
    'a letter after an hour is not',
    [{ send: 'offer' }, { wait: '1h' }, { send: 'reminder-1' }],
    2,
    NOON,
    MOSCOW,
    letter('reminder-1', 3, false),
  ],
  [
    'waits one after another add up',
    [{ send: 'offer' }, { wait: '2h' }, { wait: '5m' }, { send: 'reminder-1' }],
    3,
    NOON,
    MOSCOW,
    letter('reminder-1', 4, false),
  ],
  [
    'also short ones',
    [{ send: 'offer' }, { wait: '40m' }, { wait: '40m' }, { send: 'reminder-1' }],
    3,
    NOON,
    MOSCOW,
    letter('reminder-1', 4, false),
  ],
  [
    'a wait until some time of day is never prompt',
    [{ send: 'offer' }, { wait: '5m', until: '12:05' }, { send: 'reminder-1' }],
    2,
    NOON,
    MOSCOW,
    letter('reminder-1', 3, false),
  ],
  [
    'a first letter after a day’s wait answers no claim',
    [{ wait: '1d' }, { send: 'offer' }],
    1,
    NOON,
    MOSCOW,
    letter('offer', 2, false),
  ],
  [
    'a first letter after ten minutes is prompt',
    [{ wait: '10m' }, { send: 'offer' }],
    1,
    NOON,
    MOSCOW,
    letter('offer', 2, true),
  ],
  [
    'what was waited before the letter before does not count',
    [{ wait: '1d' }, { send: 'offer' }, { wait: '5m' }, { send: 'reminder-1' }],
    3,
    NOON,
    MOSCOW,
    letter('reminder-1', 4, true),
  ],
];
