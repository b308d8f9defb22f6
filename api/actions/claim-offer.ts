/** A visitor takes the offer: consent, contact, code, chain and first letter in one transaction. */

import type { EmailAddress } from '../../core/email-address.ts';
import { localeOf } from '../../core/locale.ts';
import { greetableName } from '../../core/person-name.ts';
import { offeredItems } from '../../core/visit.ts';
import type { Claim, ClaimAnswer } from '../../core/wire.ts';
import type { Tx } from '../../db/connect.ts';
import { type ContactRow, upsertContact } from '../../db/contacts.ts';
import type { ShopRow } from '../../db/shops.ts';
import { insertEvents, updateVisitor } from '../../db/visits.ts';
import type { Deps } from '../deps.ts';
import type { Network } from '../network.ts';
import { type Folded, foldBatch } from './fold-batch.ts';
import { issueCode } from './issue-code.ts';
import { type Granted, judgeClaim, type Refusal } from './judge-claim.ts';
import { keepConsent } from './keep-consent.ts';
import { mailableItems } from './mailable-items.ts';
import type { FindShop } from './record-events.ts';
import { repeatLetter, startReminders } from './start-reminders.ts';

export interface ClaimInput extends Omit<Claim, 'email' | 'batch' | 'sentAt'> {
  email: EmailAddress;
  batch: string;
  sentAt: number | null;
}

export type ClaimResult = { answer: ClaimAnswer } | { refusal: Refusal };

/** How many items a letter shows. */
const LETTER_ITEMS = 4;

export async function claimOffer(
  deps: Deps,
  findShop: FindShop,
  claim: ClaimInput,
  network: Network,
): Promise<ClaimResult> {
  const result = await deps.db.engine(async (tx): Promise<ClaimResult> => {
    const shop = await findShop(tx);
    const folded = shop && (await foldBatch(tx, deps.settings.signingKey, shop, batchOf(claim), network));
    if (!folded) return { refusal: 'not_eligible' };
    const granted = await judgeClaim(tx, deps, shop, folded, claim.rule);
    if ('refusal' in granted) return granted;

    const contact = await meet(tx, deps, shop, claim);
    const locale = claim.locale ?? contact.locale;
    await keepConsent(tx, deps, { contact, consent: claim.consent, locale, folded, network });
    await insertEvents(tx, shop.id, claim.visit, [
      { type: 'offer_accepted', rule: claim.rule, variant: granted.arm, at: tx.now },
    ]);
    if (claim.consent.marketing) await updateVisitor(tx, { ...folded.visitor, subscribedAt: tx.now });
    return { answer: await give(tx, deps, { shop, granted, contact, claim, folded }) };
  });
  if ('answer' in result) deps.wake();
  return result;
}

const batchOf = (claim: ClaimInput) => ({
  visitor: claim.visitor,
  visit: claim.visit,
  key: claim.batch,
  sentAt: claim.sentAt,
  events: claim.events ?? [],
  sandboxed: false,
});

const meet = (tx: Tx, deps: Deps, shop: ShopRow, { email, name, locale }: ClaimInput): Promise<ContactRow> =>
  upsertContact(
    tx,
    { id: deps.newId(), shopId: shop.id, email, name: greetableName(name), locale: localeOf(locale ?? shop.locale) },
    'page',
  );

interface Giving {
  shop: ShopRow;
  granted: Granted;
  contact: ContactRow;
  claim: ClaimInput;
  folded: Folded;
}

/** The code, and the letters about it. The status follows from the boxes; the code is for the eyes of its first claimer alone. */
async function give(tx: Tx, deps: Deps, { shop, granted, contact, claim, folded }: Giving): Promise<ClaimAnswer> {
  const { rule, flow } = granted;
  const visitorId = claim.visitor;
  const { marketing } = claim.consent;
  const code = rule.offer.kind === 'none' ? null : await issueCode(tx, deps, { shop, rule, contact, visitorId });
  const another = code !== null && code.visitorId !== visitorId;
  if (marketing) {
    const items = mailableItems(offeredItems(folded.visit.state, Number.POSITIVE_INFINITY), shop.origins).slice(
      0,
      LETTER_ITEMS,
    );
    const locale = localeOf(claim.locale ?? contact.locale);
    await startReminders(tx, deps, { contact, visitorId, rule, flow, code, items, locale });
  } else if (another) {
    await repeatLetter(tx, deps, { contact, rule, code });
  }

  const status = marketing || another ? 'sent' : 'shown';
  if (!code || another || (marketing && rule.code.reveal !== 'screen')) return { status };
  return {
    status,
    code: code.code,
    ...(code.expiresAt === null ? {} : { expiresAt: new Date(code.expiresAt).toISOString() }),
  };
}
