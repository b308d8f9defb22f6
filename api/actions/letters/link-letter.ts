/** The links of a letter: named to the shop's analytics, counted on their way, and leading nowhere but to the shop. */

import type { Item } from '../../../core/catalogue/item.ts';
import type { Recommendation } from '../../../core/catalogue/recommend.ts';
import { CART_LETTERS } from '../../../core/codes/cart-link.ts';
import { LATER_SENDING } from '../../../db/documents.ts';
import type { DueMessage } from '../../../db/due-letters.ts';
import type { LetterProps } from '../../../emails/letter.ts';
import { withCampaign } from '../../../emails/links.ts';
import { safeUrl } from '../../../emails/safe-url.ts';
import type { Settings } from '../../settings.ts';
import { isOnShop } from '../../shop-hosts.ts';
import { signToken } from '../../signing.ts';

/** Mail programs cut longer ones. */
const LONGEST_LINK = 1_900;

/** Letters that ask for stars. */
const REVIEWED: readonly string[] = ['review-request', 'nps-promoter'];

/** Which link of the letter it is: two that lead to the same page are still two for a scanner. */
const HEAD = 0;
export const BUTTON = 1;
export const FIRST_ITEM = 2;
const FIRST_OWN = 100;
const LAST = 999;

export type Linked = Pick<
  LetterProps,
  | 'items'
  | 'recommendations'
  | 'unsubscribeUrl'
  | 'buttonUrl'
  | 'preferencesUrl'
  | 'scoreUrl'
  | 'reasonsUrl'
  | 'starsUrl'
  | 'openedUrl'
> & {
  homeUrl: string;
  /** Any other address that the shop's own words lead to. `place`: which of them it is, from 0. */
  linkOwn(url: string, place: number): Promise<string>;
};

export async function linkLetter(
  settings: Settings,
  message: Pick<DueMessage, 'id' | 'letter' | 'flowKey' | 'items' | 'origins' | 'settings'>,
  home: string,
  recommended?: Recommendation,
): Promise<Linked> {
  const { publicUrl, signingKey } = settings;
  const sending = { ...LATER_SENDING, ...message.settings.sending };
  const own = async (path: string, purpose: Parameters<typeof signToken>[1]): Promise<string> =>
    `${publicUrl}/${path}/${await signToken(signingKey, purpose, message.id)}`;
  const unsubscribeUrl = await own('u', 'unsubscribe');
  // No advertising: nothing of the shop's to look at, nothing counted.
  if (message.letter === 'confirm') {
    const linkOwn = async (url: string): Promise<string> => url;
    return { items: [], homeUrl: '', unsubscribeUrl, buttonUrl: await own('y', 'confirm'), linkOwn };
  }

  /** The way into the cart is found when the link is followed, counted or not. */
  const ofCart = CART_LETTERS.includes(message.letter);
  const link = async (url: string, place: number, carted = false): Promise<string> => {
    const plain = safeUrl(url);
    if (!plain || !isOnShop(plain, message.origins)) return url;
    const named = sending.utm ? withCampaign(plain, { campaign: message.flowKey, content: message.letter }) : plain;
    if (!sending.clicks && !carted) return named;
    const counted = `${publicUrl}/c/${await signToken(signingKey, 'click', message.id, `${place} ${named}`)}`;
    return counted.length <= LONGEST_LINK ? counted : named;
  };
  const items: Item[] = await Promise.all(
    message.items.map(async (item, place) => ({ ...item, url: await link(item.url, FIRST_ITEM + place, ofCart) })),
  );
  const others: Item[] = await Promise.all(
    (recommended?.items ?? []).map(async ({ item }, place) => ({
      ...item,
      url: await link(item.url, FIRST_ITEM + items.length + place),
    })),
  );
  const goal = message.items.find((item) => safeUrl(item.url))?.url ?? home;
  return {
    items,
    // What is counted already is not counted twice, even where Linger lives on the shop's own domain.
    linkOwn: async (url, place) =>
      url.startsWith(`${publicUrl}/`) ? url : link(url, Math.min(FIRST_OWN + place, LAST)),
    ...(recommended ? { recommendations: { ...recommended, items: others } } : {}),
    homeUrl: await link(home, HEAD),
    buttonUrl: await link(goal, BUTTON, ofCart),
    unsubscribeUrl,
    preferencesUrl: await own('p', 'preferences'),
    ...(message.letter === 'nps' ? { scoreUrl: await own('n', 'nps') } : {}),
    ...(REVIEWED.includes(message.letter) ? { starsUrl: await own('n', 'review') } : {}),
    ...(message.letter === 'why' ? { reasonsUrl: await own('n', 'away') } : {}),
    ...(sending.opens ? { openedUrl: await own('o', 'opened') } : {}),
  };
}
