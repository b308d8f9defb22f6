/** What every page of a shop may know: the same bytes for everyone. */

import type { Config, PublicRule } from '../../core/wire.ts';
import { rulesInForce, type StoredRule } from '../../db/rules.ts';
import { shopBySiteKey } from '../../db/shops.ts';
import type { Deps } from '../deps.ts';

/** Null for a site key that nobody has. */
export async function publishConfig(deps: Deps, siteKey: string): Promise<Config | null> {
  return deps.db.engine(async (tx) => {
    const shop = await shopBySiteKey(tx, siteKey);
    if (!shop) return null;
    const rules = (await rulesInForce(tx, shop.id)).filter((rule) => rule.enabled);
    return {
      shop: { name: shop.name, currency: shop.currency, locale: shop.locale, timezone: shop.timezone },
      rules: rules.map(publicRule).sort((one, other) => other.priority - one.priority || (one.id < other.id ? -1 : 1)),
      settings: { consent: shop.settings.consent, privacyUrl: shop.settings.privacyUrl },
    };
  });
}

const publicRule = ({
  id,
  priority,
  moment,
  when,
  offer,
  code,
  popup,
  quietFor,
  variants,
}: StoredRule): PublicRule => ({
  id,
  priority,
  moment,
  when,
  offer,
  reveal: code.reveal,
  popup,
  quietFor,
  variants,
});
