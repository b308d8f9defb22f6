/** Friends who bring friends: who counts as one, and when the sender has earned the reward. Decides only; keeps no address and counts nothing. */

import type { Offer } from '../rules/offer.ts';
import { after } from '../values/calendar.ts';
import type { Duration } from '../values/duration.ts';

/** What a shop promises the two. */
export interface ReferralProgram {
  enabled: boolean;
  /** What the friend gets, for a first order. */
  friend: Offer;
  /** What the sender gets once that order stays. */
  reward: Offer;
  /** How long an order may still be sent back. */
  returnTerm: Duration;
  /** Rewards for one sender in 30 times 24 hours; null is no limit. */
  perMonth: number | null;
}

/** Switched on by one word; every part can be said otherwise. */
export const REFERRAL: ReferralProgram = {
  enabled: false,
  friend: { kind: 'percent', value: 10, expiresIn: '30d' },
  reward: { kind: 'percent', value: 10, expiresIn: '90d' },
  returnTerm: '14d',
  perMonth: 10,
};

/** `ordered`: the friend's code is in an order; `confirmed`: that order is paid or delivered, and its return term runs. */
export const REFERRAL_STATUSES = ['claimed', 'ordered', 'confirmed', 'rewarded', 'refused'] as const;
export type ReferralStatus = (typeof REFERRAL_STATUSES)[number];

/** Why somebody who follows a link gets no code. */
export const FRIEND_REFUSALS = ['same_address', 'same_visitor', 'known', 'disposable', 'referred', 'capped'] as const;
export type FriendRefusal = (typeof FRIEND_REFUSALS)[number];

/** Why a friend's order earns no reward. */
export const REWARD_REFUSALS = [
  'cancelled',
  'refunded',
  'nothing_paid',
  'same_address',
  'same_visitor',
  'same_phone',
  'not_first_order',
  'sender_gone',
  'month_cap',
] as const;
export type RewardRefusal = (typeof REWARD_REFUSALS)[number];

/** What is known of who asks for a friend's code. */
export interface FriendFacts {
  /** The address is the sender's, by its canonical form. */
  sender: boolean;
  /** The browser is known as the sender's. */
  senderVisitor: boolean;
  /** This address, or this browser, has bought here. */
  bought: boolean;
  /** The address is at a domain that gets no codes. */
  disposable: boolean;
  /** What became of an earlier invitation of this address, whoever sent it. */
  earlier: { status: ReferralStatus; codeLive: boolean } | null;
  /** Enough codes were given to where the call comes from. */
  capped: boolean;
}

/** `again`: the code that they have is good, and is sent once more. */
export type FriendVerdict = { give: 'new' | 'again' } | { refuse: FriendRefusal };

export function judgeFriend({
  sender,
  senderVisitor,
  bought,
  disposable,
  earlier,
  capped,
}: FriendFacts): FriendVerdict {
  if (sender) return { refuse: 'same_address' };
  if (senderVisitor) return { refuse: 'same_visitor' };
  if (bought) return { refuse: 'known' };
  if (disposable) return { refuse: 'disposable' };
  if (earlier && earlier.status !== 'claimed') return { refuse: 'referred' };
  if (earlier?.codeLive) return { give: 'again' };
  return capped ? { refuse: 'capped' } : { give: 'new' };
}

/** What the shop has told of the order that the friend's code is in, and of what ties it to the sender. */
export interface RewardFacts {
  /** The order still holds the friend's code as used. */
  used: boolean;
  /** As the shop calls it; null: it has told of no such order. */
  status: string | null;
  /** Paid in all. */
  total: number;
  /** See `confirmedAt`. */
  confirmedAt: number | null;
  sameAddress: boolean;
  sameVisitor: boolean;
  samePhone: boolean;
  /** The buyer, or the browser, had bought before. */
  earlierOrder: boolean;
  senderGone: boolean;
  /** Rewards of this sender in the last 30 days. */
  rewarded: number;
  perMonth: number | null;
  returnTerm: Duration;
  /** The shop's zone, in which days are counted. */
  zone: string;
  now: number;
}

export type RewardVerdict =
  /** Asked again at `until` (ms since the epoch), or where that is null when the shop tells more of the order. */
  { wait: 'claimed' | 'ordered' | 'confirmed'; until: number | null } | { reward: true } | { refuse: RewardRefusal };

/** The first obstacle counts; a sender's own limits are asked about only when the reward is due. */
export function judgeReward(facts: RewardFacts): RewardVerdict {
  const { status, confirmedAt, returnTerm, zone, now, rewarded, perMonth } = facts;
  if (status === 'cancelled' || status === 'refunded') return { refuse: status };
  if (!facts.used) return { wait: 'claimed', until: null };
  if (facts.sameAddress) return { refuse: 'same_address' };
  if (facts.sameVisitor) return { refuse: 'same_visitor' };
  if (facts.samePhone) return { refuse: 'same_phone' };
  if (facts.earlierOrder) return { refuse: 'not_first_order' };
  if (status === null || confirmedAt === null) return { wait: 'ordered', until: null };
  if (facts.total <= 0) return { refuse: 'nothing_paid' };
  const until = after(confirmedAt, returnTerm, zone);
  if (now < until) return { wait: 'confirmed', until };
  if (facts.senderGone) return { refuse: 'sender_gone' };
  return rewarded >= (perMonth ?? Number.POSITIVE_INFINITY) ? { refuse: 'month_cap' } : { reward: true };
}

/** These can be taken back by later news of the order; what ties the two people together can't. */
const MENDED: readonly string[] = ['cancelled', 'refunded', 'nothing_paid'] satisfies RewardRefusal[];

/** Whether news of the order still decides anything. */
export const isOpen = (status: ReferralStatus, reason: string | null): boolean =>
  status === 'ordered' || status === 'confirmed' || (status === 'refused' && MENDED.includes(reason ?? ''));

const CONFIRMING: readonly string[] = ['paid', 'delivered'];
const UNDERWAY: readonly string[] = ['shipped', 'delayed'];

/**
 * From when the return term runs: the latest news of an order that was paid or delivered, so that the term begins anew when the goods
 * leave and when they arrive. Goods on their way that nobody has paid for confirm nothing, and the same news twice is once.
 */
export function confirmedAt(
  before: { status: string | null; at: number | null },
  status: string,
  now: number,
): number | null {
  if (before.at !== null && before.status === status) return before.at;
  if (CONFIRMING.includes(status)) return now;
  return UNDERWAY.includes(status) && before.at !== null ? now : null;
}
