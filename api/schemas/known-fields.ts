/** Which fields a schema knows at a place, so that who mistyped one hears which it may have been. */

import { type ZodType, z } from 'zod';
import { meant } from '../../emails/liquid/complaint.ts';

type Json = Record<string, unknown>;

/** A list that is longer helps nobody. */
const MOST_NAMED = 12;

const written = new WeakMap<ZodType, Json>();

/** Names at this path of the body; none where the schema has a form of its own there. */
export function knownFields(schema: ZodType, path: readonly PropertyKey[]): string[] {
  const root = written.get(schema) ?? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json);
  written.set(schema, root);
  let places = [root];
  for (const part of path) places = places.flatMap((place) => formsOf(place, root)).flatMap((one) => inside(one, part));
  const names = places
    .flatMap((place) => formsOf(place, root))
    .flatMap(({ properties }) => Object.keys(properties ?? {}));
  return [...new Set(names)];
}

/** The schema itself, what it refers to, and its alternatives. */
function formsOf(place: Json, root: Json): Json[] {
  const name = typeof place.$ref === 'string' ? place.$ref.split('/').at(-1) : undefined;
  const referred = name === undefined ? undefined : (root.$defs as Record<string, Json> | undefined)?.[name];
  const others = [referred, ...['anyOf', 'oneOf', 'allOf'].flatMap((part) => (place[part] ?? []) as Json[])];
  return [place, ...others.flatMap((one) => (one ? formsOf(one, root) : []))];
}

function inside({ properties, items, additionalProperties }: Json, part: PropertyKey): Json[] {
  const found = (properties as Record<string, Json> | undefined)?.[String(part)] ?? items ?? additionalProperties;
  return typeof found === 'object' && found !== null ? [found as Json] : [];
}

/** What to say of a field, or of a parameter of the query, that is not known. */
export function unknownField(name: string, known: readonly string[], what = 'field'): string {
  const near = meant(name, known);
  if (near) return `is not a known ${what}, did you mean ${near}?`;
  const named = known.length > 0 && known.length <= MOST_NAMED;
  return `is not a known ${what}${named ? `: there are ${known.join(', ')}` : ''}`;
}
