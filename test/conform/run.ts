/** `npm run conform`: real inputs, a line for each that fails, and `N passed, N failed` last. `FIXTURES=` names another folder. */

import { fixture } from '../support/fixtures.ts';
import { conform } from './conform.ts';

const root = fixture();
if (!root) {
  console.log('There are no samples here: name their folder in FIXTURES.');
  process.exit(1);
}
const verdicts = await conform(root);
const failed = verdicts.filter(({ problems }) => problems.length > 0);
for (const { name, problems } of failed) console.log(`FAIL ${name}  ${problems.join('; ')}`);
console.log(`${verdicts.length - failed.length} passed, ${failed.length} failed`);
// Nothing tried is nothing proven.
process.exit(failed.length > 0 || verdicts.length === 0 ? 1 : 0);
