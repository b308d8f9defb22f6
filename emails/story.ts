/** A letter's props made fit to print: clean texts, guarded links, formatted money and time. Chooses no words. */

import type { RecommendationReason } from '../core/catalogue/recommend.ts';
import type { AwayReason } from '../core/letters/letter-wishes.ts';
import type { Offer } from '../core/rules/offer.ts';
import type { Locale } from '../core/values/locale.ts';
import type { NameStyle } from '../core/values/person-name.ts';
import { cleanText } from './clean-text.ts';
import { datesOf, formatPercent, formatSum } from './format.ts';
import { type ItemView, itemView } from './item-view.ts';
import type { LetterProps } from './letter.ts';
import { withQuery } from './links.ts';
import { addressed } from './naming.ts';
import { type OrderView, orderView } from './order-view.ts';
import { safeUrl } from './safe-url.ts';
import { toldOf } from './told.ts';
import { WORDS } from './words/by-locale.ts';
import type { Told, Words } from './words/words.ts';

/** More would bury the code. */
const MAX_ITEMS = 5;
const MAX_RECOMMENDED = 4;
const MAX_REVIEWS = 3;

/** Where a button may lead. */
export const GOALS = ['to-shop', 'to-pay', 'to-parcel', 'to-download'] as const;
export type Goal = (typeof GOALS)[number];

export const FACTS = ['choosing', 'delivery', 'returns'] as const;

export interface Story {
  words: Words;
  told: Told;
  name: string | null;
  nameStyle: NameStyle;
  code: string | null;
  /** When the code expires: date, time and zone. */
  moment: string | null;
  minOrder: string | null;
  /** What the code is for, and what it isn't: a sentence each. */
  bounds: string[];
  /** What larger orders get, smallest first. */
  tiers: { amount: string; from: string }[];
  items: ItemView[];
  /** Null where there is nowhere to go. */
  goals: Record<Goal, string | null>;
  /** Where a tap on a number, a reason or a star leads; null where none is asked for. */
  scores: ((score: number) => string) | null;
  reasons: ((reason: AwayReason) => string) | null;
  stars: ((stars: number) => string) | null;
  order: OrderView | null;
  recommended: { reason: RecommendationReason; category: string; items: ItemView[] } | null;
  reviews: { author: string; stars: number; text: string }[];
  /** The shop's own terms, in its words. */
  facts: { fact: (typeof FACTS)[number]; text: string }[];
  replyTo: string | null;
  answer: string | null;
  referralUrl: string | null;
  subscribeUrl: string | null;
}

export function storyOf(props: LetterProps): Story {
  const { locale, offer, shop, order, recommendations, nameStyle = 'first', facts = {} } = props;
  const dates = datesOf(locale, props.timeZone);
  const currency = cleanText(props.currency, 3);
  const code = cleanText(props.code ?? '', 64) || null;
  const items = props.items.slice(0, MAX_ITEMS).map((item) => itemView(item, props));
  const views = (recommendations?.items ?? []).slice(0, MAX_RECOMMENDED).map((item) => itemView(item, props));
  const expires = code ? props.expiresAt : null;
  const view = order ? orderView(order, dates, props) : null;
  const address = cleanText(facts.replyTo ?? '', 254);
  const story: Omit<Story, 'told'> = {
    words: WORDS[locale],
    name: addressed(props.name, props.nameParts ?? {}, nameStyle, locale),
    nameStyle,
    code,
    moment: expires === null ? null : dates.moment(expires),
    minOrder: code && offer.minOrder ? formatSum(offer.minOrder, currency, locale) : null,
    bounds: code ? boundsOf(offer, WORDS[locale]) : [],
    tiers: (code ? (offer.tiers ?? []) : []).map((tier) => ({
      amount: amountOf(tier, currency, locale),
      from: formatSum(tier.from, currency, locale),
    })),
    items,
    goals: {
      'to-shop': safeUrl(props.buttonUrl) ?? items.find((item) => item.url)?.url ?? safeUrl(shop.url),
      'to-pay': view?.payUrl ?? null,
      'to-parcel': view?.trackingUrl ?? null,
      'to-download': safeUrl(props.download?.url),
    },
    scores: answering(props.scoreUrl, 'score'),
    reasons: answering(props.reasonsUrl, 'reason'),
    stars: answering(props.starsUrl, 'stars'),
    order: view,
    recommended: recommendations && views.length ? recommendedOf(recommendations, views) : null,
    reviews: (props.reviews ?? []).slice(0, MAX_REVIEWS).flatMap(({ author, stars, text }) => {
      const clean = { author: cleanText(author, 40), text: cleanText(text, 400) };
      return clean.text ? [{ ...clean, stars: Math.min(5, Math.max(1, Math.round(stars) || 1)) }] : [];
    }),
    facts: FACTS.map((fact) => ({ fact, text: cleanText(facts[fact] ?? '', 400) })).filter(({ text }) => text),
    replyTo: /^[^\s@<>"]+@[^\s@<>"]+$/.test(address) ? address : null,
    answer: cleanText(props.answer ?? '', 2_000) || null,
    referralUrl: safeUrl(props.referralUrl),
    subscribeUrl: safeUrl(props.subscribeUrl),
  };
  return { ...story, told: toldOf(props, story, (any) => amountOf(any, currency, locale), dates) };
}

/** The page with the answer in its address. */
function answering(url: string | undefined, name: string): ((answer: string | number) => string) | null {
  const page = safeUrl(url);
  return page ? (answer) => withQuery(page, [[name, String(answer)]]) : null;
}

const recommendedOf = (
  { reason, category }: { reason: RecommendationReason; category?: string },
  items: ItemView[],
): Story['recommended'] => ({ reason, category: cleanText(category ?? '', 40), items });

function boundsOf({ on = 'order', exclude }: Offer, words: Words): string[] {
  const categories = (exclude?.categories ?? []).map((category) => cleanText(category, 60)).filter(Boolean);
  const reduced = exclude?.reduced ?? false;
  return [
    ...(on === 'order' ? [] : [words.target[on]]),
    ...(categories.length > 0 || reduced ? [words.except(categories, reduced)] : []),
  ];
}

function amountOf(offer: Offer, currency: string, locale: Locale): string {
  switch (offer.kind) {
    case 'percent':
      return formatPercent(offer.value ?? 0, locale);
    case 'fixed':
      return formatSum(offer.value ?? 0, currency, locale);
    case 'gift':
      return cleanText(offer.gift ?? '', 60);
    case 'shipping':
    case 'none':
      return '';
  }
}
