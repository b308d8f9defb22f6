/** A schema's complaints as errors by path, in words for the person who sent the body. */

import type { core } from 'zod';
import type { FieldError } from '../problem.ts';

const MOST_ERRORS = 20;

export function fieldErrors(issues: readonly core.$ZodIssue[], under: string): FieldError[] {
  return issues.flatMap((issue) => errorsOf(issue, under)).slice(0, MOST_ERRORS);
}

function errorsOf(issue: core.$ZodIssue, under: string): FieldError[] {
  const path = joined(under, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: joined(path, [key]), message: 'is not a known field' }));
  }
  // Where one alternative of a union came closest, its own complaint says more than "invalid input".
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const closest = [...issue.errors].sort((one, other) => deepest(other) - deepest(one))[0];
    if (closest && deepest(closest) > 0) return fieldErrors(closest, path);
  }
  return [{ path, message: sentence(issue) }];
}

function sentence(issue: core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined && /received undefined/.test(issue.message)) return 'is required';
  return issue.message.replace(/^Invalid input: /, '').replace(/^Invalid discriminator value\. E/, 'e');
}

const deepest = (issues: readonly core.$ZodIssue[]): number => Math.max(0, ...issues.map((issue) => issue.path.length));

const joined = (under: string, path: readonly PropertyKey[]): string => [under, ...path.map(String)].filter(Boolean).join('.');
