/** One look at every parsed body before anything else reads it: what databases, indexes and prototypes choke on is named and refused. */

import type { FieldError } from '../problem.ts';

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
/** Enough to tell a person what is wrong without echoing an attack. */
const MOST_ERRORS = 20;
const LONGEST_PATH = 200;

/** What is wrong with the value, by path: NUL, lone surrogates, forbidden keys, nesting deeper than `maxDepth`, absurd numbers. */
export function uncleanParts(value: unknown, maxDepth: number): FieldError[] {
  const errors: FieldError[] = [];
  const complain = (path: string, message: string): void => {
    if (errors.length < MOST_ERRORS) errors.push({ path: path.slice(0, LONGEST_PATH).toWellFormed(), message });
  };
  const look = (part: unknown, path: string, depth: number): void => {
    if (typeof part === 'string') {
      if (part.includes('\0')) complain(path, 'must not contain NUL');
      else if (!part.isWellFormed()) complain(path, 'must be well-formed Unicode, without lone surrogates');
      return;
    }
    if (typeof part === 'number') {
      if (!Number.isFinite(part)) complain(path, 'must be a finite number');
      return;
    }
    if (typeof part !== 'object' || part === null) return;
    if (depth >= maxDepth) {
      complain(path, `is nested deeper than ${maxDepth} levels`);
      return;
    }
    for (const [key, child] of Object.entries(part)) {
      const inner = path ? `${path}.${key}` : key;
      if (FORBIDDEN_KEYS.has(key) || key.includes('\0') || !key.isWellFormed())
        complain(inner, 'is a name that is not allowed');
      else look(child, inner, depth + 1);
    }
  };
  look(value, '', 0);
  return errors;
}
