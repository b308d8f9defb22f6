/** Gates that only the server knows: the rule, what was counted, and the first closed gate. `now` is noon of a Friday in UTC. */

import type { Standing, StandingGate, StandingRule } from '../../core/rules/standing.ts';

export type StandingCase = readonly [
  name: string,
  rule: Partial<StandingRule>,
  standing: Partial<Standing>,
  closed: StandingGate | null,
];

export const NOON = Date.parse('2026-11-27T12:00:00Z');
const MINUTE = 60_000;
const DAY = 86_400_000;
const taken = (today: number, ever: number) => ({ taken: { a: { today, ever } } });

export const standingCases: StandingCase[] = [
  ['a rule with nothing against it', {}, {}, null],
  ['a rule switched off', { enabled: false }, {}, 'enabled'],
  ['switched off for claims, too', { enabled: false }, { claim: true }, 'enabled'],

  ['in season', { schedule: { startsAt: '2026-11-27' } }, {}, null],
  ['out of season', { schedule: { startsAt: '2026-11-28' } }, {}, 'schedule'],
  ['after hours', { schedule: { hours: { from: 9, to: 12 } } }, {}, 'schedule'],
  [
    'a claim a moment after hours: it was offered in time',
    { schedule: { hours: { from: 9, to: 12 } } },
    { claim: true, now: NOON + 14 * MINUTE },
    null,
  ],
  [
    'a claim long after hours',
    { schedule: { hours: { from: 9, to: 12 } } },
    { claim: true, now: NOON + 16 * MINUTE },
    'schedule',
  ],
  ['a claim before the season', { schedule: { startsAt: '2026-11-27T12:01' } }, { claim: true }, 'schedule'],

  ['its flow lets nobody in', {}, { outOfFlow: ['a'] }, 'flow'],
  ['its flow lets nobody in, for claims, too', {}, { claim: true, outOfFlow: ['a'] }, 'flow'],
  ['another rule’s flow lets nobody in', {}, { outOfFlow: ['b'] }, null],

  ['never shown', { caps: { perVisit: 1, perVisitor: 1 } }, {}, null],
  ['shown in this visit', { caps: { perVisit: 1 } }, { showings: { a: [NOON - MINUTE] } }, 'caps'],
  ['shown in this visit once of twice', { caps: { perVisit: 2 } }, { showings: { a: [NOON - MINUTE] } }, null],
  ['shown in the visit before', { caps: { perVisit: 1 } }, { showings: { a: [NOON - DAY] } }, null],
  ['shown in the visit before, ever', { caps: { perVisitor: 1 } }, { showings: { a: [NOON - DAY] } }, 'caps'],
  ['shown twice of three times', { caps: { perVisitor: 3 } }, { showings: { a: [1, 2] } }, null],
  ['shown three times of three', { caps: { perVisitor: 3 } }, { showings: { a: [1, 2, 3] } }, 'caps'],
  ['another rule was shown', { caps: { perVisit: 1, perVisitor: 1 } }, { showings: { b: [NOON] } }, null],
  ['shown, and claimed', { caps: { perVisit: 1, perVisitor: 1 } }, { claim: true, showings: { a: [NOON] } }, null],

  ['taken by fewer', { caps: { perDay: 2, total: 10 } }, taken(1, 9), null],
  ['taken by enough today', { caps: { perDay: 2 } }, taken(2, 2), 'caps'],
  ['taken by enough, yesterday', { caps: { perDay: 2 } }, taken(0, 50), null],
  ['taken by enough in all', { caps: { total: 10 } }, taken(0, 10), 'caps'],
  ['a claim beyond the total', { caps: { total: 10 } }, { claim: true, ...taken(0, 10) }, 'caps'],
  ['a claim for the last place', { caps: { total: 10 } }, { claim: true, ...taken(0, 9) }, null],
  ['taken, without a cap', {}, taken(1e6, 1e6), null],

  ['codes have run out', {}, { outOfCodes: ['a'] }, 'codes'],
  ['another rule’s codes have run out', {}, { outOfCodes: ['b'] }, null],
  ['codes have run out since it was shown: the claim looks for itself', {}, { claim: true, outOfCodes: ['a'] }, null],

  ['within the shop’s limit', {}, { limit: { count: 2, days: 7 }, showings: { b: [NOON - DAY] } }, null],
  [
    'over the shop’s limit, by other rules',
    {},
    { limit: { count: 2, days: 7 }, showings: { b: [NOON - DAY], c: [NOON - 6 * DAY] } },
    'limit',
  ],
  [
    'the limit forgets after its days',
    {},
    { limit: { count: 2, days: 7 }, showings: { b: [NOON - DAY], c: [NOON - 7 * DAY] } },
    null,
  ],
  [
    'the limit does not stand before a claim',
    {},
    { claim: true, limit: { count: 1, days: 7 }, showings: { a: [NOON] } },
    null,
  ],
  ['the first gate is named', { enabled: false, caps: { perVisitor: 1 } }, { showings: { a: [1] } }, 'enabled'],
];
