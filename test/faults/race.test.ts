/** The race in short; `npm run faults -- race` is the long one. */

import { expect, it } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { raceFaults } from './race.ts';
import { isMet, printReport } from './report.ts';

it('calls no provider for a letter whose fence came after the stop, whichever way they meet', {
  timeout: 120_000,
}, async () => {
  const database = await testDatabase();
  const seed = Number(process.env.SEED ?? 20_261_124);
  const report = await raceFaults({ databaseUrl: database.url, rounds: 400, seed });
  const lines: string[] = [];
  printReport(report, (line) => lines.push(line));
  expect(isMet(report), lines.join('\n')).toBe(true);
  await database.drop();
});
