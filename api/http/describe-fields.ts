/** Says of every field and parameter of an OpenAPI document what it means, where its schema doesn’t. Knows paths, not words. */

import { wordsFor } from '../words/field-words.ts';

type Json = Record<string, unknown>;
type Parts = Record<string, Json>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Fields of a schema at any depth. `path` begins with the schema’s name; lists and alternatives add nothing to it. */
export function describeFields(schema: unknown, path: readonly string[]): void {
  if (!isObject(schema)) return;
  for (const [name, field] of Object.entries((schema.properties ?? {}) as Parts)) {
    const here = [...path, name];
    const words = wordsFor(here);
    if (!field.description && words) field.description = words;
    describeFields(field, here);
  }
  for (const part of ['anyOf', 'oneOf', 'allOf', 'prefixItems'])
    for (const one of (schema[part] ?? []) as Json[]) describeFields(one, path);
  describeFields(schema.items, path);
  describeFields(schema.additionalProperties, path);
}

/** Parameters by the word of the path before them, or by their name in the query. */
export function describeParameters(parameters: Json[], route: string): void {
  for (const one of parameters) {
    const schema = one.schema as Json;
    const before = new RegExp(`(\\w+)/\\{${one.name}\\}`).exec(route)?.[1];
    const place = one.in === 'path' ? ['path', before ?? '', String(one.name)] : ['query', String(one.name)];
    const words = one.description ?? schema.description ?? wordsFor(place);
    if (words) one.description = words;
    delete schema.description;
  }
}
