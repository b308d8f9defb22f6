/** A visitor takes the offer: consent, contact, code, chain and first letter in one transaction. Decided on facts and guards alone. */

import { after } from '../../core/calendar.ts';
import { codeKey } from '../../core/code.ts';
import { closedGate, type Gate } from '../../core/decide.ts';
import type { EmailAddress } from '../../core/email-address.ts';
import { localeOf } from '../../core/locale.ts';
import { greetableName } from '../../core/person-name.ts';
import { type Rule, ruleForArm } from '../../core/rule.ts';
import { offeredItems } from '../../core/visit.ts';
import type { Claim, ClaimAnswer } from '../../core/wire.ts';
import { insertCode, liveCode, markExpired, type CodeRow } from '../../db/codes.ts';
import type { Tx } from '../../db/connect.ts';
import { type ContactRow, insertConsent, subscribeContact, upsertContact } from '../../db/contacts.ts';
import { lockActiveEnrollment } from '../../db/enrollments.ts';
import { flowByKey, type StoredFlow } from '../../db/flows.ts';
import { insertMessages, occurrences } from '../../db/messages.ts';
import { listRules } from '../../db/rules.ts';
import type { ShopRow } from '../../db/shops.ts';
import { insertDecision, insertEvents, updateVisitor } from '../../db/visits.ts';
import type { Deps } from '../deps.ts';
import type { Network } from '../network.ts';
import { addressHash, sha256Hex } from '../signing.ts';
import { isBombing } from './advance-due.ts';
import { drawArms } from './draw-arms.ts';
import { enterFlow } from './enter-flow.ts';
import { type Folded, foldBatch } from './fold-batch.ts';
import { knowVisitor } from './know-visitor.ts';
import { mailableItems } from './mailable-items.ts';

/** Why a claim is refused: all from the visit and the visitor, nothing from the address. */
export type Refusal = 'not_eligible' | 'refused' | 'purchased' | 'holdout';

export interface ClaimInput extends Omit<Claim, 'email' | 'batch' | 'sentAt'> {
  email: EmailAddress;
  batch: string;
  sentAt: number | null;
}

export type ClaimResult = { answer: ClaimAnswer } | { refusal: Refusal };

/** How many items a letter shows. */
const LETTER_ITEMS = 4;

export async function claimOffer(deps: Deps, shop: ShopRow, claim: ClaimInput, network: Network): Promise<ClaimResult> {
  const { signingKey } = deps.settings;
  const result = await deps.db.engine(async (tx): Promise<ClaimResult> => {
    const batch = { visitor: claim.visitor, visit: claim.visit, key: claim.batch, sentAt: claim.sentAt, events: claim.events ?? [] };
    const folded = await foldBatch(tx, signingKey, shop, batch, network);
    if (!folded) return { refusal: 'not_eligible' };
    const rules = await listRules(tx, shop.id);
    const rule = rules.find((candidate) => candidate.id === claim.rule);
    const flow = rule && (await flowByKey(tx, shop.id, rule.flow));
    if (!rule || !flow?.enabled) return { refusal: 'not_eligible' };

    const arms = await drawArms(tx, deps.random, shop.id, claim.visitor, rules);
    const arm = arms[rule.id] ?? null;
    const known = await knowVisitor(tx, shop, folded, arms);
    const gate = closedGate(rule, { ...known.input, ...known, moment: null, arms, now: tx.now });
    const decision = { shopId: shop.id, id: deps.newId(), visitId: claim.visit, ruleId: rule.id, arm };
    await insertDecision(tx, { ...decision, outcome: gate ? refusalOf(gate) : 'accepted' });
    if (gate) return { refusal: refusalOf(gate) };

    const { contact, created } = await upsertContact(tx, {
      id: deps.newId(),
      shopId: shop.id,
      email: claim.email,
      name: greetableName(claim.name),
      locale: localeOf(claim.locale ?? shop.locale),
    });
    await agree(tx, deps, contact, claim, folded, network);
    await insertEvents(tx, shop.id, claim.visit, [{ type: 'offer_accepted', rule: rule.id, variant: arm, at: tx.now }]);
    // Only who made the contact is tied to it: anybody may type an address that is already known.
    if (created) await updateVisitor(tx, { ...folded.visitor, contactId: contact.id });
    return { answer: await grant(tx, deps, { shop, rule: ruleForArm(rule, arm), flow, contact, claim, folded }) };
  });
  deps.wake();
  return result;
}

function refusalOf(gate: Gate): Refusal {
  return gate === 'refused' || gate === 'purchased' || gate === 'holdout' ? gate : 'not_eligible';
}

interface Grant {
  shop: ShopRow;
  rule: Rule;
  flow: StoredFlow;
  contact: ContactRow;
  claim: ClaimInput;
  folded: Folded;
}

/** Issues the code, or finds the live one, and starts the chain. The answer follows from settings and boxes, never from the address. */
async function grant(tx: Tx, deps: Deps, { shop, rule, flow, contact, claim, folded }: Grant): Promise<ClaimAnswer> {
  const { marketing } = claim.consent;
  const status = marketing ? 'sent' : 'shown';
  const code = rule.offer.kind === 'none' ? null : await codeFor(tx, deps, { shop, rule, contact, visitorId: claim.visitor });
  if (marketing) {
    const entered = await enterFlow(
      tx,
      deps.settings.signingKey,
      flow,
      {
        shopId: shop.id,
        id: deps.newId(),
        contactId: contact.id,
        visitorId: claim.visitor,
        ruleId: rule.id,
        codeId: code?.id ?? null,
        dedupeKey: `${flow.key}:${code ? `code:${code.id}` : `visit:${claim.visit}:${contact.id}`}`,
        items: mailableItems(offeredItems(folded.visit.state, LETTER_ITEMS), shop.origins),
        offer: rule.offer,
        locale: localeOf(claim.locale ?? contact.locale),
      },
      { claimed: true },
    );
    if (!entered && code) await repeatOffer(tx, deps, code, contact, flow);
  }
  const mine = code?.visitorId === claim.visitor;
  if (!code || !mine || (marketing && rule.code.reveal !== 'screen')) return { status: mine || marketing ? status : 'sent' };
  return { status, code: code.code, ...(code.expiresAt === null ? {} : { expiresAt: new Date(code.expiresAt).toISOString() }) };
}

async function codeFor(
  tx: Tx,
  deps: Deps,
  { shop, rule, contact, visitorId }: { shop: ShopRow; rule: Rule; contact: ContactRow; visitorId: string },
): Promise<CodeRow> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const live = await liveCode(tx, shop.id, contact.canonical, rule.id);
    if (live && (live.expiresAt === null || live.expiresAt > tx.now)) return live;
    if (live) await markExpired(tx, shop.id, live.id);
    const code = deps.newCode(rule.code.prefix ?? '');
    const inserted = await insertCode(tx, {
      shopId: shop.id,
      id: deps.newId(),
      code,
      key: codeKey(code),
      ruleId: rule.id,
      contactId: contact.id,
      canonical: contact.canonical,
      visitorId,
      status: 'issued',
      offer: rule.offer,
      issuedAt: tx.now,
      expiresAt: rule.offer.expiresIn ? after(tx.now, rule.offer.expiresIn, shop.timezone) : null,
      orderId: null,
      redeemedAt: null,
      discount: null,
    });
    if (inserted) return inserted;
  }
  throw new Error('could not issue a code in five attempts');
}

/** Claiming a live code again starts no second chain; its owner gets the letter with the code once more. */
async function repeatOffer(tx: Tx, deps: Deps, code: CodeRow, contact: ContactRow, flow: StoredFlow): Promise<void> {
  const chain = await lockActiveEnrollment(tx, code.shopId, code.id);
  const step = flow.steps.findIndex((candidate) => 'send' in candidate && candidate.send === 'offer');
  if (!chain || chain.step <= step || step < 0) return;
  const hash = await addressHash(deps.settings.signingKey, contact.canonical);
  const bombed = await isBombing(tx, hash);
  await insertMessages(tx, [
    {
      shopId: code.shopId,
      enrollmentId: chain.id,
      contactId: contact.id,
      step,
      occurrence: await occurrences(tx, chain.id, step),
      letter: 'offer',
      purpose: flow.purpose,
      claimed: true,
      prompt: true,
      addressHash: hash,
      status: bombed ? 'suppressed' : 'queued',
      reason: bombed ? 'bombing' : null,
      expiresAt: null,
    },
  ]);
}

/** Keeps what was agreed to, in which words; two rows, because the two may be taken back apart. */
async function agree(tx: Tx, deps: Deps, contact: ContactRow, claim: ClaimInput, folded: Folded, network: Network): Promise<void> {
  const common = {
    shopId: contact.shopId,
    contactId: contact.id,
    visitorId: claim.visitor,
    text: claim.consent.text,
    textHash: await sha256Hex(claim.consent.text),
    locale: claim.locale ?? contact.locale,
    page: folded.visit.state.path || null,
    network: network.range,
    method: 'popup' as const,
  };
  await insertConsent(tx, [
    { ...common, id: deps.newId(), purpose: 'data', granted: claim.consent.data },
    { ...common, id: deps.newId(), purpose: 'marketing', granted: claim.consent.marketing },
  ]);
  if (claim.consent.marketing) await subscribeContact(tx, contact.shopId, contact.id);
}
