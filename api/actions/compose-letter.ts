/** Makes the letter that leaves from what the ledger knows. */

import { LETTER_KEYS } from '../../core/flow.ts';
import { localeOf } from '../../core/locale.ts';
import type { DueMessage } from '../../db/outbox.ts';
import type { OutgoingLetter } from '../../emails/mailer.ts';
import { renderLetter } from '../../emails/render-letter.ts';
import type { Settings } from '../settings.ts';
import { signToken } from '../signing.ts';

export async function composeLetter(settings: Settings, message: DueMessage): Promise<OutgoingLetter> {
  const key = LETTER_KEYS.find((known) => known === message.letter);
  if (!key) throw new Error(`no letter is called ${message.letter}`);
  const unsubscribeUrl = `${settings.publicUrl}/u/${await signToken(settings.signingKey, 'unsubscribe', message.id)}`;
  const rendered = renderLetter(key, {
    shop: {
      name: message.shopName,
      url: message.origins.find((origin) => !origin.includes('*')) ?? settings.publicUrl,
      postalAddress: message.postalAddress,
      brand: message.settings.brand,
    },
    locale: localeOf(message.locale),
    timeZone: message.zone,
    currency: message.currency,
    name: message.name,
    items: message.items,
    offer: message.offer,
    code: message.code,
    expiresAt: message.codeExpiresAt,
    unsubscribeUrl,
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
