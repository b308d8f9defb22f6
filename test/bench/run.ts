/** `npm run bench -- NAME`: measures with `test/bench/NAME.ts`, whose `bench()` returns what was found; exits with 1 where a goal is missed. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchReport, isMet, printReport } from './report/report.ts';

interface Bench {
  bench(): Promise<BenchReport>;
}

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.replace(/\.ts$/, ''));

const name = process.argv[2] ?? '';
const file = join(import.meta.dirname, `${name}.ts`);
if (names.includes(name)) {
  const { bench } = (await import(file)) as Bench;
  const report = await bench();
  printReport(report, console.log);
  process.exitCode = isMet(report) ? 0 : 1;
} else {
  console.error(`Which of these? ${names.join(', ')}`);
  process.exitCode = 2;
}
