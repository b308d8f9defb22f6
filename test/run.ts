/** `npm test`: builds the widget, runs the tests, and closes with `N passed, N failed`. Arguments go to vitest as they are. */

import { type SpawnOptions, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { type Outcome, summaryLine, tally } from './support/tally.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Runs a script with this Node, its output shown as it comes; the exit code, or the signal's name. */
function run(script: string, args: string[]): Promise<number | string> {
  const options: SpawnOptions = { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], options);
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'nothing'));
  });
}

/** Builds what is stale. Too many bytes are `npm run check`'s business: the tests tell whether it works. */
async function buildFailure(): Promise<string | null> {
  try {
    // Loaded late: a build that doesn't even load must not take the last line with it.
    const { buildWidget } = await import('../widget/build.ts');
    await buildWidget();
    return null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

async function runTests(args: string[]): Promise<Outcome> {
  // The runner gets the terminal's Ctrl-C as well; the last line waits for it.
  process.on('SIGINT', () => {});
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'linger-report-'));
  const report = path.join(folder, 'report.json');
  try {
    const vitest = path.join(path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const exit = await run(vitest, ['run', ...reporters, ...args]);
    return tally(fs.existsSync(report) ? fs.readFileSync(report, 'utf8') : null, exit);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const broken = await buildFailure();
const outcome: Outcome = broken
  ? { passed: 0, failed: 1, skipped: 0, ok: false, note: `The widget could not be built.\n${broken}` }
  : await runTests(process.argv.slice(2));
if (outcome.note) console.log(`\n${outcome.note}`);
process.exitCode = outcome.ok ? 0 : 1;
console.log(summaryLine(outcome));
