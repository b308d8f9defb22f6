/** Shows a letter in the shop's own words, saved or not, and sends it to the shop's own people. Nothing is counted. */

import type { LetterKey } from '../../../core/flows/flow.ts';
import type { OwnLetter } from '../../../core/letters/own-letter.ts';
import { parseEmail } from '../../../core/values/email-address.ts';
import type { Locale } from '../../../core/values/locale.ts';
import { domainOf, isFreeMail } from '../../../core/values/mailbox-provider.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { currentTemplate } from '../../../db/templates.ts';
import { lint } from '../../../emails/lint.ts';
import { oneLine } from '../../../emails/mail-fields.ts';
import { OwnLetterError } from '../../../emails/own/own-draft.ts';
import type { Deps } from '../../deps.ts';
import { describeError } from '../../log.ts';
import { Problem } from '../../problem.ts';
import { checkTemplate } from './check-template.ts';
import { type ComposedLetter, composeLetter } from './compose-letter.ts';
import { letterToLookAt } from './letter-source.ts';

export interface Preview {
  locale?: Locale;
  contact?: string;
  draft?: OwnLetter;
}

export interface Previewed {
  locale: Locale;
  subject: string;
  preheader: string;
  html: string;
  text: string;
  bytes: number;
  warnings: string[];
}

export async function previewTemplate(deps: Deps, shop: ShopRow, key: LetterKey, asked: Preview): Promise<Previewed> {
  const { composed, locale } = await looked(deps, shop, key, asked);
  const { letter, preheader, dropped, markup } = composed;
  const { subject, html, text } = letter;
  const bytes = new TextEncoder().encode(html).length;
  return { locale, subject, preheader, html, text, bytes, warnings: warningsOf(dropped, lint(markup, bytes)) };
}

export interface Tested {
  sent: boolean;
  to: string;
  subject: string;
  reason: string | null;
}

const MARK: Record<Locale, string> = { en: 'Test', ru: 'Тест' };

export async function testTemplate(
  deps: Deps,
  shop: ShopRow,
  key: LetterKey,
  { to = shop.senderEmail, ...asked }: Preview & { to?: string },
): Promise<Tested> {
  const address = ownAddress(shop, to);
  const { composed, locale } = await looked(deps, shop, key, asked);
  const subject = oneLine(`[${MARK[locale]}] ${composed.letter.subject}`);
  const letter = {
    ...composed.letter,
    id: deps.newId(),
    to: address,
    subject,
    stream: 'transactional' as const,
    tag: `test/${key}`,
  };
  const outcome = await deps.mailer
    .send(letter, deps.settings.sendTimeoutMs)
    .catch((error: unknown) => ({ kind: 'unknown' as const, reason: describeError(error) }));
  const reason = outcome.kind === 'accepted' ? null : oneLine(outcome.reason).slice(0, 300);
  return { sent: reason === null, to: address, subject, reason };
}

/** Only people of the shop's own: whoever gets hold of its key can't write to anybody else by it. */
function ownAddress({ senderEmail }: ShopRow, to: string): string {
  const address = parseEmail(to)?.address;
  const sender = parseEmail(senderEmail)?.address ?? senderEmail;
  const colleague = address !== undefined && domainOf(address) === domainOf(sender) && !isFreeMail(sender);
  if (address !== undefined && (address === sender || colleague)) return address;
  const message = isFreeMail(sender) ? 'must be the sender’s address' : `must be an address at ${domainOf(sender)}`;
  throw new Problem('invalid', { errors: [{ path: 'to', message }] });
}

async function looked(
  deps: Deps,
  shop: ShopRow,
  key: LetterKey,
  { draft, ...who }: Preview,
): Promise<{ composed: ComposedLetter; locale: Locale }> {
  if (draft) checkTemplate(key, draft, 'draft');
  const words = draft ?? (await deps.db.shop(shop.id, (tx) => currentTemplate(tx, shop.id, key)))?.words ?? null;
  const { source, extras, locale } = await letterToLookAt(deps, shop, { ...who, key, words });
  try {
    return { composed: await composeLetter(deps.settings, source, extras), locale };
  } catch (error) {
    if (!(error instanceof OwnLetterError)) throw error;
    throw new Problem('invalid', {
      errors: [{ path: [...(draft ? ['draft'] : []), locale, error.path].join('.'), message: error.why }],
    });
  }
}

export const warningsOf = (dropped: readonly string[], linted: readonly string[]): string[] => [
  ...dropped.map((what) => `left out: ${what}`),
  ...linted,
];
