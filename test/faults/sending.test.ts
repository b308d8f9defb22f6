/** The fault run in short; `npm run faults -- sending` is the long one. */

import { expect, it } from 'vitest';
import { ownDatabase } from './own-database.ts';
import { isMet, printReport } from './report.ts';
import { sendingFaults } from './sending.ts';

it('loses no letter and doubles none while workers are killed, the database crashes and the provider fails', {
  timeout: 240_000,
}, async () => {
  const database = await ownDatabase(process.env.TEST_DATABASE_URL || undefined);
  try {
    const report = await sendingFaults({
      database,
      letters: 200,
      kills: 8,
      restarts: 1,
      freezes: 1,
      faults: 0.3,
      workers: 2,
      seed: Number(process.env.SEED ?? 20_261_124),
    });
    const lines: string[] = [];
    printReport(report, (line) => lines.push(line));
    expect(isMet(report), lines.join('\n')).toBe(true);
  } finally {
    await database.stop();
  }
});
