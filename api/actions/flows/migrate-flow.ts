/** Moves people who are on their way to another version of their flow, each to the step that comes next for them. */

import { END, migration } from '../../../core/flows/migration.ts';
import { pathsOf } from '../../../core/flows/places.ts';
import type { Tx } from '../../../db/connect.ts';
import { type Moved, moveChains, type PlaceChange, standings } from '../../../db/flow-chains.ts';
import { flowAtVersion, lockFlow } from '../../../db/flows.ts';
import type { Deps } from '../../deps.ts';
import { type FieldError, Problem } from '../../problem.ts';

export interface MigrationAsked {
  /** The versions to leave; every other one where nothing is said. */
  from?: number;
  /** The version to go to; the current one where nothing is said. */
  to?: number;
  map?: Record<string, string>;
}

export interface Migrated {
  to: number;
  moved: number;
  /** On other versions still: their letter was just being handed over. */
  left: number;
}

/** People in one transaction. */
const PAGE = 500;

/** Throws `invalid` naming every place that the new version doesn't have, before anybody is moved. Null where there is no such flow. */
export async function migrateFlow(
  deps: Deps,
  shopId: string,
  key: string,
  asked: MigrationAsked,
): Promise<Migrated | null> {
  const way = await deps.db.shop(shopId, (tx) => chartWay(tx, shopId, key, asked));
  if (!way) return null;
  let moved = 0;
  let beyond: string | null = null;
  for (let looked = PAGE; looked === PAGE; ) {
    const page = { key, ...way, limit: PAGE, beyond };
    const done: Moved = await deps.db.shop(shopId, (tx) => moveChains(tx, shopId, page));
    moved += done.moved;
    beyond = done.looked.at(-1) ?? null;
    looked = done.looked.length;
  }
  deps.wake();
  const rest = await deps.db.shop(shopId, (tx) => standings(tx, shopId, key));
  const left = rest
    .filter(({ version }) => (asked.from === undefined ? version !== way.to : version === asked.from))
    .reduce((sum, { people }) => sum + people, 0);
  return { to: way.to, moved, left };
}

async function chartWay(
  tx: Tx,
  shopId: string,
  key: string,
  { from, to, map = {} }: MigrationAsked,
): Promise<{ to: number; changes: PlaceChange[] } | null> {
  const flow = await lockFlow(tx, shopId, key);
  if (!flow) return null;
  const version = to ?? flow.version;
  const target = await flowAtVersion(tx, shopId, key, version);
  if (!target) throw new Problem('invalid', { errors: [{ path: 'to', message: `there is no version ${version}` }] });
  const known = new Set([...pathsOf(target.steps), END]);
  const errors: FieldError[] = Object.entries(map).flatMap(([path, aim]) =>
    known.has(aim) ? [] : [{ path: `map.${path}`, message: `version ${version} has no step "${aim}"` }],
  );
  const changes: PlaceChange[] = [];
  const moving = (await standings(tx, shopId, key)).filter(
    ({ version: old }) => old !== version && (from === undefined || old === from),
  );
  const olds = [...new Set(moving.map(({ version: old }) => old))];
  const stepsOf = new Map(
    await Promise.all(
      olds.map(async (old) => [old, (await flowAtVersion(tx, shopId, key, old))?.steps ?? []] as const),
    ),
  );
  for (const { version: old, step, heardStep } of moving) {
    const { placeOf } = migration(stepsOf.get(old) ?? [], target.steps, map);
    const next = placeOf(step);
    const heard = heardStep === null ? null : placeOf(heardStep);
    for (const { path, to: place } of [next, ...(heard ? [heard] : [])]) {
      const message = `of version ${old} is not in version ${version}, and people wait for it: say in map where they go on`;
      if (place === null && errors.every((error) => error.path !== `map.${path}`)) {
        errors.push({ path: `map.${path}`, message });
      }
    }
    if (next.to !== null && (!heard || heard.to !== null)) {
      changes.push({ version: old, step, heardStep, toStep: next.to, toHeardStep: heard?.to ?? null });
    }
  }
  if (errors.length > 0) throw new Problem('invalid', { errors });
  return { to: version, changes };
}
