/** Makes the letter that leaves from what the ledger knows. */

import { ONLY_RECOMMENDING } from '../../../core/catalogue/recommend.ts';
import { triedVariant } from '../../../core/experiments/tried-variant.ts';
import { LETTER_KEYS, type LetterKey } from '../../../core/flows/flow.ts';
import { promisedFor } from '../../../core/flows/promised-offer.ts';
import type { Brand } from '../../../core/letters/brand.ts';
import type { OwnWords } from '../../../core/letters/own-letter.ts';
import { type Locale, localeOf } from '../../../core/values/locale.ts';
import type { FormKind } from '../../../core/visits/event.ts';
import type { DueMessage } from '../../../db/due-letters.ts';
import type { Leanings } from '../../../db/tallies.ts';
import type { LetterProps } from '../../../emails/letter.ts';
import type { OutgoingLetter } from '../../../emails/mailer.ts';
import { renderLetter, renderOwnLetter } from '../../../emails/render-letter.ts';
import type { Settings } from '../../settings.ts';
import { invitationUrl } from '../referrals/invitation-url.ts';
import type { LetterExtras } from './gather-extras.ts';
import { letterOrder } from './letter-order.ts';
import type { Imagined } from './letter-times.ts';
import { type Linked, linkLetter } from './link-letter.ts';

/** What a letter is made from: a message that is due, or one that a simulation foretells. */
export type LetterSource = Pick<
  DueMessage,
  | 'id'
  | 'shopId'
  | 'letter'
  | 'purpose'
  | 'flowKey'
  | 'steps'
  | 'step'
  | 'variant'
  | 'items'
  | 'offer'
  | 'order'
  | 'locale'
  | 'code'
  | 'codeExpiresAt'
  | 'email'
  | 'name'
  | 'zone'
  | 'shopName'
  | 'origins'
  | 'currency'
  | 'senderName'
  | 'senderEmail'
  | 'postalAddress'
  | 'settings'
> &
  /** Nobody who is only imagined has a link, or orders and visits of their own. */
  Partial<
    Pick<DueMessage, 'referralToken' | 'contactId' | 'enrollmentId' | 'own' | 'patronymic' | 'lastName' | 'nameStyle'>
  > & {
    leanings?: Leanings;
    imagined?: Imagined;
  };

export interface ComposedLetter {
  letter: OutgoingLetter;
  preheader: string;
  /** The shop's own markup as it came, and what of it was left out, in words. */
  markup: string;
  dropped: string[];
}

/** In the shop's own words where it has some: throws an OwnLetterError where they can't be written out. */
export async function composeLetter(
  settings: Settings,
  message: LetterSource,
  { recommended, form, items = message.items, ...extras }: LetterExtras & Omit<Partial<LetterProps>, 'items'> = {},
): Promise<ComposedLetter> {
  const key = LETTER_KEYS.find((known) => known === message.letter);
  if (!key) throw new Error(`no letter is called ${message.letter}`);
  const { homeUrl, unsubscribeUrl, linkOwn, ...links } = await linkLetter(
    settings,
    { ...message, items },
    message.origins.find((origin) => !origin.includes('*')) ?? settings.publicUrl,
    recommended,
  );
  // Whose address it is must be known before anything is offered there.
  const offered = key === 'confirm' ? { offer: { kind: 'none' as const }, code: null } : message;
  const locale = localeOf(message.locale);
  const tried = triedVariant(message.steps ?? [], message.step, message.variant);
  const [subject, button, body] = [tried?.subject?.[locale], tried?.button?.[locale], tried?.body?.[locale]];
  const promise = key === 'review-request' ? promisedFor(message.steps ?? [], message.step, 'reviewed') : null;
  const props: LetterProps = {
    ...(subject ? { subject } : {}),
    ...(button ? { button } : {}),
    ...(body ? { body } : {}),
    shop: {
      name: message.shopName,
      url: homeUrl,
      postalAddress: message.postalAddress,
      brand: message.settings.brand,
    },
    locale,
    timeZone: message.zone,
    currency: message.currency,
    name: message.name,
    nameParts: {
      ...(message.patronymic ? { patronymic: message.patronymic } : {}),
      ...(message.lastName ? { last: message.lastName } : {}),
    },
    // The rows of shops that were never asked about it say nothing of it.
    nameStyle: message.nameStyle ?? message.settings.nameStyle ?? 'first',
    offer: offered.offer,
    code: offered.code,
    expiresAt: message.codeExpiresAt,
    unsubscribeUrl,
    facts: factsOf(message.settings.brand, locale),
    ...links,
    ...extras,
    ...crossSold(key, links.recommendations),
    ...(key === 'form-answer' && form ? answerTo(form, links.items, message.settings.brand, locale) : {}),
    ...(promise ? { promise } : {}),
    ...(message.order ? { order: letterOrder(message.order) } : {}),
    // The rows of shops that were never asked about it say nothing of it.
    ...(message.referralToken && message.settings.referral?.enabled
      ? { referralUrl: invitationUrl(settings, message.referralToken) }
      : {}),
  };
  const words = message.own?.words?.[locale];
  const { markup, dropped, preheader, ...rendered } = words
    ? await renderOwn(key, props, words, linkOwn)
    : { ...renderLetter(key, props), markup: '', dropped: [] };
  const letter: OutgoingLetter = {
    id: message.id,
    shop: message.shopId,
    stream: message.purpose === 'marketing' ? 'broadcast' : 'transactional',
    from: { name: message.senderName, email: message.senderEmail },
    to: message.email,
    ...rendered,
    headers: {
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
    tag: `${message.flowKey}/${message.letter}`,
  };
  return { letter, preheader, markup, dropped };
}

/** Signing takes its time, rendering none: the addresses are found by one rendering, and put into the next. */
async function renderOwn(key: LetterKey, props: LetterProps, words: OwnWords, linkOwn: Linked['linkOwn']) {
  const found = new Set<string>();
  const first = renderOwnLetter(key, props, {
    words,
    link: (url) => {
      found.add(url);
      return url;
    },
  });
  if (found.size === 0) return first;
  const linked = await Promise.all([...found].map(async (url, place) => [url, await linkOwn(url, place)] as const));
  const links = new Map(linked);
  return renderOwnLetter(key, props, { words, link: (url) => links.get(url) ?? url });
}

/** The things of such a letter are those that go with the order; the order's own stand below. */
const crossSold = (
  key: LetterKey,
  recommendations: LetterProps['recommendations'],
): Partial<Pick<LetterProps, 'items' | 'recommendations'>> =>
  recommendations && ONLY_RECOMMENDING.includes(key) ? { items: recommendations.items, recommendations: NONE } : {};

/** What was asked for is what the form was about; else what the shop answers to whoever writes. */
function answerTo(
  form: FormKind,
  [wanted]: LetterProps['items'],
  { facts }: Brand,
  locale: Locale,
): Pick<LetterProps, 'download' | 'answer'> {
  if (form === 'download') return wanted ? { download: { title: wanted.title, url: wanted.url } } : {};
  const answer = facts?.[locale]?.answer;
  return answer ? { answer } : {};
}

const NONE = { reason: 'popular' as const, items: [] };

const factsOf = ({ facts, replyTo }: Brand, locale: Locale): NonNullable<LetterProps['facts']> => ({
  ...facts?.[locale],
  ...(replyTo ? { replyTo } : {}),
});
