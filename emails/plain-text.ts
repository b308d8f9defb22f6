/** A letter as plain text, written for reading and not stripped from the html. */

import { AWAY_REASONS, NPS_SCORES, STARS } from '../core/letters/letter-wishes.ts';
import type { Block, OrderRow, Part } from './block.ts';
import type { ItemView } from './item-view.ts';
import type { Foot } from './layout.ts';
import { orderRows } from './parts/order.ts';
import { starLine } from './parts/reviews.ts';
import type { Story } from './story.ts';
import type { Words } from './words/words.ts';

/** `written`: the body as the shop has written it, instead of what the blocks say. */
export function plainText(blocks: Block[], story: Story, foot: Foot, written: string | null = null): string {
  const body = written === null ? blocks.map((block) => textOf(block, story)).filter((text) => text !== '') : [written];
  const choice = foot.preferencesUrl ? [`${foot.preferences}: ${foot.preferencesUrl}`] : [];
  const own = foot.footer ? [foot.footer] : [];
  const social = foot.social.map(({ name, url }) => `${name}: ${url}`);
  const end = [
    '-- ',
    foot.why,
    foot.address,
    ...own,
    ...social,
    ...choice,
    `${foot.unsubscribe}: ${foot.unsubscribeUrl}`,
  ];
  return `${body.join('\n\n')}\n\n${end.join('\n')}\n`;
}

export function textOf(block: Block, story: Story): string {
  switch (block.kind) {
    case 'headline':
      return block.text.toLocaleUpperCase();
    case 'paragraph':
      return block.text;
    case 'button': {
      const url = story.goals[block.goal];
      return url ? `${block.label}:\n${url}` : '';
    }
    case 'items':
      return items(block.title, story);
    case 'order':
      return order(block.rows, story);
    case 'own':
      return block.text;
    default:
      return PARTS[block.kind](story);
  }
}

const PARTS: Record<Part, (story: Story) => string> = {
  coupon: ({ words, told, code, moment, minOrder, bounds, tiers }) => {
    if (!code) return '';
    const benefit = [words.benefit(told), minOrder && words.minOrder(minOrder)].filter(Boolean).join(', ');
    return lines(
      `${words.yourCode}: ${code}`,
      benefit,
      ...tiers.map(({ amount, from }) => words.tier(amount, from)),
      ...bounds,
      moment && words.validUntil(moment),
    );
  },
  recommended: ({ words, recommended }) =>
    recommended
      ? lines(
          `${words.recommended(recommended.reason, recommended.category)}:`,
          ...recommended.items.map((item) => itemLine(item, words)),
        )
      : '',
  reviews: ({ words, reviews }) =>
    reviews.length
      ? lines(
          `${words.reviews}:`,
          ...reviews.map(({ author, stars, text }) => lines(text, `${starLine(stars)} ${author}`.trim())),
        )
      : '',
  facts: ({ words, facts }) => lines(...facts.map(({ fact, text }) => `${words.facts[fact]}: ${text}`)),
  help: ({ words, replyTo }) => (replyTo ? `${words.facts.replyTo}: ${replyTo}` : ''),
  answer: ({ answer }) => answer ?? '',
  scale: ({ words, scores }) =>
    scores
      ? lines(
          `0: ${words.scale.least}, 10: ${words.scale.most}`,
          ...NPS_SCORES.map((score) => `${score}: ${scores(score)}`),
        )
      : '',
  stars: ({ words, stars }) =>
    stars ? lines(...STARS.map((star) => `${words.stars.label(star)}: ${stars(star)}`)) : '',
  reasons: ({ words, reasons }) =>
    reasons ? lines(...AWAY_REASONS.map((reason) => `${words.reasons[reason]}: ${reasons(reason)}`)) : '',
  referral: ({ words, referralUrl }) => (referralUrl ? `${words.referral}: ${referralUrl}` : ''),
  subscribe: ({ words, subscribeUrl }) => (subscribeUrl ? `${words.subscribe}: ${subscribeUrl}` : ''),
};

function order(rows: readonly OrderRow[], { words, order: view }: Story): string {
  if (!view) return '';
  const sums = orderRows(rows, view, words).map(({ label, value }) => `${label}: ${value}`);
  return lines(`${words.order.number(view.number)}:`, ...view.lines.map((line) => itemLine(line, words)), ...sums);
}

function items(title: string, { words, told, items: views, minOrder }: Story): string {
  if (!views.length) return '';
  const note = told.priced && minOrder ? words.pricesFrom(minOrder) : null;
  return lines(`${title}:`, ...views.map((view) => itemLine(view, words)), note);
}

function itemLine(
  { title, price, was, quantity, stockLeft, description, rating, url }: ItemView,
  words: Words,
): string {
  const times = quantity === null ? null : words.quantity(quantity);
  const name = price === null && times ? `${title} ${times}` : title;
  const cost = price === null ? '' : [price, times, was && words.insteadOf(was)].filter(Boolean).join(' ');
  const few = stockLeft === null ? null : words.stockLeft(stockLeft);
  const about = [cost, few].filter(Boolean).join('. ');
  return lines(
    `* ${about ? `${name}: ${about}` : name}`,
    rating && `  ${words.rating(rating.average, rating.count)}`,
    description && `  ${description}`,
    url && `  ${url}`,
  );
}

const lines = (...said: (string | null)[]): string => said.filter(Boolean).join('\n');
