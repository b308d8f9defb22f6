/** Makes the letter that leaves from what the ledger knows. */

import { LETTER_KEYS, type LetterKey } from '../../core/flow.ts';
import { localeOf } from '../../core/locale.ts';
import { promisedFor } from '../../core/promised-offer.ts';
import { ONLY_RECOMMENDING } from '../../core/recommend.ts';
import { triedVariant } from '../../core/tried-variant.ts';
import type { DueMessage } from '../../db/outbox.ts';
import type { Leanings } from '../../db/tallies.ts';
import type { LetterProps } from '../../emails/letter.ts';
import type { OutgoingLetter } from '../../emails/mailer.ts';
import { renderLetter } from '../../emails/render-letter.ts';
import type { Settings } from '../settings.ts';
import type { LetterExtras } from './gather-extras.ts';
import { invitationUrl } from './invitation-url.ts';
import { letterOrder } from './letter-order.ts';
import { linkLetter } from './link-letter.ts';

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
  Partial<Pick<DueMessage, 'referralToken' | 'contactId'>> & { leanings?: Leanings };

export async function composeLetter(
  settings: Settings,
  message: LetterSource,
  { recommended, items = message.items, ...extras }: LetterExtras = {},
): Promise<OutgoingLetter> {
  const key = LETTER_KEYS.find((known) => known === message.letter);
  if (!key) throw new Error(`no letter is called ${message.letter}`);
  const { homeUrl, unsubscribeUrl, ...links } = await linkLetter(
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
  const rendered = renderLetter(key, {
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
    offer: offered.offer,
    code: offered.code,
    expiresAt: message.codeExpiresAt,
    unsubscribeUrl,
    ...links,
    ...extras,
    ...crossSold(key, links.recommendations),
    ...(promise ? { promise } : {}),
    ...(message.order ? { order: letterOrder(message.order) } : {}),
    // The rows of shops that were never asked about it say nothing of it.
    ...(message.referralToken && message.settings.referral?.enabled
      ? { referralUrl: invitationUrl(settings, message.referralToken) }
      : {}),
  });
  return {
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
}

/** The things of such a letter are those that go with the order; the order's own stand below. */
const crossSold = (
  key: LetterKey,
  recommendations: LetterProps['recommendations'],
): Partial<Pick<LetterProps, 'items' | 'recommendations'>> =>
  recommendations && ONLY_RECOMMENDING.includes(key) ? { items: recommendations.items, recommendations: NONE } : {};

const NONE = { reason: 'popular' as const, items: [] };
