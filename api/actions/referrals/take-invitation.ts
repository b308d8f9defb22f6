/** Somebody leaves an address behind a friend's link: a code for it where it is new here, and nothing that tells whether it is. */

import { judgeFriend } from '../../../core/codes/referral.ts';
import { mustConfirm } from '../../../core/letters/confirmation.ts';
import type { EmailAddress } from '../../../core/values/email-address.ts';
import type { Locale } from '../../../core/values/locale.ts';
import { type CodeRow, codeById, lockCap, markExpired } from '../../../db/codes.ts';
import type { Tx } from '../../../db/connect.ts';
import {
  type ContactRow,
  contactByCanonical,
  insertConsent,
  subscribeContact,
  upsertContact,
} from '../../../db/contacts.ts';
import { browserFacts, hasOrders, keepClaim, type ReferralRow, referralOfFriend } from '../../../db/referrals.ts';
import type { Deps } from '../../deps.ts';
import type { Network } from '../../network.ts';
import { addressHash, sha256Hex } from '../../signing.ts';
import { announceCode } from '../codes/announce-code.ts';
import { capCodes } from '../codes/cap-codes.ts';
import { followPerson } from '../contacts/follow-person.ts';
import { judgeAddress } from '../contacts/judge-address.ts';
import { askToConfirm } from '../readers/confirm-address.ts';
import { issueReferralCode } from './issue-referral-code.ts';
import { countFor, type Invitation, invitationOf } from './show-invitation.ts';
import { welcomeFriend } from './welcome-friend.ts';

export interface Guest {
  email: EmailAddress;
  locale: Locale;
  /** The words that they agreed to. */
  consent: string;
  /** Who the browser is to this shop by its own cookie, or null. */
  cookie: (shopId: string) => string | null;
}

/** The same answer whatever becomes of it. Null for a link that is none of ours. */
export async function takeInvitation(
  deps: Deps,
  token: string,
  guest: Guest,
  network: Network,
): Promise<Invitation | null> {
  const invitation = await deps.db.engine(async (tx) => {
    const found = await invitationOf(tx, token);
    if (found?.open) await receive(tx, deps, found, guest, network);
    return found;
  });
  deps.wake();
  return invitation;
}

async function receive(tx: Tx, deps: Deps, invitation: Invitation, guest: Guest, network: Network): Promise<void> {
  const { shop, senderId } = invitation;
  const { canonical } = guest.email;
  const visitorId = guest.cookie(shop.id);
  const hash = await addressHash(deps.settings.signingKey, canonical);
  // Several links at once: one friend is asked about after the other.
  await lockCap(tx, shop.id, `friend:${hash}`);
  const { capped, rangeHash } = await capCodes(tx, deps, shop, { visitorId: visitorId ?? deps.newId(), network });
  const known = await contactByCanonical(tx, shop.id, canonical);
  const browser = visitorId ? await browserFacts(tx, shop.id, visitorId, senderId) : { theirs: false, bought: false };
  const earlier = await referralOfFriend(tx, shop.id, hash);
  const before = earlier && (await codeById(tx, shop.id, earlier.codeId));
  const treatment = judgeAddress(deps, shop, known ?? { canonical, marketing: 'none' });
  const verdict = judgeFriend({
    sender: known?.id === senderId,
    senderVisitor: browser.theirs,
    bought:
      browser.bought || (known !== null && (known.purchasedAt !== null || (await hasOrders(tx, shop.id, known.id)))),
    disposable: treatment === 'deny',
    earlier: earlier && { status: earlier.status, codeLive: before !== null && isLive(before, tx.now) },
    capped,
  });
  if ('refuse' in verdict) return countFor(tx, invitation, verdict.refuse);
  const contact = await meetGuest(tx, deps, invitation, guest, visitorId);
  const code =
    verdict.give === 'again' && before
      ? before
      : await giveCode(tx, deps, { invitation, contact, hash, earlier, before, visitorId, rangeHash });
  const unconfirmed =
    treatment === 'confirm' ||
    mustConfirm(shop.settings.confirm, {
      shopLocale: shop.locale,
      language: network.client.language,
      country: network.client.country,
    });
  await welcome(tx, deps, { contact, code, visitorId, guest, network, unconfirmed });
}

const isLive = ({ status, expiresAt }: CodeRow, now: number): boolean =>
  (status === 'issued' || status === 'reserved') && (expiresAt === null || expiresAt > now);

const meetGuest = (
  tx: Tx,
  deps: Deps,
  { shop }: Invitation,
  { email, locale }: Guest,
  visitorId: string | null,
): Promise<ContactRow> =>
  upsertContact(
    tx,
    { id: deps.newId(), shopId: shop.id, email, name: null, locale },
    // Nothing but the address is told, so nobody can overwrite what is known.
    visitorId ? { id: visitorId, contactId: null } : 'server',
  );

interface Giving {
  invitation: Invitation;
  contact: ContactRow;
  hash: string;
  earlier: ReferralRow | null;
  before: CodeRow | null;
  visitorId: string | null;
  rangeHash: string | null;
}

async function giveCode(
  tx: Tx,
  deps: Deps,
  { invitation, contact, hash, earlier, before, visitorId, rangeHash }: Giving,
): Promise<CodeRow> {
  const { shop, senderId } = invitation;
  const { friend, reward, returnTerm } = shop.settings.referral;
  const id = earlier?.id ?? deps.newId();
  if (before) await markExpired(tx, shop.id, before.id);
  const given = { id, contact, visitorId, rangeHash, offer: friend, binding: 'strict' as const, zone: shop.timezone };
  const code = await issueReferralCode(tx, deps, given);
  await keepClaim(tx, {
    shopId: shop.id,
    id,
    senderId,
    friendId: contact.id,
    friendHash: hash,
    promise: { reward, returnTerm },
    codeId: code.id,
  });
  return code;
}

interface Welcoming {
  contact: ContactRow;
  code: CodeRow;
  visitorId: string | null;
  guest: Guest;
  network: Network;
  /** Whose address it is must be said from the mailbox first. */
  unconfirmed: boolean;
}

async function welcome(
  tx: Tx,
  deps: Deps,
  { contact, code, visitorId, guest, network, unconfirmed }: Welcoming,
): Promise<void> {
  const { shopId, id: contactId } = contact;
  const { locale } = guest;
  const agreed = {
    shopId,
    contactId,
    visitorId,
    granted: true,
    text: guest.consent,
    textHash: await sha256Hex(guest.consent),
    locale,
    page: null,
    network: network.range,
    method: 'form' as const,
  };
  await insertConsent(tx, [
    { ...agreed, id: deps.newId(), purpose: 'data' },
    { ...agreed, id: deps.newId(), purpose: 'marketing' },
  ]);
  if (unconfirmed && contact.marketing !== 'subscribed') {
    const waiting = { visitorId, ruleId: null, codeId: code.id, items: [], offer: code.offer, locale };
    await askToConfirm(tx, deps, { contact, ...waiting });
    return followPerson(tx, deps, { contact, visitorId, subscribed: false, items: [], locale });
  }
  const subscribed = await subscribeContact(tx, shopId, contactId);
  await welcomeFriend(tx, deps, { contact, code, visitorId, locale }, { claimed: true });
  if (code.issuedAt === tx.now) await announceCode(tx, deps, { code, visitorId, items: [], locale, claimed: true });
  // After the code's letter: while its chain runs, another welcome doesn't begin.
  await followPerson(tx, deps, { contact, visitorId, subscribed, items: [], locale });
}
