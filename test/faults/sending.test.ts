/** The fault run in short; `npm run faults -- sending` is the long one. */

import { expect, it } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { isMet, printReport } from './report.ts';
import { sendingFaults } from './sending.ts';

it('loses no letter and doubles none while workers are killed and the provider fails', {
  timeout: 240_000,
}, async () => {
  const seed = Number(process.env.SEED ?? 1 + Math.floor(Math.random() * 1_000_000));
  const database = await testDatabase();
  const report = await sendingFaults({
    databaseUrl: database.url,
    letters: 300,
    kills: 8,
    faults: 0.3,
    workers: 3,
    seed,
  });
  const lines: string[] = [];
  printReport(report, (line) => lines.push(line));
  expect(isMet(report), lines.join('\n')).toBe(true);
  await database.drop();
});
