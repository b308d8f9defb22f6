/** Who counts as a friend, when a reward is earned, and when its return term begins. A change of the usual facts, and what follows. */

import type {
  FriendFacts,
  FriendVerdict,
  ReferralStatus,
  RewardFacts,
  RewardVerdict,
} from '../../core/codes/referral.ts';

export const FRIEND: FriendFacts = {
  disposable: false,
  sender: false,
  senderVisitor: false,
  bought: false,
  earlier: null,
  capped: false,
};

export const FRIENDS: [what: string, change: Partial<FriendFacts>, expected: FriendVerdict][] = [
  ['somebody new gets a code', {}, { give: 'new' }],
  ['the sender by any spelling gets none', { sender: true }, { refuse: 'same_address' }],
  ['another address in the sender’s browser gets none', { senderVisitor: true }, { refuse: 'same_visitor' }],
  ['who has bought gets none', { bought: true }, { refuse: 'known' }],
  [
    'a sender who has bought is first of all the sender',
    { sender: true, bought: true, capped: true },
    { refuse: 'same_address' },
  ],
  ['a throw-away address gets none', { disposable: true }, { refuse: 'disposable' }],
  ['who asks again gets the same code', { earlier: { status: 'claimed', codeLive: true } }, { give: 'again' }],
  [
    'who asks again is not capped: no code is added',
    { earlier: { status: 'claimed', codeLive: true }, capped: true },
    { give: 'again' },
  ],
  ['an unused code that ran out is replaced', { earlier: { status: 'claimed', codeLive: false } }, { give: 'new' }],
  ['but not beyond the cap', { earlier: { status: 'claimed', codeLive: false }, capped: true }, { refuse: 'capped' }],
  ['a friend is a friend once', { earlier: { status: 'ordered', codeLive: false } }, { refuse: 'referred' }],
  ['also after a reward', { earlier: { status: 'rewarded', codeLive: false } }, { refuse: 'referred' }],
  ['also after a refund', { earlier: { status: 'refused', codeLive: true } }, { refuse: 'referred' }],
  ['too many codes from one place are none', { capped: true }, { refuse: 'capped' }],
  ['who is capped and has bought is known', { capped: true, bought: true }, { refuse: 'known' }],
  [
    'who asked before and bought without the code is known',
    { bought: true, earlier: { status: 'claimed', codeLive: true } },
    { refuse: 'known' },
  ],
];

export const DAY = 86_400_000;
/** 2026-11-22, noon in Berlin. */
export const PAID = Date.UTC(2026, 10, 22, 11);

export const ORDER: RewardFacts = {
  used: true,
  status: 'paid',
  total: 90,
  confirmedAt: PAID,
  sameAddress: false,
  sameVisitor: false,
  samePhone: false,
  earlierOrder: false,
  senderGone: false,
  rewarded: 0,
  perMonth: 10,
  returnTerm: '14d',
  zone: 'Europe/Berlin',
  now: PAID,
};

const DUE = PAID + 14 * DAY;
const due = (change: Partial<RewardFacts> = {}): Partial<RewardFacts> => ({ now: DUE, ...change });

export const REWARDS: [what: string, change: Partial<RewardFacts>, expected: RewardVerdict][] = [
  ['a paid order waits for its return term', {}, { wait: 'confirmed', until: DUE }],
  ['to the last millisecond', { now: DUE - 1 }, { wait: 'confirmed', until: DUE }],
  ['then the reward is due', due(), { reward: true }],
  ['and stays due', { now: DUE + 400 * DAY }, { reward: true }],
  ['an order without a return term is due at once', { returnTerm: '0d' }, { reward: true }],
  ['hours are exact', { returnTerm: '2h' }, { wait: 'confirmed', until: PAID + 2 * 3_600_000 }],
  [
    'days are the shop’s, over a change of clocks, too',
    { confirmedAt: Date.UTC(2026, 2, 28, 11), now: Date.UTC(2026, 2, 28, 11), returnTerm: '1d' },
    { wait: 'confirmed', until: Date.UTC(2026, 2, 29, 10) },
  ],
  ['an order not told of waits for word', { status: null, confirmedAt: null }, { wait: 'ordered', until: null }],
  ['so does one that is not paid', { status: 'placed', confirmedAt: null }, { wait: 'ordered', until: null }],
  ['however long', due({ status: 'awaiting_payment', confirmedAt: null }), { wait: 'ordered', until: null }],
  [
    'goods on their way unpaid confirm nothing',
    { status: 'shipped', confirmedAt: null },
    { wait: 'ordered', until: null },
  ],
  ['a code that was given back waits for another order', due({ used: false }), { wait: 'claimed', until: null }],
  ['a refund that gave it back is a refund', { used: false, status: 'refunded' }, { refuse: 'refunded' }],
  ['a cancelled order earns nothing', { status: 'cancelled' }, { refuse: 'cancelled' }],
  ['nor does a refunded one', due({ status: 'refunded' }), { refuse: 'refunded' }],
  ['nor one on which nothing is left to pay', { total: 0 }, { refuse: 'nothing_paid' }],
  [
    'an unpaid order of nothing is not judged yet',
    { total: 0, status: 'placed', confirmedAt: null },
    { wait: 'ordered', until: null },
  ],
  ['nor the sender’s own', { sameAddress: true }, { refuse: 'same_address' }],
  ['nor one from the sender’s browser', { sameVisitor: true }, { refuse: 'same_visitor' }],
  ['nor one to the sender’s phone', { samePhone: true }, { refuse: 'same_phone' }],
  ['nor a second order', { earlierOrder: true }, { refuse: 'not_first_order' }],
  [
    'which is known before it is paid',
    { sameVisitor: true, status: 'placed', confirmedAt: null },
    { refuse: 'same_visitor' },
  ],
  ['a refund comes first', { status: 'refunded', sameVisitor: true, total: 0 }, { refuse: 'refunded' }],
  ['the tenth reward of a month is given', due({ rewarded: 9 }), { reward: true }],
  ['the eleventh is not', due({ rewarded: 10 }), { refuse: 'month_cap' }],
  ['a lower cap holds for what comes due later', due({ rewarded: 3, perMonth: 2 }), { refuse: 'month_cap' }],
  ['without a cap all are given', due({ rewarded: 500, perMonth: null }), { reward: true }],
  ['the cap is asked about when the reward is due', { rewarded: 10 }, { wait: 'confirmed', until: DUE }],
  ['who is gone gets nothing', due({ senderGone: true }), { refuse: 'sender_gone' }],
  ['who is gone is over no cap', due({ senderGone: true, rewarded: 10 }), { refuse: 'sender_gone' }],
];

type Before = { status: string | null; at: number | null };
const NEW: Before = { status: null, at: null };
const NOW = PAID + DAY;

export const CONFIRMATIONS: [what: string, before: Before, status: string, expected: number | null][] = [
  ['paid confirms', NEW, 'paid', NOW],
  ['delivered confirms: cash on delivery', { status: 'shipped', at: null }, 'delivered', NOW],
  ['placed confirms nothing', NEW, 'placed', null],
  ['shipped alone confirms nothing', { status: 'placed', at: null }, 'shipped', null],
  ['shipped after paid begins the term anew', { status: 'paid', at: PAID }, 'shipped', NOW],
  ['so does a delay', { status: 'shipped', at: PAID }, 'delayed', NOW],
  ['so does the arrival', { status: 'shipped', at: PAID }, 'delivered', NOW],
  ['the same news twice is once', { status: 'paid', at: PAID }, 'paid', PAID],
  ['back to waiting for the money takes it back', { status: 'paid', at: PAID }, 'awaiting_payment', null],
  ['a refund takes it back', { status: 'delivered', at: PAID }, 'refunded', null],
  ['paid again after a refund confirms again', { status: 'refunded', at: null }, 'paid', NOW],
];

export const OPEN: [status: ReferralStatus, reason: string | null, open: boolean][] = [
  ['claimed', null, false],
  ['ordered', null, true],
  ['confirmed', null, true],
  ['rewarded', null, false],
  ['refused', 'refunded', true],
  ['refused', 'cancelled', true],
  ['refused', 'nothing_paid', true],
  ['refused', 'same_visitor', false],
  ['refused', 'month_cap', false],
  ['refused', null, false],
];
