/** A letter as plain text, written for reading and not stripped from the html. */

import { NPS_SCORES } from '../core/letter-wishes.ts';
import type { Block } from './block.ts';
import type { Foot } from './layout.ts';
import type { Story } from './story.ts';

export function plainText(blocks: Block[], story: Story, foot: Foot): string {
  const body = blocks.map((block) => paragraph(block, story)).filter((text) => text !== '');
  const choice = foot.preferencesUrl ? [`${foot.preferences}: ${foot.preferencesUrl}`] : [];
  const end = ['-- ', foot.why, foot.address, ...choice, `${foot.unsubscribe}: ${foot.unsubscribeUrl}`];
  return `${body.join('\n\n')}\n\n${end.join('\n')}\n`;
}

function paragraph(block: Block, story: Story): string {
  switch (block.kind) {
    case 'headline':
      return block.text.toLocaleUpperCase();
    case 'paragraph':
      return block.text;
    case 'coupon':
      return coupon(story);
    case 'items':
      return items(story);
    case 'scale':
      return scale(story);
    case 'button':
      return story.shopUrl ? `${block.label}:\n${story.shopUrl}` : '';
  }
}

function scale({ words, scores }: Story): string {
  if (!scores) return '';
  const lines = NPS_SCORES.map((score) => `${score}: ${scores(score)}`);
  return [`0: ${words.scale.least}, 10: ${words.scale.most}`, ...lines].join('\n');
}

function coupon({ words, told, code, moment, minOrder }: Story): string {
  if (!code) return '';
  const benefit = [words.benefit(told), minOrder && words.minOrder(minOrder)].filter(Boolean).join(', ');
  return [`${words.yourCode}: ${code}`, benefit, moment && words.validUntil(moment)].filter(Boolean).join('\n');
}

function items({ words, told, items: views, minOrder }: Story): string {
  if (!views.length) return '';
  const lines = views.map(({ title, price, was, url }) => {
    const cost = [price, was && words.insteadOf(was)].filter(Boolean).join(' ');
    return [`* ${cost ? `${title}: ${cost}` : title}`, url && `  ${url}`].filter(Boolean).join('\n');
  });
  const note = told.priced && minOrder ? [words.pricesFrom(minOrder)] : [];
  return [`${words.items(told)}:`, ...lines, ...note].join('\n');
}
