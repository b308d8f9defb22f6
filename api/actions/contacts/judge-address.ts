/** What the shop wants of an address at a throw-away domain. What comes of it the page is never told: it would tell which domains are listed. */

import { isThrowaway, type ThrowawayMode } from '../../../core/values/throwaway.ts';
import type { ContactRow } from '../../../db/contacts.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';

/** Whoever has confirmed their address, or agreed to letters before, is no stranger to confirm again. */
export function judgeAddress(
  { settings }: Pick<Deps, 'settings'>,
  shop: Pick<ShopRow, 'settings'>,
  { canonical, marketing }: Pick<ContactRow, 'canonical' | 'marketing'>,
): ThrowawayMode {
  const { disposable, disposableDomains } = shop.settings.limits;
  if (disposable === 'allow') return 'allow';
  if (disposable === 'confirm' && marketing === 'subscribed') return 'allow';
  return isThrowaway(canonical, { common: settings.disposableDomains, own: disposableDomains }) ? disposable : 'allow';
}
