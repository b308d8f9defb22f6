/**
 * `npm run faults -- NAME`: breaks things and counts, once for each seed; exits with 1 where a figure isn't what it has to be.
 * `sending [--letters 10000] [--kills 200] [--restarts 5] [--freezes 3] [--faults 0.3] [--workers 2]`; `race [--rounds 10000]`.
 * `--seeds 5` takes so many at random; `--seed 1,2,3` these.
 */

import { parseArgs } from 'node:util';
import { type OwnDatabase, ownDatabase } from './own-database.ts';
import { raceFaults } from './race.ts';
import { type FaultReport, isMet, printReport, total } from './report.ts';
import { sendingFaults } from './sending.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    letters: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '200' },
    restarts: { type: 'string', default: '5' },
    freezes: { type: 'string', default: '3' },
    faults: { type: 'string', default: '0.3' },
    workers: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '10000' },
    seeds: { type: 'string' },
    seed: { type: 'string' },
  },
});
const progress = (what: string): void => console.error(what);

interface FaultRun {
  seeds: number;
  run(database: OwnDatabase, seed: number): Promise<FaultReport>;
}

const RUNS: Record<string, FaultRun> = {
  sending: {
    seeds: 5,
    run: (database, seed) =>
      sendingFaults({
        database,
        seed,
        progress,
        letters: Number(values.letters),
        kills: Number(values.kills),
        restarts: Number(values.restarts),
        freezes: Number(values.freezes),
        faults: Number(values.faults),
        workers: Number(values.workers),
      }),
  },
  race: {
    seeds: 1,
    run: ({ url }, seed) => raceFaults({ databaseUrl: url, rounds: Number(values.rounds), seed, progress }),
  },
};

const chosen = RUNS[positionals[0] ?? ''];
if (chosen) {
  const first = Date.now() % 1_000_000;
  const seeds =
    values.seed?.split(',').map(Number) ??
    Array.from({ length: Number(values.seeds ?? chosen.seeds) }, (_, index) => first + index);
  const reports: FaultReport[] = [];
  for (const seed of seeds) {
    const database = await ownDatabase(process.env.TEST_DATABASE_URL || undefined);
    try {
      reports.push(await chosen.run(database, seed));
    } finally {
      await database.stop();
    }
    for (const report of reports.slice(-1)) printReport(report, console.log);
  }
  if (reports.length > 1) printReport(total(reports), console.log);
  process.exitCode = reports.every(isMet) ? 0 : 1;
} else {
  console.error(`Which of these? ${Object.keys(RUNS).join(', ')}`);
  process.exitCode = 2;
}
