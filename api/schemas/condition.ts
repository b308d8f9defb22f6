/** Conditions, checked when they are saved so that evaluating them can never fail. Problems name their place inside the condition. */

import { z } from 'zod';
import { CONTACT_FACTS } from '../../core/contacts/contact-facts.ts';
import type { ContactCondition } from '../../core/flows/flow.ts';
import { type Condition, OPERATORS, OPERATORS_FOR, type Operator } from '../../core/rules/condition.ts';
import { parseDuration } from '../../core/values/duration.ts';
import { EVENT_TYPES } from '../../core/visits/event.ts';
import { type FactType, VISIT_FACTS } from '../../core/visits/facts.ts';
import { DEVICES } from '../device.ts';

type Path = (string | number)[];
type Complain = (path: Path, message: string) => void;

const MOST_PARTS = 200;
const LONGEST_LIST = 100;

/** What a condition may ask about: a closed list of facts, and whether it may ask for events in their order. */
interface Language {
  facts: Record<string, FactType>;
  sequences: boolean;
}

const checking =
  (language: Language) =>
  (value: unknown, context: { addIssue(issue: { code: 'custom'; path: Path; message: string }): void }): void => {
    let parts = 0;
    const complain: Complain = (path, message) => context.addIssue({ code: 'custom', path, message });
    const check = (part: unknown, path: Path): void => {
      parts += 1;
      if (parts === MOST_PARTS + 1) complain(path, `a condition has at most ${MOST_PARTS} parts`);
      if (parts > MOST_PARTS) return;
      if (Array.isArray(part)) checkComparison(part, path, complain, language);
      else if (isRecord(part)) checkGroup(part, path, complain, check, language);
      else complain(path, `must be [fact, operator, value] or an object with ${formsOf(language).join(', ')}`);
    };
    check(value, []);
  };

const formsOf = ({ sequences }: Language): string[] => ['all', 'any', 'not', ...(sequences ? ['sequence'] : [])];

/** Over the facts of a visit. */
export const condition = z
  .custom<Condition>()
  .superRefine(checking({ facts: VISIT_FACTS, sequences: true }))
  .meta({
    id: 'Condition',
    description:
      '`[fact, operator, value]`, or `{all: […]}`, `{any: […]}`, `{not: …}`, `{sequence: [event, …], within?}`.',
    examples: [
      {
        all: [
          ['pages', '>=', 3],
          {
            any: [
              ['carted', '>=', 1],
              ['viewed', '>=', 1],
            ],
          },
        ],
      },
    ],
  });

/** Over the facts of a contact, for flows and segments. */
export const contactCondition = z
  .custom<ContactCondition>()
  .superRefine(checking({ facts: CONTACT_FACTS, sequences: false }))
  .meta({
    id: 'ContactCondition',
    description: `\`[fact, operator, value]\`, or \`{all: […]}\`, \`{any: […]}\`, \`{not: …}\`. Facts: ${Object.keys(CONTACT_FACTS).join(', ')}.`,
    examples: [{ all: [['orders', '>=', 2], { not: ['tags', 'contains', 'lost'] }] }],
  });

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function checkGroup(
  part: Record<string, unknown>,
  path: Path,
  complain: Complain,
  check: (part: unknown, path: Path) => void,
  language: Language,
): void {
  const keys = Object.keys(part);
  const forms = formsOf(language);
  const known = keys.filter((key) => forms.includes(key));
  const [key] = known;
  if (known.length !== 1 || !key) {
    complain(path, `must have exactly one of ${forms.join(', ')}`);
    return;
  }
  for (const extra of keys) {
    if (extra !== key && !(key === 'sequence' && extra === 'within'))
      complain([...path, extra], 'is not a known field');
  }
  const inner = part[key];
  if (key === 'not') check(inner, [...path, 'not']);
  else if (!Array.isArray(inner)) complain([...path, key], 'must be a list');
  else if (key === 'sequence') checkSequence(inner, part.within, path, complain);
  else for (const [index, child] of inner.entries()) check(child, [...path, key, index]);
}

function checkSequence(types: unknown[], within: unknown, path: Path, complain: Complain): void {
  if (types.length === 0 || types.length > 10) complain([...path, 'sequence'], 'must have 1 to 10 events');
  for (const [index, type] of types.entries()) {
    if (!EVENT_TYPES.some((known) => known === type))
      complain([...path, 'sequence', index], `must be one of ${EVENT_TYPES.join(', ')}`);
  }
  if (within !== undefined && (typeof within !== 'string' || !parseDuration(within))) {
    complain([...path, 'within'], 'must be a duration such as 30m or 1d');
  }
}

function checkComparison(part: unknown[], path: Path, complain: Complain, { facts }: Language): void {
  const problem = comparisonProblem(part, facts);
  if (problem) complain(problem.at === undefined ? path : [...path, problem.at], problem.message);
}

/** What is wrong with `[fact, operator, value]`, and with which of the three. */
function comparisonProblem(part: unknown[], facts: Language['facts']): { at?: number; message: string } | null {
  if (part.length !== 3) return { message: 'must be [fact, operator, value]' };
  const [fact, operator, operand] = part;
  const type = typeof fact === 'string' && Object.hasOwn(facts, fact) ? facts[fact] : undefined;
  if (!type) return { at: 0, message: `must be one of ${Object.keys(facts).join(', ')}` };
  const known = OPERATORS.find((one) => one === operator);
  if (!known || !OPERATORS_FOR[type].includes(known)) {
    return { at: 1, message: `must be one of ${OPERATORS_FOR[type].join(' ')} for ${String(fact)}` };
  }
  const message = operandProblem(type, known, operand) ?? neverProblem(String(fact), known, operand);
  return message ? { at: 2, message } : null;
}

/** Facts of which some values never come: a rule that waits for one of those waits for ever. */
const COMING: Record<string, { comes: (value: unknown) => boolean; noun: string; ends?: readonly [number, number] }> = {
  device: { comes: (value) => DEVICES.some((one) => one === lower(value)), noun: `one of ${DEVICES.join(', ')}` },
  country: { comes: isPair, noun: 'a country’s two letters such as DE' },
  language: { comes: isPair, noun: 'a language’s two letters such as en' },
  hour: { comes: (value) => isWhole(value, 0, 23), noun: 'a whole hour, 0 to 23', ends: [0, 23] },
  weekday: { comes: (value) => isWhole(value, 1, 7), noun: '1 (Monday) to 7 (Sunday)', ends: [1, 7] },
};

const lower = (value: unknown): string => String(value).toLowerCase();

function isPair(value: unknown): boolean {
  return /^[a-z]{2}$/.test(lower(value));
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

/** Whether no value between the ends is so much, or so little. */
function isBeyond([least, most]: readonly [number, number], operator: Operator, operand: number): boolean {
  if (operator === '>') return operand >= most;
  if (operator === '>=') return operand > most;
  return operator === '<' ? operand <= least : operator === '<=' && operand < least;
}

function neverProblem(fact: string, operator: Operator, operand: unknown): string | null {
  const coming = Object.hasOwn(COMING, fact) ? COMING[fact] : undefined;
  if (!coming) return null;
  if (operator === '=' || operator === '!=') return coming.comes(operand) ? null : `must be ${coming.noun}`;
  if (operator !== 'in' && operator !== 'notIn')
    return coming.ends && isBeyond(coming.ends, operator, Number(operand)) ? `must be ${coming.noun}` : null;
  return (operand as unknown[]).every(coming.comes) ? null : `must be a list, each ${coming.noun}`;
}

function operandProblem(type: FactType, operator: Operator, operand: unknown): string | null {
  const wanted = type === 'list' ? 'text' : type;
  const one = (value: unknown): boolean => {
    if (wanted === 'number') return typeof value === 'number';
    return wanted === 'boolean' ? typeof value === 'boolean' : typeof value === 'string' && value.length <= 500;
  };
  const noun =
    wanted === 'number' ? 'a number' : wanted === 'boolean' ? 'true or false' : 'text of at most 500 characters';
  if (operator !== 'in' && operator !== 'notIn') return one(operand) ? null : `must be ${noun}`;
  if (!Array.isArray(operand) || operand.length > LONGEST_LIST || !operand.every(one)) {
    return `must be a list of at most ${LONGEST_LIST}, each ${noun}`;
  }
  return null;
}
