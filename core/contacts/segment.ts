/** Segments: contacts that fulfil a saved condition, and the places where flows and rules name them. Who belongs to one the server counts. */

import type { ContactCondition, Flow, Step } from '../flows/flow.ts';
import { type Condition, isComparison } from '../rules/condition.ts';

export interface Segment {
  key: string;
  name: string;
  condition: ContactCondition;
}

/** Where a segment is named, as a path into what names it, and its key. */
export interface NamedSegment {
  path: readonly (string | number)[];
  segment: string;
}

type Path = readonly (string | number)[];

export function segmentsIn<Fact extends string>(condition: Condition<Fact>, path: Path = []): NamedSegment[] {
  if (isComparison(condition)) {
    const [fact, , operand] = condition as readonly [string, string, unknown];
    if (fact !== 'segments') return [];
    if (!Array.isArray(operand)) return [{ path: [...path, 2], segment: String(operand) }];
    return operand.map((one, index) => ({ path: [...path, 2, index], segment: String(one) }));
  }
  for (const form of ['all', 'any'] as const) {
    const inner = (condition as Partial<Record<typeof form, readonly Condition<Fact>[]>>)[form];
    if (inner) return inner.flatMap((one, index) => segmentsIn(one, [...path, form, index]));
  }
  return 'not' in condition ? segmentsIn(condition.not, [...path, 'not']) : [];
}

export function segmentsOfFlow({ entry, filter, steps }: Pick<Flow, 'entry' | 'filter' | 'steps'>): NamedSegment[] {
  return [
    ...('segment' in entry ? [{ path: ['entry', 'segment'], segment: entry.segment }] : []),
    ...(filter ? segmentsIn(filter, ['filter']) : []),
    ...inSteps(steps, ['steps']),
  ];
}

const inSteps = (steps: readonly Step[] = [], path: Path): NamedSegment[] =>
  steps.flatMap((step, index) => inStep(step, [...path, index]));

function inStep(step: Step, path: Path): NamedSegment[] {
  if ('split' in step)
    return step.split.flatMap((arm, index) => inSteps(arm.steps, [...path, 'split', index, 'steps']));
  if ('waitFor' in step) return inFork(step.waitFor, [...path, 'waitFor']);
  if (!('branch' in step)) return [];
  return [...segmentsIn(step.branch.if, [...path, 'branch', 'if']), ...inFork(step.branch, [...path, 'branch'])];
}

const inFork = (fork: { then?: Step[]; else?: Step[] }, path: Path): NamedSegment[] => [
  ...inSteps(fork.then, [...path, 'then']),
  ...inSteps(fork.else, [...path, 'else']),
];
