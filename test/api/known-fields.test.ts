import { describe, expect, it } from 'vitest';
import type { ZodType } from 'zod';
import { Problem } from '../../api/problem.ts';
import { flowInput } from '../../api/schemas/flow.ts';
import { parsed } from '../../api/schemas/parsed.ts';
import { ruleInput } from '../../api/schemas/rule.ts';
import { shopPatch } from '../../api/schemas/shop.ts';

const RULE = { name: 'A', moment: 'exit', when: ['pages', '>=', 2], offer: { kind: 'none' } };

function complaintsOf(schema: ZodType, body: unknown): string[] {
  try {
    parsed(schema, body);
  } catch (error) {
    if (error instanceof Problem) return error.errors.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}

const CASES: [name: string, schema: ZodType, body: unknown, complaint: string][] = [
  ['a slip', ruleInput, { ...RULE, enable: true }, 'enable: is not a known field, did you mean enabled?'],
  [
    'a slip further in',
    ruleInput,
    { ...RULE, offer: { kind: 'none', minOrdr: 1 } },
    'offer.minOrdr: is not a known field, did you mean minOrder?',
  ],
  [
    'another word where few are known',
    ruleInput,
    { ...RULE, quietFor: { declined: '1d' } },
    'quietFor.declined: is not a known field: there are refused, shown',
  ],
  [
    'a slip in a list',
    shopPatch,
    { brand: { social: [{ nam: 'VK', url: 'https://vk.com/shop' }] } },
    'brand.social.0.nam: is not a known field, did you mean name?',
  ],
  ['another word where many are known', shopPatch, { colour: '#fff' }, 'colour: is not a known field'],
  [
    'what one kind of entry does not take',
    flowInput,
    { key: 'a', entry: { on: 'absent', afer: '3d' }, steps: [{ stop: 'x' }] },
    'entry.afer: is not a known field, did you mean after?',
  ],
];

describe('a field that is not known', () => {
  it.each(CASES)('is told with what may have been meant: %s', (_name, schema, body, complaint) => {
    expect(complaintsOf(schema, body)).toContain(complaint);
  });
});
