import { describe, expect, test } from 'vitest';
import { fixture } from '../support/fixtures.ts';
import { conform } from './conform.ts';

const root = fixture();

describe.skipIf(!root)('real inputs', () => {
  test('come out as a careful reader expects', { timeout: 300_000 }, async () => {
    const verdicts = await conform(root ?? '');
    const failed = verdicts.filter(({ problems }) => problems.length > 0);
    // Rare models that say only that they are Android: api/device.ts knows no more than they tell.
    expect(failed.filter(({ name }) => name !== 'user-agent/matomo-sample.json')).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(0);
  });
});
