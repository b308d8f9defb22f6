/** The steps that the places of a program stand for, as paths: what people name a place by. */

import type { Step } from './flow.ts';

/** One for each place of `programOf(steps)`; null for the jumps between branches, where nobody ever rests. */
export function pathsOf(steps: readonly Step[], under = 'steps'): (string | null)[] {
  return steps.flatMap((step, index) => pathsOfOne(step, `${under}.${index}`));
}

function pathsOfOne(step: Step, path: string): (string | null)[] {
  if ('waitFor' in step) return [path, ...fork(step.waitFor, `${path}.waitFor`)];
  if ('branch' in step) return [path, ...fork(step.branch, `${path}.branch`)];
  if ('split' in step) {
    const arms = step.split.map(({ steps }, arm) => [...pathsOf(steps, `${path}.split.${arm}.steps`), null]);
    return [path, ...arms.flat()];
  }
  return [path];
}

function fork({ then: so = [], else: not = [] }: { then?: Step[]; else?: Step[] }, path: string): (string | null)[] {
  const first = pathsOf(so, `${path}.then`);
  return not.length === 0 ? first : [...first, null, ...pathsOf(not, `${path}.else`)];
}
