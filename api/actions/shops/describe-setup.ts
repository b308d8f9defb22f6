/** The way from a new shop to a running one: which steps are done, and the call that does each missing one. */

import { COUNTED_LETTERS, reputationOf } from '../../../core/letters/reputation.ts';
import { WARM_UP_SCHEDULE, warmUpAt } from '../../../core/letters/warm-up.ts';
import { localDay } from '../../../core/values/calendar.ts';
import { MAILBOX_PROVIDERS } from '../../../core/values/mailbox-provider.ts';
import type { Db, Tx } from '../../../db/connect.ts';
import { latestFates } from '../../../db/delivery.ts';
import { listFlows } from '../../../db/flows.ts';
import { integrationsOf } from '../../../db/integrations.ts';
import { volumesOf } from '../../../db/pace.ts';
import { progressOf } from '../../../db/progress.ts';
import { listRules } from '../../../db/rules.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { currentTemplates } from '../../../db/templates.ts';
import { hasProvider, type Settings } from '../../settings.ts';
import { listPools, type Pool } from '../codes/list-pools.ts';

export interface SetupStep {
  step: 'shop' | 'mail' | 'reputation' | 'warm_up' | 'flow' | 'letters' | 'rule' | 'codes' | 'tag' | 'offer' | 'order';
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
    const pools = (await listPools(tx, shop.id)).filter(({ rules: users }) => users.some(({ enabled }) => enabled));
    const tag = `<script async src="${settings.publicUrl}/l.js?shop=${shop.siteKey}" data-shop="${shop.siteKey}"></script>`;
    return [
      {
        step: 'shop',
        done: true,
        title: 'The shop exists',
        how: 'PATCH /v1/shop changes its name, origins, sender and limits.',
      },
      {
        step: 'mail',
        done: hasProvider(settings) && shop.haltedReason === null,
        title: 'A mail provider accepts its letters',
        how: await mailHow(tx, settings, shop),
      },
      ...(await reputationSteps(tx, shop)),
      ...(await warmUpSteps(tx, shop)),
      {
        step: 'flow',
        done: flows.some((flow) => flow.enabled),
        title: 'A flow is switched on',
        how: 'PATCH /v1/flows/discount-reminder {"enabled": true}',
      },
      ...(await templateSteps(tx, shop)),
      {
        step: 'rule',
        done: rules.some((rule) => rule.enabled),
        title: 'A rule is switched on',
        how: 'POST /v1/rules {"name": "Leaving", "enabled": true, "moment": "exit", "when": ["pages", ">=", 2], "offer": {"kind": "percent", "value": 10, "expiresIn": "7d"}}',
      },
      ...(pools.length > 0 ? [codesStep(pools)] : []),
      {
        step: 'tag',
        done: progress.visits,
        title: 'The tag has been seen',
        how: `Paste into every page: ${tag} Pages are heard at ${shop.origins.join(', ')} and nowhere else.`,
      },
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
        how: `POST /v1/codes/{code}/redeem when a code is used, POST /v1/orders for each order: both end the reminders. Shopify and WooCommerce tell by themselves, by webhooks to ${settings.publicUrl}/hooks/shopify/${shop.id} or …/hooks/woocommerce/${shop.id}, signed with the secret of PATCH /v1/shop {"integrations": …}.`,
      },
    ];
  });
}

/** Without word of bounces and complaints a shop goes on writing to nobody, or to who is annoyed. */
async function mailHow(tx: Tx, settings: Settings, { id, haltedReason }: ShopRow): Promise<string> {
  if (haltedReason) {
    return `The provider refuses: ${haltedReason}. Put it right there; any PATCH /v1/shop tries again at once.`;
  }
  if (!hasProvider(settings))
    return 'Set POSTMARK_TOKEN or SMTP_URL where Linger runs. Until then letters land in the local inbox.';
  const provider = settings.postmark ? 'postmark' : 'smtp';
  const rows = await integrationsOf(tx, id);
  if (rows.some(({ platform, keys }) => platform === provider && keys.user && keys.password)) {
    return 'Bounces and complaints come back through its webhook. GET /v1/shop/domain looks at its DNS records.';
  }
  const hook = (path: string): string =>
    `${settings.publicUrl.replace('://', '://USER:PASSWORD@')}/hooks/${path}/${id}`;
  if (provider === 'smtp')
    return `Later bounces and complaints come to the sender’s mailbox. So that nobody is written to in vain: PATCH /v1/shop {"integrations": {"smtp": {"user": "…", "password": "…"}}}, then hand the mailbox’s mail on to ${hook('mail')}. GET /v1/shop/domain looks at its DNS records.`;
  const webhook = hook('postmark');
  return `So that nobody is written to in vain: PATCH /v1/shop {"integrations": {"postmark": {"user": "…", "password": "…"}}}, then add the webhook ${webhook} to each message stream.`;
}

/** Only where there is something to say. */
async function reputationSteps(tx: Tx, shop: ShopRow): Promise<SetupStep[]> {
  const common = { step: 'reputation' as const, done: false };
  if (shop.marketingHaltedReason !== null) {
    const title = `Letters that sell wait: ${shop.marketingHaltedReason}`;
    return [{ ...common, title, how: 'Find out why, then PATCH /v1/shop {"sending": {"resume": true}}.' }];
  }
  const reputation = reputationOf(await latestFates(tx, shop.id, COUNTED_LETTERS));
  if (reputation.state === 'good') return [];
  const how = 'Write less often, and only to who asked for it: at three in a thousand, letters that sell are halted.';
  return [{ ...common, title: `Readers complain: ${reputation.reason}`, how }];
}

/** Only where the shop's own words fail: the built-in letters leave meanwhile. */
async function templateSteps(tx: Tx, shop: ShopRow): Promise<SetupStep[]> {
  const failing = (await currentTemplates(tx, shop.id)).filter(({ words, failure }) => words && failure);
  const [worst] = failing;
  if (!worst) return [];
  return [
    {
      step: 'letters',
      done: false,
      title: `Your words for ${failing.map(({ key }) => key).join(', ')} can’t be written out; the built-in letter leaves instead`,
      how: `PUT /v1/templates/${worst.key} with what is wrong put right: ${worst.failure}. DELETE goes back to the built-in letter.`,
    },
  ];
}

/** How far a domain that nobody knew has come; nothing once it is over. */
async function warmUpSteps(tx: Tx, { id, timezone, settings }: ShopRow): Promise<SetupStep[]> {
  const since = settings.sending.warmUpSince;
  const warming = since === null ? null : warmUpAt(since, tx.now, timezone);
  if (!warming) return [];
  const volumes = await volumesOf(tx, id, localDay(tx.now, timezone));
  const told = MAILBOX_PROVIDERS.map((one) => `${one} ${volumes[one] ?? 0}`).join(', ');
  return [
    {
      step: 'warm_up',
      done: true,
      title: `Mailbox providers get to know the domain: day ${warming.day} of ${WARM_UP_SCHEDULE.length}, at most ${warming.cap} letters to each`,
      how: `Today so far: ${told}. What sells beyond that waits for tomorrow; PATCH /v1/shop {"sending": {"warmUp": false}} ends it.`,
    },
  ];
}

/** Pools that rules in use give from: each must have enough. */
function codesStep(pools: readonly Pool[]): SetupStep {
  const worst = pools.find(({ problem }) => problem !== null) ?? pools.find(({ low }) => low);
  const left = pools.map(({ pool, free }) => `${pool}: ${free}`).join(', ');
  return {
    step: 'codes',
    done: worst === undefined,
    title: `There are codes to give (${left})`,
    how: worst === undefined ? 'GET /v1/pools says what is left.' : fillHow(worst),
  };
}

function fillHow({ pool, source, problem }: Pool): string {
  if (problem !== null) return `${problem}. PATCH /v1/shop {"integrations": …} tries again at once.`;
  return source === 'upload'
    ? `POST /v1/codes/import {"pool": "${pool}", "codes": ["…"]} adds more.`
    : 'More are being made in the shop’s platform.';
}
