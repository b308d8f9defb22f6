/** Where people who stand in one version of a flow go on in another: at the same step, wherever it is now. */

import type { Step } from './flow.ts';
import { pathsOf } from './places.ts';
import { programOf } from './program.ts';

/** What a map may lead to beside a step's path: past the last step. */
export const END = 'end';

export interface MovedPlace {
  /** The path of the step that comes next for them in the old version; `end` behind the last. */
  path: string;
  /** The place in the new version; null where the step isn't there any more, or which one it is can't be told. */
  to: number | null;
}

export interface Migration {
  /** The place of the new version for one of the old; `map` leads from paths of the old to paths of the new. */
  placeOf(step: number): MovedPlace;
}

export function migration(
  from: readonly Step[],
  to: readonly Step[],
  map: Readonly<Record<string, string>>,
): Migration {
  const program = programOf(from);
  const [old, next] = [placesOf(from), placesOf(to)];
  const end = programOf(to).length;
  return {
    placeOf(step) {
      let place = step;
      for (let current = program[place]; current?.do === 'jump'; current = program[place]) place = current.to;
      const here = old.find((one) => one.place === place);
      if (!here) return { path: END, to: end };
      const { path, told } = here;
      const mapped = map[path];
      if (mapped === END) return { path, to: end };
      if (mapped !== undefined) return { path, to: next.find((one) => one.path === mapped)?.place ?? null };
      const before = old.filter((one) => one.told === told);
      const now = next.filter((one) => one.told === told);
      return { path, to: before.length === now.length ? (now[before.indexOf(here)]?.place ?? null) : null };
    },
  };
}

/** The steps with their places and what they say. */
function placesOf(steps: readonly Step[]): { place: number; path: string; told: string }[] {
  return pathsOf(steps).flatMap((path, place) =>
    path === null ? [] : [{ place, path, told: JSON.stringify(sorted(valueAt({ steps }, path))) }],
  );
}

const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);

/** The same whatever the order of the fields: a document from the database has its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
