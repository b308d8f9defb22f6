/** The closed list of facts that flows and segments may ask of a contact, and how they are read from what is stored. */

import { daysUntil } from '../values/anniversary.ts';
import type { FactType, FactValue } from '../visits/facts.ts';

/** Each fact's type; the comment says where it is read from. */
export const CONTACT_FACTS = {
  /** Orders that were neither cancelled nor refunded, and their worth in the shop's currency. From the orders. */
  orders: 'number',
  spent: 'number',
  /** Whole days; unknown without an order. From the orders. */
  daysSinceLastOrder: 'number',
  daysSinceFirstOrder: 'number',
  /** Whole days since the latest visit of any of the contact's devices. From the visits. */
  daysSinceLastVisit: 'number',
  /** Whole days since the latest click in a letter. From the letters' clicks. */
  daysSinceLastClick: 'number',
  /** Days since an item was last viewed or carted; infinite when none ever was. From the visits. */
  viewedWithinDays: 'number',
  cartedWithinDays: 'number',
  /** Categories and ids of what was viewed or carted in the last 90 days. From the visits. */
  'interests.category': 'list',
  'interests.id': 'list',
  /** From the items of the orders. */
  'bought.category': 'list',
  'bought.id': 'list',
  /** Letters opened (unsure: mail programs open on their own) and clicked. From the letters. */
  opened: 'number',
  clicked: 'number',
  /** The latest answer, 0–10. */
  nps: 'number',
  /** Why they left or fell silent, by their own latest word. From the contact. */
  reason: 'text',
  /** From the contact. */
  tags: 'list',
  /** Keys of the segments they belong to, as last counted. From the segments' members. */
  segments: 'list',
  /** Whether any code of theirs was redeemed. From the codes. */
  codeUsed: 'boolean',
  /** Whether they take marketing letters. From the contact. */
  subscribed: 'boolean',
  /** What made them known: popup, form, order, import. From the contact. */
  source: 'text',
  locale: 'text',
  city: 'text',
  /** Whole days until the next birthday, 0 on the day. From the contact. */
  birthdayInDays: 'number',
  /** 1–5 among the shop's buyers, 5 the best. From the orders. */
  'rfm.recency': 'number',
  'rfm.frequency': 'number',
  'rfm.monetary': 'number',
} as const satisfies Record<string, FactType>;

export type ContactFact = keyof typeof CONTACT_FACTS;
/** A fact that is not in the record is unknown. */
export type ContactFacts = Partial<Record<ContactFact, FactValue>>;

export interface ContactFactsInput {
  orders: number;
  spent: number;
  /** ms since the epoch, or null. */
  firstOrderAt: number | null;
  lastOrderAt: number | null;
  lastVisitAt: number | null;
  lastClickAt: number | null;
  lastViewAt: number | null;
  lastCartAt: number | null;
  interests: { categories: readonly string[]; ids: readonly string[] };
  bought: { categories: readonly string[]; ids: readonly string[] };
  opened: number;
  clicked: number;
  nps: number | null;
  reason: string | null;
  tags: readonly string[];
  segments: readonly string[];
  codeUsed: boolean;
  subscribed: boolean;
  source: string | null;
  locale: string;
  city: string | null;
  /** `MM-DD` or `YYYY-MM-DD`. */
  birthday: string | null;
  rfm: { recency: number; frequency: number; monetary: number } | null;
  timeZone: string;
  /** ms since the epoch. */
  now: number;
}

const DAY_MS = 86_400_000;

export function contactFacts(input: ContactFactsInput): ContactFacts {
  const { now } = input;
  const facts: ContactFacts = {
    orders: input.orders,
    spent: input.spent,
    viewedWithinDays: daysWithin(input.lastViewAt, now),
    cartedWithinDays: daysWithin(input.lastCartAt, now),
    'interests.category': input.interests.categories,
    'interests.id': input.interests.ids,
    'bought.category': input.bought.categories,
    'bought.id': input.bought.ids,
    opened: input.opened,
    clicked: input.clicked,
    tags: input.tags,
    segments: input.segments,
    codeUsed: input.codeUsed,
    subscribed: input.subscribed,
    locale: input.locale,
  };
  for (const [fact, at] of [
    ['daysSinceFirstOrder', input.firstOrderAt],
    ['daysSinceLastOrder', input.lastOrderAt],
    ['daysSinceLastVisit', input.lastVisitAt],
    ['daysSinceLastClick', input.lastClickAt],
  ] as const) {
    if (at !== null) facts[fact] = Math.floor(Math.max(0, now - at) / DAY_MS);
  }
  if (input.nps !== null) facts.nps = input.nps;
  for (const fact of ['reason', 'source', 'city'] as const) {
    const known = input[fact];
    if (known) facts[fact] = known;
  }
  const birthday = input.birthday && daysUntil(input.birthday, now, input.timeZone);
  if (typeof birthday === 'number') facts.birthdayInDays = birthday;
  if (input.rfm) {
    facts['rfm.recency'] = input.rfm.recency;
    facts['rfm.frequency'] = input.rfm.frequency;
    facts['rfm.monetary'] = input.rfm.monetary;
  }
  return facts;
}

const daysWithin = (at: number | null, now: number): number =>
  at === null ? Number.POSITIVE_INFINITY : Math.max(0, (now - at) / DAY_MS);
