/** Opens a shop: its row, its keys, and the flow that every shop begins with. */

import { NO_REPLENISHMENT, patchedReplenishment } from '../../../core/catalogue/rhythm.ts';
import { REFERRAL } from '../../../core/codes/referral.ts';
import { NO_HOLIDAYS, patchedHolidays } from '../../../core/holidays/holiday-settings.ts';
import { DISCOUNT_REMINDER } from '../../../core/recipes/discount-reminder.ts';
import type { Locale } from '../../../core/values/locale.ts';
import { localeOf } from '../../../core/values/locale.ts';
import type { ConsentForm } from '../../../core/visits/wire.ts';
import { LIMITS, VISITS_KEPT_FOR } from '../../../db/documents.ts';
import { insertFlow } from '../../../db/flows.ts';
import { insertApiKey, insertShop, type ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import type { ShopInput } from '../../schemas/shop.ts';
import { randomKey, sha256Hex } from '../../signing.ts';
import { amountsOfReferral, needPayable } from '../rules/need-payable.ts';
import { refuseFreeMail } from './refuse-free-mail.ts';

export interface CreatedShop {
  shop: ShopRow;
  /** Shown this once. */
  secretKey: string;
}

export async function createShop(deps: Deps, input: ShopInput): Promise<CreatedShop> {
  refuseFreeMail(deps.settings, input.sender.email);
  needPayable(input.currency, amountsOfReferral(input.referral));
  const secretKey = randomKey('sk_');
  const hash = await sha256Hex(secretKey);
  return deps.db.engine(async (tx) => {
    const shop = await insertShop(tx, {
      id: deps.newId(),
      siteKey: randomKey('pk_').slice(0, 35),
      name: input.name,
      origins: input.origins,
      currency: input.currency,
      locale: input.locale,
      timezone: input.timezone,
      senderName: input.sender.name,
      senderEmail: input.sender.email,
      postalAddress: input.postalAddress,
      settings: {
        brand: input.brand ?? {},
        consent: input.consent ?? consentFor(localeOf(input.locale)),
        privacyUrl: input.privacyUrl ?? null,
        sending: {
          dailyCap: input.sending?.dailyCap === undefined ? 1 : input.sending.dailyCap,
          quietHours:
            input.sending?.quietHours === undefined ? { from: '21:00', to: '09:00' } : input.sending.quietHours,
          utm: input.sending?.utm ?? true,
          opens: input.sending?.opens ?? true,
          clicks: input.sending?.clicks ?? true,
          warmUpSince: input.sending?.warmUp ? tx.now : null,
        },
        confirm: input.confirm ?? 'de-at',
        memory: input.memory ?? 'full',
        outward: input.outward ?? true,
        waitlist: input.waitlist ?? true,
        margin: input.margin ?? null,
        referral: { ...REFERRAL, ...input.referral },
        replenishment: patchedReplenishment(NO_REPLENISHMENT, input.replenishment),
        holidays: patchedHolidays(NO_HOLIDAYS, input.holidays),
        nameStyle: input.nameStyle ?? 'first',
        visitsKeptFor: input.visitsKeptFor ?? VISITS_KEPT_FOR,
        limits: { ...LIMITS, ...input.limits },
      },
    });
    await insertApiKey(tx, { id: deps.newId(), shopId: shop.id, hash, name: 'first', writes: true });
    await insertFlow(tx, shop.id, DISCOUNT_REMINDER);
    return { shop, secretKey };
  });
}

/** Russian law wants consent to data and consent to advertising apart, neither ticked beforehand. */
const consentFor = (locale: Locale): ConsentForm => (locale === 'ru' ? 'both' : 'none');
