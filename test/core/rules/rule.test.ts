/** A rule as one arm sees it. */

import { expect, test } from 'vitest';
import { type Rule, ruleForArm } from '../../../core/rules/rule.ts';

const rule: Pick<Rule, 'offer' | 'popup' | 'variants'> = {
  offer: { kind: 'percent', value: 10, expiresIn: '7d' },
  popup: { format: 'modal', theme: { accent: '#0a7' } },
  variants: [
    { key: 'a', weight: 1 },
    { key: 'b', weight: 1, offer: { value: 5 } },
    { key: 'c', weight: 1, popup: { format: 'bar' } },
  ],
};

test.each([[null], ['a'], ['no-such'], ['holdout']])('arm %s has the rule’s own offer and popup', (arm) => {
  const { offer, popup } = ruleForArm(rule, arm);
  expect({ offer, popup }).toEqual({ offer: rule.offer, popup: rule.popup });
});

test('a variant’s offer is laid over the rule’s, the rest stays', () => {
  expect(ruleForArm(rule, 'b').offer).toEqual({ kind: 'percent', value: 5, expiresIn: '7d' });
});

test('a variant’s popup is laid over the rule’s, the rest stays', () => {
  expect(ruleForArm(rule, 'c').popup).toEqual({ format: 'bar', theme: { accent: '#0a7' } });
});

test('the rule itself is left alone', () => {
  const before = structuredClone(rule);
  ruleForArm(rule, 'b');
  expect(rule).toEqual(before);
});
