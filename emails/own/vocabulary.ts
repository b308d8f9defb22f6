/** What a shop's own words may speak of in each letter: types for the check on save, and the values when the letter is written. */

import type { LetterKey } from '../../core/flows/flow.ts';
import { DRAFTS } from '../drafts.ts';
import type { ItemView } from '../item-view.ts';
import type { LetterProps } from '../letter.ts';
import type { Group, Scalar, Shape } from '../liquid/shape.ts';
import { addressed } from '../naming.ts';
import { safeUrl } from '../safe-url.ts';
import type { Story } from '../story.ts';

/** What the values are read from. `builtin`: the sentences that the letter has by itself. */
export interface Source {
  props: LetterProps;
  story: Story;
  builtin: Record<(typeof BUILTIN)[number], string>;
}

/** Every value may be missing in a given letter: it is null then, and false in a condition. */
type Values<S extends Shape> = S extends 'number'
  ? number | null
  : S extends Scalar
    ? string | null
    : S extends readonly [infer Inner extends Shape]
      ? readonly Values<Inner>[]
      : { readonly [name in keyof S]: S[name] extends Shape ? Values<S[name]> : never };

interface Word<S extends Shape> {
  shape: S;
  /** Null where this letter has nothing of it. */
  of(source: Source): Values<S> | null;
}

const word = <const S extends Shape>(shape: S, of: Word<S>['of']): Word<S> => ({ shape, of });

const BUILTIN = ['subject', 'preheader', 'headline', 'body', 'after', 'button'] as const;

const ITEM = {
  title: 'text',
  url: 'text',
  image: 'text',
  price: 'text',
  was: 'text',
  quantity: 'number',
  stock_left: 'number',
} as const;

const itemOf = ({ title, url, image, price, was, quantity, stockLeft }: ItemView): Values<typeof ITEM> => ({
  title,
  url,
  image,
  price,
  was,
  quantity: quantity ?? 1,
  stock_left: stockLeft,
});

const WORDS = {
  shop: word({ name: 'text', url: 'text' }, ({ props, story }) => ({
    name: story.told.shop,
    url: safeUrl(props.shop.url),
  })),
  contact: word({ name: 'text', first_name: 'text' }, ({ props, story }) => ({
    name: story.name,
    first_name: addressed(props.name, props.nameParts ?? {}, 'first', props.locale),
  })),
  greeting: word('text', ({ story }) => story.words.greeting(story.name, story.nameStyle)),
  builtin: word(
    { subject: 'text', preheader: 'text', headline: 'text', body: 'text', after: 'text', button: 'text' },
    ({ builtin }) => builtin,
  ),
  button: word({ url: 'text' }, ({ story }) => ({ url: story.goals['to-shop'] })),
  unsubscribe: word({ url: 'text' }, ({ props }) => ({ url: safeUrl(props.unsubscribeUrl) })),
  preferences: word({ url: 'text' }, ({ props }) => ({ url: safeUrl(props.preferencesUrl) })),
  facts: word({ choosing: 'text', delivery: 'text', returns: 'text' }, ({ story }) => {
    const told = (name: string): string | null => story.facts.find(({ fact }) => fact === name)?.text ?? null;
    return { choosing: told('choosing'), delivery: told('delivery'), returns: told('returns') };
  }),
  reply_to: word('text', ({ story }) => story.replyTo),
  items: word([ITEM], ({ story }) => story.items.map(itemOf)),
  code: word('text', ({ story }) => story.code),
  offer: word({ benefit: 'text', amount: 'text', min_order: 'text' }, ({ story }) =>
    story.code
      ? { benefit: story.words.benefit(story.told), amount: story.told.amount || null, min_order: story.minOrder }
      : null,
  ),
  expires: word({ day: 'text', moment: 'text' }, ({ story }) =>
    story.moment ? { day: story.told.day, moment: story.moment } : null,
  ),
  recommended: word({ title: 'text', category: 'text', items: [ITEM] }, ({ story: { words, recommended } }) =>
    recommended
      ? {
          title: words.recommended(recommended.reason, recommended.category),
          category: recommended.category || null,
          items: recommended.items.map(itemOf),
        }
      : null,
  ),
  reviews: word([{ author: 'text', stars: 'number', text: 'text' }], ({ story }) => story.reviews),
  order: word(
    {
      number: 'text',
      total: 'text',
      due: 'text',
      refunded: 'text',
      pay_before: 'text',
      pay_url: 'text',
      delivery: 'text',
      delayed: 'text',
      tracking: 'text',
      tracking_url: 'text',
      items: [ITEM],
    },
    ({ story: { order } }) =>
      order && {
        number: order.number,
        total: order.total,
        due: order.due,
        refunded: order.refunded,
        pay_before: order.payDay,
        pay_url: order.payUrl,
        delivery: order.delivery,
        delayed: order.delayedDay,
        tracking: order.tracking,
        tracking_url: order.trackingUrl,
        items: order.lines.map(itemOf),
      },
  ),
  promise: word(
    { amount: 'text' },
    ({ story }) => story.told.promised && { amount: story.told.promised.amount || null },
  ),
  referral: word({ url: 'text' }, ({ story }) => (story.referralUrl ? { url: story.referralUrl } : null)),
  subscribe: word({ url: 'text' }, ({ story }) => (story.subscribeUrl ? { url: story.subscribeUrl } : null)),
  holiday: word({ name: 'text', last_day: 'text' }, ({ story }) =>
    story.told.holiday ? { name: story.told.holiday.name, last_day: story.told.holiday.lastDay } : null,
  ),
  ends: word({ what: 'text', day: 'text', days_left: 'number' }, ({ story }) =>
    story.told.ends
      ? { what: story.told.ends.what, day: story.told.ends.day, days_left: story.told.ends.daysLeft }
      : null,
  ),
  points: word({ amount: 'text', day: 'text' }, ({ story }) => story.told.points),
  download: word({ title: 'text', url: 'text' }, ({ story }) =>
    story.goals['to-download'] ? { title: story.told.download || null, url: story.goals['to-download'] } : null,
  ),
  answer: word('text', ({ story }) => story.answer),
  kept_until: word('text', ({ story }) => story.told.keptDay),
};

type Root = keyof typeof WORDS;

const ALWAYS: readonly Root[] = ['shop', 'contact', 'greeting', 'builtin', 'button', 'unsubscribe'];
const UNLESS_CONFIRMING: readonly Root[] = ['preferences', 'facts', 'reply_to'];
const SELLING: readonly Root[] = ['items', 'code', 'offer', 'expires', 'recommended', 'reviews', 'kept_until'];
/** What only a few letters have. */
const SOME: { [root in Root]?: readonly LetterKey[] } = {
  order: [
    ...['thanks', 'cross-sell-1', 'cross-sell-2', 'review-request', 'review-thanks', 'replenish'],
    ...['nps', 'nps-promoter', 'nps-passive', 'nps-critic'],
  ] as LetterKey[],
  promise: ['review-request'],
  holiday: ['holiday', 'holiday-last-day'],
  ends: ['service-end'],
  points: ['points-expiring'],
  download: ['form-answer'],
  answer: ['form-answer'],
};

/** Letters that must not sell: their words know nothing of it. */
const isPlain = (key: LetterKey): boolean => key === 'confirm' || key.startsWith('order-');

const rootsOf = (key: LetterKey): Root[] => [
  ...ALWAYS,
  ...(key === 'confirm' ? [] : UNLESS_CONFIRMING),
  ...(isPlain(key) ? [] : SELLING),
  ...(key.startsWith('order-') ? (['order'] as const) : []),
  ...(['referral', 'subscribe'] as const).filter((part) => DRAFTS[key].includes(part)),
  ...(Object.keys(SOME) as Root[]).filter((root) => SOME[root]?.includes(key)),
];

export const vocabularyOf = (key: LetterKey): Group =>
  Object.fromEntries(rootsOf(key).map((root) => [root, WORDS[root].shape]));

export const valuesOf = (key: LetterKey, source: Source): Record<string, unknown> =>
  Object.fromEntries(rootsOf(key).map((root) => [root, WORDS[root].of(source)]));

/** What a letter of the shop's own may be put together from: what the built-in one is, and for those that sell what others of them have. */
export const placesOf = (key: LetterKey): ReadonlySet<string> =>
  new Set<string>([
    ...DRAFTS[key],
    ...(key === 'confirm' ? [] : ['facts', 'help', 'after']),
    ...(isPlain(key) ? [] : ['items', 'coupon', 'recommended', 'reviews', 'to-shop']),
  ]);
