/** What the steps of running flows may depend on: asked of the database only where a step will ask. */

import { type ContactFact, type ContactFacts, contactFacts } from '../../../core/contacts/contact-facts.ts';
import { trialKey } from '../../../core/experiments/trial.ts';
import type { Circumstances } from '../../../core/flows/advance.ts';
import type { Program } from '../../../core/flows/program.ts';
import { evaluate, factsOf } from '../../../core/rules/condition.ts';
import { chanceOf } from '../../../core/values/chance.ts';
import type { Tx } from '../../../db/connect.ts';
import { storedFacts, usualHour } from '../../../db/contact-facts.ts';
import { trialWinners } from '../../../db/trials.ts';

/** Where nobody has come yet, letters come in the morning. */
const MORNING = '10:00';

/** A contact somewhere in a flow. */
export interface Placed {
  shopId: string;
  contactId: string;
  flowKey: string;
  zone: string;
  program: Program;
}

/** One for each, in their order. */
export async function knowCircumstances(tx: Tx, placed: readonly Placed[]): Promise<Circumstances[]> {
  const facts = await factsFor(tx, placed);
  const winners = await winnersFor(tx, placed);
  return Promise.all(
    placed.map(async ({ shopId, contactId, flowKey, zone, program }) => ({
      at: tx.now,
      zone,
      holds: (condition) =>
        evaluate(condition, { facts: facts.get(`${shopId}:${contactId}`) ?? {}, trail: [] }) === true,
      winner: (trial) => winners.get(`${shopId} ${trialKey(flowKey, trial)}`) ?? null,
      chance: (place: number) => chanceOf(`${contactId}:${flowKey}:${place}`),
      usual: asksForHour(program) ? await usualTime(tx, { shopId, contactId, zone }) : MORNING,
    })),
  );
}

async function usualTime(tx: Tx, who: { shopId: string; contactId: string; zone: string }): Promise<string> {
  const hour = await usualHour(tx, who);
  return hour === null ? MORNING : `${String(hour).padStart(2, '0')}:00`;
}

const asksForHour = (program: Program): boolean =>
  program.some((one) =>
    one.do === 'send'
      ? one.variants.some(({ until }) => until === 'usual')
      : one.do === 'wait' && one.until === 'usual',
  );

/** Which variants have won, of all that these programs try. */
async function winnersFor(tx: Tx, placed: readonly Placed[]): Promise<Map<string, number>> {
  const keys = placed.flatMap(({ flowKey, program }) =>
    program.flatMap((one) => (one.do === 'send' && one.trial ? [trialKey(flowKey, one.trial)] : [])),
  );
  const won = await trialWinners(tx, [...new Set(placed.map(({ shopId }) => shopId))], [...new Set(keys)]);
  return new Map(won.map(({ shopId, key, winner }) => [`${shopId} ${key}`, winner ?? 0]));
}

async function factsFor(tx: Tx, placed: readonly Placed[]): Promise<Map<string, ContactFacts>> {
  const wanted = new Map<string, { ids: Set<string>; asked: Set<ContactFact> }>();
  for (const { shopId, contactId, program } of placed) {
    const asked = program.flatMap((one) => (one.do === 'branch' ? factsOf(one.if) : []));
    if (asked.length === 0) continue;
    const shop = wanted.get(shopId) ?? { ids: new Set(), asked: new Set() };
    shop.ids.add(contactId);
    for (const fact of asked) shop.asked.add(fact);
    wanted.set(shopId, shop);
  }
  const facts = new Map<string, ContactFacts>();
  for (const [shopId, { ids, asked }] of wanted) {
    for (const [id, stored] of await storedFacts(tx, shopId, [...ids], asked)) {
      facts.set(`${shopId}:${id}`, contactFacts({ ...stored, now: tx.now }));
    }
  }
  return facts;
}
