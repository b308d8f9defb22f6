/** The way from a new shop to a running one: which steps are done, and the call that does each missing one. */

import type { Db } from '../../db/connect.ts';
import { listFlows } from '../../db/flows.ts';
import { progressOf } from '../../db/progress.ts';
import { listRules } from '../../db/rules.ts';
import type { ShopRow } from '../../db/shops.ts';
import type { Settings } from '../settings.ts';

export interface SetupStep {
  step: 'shop' | 'mail' | 'flow' | 'rule' | 'tag' | 'offer' | 'order';
  done: boolean;
  title: string;
  /** What completes it. */
  how: string;
}

export async function describeSetup(
  { db, settings }: { db: Db; settings: Settings },
  shop: ShopRow,
): Promise<SetupStep[]> {
  return db.shop(shop.id, async (tx) => {
    const flows = await listFlows(tx, shop.id);
    const rules = await listRules(tx, shop.id);
    const progress = await progressOf(tx, shop.id);
    const tag = `<script async src="${settings.publicUrl}/l.js" data-shop="${shop.siteKey}"></script>`;
    return [
      {
        step: 'shop',
        done: true,
        title: 'The shop exists',
        how: 'PATCH /v1/shop changes its name, origins, sender and limits.',
      },
      {
        step: 'mail',
        done: settings.postmark !== null && shop.haltedReason === null,
        title: 'A mail provider accepts its letters',
        how: shop.haltedReason
          ? `The provider refuses: ${shop.haltedReason}. Put it right there; any PATCH /v1/shop tries again at once.`
          : 'Set POSTMARK_TOKEN where Linger runs. Until then letters land in the local inbox.',
      },
      {
        step: 'flow',
        done: flows.some((flow) => flow.enabled),
        title: 'A flow is switched on',
        how: 'PATCH /v1/flows/discount-reminder {"enabled": true}',
      },
      {
        step: 'rule',
        done: rules.some((rule) => rule.enabled),
        title: 'A rule is switched on',
        how: 'POST /v1/rules {"name": "Leaving", "enabled": true, "moment": "exit", "when": ["pages", ">=", 2], "offer": {"kind": "percent", "value": 10, "expiresIn": "7d"}}',
      },
      { step: 'tag', done: progress.visits, title: 'The tag has been seen', how: `Paste into every page: ${tag}` },
      {
        step: 'offer',
        done: progress.accepted,
        title: 'A visitor has accepted an offer',
        how: 'Visit the shop, look at things, and move the pointer out through the top of the window.',
      },
      {
        step: 'order',
        done: progress.orders,
        title: 'The shop’s server tells of orders',
        how: 'POST /v1/codes/{code}/redeem when a code is used, POST /v1/orders for each order: both end the reminders.',
      },
    ];
  });
}
