/** What a letter's cart is by now, and where a click on one of its things leads: into that cart, on any device, with the reader's code. */

import type { CartLine, Item } from '../../../core/catalogue/item.ts';
import { CART_LETTERS, permalink, RESTORE, type RestoredCart } from '../../../core/codes/cart-link.ts';
import type { Tx } from '../../../db/connect.ts';
import { integrationsOf } from '../../../db/integrations.ts';
import { type CartOfMessage, cartOfMessage, type MessageRow, messageById } from '../../../db/messages.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { soldOutOf } from '../../../db/tallies.ts';
import { withQuery } from '../../../emails/links.ts';
import type { Deps } from '../../deps.ts';
import { isOnShop } from '../../shop-hosts.ts';
import { readTelling, signToken } from '../../signing.ts';
import type { FindShop } from '../visits/record-events.ts';
import { currentItems } from './current-items.ts';
import { BUTTON, FIRST_ITEM } from './link-letter.ts';

/** The address of a page is seen by whatever else runs there. */
const TOKEN_MS = 3_600_000;

/** The cart's address, or `url` where the letter has no cart, or nothing of it is left. */
export async function cartAddress(
  tx: Tx,
  deps: Deps,
  { shop, message, place, url }: { shop: ShopRow; message: MessageRow; place: number; url: string },
): Promise<string> {
  if (!CART_LETTERS.includes(message.letter) || place < BUTTON) return url;
  const stored = await cartOfMessage(tx, message.id);
  // What is recommended below the cart is looked at first.
  if (!stored || place >= FIRST_ITEM + stored.items.length) return url;
  const { lines, code, gone } = await cartNow(tx, shop, stored);
  // Who follows the link of what is sold out sees its page, where they may ask to hear of its return.
  const clicked = stored.items[Math.max(0, place - FIRST_ITEM)];
  if (lines.length === 0 || gone.some(({ id }) => id === clicked?.id)) return url;
  const platforms = (await integrationsOf(tx, shop.id)).map(({ platform }) => platform);
  const direct = platforms.includes('shopify') ? permalink(lines, code) : null;
  if (direct) return withQuery(direct, campaignOf(url));
  const token = await signToken(deps.settings.signingKey, 'restore', message.id, minutes(tx.now));
  return withQuery(url, [['linger', `${RESTORE}${token}`]]);
}

/** For the page that the link has led to; null for a token that is not ours, another shop's, or an hour old. */
export async function restoreCart(deps: Deps, findShop: FindShop, token: string): Promise<RestoredCart | null> {
  const read = await readTelling(deps.settings.signingKey, 'restore', token);
  if (!read) return null;
  return deps.db.engine(async (tx) => {
    const shop = await findShop(tx);
    const message = shop && (await messageById(tx, read.id));
    if (!shop || message?.shopId !== shop.id) return null;
    if (!(tx.now - Number.parseInt(read.data, 36) * 60_000 <= TOKEN_MS)) return null;
    const stored = await cartOfMessage(tx, message.id);
    return stored && cartNow(tx, shop, stored);
  });
}

const minutes = (at: number): string => Math.floor(at / 60_000).toString(36);

async function cartNow(tx: Tx, shop: ShopRow, { items, code, codeStatus, codeExpiresAt }: CartOfMessage) {
  const carted = items.filter((item): item is CartLine => 'quantity' in item);
  // Of chains from before quantities were kept: what is followed is wanted once.
  const wanted = carted.length > 0 ? carted : items.slice(0, 1).map((item) => ({ ...item, quantity: 1 }));
  const own = wanted.filter(({ url }) => isOnShop(url, shop.origins));
  const out = await soldOutOf(
    tx,
    shop.id,
    own.map(({ id }) => id),
  );
  const current = new Map((await currentItems(tx, shop.id, own)).map((item) => [item.id, item.available ?? null]));
  // The catalogue knows best, then pages that were seen of late, then what was told when it was carted.
  const isGone = ({ id, available }: Item): boolean =>
    !current.has(id) || (current.get(id) !== true && (available === false || out.has(id)));
  const good = codeStatus === 'issued' && (codeExpiresAt === null || codeExpiresAt > tx.now);
  return {
    lines: own.filter((line) => !isGone(line)),
    code: good ? code : null,
    gone: own.filter(isGone).map(({ id, title }) => ({ id, title })),
  };
}

/** What the shop's analytics are told of the click. */
const campaignOf = (url: string): [string, string][] =>
  [...new URL(url).searchParams].filter(([name]) => name.startsWith('utm_'));
