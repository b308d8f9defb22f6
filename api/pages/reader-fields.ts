/** A JSON Schema as a table that people read: field by field, what is nested inside set further in. */

import { html } from 'hono/html';
import type { Html } from './layout.ts';
import { marked } from './marked.ts';

export type Schema = Record<string, unknown>;

const nameOf = (reference: string): string => reference.split('/').at(-1) ?? '';

const isPlain = (schema: Schema): boolean => schema.properties === undefined && alternativesOf(schema).length === 0;

const alternativesOf = (schema: Schema): Schema[] => (schema.anyOf ?? schema.oneOf ?? []) as Schema[];

/** A table of all fields, or what the schema is where it has none. */
export function fieldsOf(schema: Schema): Html {
  const rows = rowsOf(schema, []);
  if (rows.length === 0) return html`<p>${typeOf(schema)}</p>`;
  return html`<table class="fields"><thead><tr><th>field</th><th>what it is</th></tr></thead><tbody>${rows}</tbody></table>`;
}

type Fields = Record<string, Schema>;

/** `path` is where the schema stands; alternatives follow one another. */
function rowsOf(schema: Schema, path: readonly string[]): Html[] {
  const inside = (schema.items ?? schema.additionalProperties) as Schema | boolean | undefined;
  const last = path.at(-1);
  const deeper = last === undefined ? [] : [...path.slice(0, -1), `${last}${schema.items ? '[]' : '.…'}`];
  const nested = typeof inside === 'object' ? rowsOf(inside, deeper) : [];
  return [...fieldRows(schema, path), ...alternativeRows(schema, path), ...nested];
}

function fieldRows(schema: Schema, path: readonly string[]): Html[] {
  const required = (schema.required ?? []) as string[];
  return Object.entries((schema.properties ?? {}) as Fields).flatMap(([name, field]) => [
    row([...path, name], field, required.includes(name)),
    ...rowsOf(field, [...path, name]),
  ]);
}

/** What all of them have comes first, once; those that have nothing else apart from each other share a caption. */
function alternativeRows(schema: Schema, path: readonly string[]): Html[] {
  const kinds = alternativesOf(schema).filter((one) => !isPlain(one) || one.items !== undefined);
  const [first] = kinds;
  if (first === undefined || kinds.length === 1) return first ? rowsOf(first, path) : [];
  const shared = Object.entries((first.properties ?? {}) as Fields).filter(([name, field]) =>
    kinds.every((one) => JSON.stringify((one.properties as Fields | undefined)?.[name]) === JSON.stringify(field)),
  );
  const groups = new Map<string, { tags: string[]; one: Schema }>();
  for (const kind of kinds) {
    const tag = tagOf(kind);
    const one = without(kind, [...shared.map(([name]) => name), ...(tag ? [tag[0]] : [])]);
    const key = JSON.stringify([tag?.[0], one.properties, one.required, one.items]);
    const known = groups.get(key);
    if (known && tag) known.tags.push(tag[1]);
    else groups.set(key, { tags: tag ? [tag[1]] : [], one });
  }
  const tagName = tagOf(first)?.[0];
  const common = { ...first, properties: Object.fromEntries(shared) };
  return [
    ...fieldRows(common, path),
    ...[...groups.values()].flatMap(({ tags, one }) => [caption(tagName, tags, path), ...rowsOf(one, path)]),
  ];
}

/** The field that tells alternatives apart is in their caption. */
function tagOf({ properties }: Schema): [name: string, values: string] | null {
  for (const [name, field] of Object.entries((properties ?? {}) as Fields)) {
    if (field.const !== undefined) return [name, String(field.const)];
    if ((name === 'type' || name === 'on') && Array.isArray(field.enum)) return [name, field.enum.join(', ')];
  }
  return null;
}

function without(schema: Schema, names: readonly string[]): Schema {
  const own = Object.entries((schema.properties ?? {}) as Fields).filter(([name]) => !names.includes(name));
  return { ...schema, properties: Object.fromEntries(own) };
}

function caption(tag: string | undefined, values: readonly string[], path: readonly string[]): Html {
  const text = tag ? html`with <code>${[...path, tag].join('.')}</code> ${values.join(', ')}` : html`or`;
  return html`<tr><th class="kind" colspan="2" scope="colgroup">${text}</th></tr>`;
}

function row(path: readonly string[], field: Schema, required: boolean): Html {
  const name = path.at(-1) ?? '';
  const before = path.slice(0, -1).join('.');
  return html`<tr><th scope="row"><code>${before ? html`<span class="soft">${before}.</span>` : ''}${name}</code>${required ? html`<br><small>required</small>` : ''}</th>
<td><small>${typeOf(field)}</small>${field.description ? html`<br>${marked(String(field.description))}` : ''}</td></tr>`;
}

/** In a few words: what it may be, its bounds, what it is when it is left out. */
export function typeOf(schema: Schema): Html {
  const bounds = [
    bound('at least', schema.minimum),
    bound('more than', schema.exclusiveMinimum),
    bound('at most', schema.maximum),
    bound('less than', schema.exclusiveMaximum),
    bound('at most', schema.maxLength, 'characters'),
    bound('at least', schema.minItems, 'entries'),
    bound('at most', schema.maxItems, 'entries'),
  ].filter(Boolean);
  const { default: given } = schema;
  const plain = given === undefined || given === '' || (typeof given === 'object' && given !== null);
  const such = (schema.examples ?? []) as unknown[];
  const shown = such.length > 0 && typeof such[0] === 'string' ? `such as ${such.join(' or ')}` : '';
  const more = [shown, ...bounds, plain ? '' : `default ${JSON.stringify(given)}`].filter(Boolean).join(', ');
  return html`${kindOf(schema)}${more ? `; ${more}` : ''}`;
}

/** The ends of what a computer can count are no bounds that anybody must know. */
function bound(compared: string, limit: unknown, what = ''): string {
  if (typeof limit !== 'number' || Math.abs(limit) >= 8e15) return '';
  return `${compared} ${limit.toLocaleString('en')}${what ? ` ${what}` : ''}`;
}

function kindOf(schema: Schema): Html {
  if (typeof schema.$ref === 'string')
    return html`<a href="#schema-${nameOf(schema.$ref)}"><code>${nameOf(schema.$ref)}</code></a>`;
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (Array.isArray(schema.enum))
    return html`${schema.enum.map((one, index) => html`${index ? ' · ' : ''}<code>${String(one)}</code>`)}`;
  const kinds = alternativesOf(schema);
  if (kinds.length > 0)
    return html`${[...new Set(kinds.map((one) => String(kindOf(one))))].length === 1 ? kindOf(kinds[0] ?? {}) : kinds.map((one, index) => html`${index ? ' or ' : ''}${kindOf(one)}`)}`;
  if (schema.items) return html`list of ${kindOf(schema.items as Schema)}`;
  const { format } = schema;
  const types = [schema.type ?? 'anything']
    .flat()
    .map((type) => (type === 'string' ? (FORMATS[String(format)] ?? 'text') : (NOUNS[String(type)] ?? String(type))));
  return html`${types.join(' or ')}`;
}

const NOUNS: Record<string, string> = {
  integer: 'whole number',
  boolean: 'true or false',
  array: 'list',
};

const FORMATS: Record<string, string> = {
  'date-time': 'time, ISO 8601 UTC',
  date: 'day, YYYY-MM-DD',
  uuid: 'UUID',
  uri: 'url',
};
