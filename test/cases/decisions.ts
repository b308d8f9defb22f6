/** Who speaks and why not: the rules, what is known, the decision. Times are ms; `now` is NOW unless a row says otherwise. */

import type { Decidable, DecideInput, Verdict } from '../../core/rules/decide.ts';

export type DecisionCase = readonly [name: string, rules: Decidable[], input: Partial<DecideInput>, expected: Verdict];

const SECOND = 1_000;
const DAY = 86_400 * SECOND;
export const NOW = 100 * DAY;

const rule = (id: string, more: Partial<Decidable> = {}): Decidable => ({
  id,
  priority: 0,
  moment: 'exit',
  when: { all: [] },
  quietFor: { refused: '30d', shown: '1d' },
  ...more,
});

const A = rule('a');
const B = rule('b');
const never = rule('n', { when: { any: [] } });
const unknown = rule('u', { when: ['cartValue', '>', 1] });

const gateCases: DecisionCase[] = [
  ['a rule with nothing against it speaks', [A], {}, { show: 'a', arm: null }],
  ['without rules there is nothing to say', [], {}, { quiet: 'no_rule' }],
  ['another moment', [A], { moment: 'idle' }, { quiet: 'moment' }],
  ['its own moment', [rule('a', { moment: 'scroll' })], { moment: 'scroll' }, { show: 'a', arm: null }],
  ['something was bought', [A], { purchased: true }, { quiet: 'purchased' }],
  [
    'something was bought, which this rule does not mind',
    [rule('a', { afterPurchase: true })],
    { purchased: true },
    { show: 'a', arm: null },
  ],
  ['a rule that says it does mind', [rule('a', { afterPurchase: false })], { purchased: true }, { quiet: 'purchased' }],
  ['the condition is false', [never], {}, { quiet: 'when' }],
  ['the condition is unknown', [unknown], {}, { quiet: 'when' }],
  [
    'the condition is true',
    [rule('u', { when: ['cartValue', '>', 1] })],
    { facts: { cartValue: 2 }, arms: { u: null } },
    { show: 'u', arm: null },
  ],
  [
    'a sequence in the condition reads the trail',
    [rule('a', { when: { sequence: ['search'] } })],
    { trail: [['search', 1]] },
    { show: 'a', arm: null },
  ],
  ['the arm has not been drawn', [A], { arms: {} }, { quiet: 'arm' }],
  ['held out', [A], { arms: { a: 'holdout' } }, { quiet: 'holdout' }],
  ['a variant’s arm comes with the decision', [A], { arms: { a: 'five-percent' } }, { show: 'a', arm: 'five-percent' }],
];

const quietCases: DecisionCase[] = [
  ['refused this moment', [A], { refusedAt: NOW }, { quiet: 'refused' }],
  ['refused 29 days ago', [A], { refusedAt: NOW - 29 * DAY }, { quiet: 'refused' }],
  ['refused 30 days ago to the second', [A], { refusedAt: NOW - 30 * DAY }, { quiet: 'refused' }],
  ['refused 30 days and a second ago', [A], { refusedAt: NOW - 30 * DAY - SECOND }, { show: 'a', arm: null }],
  ['never refused', [A], { refusedAt: null }, { show: 'a', arm: null }],
  [
    'a rule with a shorter quiet after a refusal',
    [rule('a', { quietFor: { refused: '1h', shown: '0s' } })],
    { refusedAt: NOW - 3_601 * SECOND },
    { show: 'a', arm: null },
  ],
  [
    'a rule that forgives a refusal at once',
    [rule('a', { quietFor: { refused: '0s', shown: '0s' } })],
    { refusedAt: NOW },
    { show: 'a', arm: null },
  ],
  [
    'a refusal dated in the future by a clock that differs is a refusal',
    [A],
    { refusedAt: NOW + 60 * SECOND },
    { quiet: 'refused' },
  ],
  [
    'but not for a rule that forgives at once',
    [rule('a', { quietFor: { refused: '0d', shown: '1d' } })],
    { refusedAt: NOW + 60 * SECOND },
    { show: 'a', arm: null },
  ],
  ['a refusal at the very start of time is one', [A], { refusedAt: 0, now: DAY }, { quiet: 'refused' }],
  ['shown this moment', [A], { shown: { a: NOW } }, { quiet: 'shown' }],
  ['shown 23 hours ago', [A], { shown: { a: NOW - 23 * 3_600 * SECOND } }, { quiet: 'shown' }],
  ['shown a day ago to the second', [A], { shown: { a: NOW - DAY } }, { quiet: 'shown' }],
  ['shown a day and a second ago', [A], { shown: { a: NOW - DAY - SECOND } }, { show: 'a', arm: null }],
  ['another rule was shown', [A], { shown: { b: NOW } }, { show: 'a', arm: null }],
  [
    'a rule that may be shown again at once',
    [rule('a', { quietFor: { refused: '30d', shown: '0s' } })],
    { shown: { a: NOW } },
    { show: 'a', arm: null },
  ],
];

const orderCases: DecisionCase[] = [
  [
    'the higher priority speaks',
    [rule('a', { priority: 1 }), rule('b', { priority: 2 })],
    {},
    { show: 'b', arm: null },
  ],
  ['a negative priority is lower than 0', [rule('a', { priority: -1 }), B], {}, { show: 'b', arm: null }],
  ['a tie goes to the lower id', [B, A], {}, { show: 'a', arm: null }],
  ['whatever the order they come in', [A, B], {}, { show: 'a', arm: null }],
  [
    'the next speaks where the first may not',
    [rule('n', { priority: 9, when: { any: [] } }), A],
    {},
    { show: 'a', arm: null },
  ],
  [
    'the next speaks where the first was just shown',
    [rule('a', { priority: 9 }), B],
    { shown: { a: NOW } },
    { show: 'b', arm: null },
  ],
  [
    'the next speaks to those whom the first holds out',
    [rule('a', { priority: 9 }), B],
    { arms: { a: 'holdout', b: 'x' } },
    { show: 'b', arm: 'x' },
  ],
  ['held out by both', [A, B], { arms: { a: 'holdout', b: 'holdout' } }, { quiet: 'holdout' }],
  [
    'the reason is that of the rule that came closest',
    [rule('m', { priority: 9, moment: 'idle' }), never],
    {},
    { quiet: 'when' },
  ],
  [
    'also when the closest is asked first',
    [rule('n', { priority: 9, when: { any: [] } }), rule('m', { moment: 'idle' })],
    {},
    { quiet: 'when' },
  ],
  ['held out is closer than a false condition', [A, never], { arms: { a: 'holdout', n: null } }, { quiet: 'holdout' }],
];

/** A rule of two moments: one variant waits for the exit, one speaks when the visitor idles. */
const TWO = rule('a', { variants: [{ key: 'leaving' }, { key: 'resting', moment: 'idle' }] });

const momentCases: DecisionCase[] = [
  [
    'a variant speaks at its own moment',
    [TWO],
    { moment: 'idle', arms: { a: 'resting' } },
    { show: 'a', arm: 'resting' },
  ],
  ['and waits at the other’s', [TWO], { arms: { a: 'resting' } }, { quiet: 'turn' }],
  ['a variant without a moment has the rule’s', [TWO], { arms: { a: 'leaving' } }, { show: 'a', arm: 'leaving' }],
  ['and waits too', [TWO], { moment: 'idle', arms: { a: 'leaving' } }, { quiet: 'turn' }],
  ['a moment that no variant has', [TWO], { moment: 'scroll', arms: { a: 'leaving' } }, { quiet: 'moment' }],
  [
    'the held out are held out at each of them',
    [TWO],
    { moment: 'idle', arms: { a: 'holdout' } },
    { quiet: 'holdout' },
  ],
  [
    'an arm that is a variant no more has the rule’s moment',
    [TWO],
    { arms: { a: 'gone' } },
    { show: 'a', arm: 'gone' },
  ],
  ['the next speaks while the first waits', [TWO, B], { arms: { a: 'resting', b: null } }, { show: 'b', arm: null }],
  ['a claim needs no moment', [TWO], { moment: null, arms: { a: 'resting' } }, { show: 'a', arm: 'resting' }],
];

/** Whom a rule counts as eligible though it kept quiet. */
export const heldCases: readonly (readonly [
  name: string,
  rules: Decidable[],
  input: Partial<DecideInput>,
  held: string[],
])[] = [
  ['nobody where the rule speaks', [A], {}, []],
  ['who is held out', [A], { arms: { a: 'holdout' } }, ['a']],
  ['who waits for another moment', [TWO], { arms: { a: 'resting' } }, ['a']],
  ['not who would have seen nothing', [A], { arms: { a: 'holdout' }, purchased: true }, []],
  ['not who was refused lately', [A], { arms: { a: 'holdout' }, refusedAt: NOW }, []],
  ['not who has been counted lately', [A], { arms: { a: 'holdout' }, shown: { a: NOW } }, []],
  ['not at another moment', [A], { moment: 'idle', arms: { a: 'holdout' } }, []],
  ['the first, when the next speaks in its place', [A, B], { arms: { a: 'holdout', b: null } }, ['a']],
  ['both, when both are held out', [A, B], { arms: { a: 'holdout', b: 'holdout' } }, ['a', 'b']],
  ['not the second, where the first speaks', [A, B], { arms: { a: null, b: 'holdout' } }, []],
];

const claimCases: DecisionCase[] = [
  ['a claim is judged without a moment', [rule('a', { moment: 'time' })], { moment: null }, { show: 'a', arm: null }],
  [
    'a claim follows the showing, so having been shown is no obstacle',
    [A],
    { moment: null, shown: { a: NOW } },
    { show: 'a', arm: null },
  ],
  ['a claim after a refusal is refused', [A], { moment: null, refusedAt: NOW - DAY }, { quiet: 'refused' }],
  ['a claim after a purchase', [A], { moment: null, purchased: true }, { quiet: 'purchased' }],
  ['a claim that the facts do not bear', [never], { moment: null }, { quiet: 'when' }],
  ['a claim by someone held out', [A], { moment: null, arms: { a: 'holdout' } }, { quiet: 'holdout' }],
  ['a claim without an arm drawn', [A], { moment: null, arms: {} }, { quiet: 'arm' }],
];

export const decisionCases: DecisionCase[] = [
  ...gateCases,
  ...quietCases,
  ...orderCases,
  ...momentCases,
  ...claimCases,
];
