/** A visitor takes the offer: consent, contact, code, chain and first letter in one transaction. */

import { mustConfirm } from '../../../core/letters/confirmation.ts';
import { localeOf } from '../../../core/values/locale.ts';
import type { ThrowawayMode } from '../../../core/values/throwaway.ts';
import { MOST_OFFERED, offeredItems } from '../../../core/visits/visit.ts';
import type { Claim, ClaimAnswer } from '../../../core/visits/wire.ts';
import type { Tx } from '../../../db/connect.ts';
import type { ContactRow } from '../../../db/contacts.ts';
import { foreseeFlows } from '../../../db/flows.ts';
import { rulesInForce } from '../../../db/rules.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { insertEvents, updateVisitor } from '../../../db/visits.ts';
import type { Deps } from '../../deps.ts';
import type { Network } from '../../network.ts';
import { announceCode } from '../codes/announce-code.ts';
import { issueCode } from '../codes/issue-code.ts';
import { followPerson } from '../contacts/follow-person.ts';
import { judgeAddress } from '../contacts/judge-address.ts';
import { keepConsent } from '../contacts/keep-consent.ts';
import { askerOf, meetPerson, type Told } from '../contacts/meet-person.ts';
import { repeatLetter, startReminders, withholdReminders } from '../flows/start-reminders.ts';
import { currentItems } from '../letters/current-items.ts';
import { mailableItems } from '../letters/mailable-items.ts';
import { askToConfirm } from '../readers/confirm-address.ts';
import { type Batch, type Folded, foldBatch } from '../visits/fold-batch.ts';
import { followVisit } from '../visits/follow-visit.ts';
import type { FindShop } from '../visits/record-events.ts';
import { type Granted, judgeClaim, type Refusal } from './judge-claim.ts';

/** What a claim means for flows, whichever a shop has. */
const FORESEEN = [
  'code_issued',
  'ends',
  'cart_abandoned',
  'browse_abandoned',
  'absent',
  'contact_known',
  'subscribed',
] as const;

export interface ClaimInput extends Told, Pick<Claim, 'rule' | 'consent'> {
  batch: Batch;
}

export type ClaimResult = { answer: ClaimAnswer } | { refusal: Refusal };

export async function claimOffer(
  deps: Deps,
  findShop: FindShop,
  claim: ClaimInput,
  network: Network,
): Promise<ClaimResult> {
  const result = await deps.db.engine(async (tx): Promise<ClaimResult> => {
    const shop = await findShop(tx);
    if (!shop) return { refusal: 'not_eligible' };
    // An answer waits for all of this: what can be asked ahead, or need not be waited for, is.
    const reading = rulesInForce(tx, shop.id);
    tx.meanwhile(reading);
    foreseeFlows(tx, shop.id, ...FORESEEN);
    const folded = await foldBatch(tx, deps.settings.signingKey, shop, claim.batch, network);
    if (!folded) return { refusal: 'not_eligible' };
    const claimed = { rules: await reading, ruleId: claim.rule, network };
    const granted = await judgeClaim(tx, deps, shop, folded, claimed);
    if ('refusal' in granted) return granted;

    const contact = await meetPerson(tx, deps, { shop, visitor: folded.visitor, told: claim });
    const locale = claim.locale ?? contact.locale;
    const unconfirmed = mustConfirm(shop.settings.confirm, askerOf(shop, folded, claim));
    const treatment = granted.rule.offer.kind === 'none' ? 'allow' : judgeAddress(deps, shop, contact);
    const agreed = { contact, consent: claim.consent, locale, folded, network, method: 'popup' as const };
    const subscribing = keepConsent(tx, deps, { ...agreed, unconfirmed: unconfirmed || treatment === 'confirm' });
    const accepted = { type: 'offer_accepted' as const, rule: claim.rule, variant: granted.arm, at: tx.now };
    tx.meanwhile(subscribing, insertEvents(tx, shop.id, folded.visit.id, [accepted]));
    if (claim.consent.marketing) tx.meanwhile(updateVisitor(tx, { ...folded.visitor, subscribedAt: tx.now }));
    const giving = { shop, granted, contact, claim, folded, unconfirmed, treatment, subscribing };
    const answer = await give(tx, deps, giving);
    // After the reminders: while they run, other chains of their kind don't begin.
    if (folded.fresh) await followVisit(tx, deps, shop, folded, contact.id);
    const items = mailableItems(offeredItems(folded.visit.state, MOST_OFFERED), shop.origins);
    const { id: visitorId } = folded.visitor;
    const left = { contact, visitorId, items, locale: localeOf(locale) };
    await followPerson(tx, deps, { ...left, subscribed: await subscribing });
    return { answer };
  });
  if ('answer' in result) deps.wake();
  return result;
}

/** By the shop's settings and the boxes alone: whether the address is known, no answer tells. */
function statusOf(claim: { marketing: boolean; unconfirmed: boolean; another: boolean }): ClaimAnswer['status'] {
  if (claim.marketing && claim.unconfirmed) return 'confirm';
  return claim.marketing || claim.another ? 'sent' : 'shown';
}

interface Giving {
  shop: ShopRow;
  granted: Granted;
  contact: ContactRow;
  claim: ClaimInput;
  folded: Folded;
  /** Whose address it is must be said from the mailbox first. */
  unconfirmed: boolean;
  treatment: ThrowawayMode;
  /** Done when flows may ask whether they take letters. */
  subscribing: Promise<unknown>;
}

/** The code, and the letters about it. The status follows from the boxes; the code is for the eyes of its first claimer alone. */
async function give(
  tx: Tx,
  deps: Deps,
  { shop, granted, contact, claim, folded, unconfirmed, treatment, subscribing }: Giving,
): Promise<ClaimAnswer> {
  const { flow, rangeHash } = granted;
  const visitorId = folded.visitor.id;
  const { marketing } = claim.consent;
  const wanted = mailableItems(offeredItems(folded.visit.state, Number.POSITIVE_INFINITY), shop.origins);
  const reading = currentItems(tx, shop.id, wanted);
  tx.meanwhile(reading);
  const locale = localeOf(claim.locale ?? contact.locale);
  if (treatment === 'deny' || (treatment === 'confirm' && !marketing)) {
    const items = (await reading).slice(0, MOST_OFFERED);
    const accepted = { contact, visitorId, rule: granted.rule, flow, items, locale };
    if (marketing) await withholdReminders(tx, deps, accepted, 'disposable');
    return { status: statusOf({ marketing, unconfirmed, another: true }) };
  }
  const { code, fresh } =
    granted.rule.offer.kind === 'none'
      ? { code: null, fresh: false }
      : await issueCode(tx, deps, { shop, rule: granted.rule, contact, visitorId, rangeHash });
  const items = (await reading).slice(0, MOST_OFFERED);
  // A code that they have already keeps the terms it was given with: letters speak of these.
  const rule = code ? { ...granted.rule, offer: code.offer } : granted.rule;
  const another = code !== null && code.visitorId !== visitorId;
  if (marketing) {
    if ((unconfirmed || treatment === 'confirm') && contact.marketing !== 'subscribed') {
      const waiting = {
        contact,
        visitorId,
        ruleId: rule.id,
        codeId: code?.id ?? null,
        items,
        offer: rule.offer,
        locale,
      };
      await askToConfirm(tx, deps, waiting);
    } else await startReminders(tx, deps, { contact, visitorId, rule, flow, code, fresh, items, locale });
  } else if (another) {
    await repeatLetter(tx, deps, { contact, rule, code });
  }
  await subscribing;
  if (code && fresh) await announceCode(tx, deps, { code, visitorId, items, locale, claimed: true });

  const status = statusOf({ marketing, unconfirmed, another });
  const hidden = another || treatment === 'confirm' || (marketing && rule.code.reveal !== 'screen');
  if (!code || hidden) return { status };
  return {
    status,
    code: code.code,
    ...(code.expiresAt === null ? {} : { expiresAt: new Date(code.expiresAt).toISOString() }),
  };
}
