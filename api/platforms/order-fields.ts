/** Single fields of what a platform tells: whatever is not as it should be counts as not told. */

import { type EmailAddress, parseEmail } from '../../core/values/email-address.ts';
import { amount, currency, isUuid, locale, webUrl } from '../schemas/common.ts';

export type Fields = Record<string, unknown>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

export const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);

/** One line of text, capped; a number as it is written. */
export function lineOf(value: unknown, longest = 200): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const line = String(value)
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .trim()
    .slice(0, longest);
  return line === '' ? undefined : line;
}

/** An id. Platforms write 0 for none. */
export function idOf(value: unknown): string | undefined {
  const id = lineOf(value);
  return id === '0' ? undefined : id;
}

/** What a line of an order goes by: the product's id, as the widget tells it in the theme; else what the platform has. */
export const lineIdOf = ({ product_id, sku, id }: Fields): string | undefined =>
  idOf(product_id) ?? lineOf(sku) ?? idOf(id);

/** Money, told as text or as a number. */
export function amountOf(value: unknown): number | undefined {
  if (lineOf(value) === undefined) return undefined;
  return amount.safeParse(Number(value)).data;
}

/** ms since the epoch. What names no zone is UTC. */
export function timeOf(value: unknown): number | undefined {
  const text = lineOf(value, 40);
  if (text === undefined || !/^\d{4}-\d\d-\d\dT/.test(text)) return undefined;
  const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return at >= 0 ? at : undefined;
}

export const isoOf = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();

export const urlOf = (value: unknown): string | undefined => webUrl().safeParse(value).data;

export const currencyOf = (value: unknown): string | undefined => currency.safeParse(value).data;

export const localeOf = (value: unknown): string | undefined => locale.safeParse(value).data;

/** The first of these that is an address. */
export function addressOf(...values: unknown[]): EmailAddress | null {
  for (const value of values) {
    const address = typeof value === 'string' ? parseEmail(value) : null;
    if (address) return address;
  }
  return null;
}

/** The names that a shop's theme may have written our visitor's id under. */
const VISITOR = new Set(['linger_visitor', '_linger_visitor']);

/** Among the fields that a shop has added to its orders, each with its name under `name`. */
export function visitorOf(added: unknown, name: string): string | undefined {
  const found = listOf(added).find((field) => VISITOR.has(String(field[name])))?.value;
  return typeof found === 'string' && isUuid(found) ? found.toLowerCase() : undefined;
}

/** At most as many as an order may hold. */
export const codesOf = (list: unknown): string[] =>
  listOf(list)
    .flatMap(({ code }) => lineOf(code, 100) ?? [])
    .slice(0, 20);
