/** A flow as it is written: who enters when, the steps, what stops it, what it is for. How it runs is `advance`'s business. */

import type { ContactFact } from '../contacts/contact-facts.ts';
import type { HolidayKey } from '../holidays/holiday.ts';
import type { Condition } from '../rules/condition.ts';
import type { Offer } from '../rules/offer.ts';
import type { Duration } from '../values/duration.ts';
import type { FormKind, ShareAct } from '../visits/event.ts';

/** Over the facts of a contact. */
export type ContactCondition = Condition<ContactFact>;

/** How an order stands, as the shop tells it. */
export const ORDER_STATUSES = [
  'placed',
  'awaiting_payment',
  'paid',
  'shipped',
  'delayed',
  'delivered',
  'cancelled',
  'refunded',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** 0–6, 7–8, 9–10 of ten. */
export const NPS_GROUPS = ['critic', 'passive', 'promoter'] as const;
export type NpsGroup = (typeof NPS_GROUPS)[number];

/** Who is told that something is back: who asked for it, or who looked at it or carted it. */
export const WHOM = ['waiting', 'interested'] as const;
export type Whom = (typeof WHOM)[number];

/** What lets a contact in, with what narrows it down. */
export type Entry =
  | {
      on:
        | 'offer_accepted'
        | 'code_issued'
        | 'contact_known'
        | 'subscribed'
        | 'registered'
        | 'order_placed'
        | 'order_delivered'
        | 'letter_clicked'
        | 'items_arrived';
    }
  /** Absent: both. */
  | { on: 'item_back'; whom?: Whom }
  /** By `by` percent or more (5 unless told), of what was looked at or carted `within` a time (30 days unless told). */
  | { on: 'item_price_dropped'; within?: Duration; by?: number }
  /** `after` the latest sign of life: counted anew from each. */
  | { on: 'absent' | 'cart_abandoned' | 'browse_abandoned'; after: Duration }
  | { on: 'form_submitted'; form?: FormKind }
  /** What was ordered is running out, by the rhythm of each thing; `before` in days; `at` on their wall. */
  | { on: 'runs_out'; before?: Duration; at?: string }
  | { on: 'shared'; act?: ShareAct }
  | { on: 'order_status'; status?: OrderStatus }
  | { on: 'nps_answered'; group?: NpsGroup }
  | { on: 'segment_entered' | 'segment_left'; segment: string }
  /** A date of the contact's (`birthday`, or one the shop told of), every year; `before` in days; `at` on their wall. */
  | { on: 'date'; field: string; before?: Duration; at?: string }
  /**
   * Days of the calendar that the whole shop keeps; absent: those on which presents are given in its country. `before` in days, absent: as
   * many as suit each; of the last day to order by for delivery in time, where `of` says so.
   */
  | { on: 'holiday'; holidays?: HolidayKey[]; of?: 'last_order'; before?: Duration; at?: string }
  /**
   * The end of what they have for a time: days before it, one or several, each a run of its own. `what` as the shop tells it, or `code`
   * for the codes of Linger; without it everything but codes and points.
   */
  | { on: 'ends'; before: Duration | Duration[]; what?: string; at?: string }
  | { on: 'custom'; name: string };

export type EntryEvent = Entry['on'];

export const ENTRY_EVENTS = [
  'offer_accepted',
  'code_issued',
  'contact_known',
  'subscribed',
  'registered',
  'form_submitted',
  'shared',
  'absent',
  'cart_abandoned',
  'browse_abandoned',
  'order_placed',
  'order_status',
  'order_delivered',
  'runs_out',
  'nps_answered',
  'letter_clicked',
  'item_back',
  'item_price_dropped',
  'items_arrived',
  'segment_entered',
  'segment_left',
  'date',
  'holiday',
  'ends',
  'custom',
] as const satisfies readonly EntryEvent[];

export const STOP_EVENTS = ['redeemed', 'purchased', 'unsubscribed', 'code_expired'] as const;
export type StopEvent = (typeof STOP_EVENTS)[number];

/** What a step may wait for. An open is none: mail programs open letters that nobody reads. */
export const HEARD_EVENTS = [
  'purchased',
  'redeemed',
  'clicked',
  'visited',
  'viewed',
  'carted',
  'subscribed',
  'form_submitted',
  'nps_answered',
  'reason_given',
  'reviewed',
] as const;
export type HeardEvent = (typeof HEARD_EVENTS)[number];

/** Letters that speak of things or of a code: without either they have nothing to say. */
export const SELLING_LETTERS = [
  'offer',
  'reminder-1',
  'reminder-2',
  'last-chance',
  'referral-friend',
  'referral-reward',
  'cart-1',
  'cart-2',
  'cart-3',
  'browse-1',
  'browse-2',
  'replenish',
  'cross-sell-1',
  'cross-sell-2',
  'new-arrivals',
  'back-in-stock',
  'price-drop',
  'code-expiring',
] as const;

/** What a step may send, by the occasion. */
export const LETTER_KEYS = [
  ...SELLING_LETTERS,
  'confirm',
  'welcome-1',
  'welcome-2',
  'welcome-3',
  'thanks',
  'order-placed',
  'order-awaiting-payment',
  'order-paid',
  'order-shipped',
  'order-delayed',
  'order-delivered',
  'order-cancelled',
  'order-refunded',
  'nps',
  'nps-promoter',
  'nps-passive',
  'nps-critic',
  'review-request',
  'review-thanks',
  'miss-you',
  'why',
  'win-back-1',
  'win-back-2',
  'last-letter',
  'birthday',
  'holiday',
  'holiday-last-day',
  'long-time',
  'service-end',
  'points-expiring',
  'form-answer',
  'social-thanks',
] as const;
export type LetterKey = (typeof LETTER_KEYS)[number];

/** A wording to try against the others of its step, by language. */
export type Wording = { [locale in 'en' | 'ru']?: string };

/** One way to send a step's letter. What it doesn't say is as it would be; one that says nothing is the letter as it is. */
export interface LetterVariant {
  subject?: Wording;
  /** What the button says. */
  button?: Wording;
  /** The letter's own words between greeting and button; an empty line parts paragraphs. */
  body?: Wording;
  /** Another letter in its place. */
  letter?: LetterKey;
  /** It leaves later: as a `wait` step would say. */
  wait?: Duration;
  until?: string;
  days?: number[];
}

/** What shows which variant is the best: a click in the letter, or a purchase within the flow's goal; `never`: they are tried on without end. */
export const TRIAL_MEASURES = ['clicks', 'goal', 'never'] as const;
export type TrialMeasure = (typeof TRIAL_MEASURES)[number];

export type Step =
  /**
   * `expiresAfter`: a letter that could not leave within this time is skipped instead of sent stale. `variants`: tried evenly, until one has
   * won by what `decideBy` (`clicks`) says; then everybody gets that one. `subjects`: variants that differ in their subjects alone.
   */
  | {
      send: LetterKey;
      expiresAfter?: Duration;
      subjects?: Wording[];
      variants?: LetterVariant[];
      decideBy?: TrialMeasure;
    }
  /** `until` is a local time "HH:MM", or the contact's own hour: after the wait, the next moment with that time on the wall. `days`: 1 (Monday) – 7. */
  | { wait: Duration; until?: string; days?: number[] }
  /** Goes on with `then` as soon as it happens, with `else` when it hasn't within `timeout`. */
  | { waitFor: { event: HeardEvent; timeout: Duration; then?: Step[]; else?: Step[] } }
  | { branch: { if: ContactCondition; then?: Step[]; else?: Step[] } }
  /** One of these by weight, the same for the same person whenever they come by. */
  | { split: { weight: number; steps: Step[] }[] }
  /** A code of the chain's own, in every letter after it. */
  | { issue: Offer }
  /** `for`: what is added goes by itself after that. */
  | { tag: { add?: string[]; remove?: string[]; for?: Duration } }
  /** A letter to the shop's staff with these words. */
  | { notify: string }
  /** A call of the shop's own endpoint, by the name it was registered under. */
  | { webhook: string }
  | { stop: string };

/** When flows begin on a day and don't say at what hour, on the contact's wall. */
export const USUAL_HOUR = '10:00';

export interface Flow {
  key: string;
  name: string;
  enabled: boolean;
  purpose: 'marketing' | 'transactional';
  entry: Entry;
  /** Who may enter at all. */
  filter?: ContactCondition;
  /** Also for those who have reacted to nothing for so long that nothing else that sells begins for them. */
  lost?: true;
  /** How long after entering somebody may enter again; without it as often as there is a new cart, order or code. */
  reentry?: Duration;
  /** ISO 8601; nobody enters before or after. */
  startsAt?: string;
  endsAt?: string;
  /** Flows of one intent exclude each other for a contact. */
  intent?: string;
  /** The higher goes first where letters of several flows want the same day. */
  priority?: number;
  goal?: { on: 'purchased'; within: Duration };
  /** Share 0–0.5 of those who would enter that gets nothing, the same people every time, so that a report can tell what the flow brings. */
  holdout?: number;
  stopOn: StopEvent[];
  steps: Step[];
}
