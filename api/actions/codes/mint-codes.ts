/** Keeps codes ready in shops' platforms: plans in one transaction, asks the platform outside of any, keeps what came of it in another. */

import { codeKey } from '../../../core/codes/code.ts';
import { AHEAD, type CodePlatform, poolOf, termsOf } from '../../../core/codes/code-plan.ts';
import { variantsOf } from '../../../core/experiments/adaptive-offer.ts';
import type { Offer } from '../../../core/rules/offer.ts';
import { ruleForArm } from '../../../core/rules/rule.ts';
import type { Tx } from '../../../db/connect.ts';
import { type IntegrationRow, integrationsOf } from '../../../db/integrations.ts';
import {
  abandonedMints,
  dropStock,
  lockMintingRules,
  type MintingRule,
  type MintRow,
  mintingOf,
  mintsOf,
  openMint,
  retirePools,
  saveMint,
  stockMinted,
} from '../../../db/mints.ts';
import type { StoredRule } from '../../../db/rules.ts';
import { putInStock } from '../../../db/stock.ts';
import type { Deps } from '../../deps.ts';
import { connectPlatform, platformFor } from '../../platforms/connect.ts';
import type { MintOutcome } from '../../platforms/platform.ts';
import { workOff } from '../work-off.ts';

/** Nobody else looks while one does: longer than a batch takes with all its calls. */
const LEASE_MS = 120_000;
/** Between looks, when nothing is wanting. */
const PEACE_MS = 60_000;
/** A job that adds codes takes the platform some seconds. */
const JOB_MS = 2_000;
/** What needs a person is asked again at this pace; new keys ask at once. */
const REFUSED_MS = 600_000;
const LONGEST_BACKOFF_MS = 600_000;

interface Task {
  mint: MintRow;
  rule: StoredRule;
  integration: IntegrationRow | undefined;
  codes: string[];
  /** There are more to make after these. */
  more: boolean;
}

/** Returns how many pools it worked on. */
export async function mintCodes(deps: Deps, limit: number, deadline: number): Promise<number> {
  const tasks = await deps.db.engine(async (tx) => {
    for (const gone of await abandonedMints(tx, limit)) await retirePools(tx, { ...gone, kept: [] });
    const planned: Task[] = [];
    for (const minting of await lockMintingRules(tx, limit)) planned.push(...(await plan(tx, deps, minting)));
    return planned;
  });
  await workOff(
    tasks,
    () => deps.now() < deadline,
    (task) => work(deps, task),
  );
  return tasks.length;
}

/** What each of the rule's offers wants. Codes are written down before the platform hears of them, so that a lost answer loses none. */
async function plan(tx: Tx, deps: Deps, { shopId, rule }: MintingRule): Promise<Task[]> {
  const rows = await integrationsOf(tx, shopId);
  const platform = platformFor(rule.code.platform, rows);
  const integration = rows.find((row) => row.platform === platform);
  const offers = offersByPool(rule);
  await retirePools(tx, { shopId, ruleId: rule.id, kept: [...offers.keys()] });
  const known = await mintsOf(tx, shopId);
  const tasks: Task[] = [];
  for (const [pool, offer] of offers) {
    if (known.some((one) => one.pool === pool && one.dueAt > tx.now)) continue;
    const mint = await openMint(tx, { shopId, pool, ruleId: rule.id, platform, offer, dueAt: tx.now + LEASE_MS });
    const wanted = await writeDown(tx, deps, { shopId, rule, pool, platform, batch: batchOf(platform) });
    if (wanted.codes.length > 0) tasks.push({ mint, rule, integration, ...wanted });
    else await saveMint(tx, shopId, pool, { job: null, dueAt: tx.now + PEACE_MS, problem: null, failures: 0 });
  }
  return tasks;
}

/** An offer of nothing needs no code. */
function offersByPool(rule: StoredRule): Map<string, Offer> {
  const offers = new Map<string, Offer>();
  const variants = variantsOf(rule);
  for (const arm of [null, ...variants.map(({ key }) => key)]) {
    const { offer } = ruleForArm({ ...rule, variants }, arm);
    const pool = poolOf(rule.id, rule.code, offer);
    if (pool !== null && offer.kind !== 'none' && offer.kind !== 'gift') offers.set(pool, offer);
  }
  return offers;
}

const batchOf = (platform: CodePlatform): number => (platform === 'shopify' ? 250 : 100);

interface Wanted {
  shopId: string;
  rule: StoredRule;
  pool: string;
  platform: CodePlatform;
  batch: number;
}

/** Refills to twice what is to be kept ready, so that not every code given is a call. What is under way is finished first. */
async function writeDown(
  tx: Tx,
  deps: Deps,
  { shopId, rule, pool, platform, batch }: Wanted,
): Promise<{ codes: string[]; more: boolean }> {
  const ahead = rule.code.ahead ?? AHEAD;
  const { free, minting } = await mintingOf(tx, shopId, pool);
  if (minting.length > 0) return { codes: minting.slice(0, batch).map(({ code }) => code), more: true };
  if (free >= ahead) return { codes: [], more: false };
  const missing = 2 * ahead - free;
  const fresh = Array.from({ length: Math.min(batch, missing) }, () => {
    const code = deps.newCode(rule.code.prefix ?? '');
    return { code, key: codeKey(code) };
  });
  const taken = await putInStock(tx, { shopId, pool, source: platform, status: 'minting' }, fresh);
  return { codes: fresh.filter(({ key }) => taken.has(key)).map(({ code }) => code), more: missing > batch };
}

async function work(deps: Deps, task: Task): Promise<void> {
  const { mint, rule, integration, codes } = task;
  const client = connectPlatform(integration, deps.fetch);
  const outcome: MintOutcome = client
    ? await client.mint({
        codes,
        offer: mint.offer,
        uses: termsOf(rule.code).uses,
        title: `Linger ${mint.pool}`,
        discount: mint.discount,
        job: mint.job,
      })
    : { kind: 'refused', reason: `${mint.platform} is not connected` };
  if (outcome.kind === 'later' || outcome.kind === 'refused')
    deps.log('warn', 'codes could not be minted', { shop: mint.shopId, rule: rule.id, reason: outcome.reason });
  await deps.db.engine((tx) => settle(tx, task, outcome));
}

async function settle(tx: Tx, { mint, more }: Task, outcome: MintOutcome): Promise<void> {
  const { shopId, pool } = mint;
  const fine = { problem: null, failures: 0 };
  switch (outcome.kind) {
    case 'minted': {
      const { discount } = outcome;
      const made = outcome.codes.map(({ code, external }) => ({ key: codeKey(code), external }));
      await stockMinted(tx, { shopId, discount }, made);
      await dropStock(tx, shopId, outcome.lost.map(codeKey));
      const again = more || outcome.lost.length > 0;
      return saveMint(tx, shopId, pool, { ...fine, discount, job: null, dueAt: tx.now + (again ? 0 : PEACE_MS) });
    }
    case 'adding': {
      const { discount, job } = outcome;
      return saveMint(tx, shopId, pool, { ...fine, discount, job, dueAt: tx.now + JOB_MS });
    }
    case 'later': {
      const failures = mint.failures + 1;
      const wait = outcome.afterMs ?? Math.min(LONGEST_BACKOFF_MS, 2 ** Math.min(failures, 12) * 1_000);
      // Passing: told only once it has lasted.
      const problem = failures >= 5 ? outcome.reason : null;
      return saveMint(tx, shopId, pool, { job: mint.job, dueAt: tx.now + Math.max(1_000, wait), problem, failures });
    }
    case 'refused':
      return saveMint(tx, shopId, pool, {
        job: null,
        dueAt: tx.now + REFUSED_MS,
        problem: outcome.reason,
        failures: mint.failures + 1,
      });
  }
}
