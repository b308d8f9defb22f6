/** Changes what a shop says of itself. Only the named fields change; `sending` and `brand` are merged. */

import { lockShop, type ShopRow, updateShop } from '../../db/shops.ts';
import type { Deps } from '../deps.ts';
import type { ShopPatch } from '../schemas/shop.ts';

export async function changeShop(deps: Deps, shopId: string, patch: ShopPatch): Promise<ShopRow | null> {
  const changed = await deps.db.shop(shopId, async (tx) => {
    const shop = await lockShop(tx, shopId);
    if (!shop) return null;
    const { settings } = shop;
    const next: ShopRow = {
      ...shop,
      name: patch.name ?? shop.name,
      origins: patch.origins ?? shop.origins,
      currency: patch.currency ?? shop.currency,
      locale: patch.locale ?? shop.locale,
      timezone: patch.timezone ?? shop.timezone,
      senderName: patch.sender?.name ?? shop.senderName,
      senderEmail: patch.sender?.email ?? shop.senderEmail,
      postalAddress: patch.postalAddress ?? shop.postalAddress,
      settings: {
        brand: { ...settings.brand, ...patch.brand },
        consent: patch.consent ?? settings.consent,
        privacyUrl: patch.privacyUrl === undefined ? settings.privacyUrl : patch.privacyUrl,
        sending: { ...settings.sending, ...patch.sending },
      },
      // Whoever changes the shop has seen why its letters wait: try at once.
      haltedUntil: null,
      haltedReason: null,
    };
    await updateShop(tx, next);
    return next;
  });
  deps.wake();
  return changed;
}
