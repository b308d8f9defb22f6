/** Changes what a shop says of itself. Only the named fields change; `sender`, `sending`, `brand`, `referral`, `replenishment`, `holidays` and `limits` are merged. */

import { patchedReplenishment } from '../../../core/catalogue/rhythm.ts';
import { patchedHolidays } from '../../../core/holidays/holiday-settings.ts';
import type { Tx } from '../../../db/connect.ts';
import type { ShopSending } from '../../../db/documents.ts';
import { saveIntegration } from '../../../db/integrations.ts';
import { hastenMints } from '../../../db/mints.ts';
import { lockShop, type ShopRow, updateShop } from '../../../db/shops.ts';
import { replanFlows } from '../../../db/yearly.ts';
import type { Deps } from '../../deps.ts';
import type { IntegrationsPatch } from '../../schemas/integrations.ts';
import type { ShopPatch } from '../../schemas/shop.ts';
import { amountsOfReferral, needPayable } from '../rules/need-payable.ts';
import { refuseFreeMail } from './refuse-free-mail.ts';

export async function changeShop(deps: Deps, shopId: string, patch: ShopPatch): Promise<ShopRow | null> {
  const changed = await deps.db.shop(shopId, async (tx) => {
    const shop = await lockShop(tx, shopId);
    if (!shop) return null;
    const { settings } = shop;
    needPayable(patch.currency ?? shop.currency, amountsOfReferral(patch.referral));
    const { resume = false, warmUp, ...sending } = patch.sending ?? {};
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
        sending: { ...settings.sending, ...sending, warmUpSince: warmUpSince(warmUp, settings.sending, tx.now) },
        confirm: patch.confirm ?? settings.confirm,
        memory: patch.memory ?? settings.memory,
        outward: patch.outward ?? settings.outward,
        waitlist: patch.waitlist ?? settings.waitlist,
        margin: patch.margin === undefined ? settings.margin : patch.margin,
        referral: { ...settings.referral, ...patch.referral },
        replenishment: patchedReplenishment(settings.replenishment, patch.replenishment),
        holidays: patchedHolidays(settings.holidays, patch.holidays),
        nameStyle: patch.nameStyle ?? settings.nameStyle,
        visitsKeptFor: patch.visitsKeptFor ?? settings.visitsKeptFor,
        limits: { ...settings.limits, ...patch.limits },
      },
      // Whoever changes the shop has seen why its letters wait: try at once.
      haltedUntil: null,
      haltedReason: null,
      // What sells was halted for what people did, not the provider: going on has to be said.
      ...(resume ? { marketingHaltedAt: null, marketingHaltedReason: null, marketingResumedAt: tx.now } : {}),
    };
    // Said, and changed: a shop that was let in before may still change everything else.
    if (patch.sender || warmUp) refuseFreeMail(deps.settings, next.senderEmail);
    await updateShop(tx, next);
    // The days are others now, or the last day to order by is.
    if (patch.holidays || patch.locale || patch.timezone) await replanFlows(tx, shopId, 'holiday');
    if (patch.integrations) await keepKeys(tx, shopId, patch.integrations);
    return next;
  });
  deps.wake();
  return changed;
}

/** Said again it goes on where it is; a domain that was switched off and on begins anew. */
function warmUpSince(wanted: boolean | undefined, { warmUpSince: since }: ShopSending, now: number): number | null {
  if (wanted === undefined) return since;
  return wanted ? (since ?? now) : null;
}

/** New keys may put right what was wrong: minting tries at once. */
async function keepKeys(
  tx: Tx,
  shopId: string,
  { shopify, woocommerce, postmark, smtp }: IntegrationsPatch,
): Promise<void> {
  if (shopify !== undefined) await saveIntegration(tx, shopId, 'shopify', shopify);
  if (woocommerce !== undefined) await saveIntegration(tx, shopId, 'woocommerce', woocommerce);
  if (postmark !== undefined) await saveIntegration(tx, shopId, 'postmark', postmark);
  if (smtp !== undefined) await saveIntegration(tx, shopId, 'smtp', smtp);
  await hastenMints(tx, shopId);
}
