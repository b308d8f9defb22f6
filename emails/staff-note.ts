/** A note to the shop's own people, in the shop's language: what a flow asks of them, about whom, about which order, and what was answered. */

import type { AwayReason } from '../core/letters/letter-wishes.ts';
import { type Locale, localeOf } from '../core/values/locale.ts';
import { cleanText } from './clean-text.ts';
import { formatSum } from './format.ts';
import { html, written } from './html.ts';
import type { Letter, LetterOrder } from './letter.ts';
import { WORDS } from './words/by-locale.ts';

export interface StaffNote {
  shopName: string;
  locale: string;
  /** What the flow asks of them. */
  wish: string;
  flow: string;
  customer: { email: string; name: string | null };
  order: LetterOrder | null;
  /** The customer's latest answer to a letter of the flow. */
  answer: StaffAnswer | null;
}

export interface StaffAnswer {
  score: number | null;
  stars: number | null;
  reason: string | null;
  comment: string | null;
}

interface NoteWords {
  customer: string;
  score(score: number): string;
  stars(stars: number): string;
  reason: string;
  comment: string;
  items: string;
  flow: string;
}

const NOTE_WORDS: Record<Locale, NoteWords> = {
  en: {
    customer: 'Customer',
    score: (score) => `Score: ${score} of 10`,
    stars: (stars) => `Stars: ${stars} of 5`,
    reason: 'Reason',
    comment: 'Comment',
    items: 'Items',
    flow: 'Flow',
  },
  ru: {
    customer: 'Покупатель',
    score: (score) => `Оценка: ${score} из 10`,
    stars: (stars) => `Звёзды: ${stars} из 5`,
    reason: 'Причина',
    comment: 'Комментарий',
    items: 'Товары',
    flow: 'Цепочка',
  },
};

const MOST_ITEMS = 20;

export function staffNote({
  shopName,
  locale,
  wish,
  flow,
  customer,
  order,
  answer,
}: StaffNote): Omit<Letter, 'preheader'> {
  const lang = localeOf(locale);
  const words = NOTE_WORDS[lang];
  const { email, name } = customer;
  const facts = [
    `${words.customer}: ${name ? `${cleanText(name, 80)}, ${email}` : email}`,
    ...(answer ? answered(answer, words, lang) : []),
    ...(order ? ordered(order, words, lang) : []),
    `${words.flow}: ${flow}`,
  ];
  return {
    subject: cleanText(`${shopName}: ${wish}`, 150),
    html: written(html`<p>${wish}</p>${facts.map((fact) => html`<p>${fact}</p>`)}`),
    text: [wish, '', ...facts].join('\n'),
  };
}

function answered({ score, stars, reason, comment }: StaffAnswer, words: NoteWords, lang: Locale): string[] {
  const reasons: Partial<Record<string, string>> = WORDS[lang].reasons satisfies Record<AwayReason, string>;
  return [
    ...(score === null ? [] : [words.score(score)]),
    ...(stars === null ? [] : [words.stars(stars)]),
    ...(reason ? [`${words.reason}: ${reasons[reason] ?? reason}`] : []),
    ...(comment ? [`${words.comment}: ${cleanText(comment, 2_000)}`] : []),
  ];
}

function ordered({ number, total, currency, items }: LetterOrder, words: NoteWords, lang: Locale): string[] {
  const titles = items.slice(0, MOST_ITEMS).map(({ title }) => cleanText(title, 120));
  return [
    `${WORDS[lang].order.number(cleanText(number, 100))}: ${formatSum(total, currency, lang)}`,
    ...(titles.length > 0 ? [`${words.items}: ${titles.join(', ')}`] : []),
  ];
}
