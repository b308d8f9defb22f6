/** The places of a JSON value, and the value with one of them changed. */

import type { Json } from './api-bodies.ts';

export interface Place {
  /** `events.3.item.price` */
  path: string;
  /** The same with `*` for places in lists: `events.*.item.price` */
  pattern: string;
  value: unknown;
}

const isOpen = (value: unknown): value is Json | unknown[] => typeof value === 'object' && value !== null;

export function pathsOf(value: unknown, path = '', pattern = ''): Place[] {
  if (!isOpen(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = {
      path: path ? `${path}.${key}` : key,
      pattern: `${pattern ? `${pattern}.` : ''}${Array.isArray(value) ? '*' : key}`,
      value: inner,
    };
    return [place, ...pathsOf(inner, place.path, place.pattern)];
  });
}

/** Nothing in it is shared, as nothing in JSON is. */
const copied = (body: unknown): unknown => JSON.parse(JSON.stringify(body));

/** A copy with `next` at the path; objects on the way are made. */
export function put(body: unknown, path: string, next: unknown): unknown {
  const copy = copied(body);
  const [last, holder] = holderOf(copy, path);
  Object.defineProperty(holder, last, { value: next, enumerable: true, configurable: true, writable: true });
  return copy;
}

export function without(body: unknown, path: string): unknown {
  const copy = copied(body);
  const [last, holder] = holderOf(copy, path);
  delete (holder as Json)[last];
  return copy;
}

function holderOf(body: unknown, path: string): [last: string, holder: object] {
  const keys = path.split('.');
  let holder = body as Json;
  for (const key of keys.slice(0, -1)) {
    holder[key] ??= {};
    holder = holder[key] as Json;
  }
  return [keys.at(-1) ?? '', holder];
}

/** The path itself, or a place inside of it. */
export const pathsThrough = (path: string): RegExp =>
  new RegExp(`^${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(\\.|$)`);
