import { describe, expect, test } from 'vitest';
import { fixture } from '../support/fixtures.ts';
import { conform } from './conform.ts';

const root = fixture();

describe.skipIf(!root)('real inputs', () => {
  test('come out as a careful reader expects', { timeout: 300_000 }, async () => {
    const verdicts = await conform(root ?? '');
    const failed = verdicts.filter(({ problems }) => problems.length > 0);
    expect(failed).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(0);
  });
});
