/** The closed list of facts that a rule may ask about, and how a visit's facts are read. */

import { cartValue, type VisitState } from './visit.ts';

/** Each fact's type; the comment says where it is read from. */
export const VISIT_FACTS = {
  /** Pages of this visit. */
  pages: 'number',
  /** Active seconds of this visit, never more than the server saw pass. */
  seconds: 'number',
  /** Visits of this visitor, this one included. From the visitor's row. */
  visits: 'number',
  /** Whole days since the visit before this one; unknown on the first. */
  daysSinceLastVisit: 'number',
  /** Different items viewed, and lines in the cart, in this visit. */
  viewed: 'number',
  carted: 'number',
  /** The cart's worth in the shop's currency; unknown where the page doesn't say. */
  cartValue: 'number',
  searched: 'number',
  reviewed: 'number',
  social: 'number',
  /** Categories and ids of the items viewed or carted. */
  'items.category': 'list',
  'items.id': 'list',
  /** Read on the server from the visit's headers: mobile, tablet, desktop, … */
  device: 'text',
  browser: 'text',
  os: 'text',
  /** ISO 3166 alpha-2, where a trusted proxy tells it. */
  country: 'text',
  /** Two letters: the browser's first language. */
  language: 'text',
  /** The latest page's path. */
  path: 'text',
  /** The first page's referrer; like utm, unknown before a page and empty where there was none. */
  referrer: 'text',
  'utm.source': 'text',
  'utm.medium': 'text',
  'utm.campaign': 'text',
  /** 0–23 and 1 (Monday) – 7 (Sunday) in the shop's time zone. */
  hour: 'number',
  weekday: 'number',
  /** Whether the visitor's contact takes marketing letters. */
  subscribed: 'boolean',
  /** Keys of the segments that the visitor's contact belongs to; unknown until the server has told who they are. */
  segments: 'list',
  /** Whether something was bought in this visit. */
  purchased: 'boolean',
  /** Days since the last purchase or refusal; infinite when there never was one, so that `> 30` holds then. */
  purchasedWithinDays: 'number',
  refusedWithinDays: 'number',
} as const;

export type FactType = 'number' | 'text' | 'boolean' | 'list';
export type VisitFact = keyof typeof VISIT_FACTS;
export type FactValue = number | string | boolean | readonly string[];
/** A fact that is not in the record is unknown. */
export type Facts = Partial<Record<VisitFact, FactValue>>;

/** What is known of the visitor beyond the visit: the server's answer to each batch. */
export interface VisitorSummary {
  visits: number;
  daysSinceLastVisit: number | null;
  subscribed: boolean;
  /** Of a visitor who is proved to be a contact: those of their segments that the shop's rules ask for. */
  segments?: string[];
  /** ISO 8601 UTC, or null. */
  purchasedAt: string | null;
  refusedAt: string | null;
  /** When each rule's offer was last shown. */
  shown: Record<string, string>;
  facts: { country: string | null; device: string | null; browser: string | null; os: string | null };
  /** What each rule's experiment drew: a variant's key, "holdout", or null where the rule has no variants. Absent: the rule keeps quiet for this visitor. */
  arms: Record<string, string | null>;
}

export interface FactsInput {
  visit: VisitState;
  visitor: Pick<VisitorSummary, 'visits' | 'daysSinceLastVisit' | 'subscribed' | 'segments'> & {
    facts: Partial<VisitorSummary['facts']>;
  };
  purchasedAt: number | null;
  refusedAt: number | null;
  language: string | null;
  currency: string;
  /** The shop's wall clock; null where it can't be read, or nobody asks: a page's first calendar costs it more than all other facts together. */
  wall: { hour: number; weekday: number } | null;
  /** ms since the epoch. */
  now: number;
}

export function visitFacts(input: FactsInput): Facts {
  const { visit, visitor, now } = input;
  const items = [...visit.cart, ...visit.viewed];
  const value = cartValue(visit, input.currency);
  const facts: Facts = {
    pages: visit.pages,
    seconds: Math.floor(visit.activeMs / 1_000),
    visits: visitor.visits,
    viewed: visit.viewed.length,
    carted: visit.cart.length,
    searched: visit.searches,
    reviewed: visit.reviews,
    social: visit.social,
    'items.category': [...new Set(items.flatMap((item) => (item.category ? [item.category] : [])))],
    'items.id': [...new Set(items.map((item) => item.id))],
    subscribed: visitor.subscribed,
    purchased: visit.purchased,
    purchasedWithinDays: visit.purchased ? 0 : daysSince(input.purchasedAt, now),
    refusedWithinDays: daysSince(input.refusedAt, now),
  };
  if (visit.pages > 0) {
    facts.path = visit.path;
    facts.referrer = visit.referrer;
    for (const name of ['source', 'medium', 'campaign'] as const) facts[`utm.${name}`] = visit.utm[name];
  }
  if (input.wall) {
    facts.hour = input.wall.hour;
    facts.weekday = input.wall.weekday;
  }
  if (visitor.daysSinceLastVisit !== null) facts.daysSinceLastVisit = visitor.daysSinceLastVisit;
  if (value !== null) facts.cartValue = value;
  if (visitor.segments) facts.segments = visitor.segments;
  if (input.language) facts.language = input.language;
  for (const name of ['country', 'device', 'browser', 'os'] as const) {
    const known = visitor.facts[name];
    if (known) facts[name] = known;
  }
  return facts;
}

const daysSince = (at: number | null, now: number): number =>
  at === null ? Number.POSITIVE_INFINITY : Math.max(0, (now - at) / 86_400_000);
