/** What every page of a shop may know: the same bytes for everyone. */

import type { Brand } from '../../../core/letters/brand.ts';
import { type Popup, themeOf } from '../../../core/rules/popup.ts';
import { datesOf } from '../../../core/rules/schedule.ts';
import { closedStanding, type Standing, whenForPages } from '../../../core/rules/standing.ts';
import type { Config, PublicRule } from '../../../core/visits/wire.ts';
import type { ShopSettings } from '../../../db/documents.ts';
import { ruleById, rulesInForce, type StoredRule } from '../../../db/rules.ts';
import { shopBySiteKey } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';
import { isUuid } from '../../schemas/common.ts';
import { weighStanding } from '../rules/weigh-standing.ts';

/** Null for a site key that nobody has. `previewed`: the id of a rule that is told of whatever holds it back; none, if there is none. */
export async function publishConfig(deps: Deps, siteKey: string, previewed = ''): Promise<Config | null> {
  return deps.db.engine(async (tx) => {
    const shop = await shopBySiteKey(tx, siteKey);
    if (!shop) return null;
    const all = await rulesInForce(tx, shop.id);
    const standing = await weighStanding(tx, shop, { rules: all, who: null });
    const open = all.filter((rule) => isOpen(rule, standing));
    const held = isUuid(previewed) && !open.some(({ id }) => id === previewed.toLowerCase());
    const asked = held ? await ruleById(tx, shop.id, previewed.toLowerCase()) : null;
    const rules = asked ? [...open, asked] : open;
    return {
      shop: { name: shop.name, currency: shop.currency, locale: shop.locale, timezone: shop.timezone },
      rules: rules
        .map((rule) => publicRule(rule, shop.settings.brand))
        .sort((one, other) => other.priority - one.priority || (one.id < other.id ? -1 : 1)),
      settings: publicSettings(shop.settings),
    };
  });
}

const publicSettings = ({ consent, privacyUrl, memory, outward, waitlist }: ShopSettings): Config['settings'] => ({
  consent,
  privacyUrl,
  memory,
  outward,
  waitlist,
});

/** Weekdays and hours are left to pages, which live through some; dates and what has been taken are not. */
const isOpen = ({ schedule, ...rule }: StoredRule, standing: Standing): boolean =>
  closedStanding({ ...rule, ...(schedule ? { schedule: datesOf(schedule) } : {}) }, standing) === null;

const publicRule = (rule: StoredRule, brand: Brand): PublicRule => ({
  id: rule.id,
  priority: rule.priority,
  moment: rule.moment,
  when: whenForPages(rule),
  offer: rule.offer,
  reveal: rule.code.reveal,
  popup: branded(rule.popup, brand),
  quietFor: rule.quietFor,
  ...(rule.afterPurchase ? { afterPurchase: true } : {}),
  variants: rule.variants.map(({ popup, ...variant }) => ({
    ...variant,
    // A theme of its own stands in the place of the rule's, not in that of the shop's.
    ...(popup ? { popup: popup.theme ? branded(popup, brand) : popup } : {}),
  })),
});

function branded<P extends Partial<Popup>>(popup: P, brand: Brand): P {
  const theme = themeOf(brand, popup.theme);
  return theme ? { ...popup, theme } : popup;
}
