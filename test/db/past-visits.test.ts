/** Parts of all visitors, by which past visits are read side by side. */

import { expect, test } from 'vitest';
import { visitorRanges } from '../../db/past-visits.ts';

test.each([1, 2, 3, 7, 64])('%i parts hold every visitor once, and about as many each', (parts) => {
  const ranges = visitorRanges(parts);
  expect(ranges).toHaveLength(parts);
  expect(ranges[0]?.first).toBe('00000000-0000-0000-0000-000000000000');
  expect(ranges.map(({ below }) => below)).toEqual([...ranges.slice(1).map(({ first }) => first), null]);
  const widths = ranges.map(({ first, below }) => (below ? prefix(below) : 0x1_0000) - prefix(first));
  expect(Math.max(...widths) - Math.min(...widths)).toBeLessThanOrEqual(1);
});

const prefix = (id: string): number => Number.parseInt(id.slice(0, 4), 16);
