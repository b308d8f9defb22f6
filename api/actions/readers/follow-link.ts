/** A letter's link is followed, or its dot asked for: where it leads, and what it tells. */

import { clickJudgedAt, SCAN_MS } from '../../../core/visits/click.ts';
import type { Tx } from '../../../db/connect.ts';
import { contactById } from '../../../db/contacts.ts';
import { insertDeliveryEvent, linksFollowed, markMessage } from '../../../db/delivery.ts';
import { type MessageRow, messageById } from '../../../db/messages.ts';
import { shopById } from '../../../db/shops.ts';
import { withQuery } from '../../../emails/links.ts';
import type { Deps } from '../../deps.ts';
import { isOnShop } from '../../shop-hosts.ts';
import { readTelling, readToken, sha256Hex, signToken } from '../../signing.ts';
import { cartAddress } from '../letters/rebuild-cart.ts';
import { TICKET } from '../visits/without-ticket.ts';

/** A ticket ties a browser to a person only this long: addresses get passed on. */
const TICKET_MS = 10 * 60_000;

/** The page on the shop that the link leads to, or null for a link that is not ours, or leads to what is the shop's no more. `untied`: the reader asks not to be profiled. */
export async function followLink(
  deps: Deps,
  token: string,
  { machine, untied }: { machine: boolean; untied: boolean },
): Promise<string | null> {
  const { signingKey } = deps.settings;
  const read = await readTelling(signingKey, 'click', token);
  const [, place, url] = /^(\d{1,3}) (\S+)$/.exec(read?.data ?? '') ?? [];
  if (!read || !place || !url) return null;
  const followed = await deps.db.engine(async (tx) => {
    const message = await messageById(tx, read.id);
    const shop = message && (await shopById(tx, message.shopId));
    if (!message || !shop || !isOnShop(url, shop.origins)) return null;
    const { clicks } = shop.settings.sending;
    // One link followed twice in a second is one click.
    const key = `link:${message.id}:${place}:${Math.floor(tx.now / 1_000)}:${machine}`;
    if (clicks) await note(tx, message, { key, kind: 'clicked', machine, link: url, judged: !machine }, { place });
    const to = machine ? url : await cartAddress(tx, deps, { shop, message, place: Number(place), url });
    return { message, clicks, to, now: tx.now };
  });
  if (!followed) return null;
  if (machine || untied || !followed.clicks) return followed.to;
  const ticket = await signToken(
    signingKey,
    'visit',
    followed.message.id,
    Math.floor(followed.now / 1_000).toString(36),
  );
  return withQuery(followed.to, [[TICKET, ticket]]);
}

/** Marks the letter as opened, as far as anybody can know. False for a token that is not ours. */
export async function noteOpening(deps: Deps, token: string, machine: boolean): Promise<boolean> {
  const id = await readToken(deps.settings.signingKey, 'opened', token);
  if (!id) return false;
  return deps.db.engine(async (tx) => {
    const message = await messageById(tx, id);
    if (!message) return false;
    const key = `dot:${id}:${Math.floor(tx.now / 60_000)}:${machine}`;
    await note(tx, message, { key, kind: 'opened', machine, link: null, judged: false });
    if (!machine) await markMessage(tx, id, 'openedAt', tx.now);
    return true;
  });
}

/** Whose letter the ticket was given for; null once it is stale, was used by another browser, or when a scanner carries it. */
export async function redeemTicket(
  tx: Tx,
  signingKey: string,
  { shopId, visitorId, ticket }: { shopId: string; visitorId: string; ticket: string },
): Promise<string | null> {
  const read = await readTelling(signingKey, 'visit', ticket);
  const at = Number.parseInt(read?.data ?? '', 36) * 1_000;
  if (!read || !(tx.now - at <= TICKET_MS)) return null;
  const message = await messageById(tx, read.id);
  // Whoever was erased is tied to no browser again by an old letter.
  if (message?.shopId !== shopId || !(await contactById(tx, shopId, message.contactId))) return null;
  if ((await linksFollowed(tx, { shopId, messageId: message.id, at }, SCAN_MS)) > 1) return null;
  const key = `visit:${(await sha256Hex(ticket)).slice(0, 32)}`;
  const event = { key, kind: 'visited' as const, machine: false, link: null, judged: false };
  return (await note(tx, message, event, { visitor: visitorId })) ? message.contactId : null;
}

interface Noted {
  key: string;
  kind: 'clicked' | 'opened' | 'visited';
  machine: boolean;
  link: string | null;
  /** To be judged later. */
  judged: boolean;
}

const note = (
  tx: Tx,
  { shopId, id, contactId }: MessageRow,
  { key, kind, machine, link, judged }: Noted,
  detail: Record<string, string> = {},
): Promise<boolean> =>
  insertDeliveryEvent(tx, {
    shopId,
    key,
    messageId: id,
    contactId,
    kind,
    machine,
    link,
    detail,
    at: tx.now,
    judgeAt: judged ? clickJudgedAt(tx.now) : null,
  });
