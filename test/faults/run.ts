/** `npm run faults -- sending [--letters 2000] [--kills 40] [--faults 0.3] [--workers 3] [--seed 1]`: breaks things and counts. */

import { parseArgs } from 'node:util';
import { testCluster } from '../support/test-cluster.ts';
import { type FaultReport, isMet, printReport } from './report.ts';
import { sendingFaults } from './sending.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    letters: { type: 'string', default: '2000' },
    kills: { type: 'string', default: '40' },
    faults: { type: 'string', default: '0.3' },
    workers: { type: 'string', default: '3' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});

const RUNS: Record<string, (databaseUrl: string) => Promise<FaultReport>> = {
  sending: (databaseUrl) =>
    sendingFaults({
      databaseUrl,
      letters: Number(values.letters),
      kills: Number(values.kills),
      faults: Number(values.faults),
      workers: Number(values.workers),
      seed: Number(values.seed),
    }),
};

const run = RUNS[positionals[0] ?? ''];
if (run) {
  const cluster = testCluster(process.env.TEST_DATABASE_URL || undefined);
  try {
    const report = await run(await cluster.create());
    printReport(report, console.log);
    process.exitCode = isMet(report) ? 0 : 1;
  } finally {
    await cluster.stop();
  }
} else {
  console.error(`Which of these? ${Object.keys(RUNS).join(', ')}`);
  process.exitCode = 2;
}
