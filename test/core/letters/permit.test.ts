/** Whether a letter may leave now. */

import { describe, expect, test } from 'vitest';
import { permit } from '../../../core/letters/permit.ts';
import { FREE, NOW, permitCases } from '../../cases/permits.ts';

describe('permits', () => {
  test.each(permitCases)('%s', (_name, different, expected) => {
    expect(permit({ ...FREE, ...different })).toEqual(expected);
  });
});

test('a letter that is held is asked about later, never at once', () => {
  for (const [, different] of permitCases) {
    const answer = permit({ ...FREE, ...different });
    if ('hold' in answer) expect(answer.hold).toBeGreaterThan(different.now ?? NOW);
  }
});
