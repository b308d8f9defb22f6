/** Which names are good enough to greet with. */

import { expect, test } from 'vitest';
import { greetableName } from '../../../core/values/person-name.ts';
import { nameCases } from '../../cases/person-names.ts';

test.each(nameCases.map((row) => [JSON.stringify(row[0]), ...row] as const))('%s', (_shown, typed, greeted) => {
  expect(greetableName(typed)).toBe(greeted);
});
