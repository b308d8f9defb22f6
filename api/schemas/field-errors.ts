/** A schema's complaints as errors by path, in words for the person who sent the body. */

import type { core, ZodType } from 'zod';
import type { FieldError } from '../problem.ts';
import { knownFields, unknownField } from './known-fields.ts';

const MOST_ERRORS = 20;
/** Keys are the sender's own text: an error needs no more of it. */
const LONGEST_PATH = 200;

const NOUNS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** What a schema says where it has no words of its own. Given to `safeParse`. */
export function wording(issue: core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${NOUNS[issue.expected] ?? 'something else'}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return sized(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
    case 'too_big':
      return sized(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
    case 'invalid_union':
      return Array.isArray(issue.options)
        ? `must be one of ${issue.options.map(String).join(', ')}`
        : 'has none of the forms that are known';
    default:
      return 'is not valid';
  }
}

function sized(origin: string, compared: string, limit: number | bigint): string {
  if (origin === 'string') return `must be ${compared} ${limit} characters`;
  if (origin === 'array') return `must have ${compared} ${limit} entries`;
  return `must be ${compared} ${limit}`;
}

/** `schema` is what was asked for: it knows what a mistyped field may have been. */
export function fieldErrors(issues: readonly core.$ZodIssue[], under: string, schema?: ZodType): FieldError[] {
  return issues.flatMap((issue) => errorsOf(issue, under, schema)).slice(0, MOST_ERRORS);
}

function errorsOf(issue: core.$ZodIssue, under: string, schema: ZodType | undefined): FieldError[] {
  const path = joined(under, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = schema ? knownFields(schema, issue.path) : [];
    return issue.keys
      .slice(0, MOST_ERRORS)
      .map((key) => ({ path: joined(path, [key]), message: unknownField(key, known) }));
  }
  // A key that the record doesn't take: what is wrong with it says the key's own schema.
  if (issue.code === 'invalid_key') return [{ path, message: issue.issues[0]?.message ?? 'is not a known field' }];
  if (isMissing(issue)) return [{ path, message: 'is required' }];
  return [{ path, message: issue.message }];
}

/** Needs `reportInput`. What the sender sent is JSON, where nothing is undefined but what isn't there. */
function isMissing(issue: core.$ZodIssue): boolean {
  if (!('input' in issue)) return false;
  const { input } = issue;
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    return typeof input === 'object' && input !== null && !(issue.discriminator in input);
  }
  return input === undefined;
}

const joined = (under: string, path: readonly PropertyKey[]): string =>
  [under, ...path.map(String)].filter(Boolean).join('.').slice(0, LONGEST_PATH).toWellFormed();
