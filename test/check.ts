/** `npm run check`: everything that can be known without running the tests. Runs all steps, then shows what failed. */

import { spawn } from 'node:child_process';
import path from 'node:path';

interface Step {
  name: string;
  script: string;
  args: string[];
}

interface Result {
  name: string;
  exit: number | string;
  seconds: number;
  output: string;
}

const ROOT = path.resolve(import.meta.dirname, '..');

const STEPS: Step[] = [
  { name: 'format and lint', script: 'node_modules/@biomejs/biome/bin/biome', args: ['ci', '--colors=off'] },
  { name: 'types', script: 'node_modules/typescript/bin/tsc', args: ['-b'] },
  { name: 'unused code', script: 'node_modules/knip/bin/knip.js', args: ['--no-progress'] },
  { name: 'build and bytes', script: 'widget/build.ts', args: [] },
];

function run({ name, script, args }: Step): Promise<Result> {
  const started = performance.now();
  const pieces: string[] = [];
  return new Promise((resolve) => {
    const end = (exit: number | string): void =>
      resolve({ name, exit, seconds: (performance.now() - started) / 1000, output: pieces.join('') });
    const child = spawn(process.execPath, [script, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => pieces.push(text));
    child.once('error', (error) => end(error.message));
    child.once('close', (code, signal) => end(code ?? signal ?? 'nothing'));
  });
}

function row({ name, seconds, exit }: Result): string {
  return `${name.padEnd(18)}${seconds.toFixed(1).padStart(6)} s   ${exit === 0 ? 'ok' : `FAILED (${exit})`}`;
}

const results: Result[] = [];
for (const step of STEPS) results.push(await run(step));

for (const result of results) if (result.exit !== 0) console.log(`── ${result.name}\n${result.output.trim()}\n`);
// The budget is worth seeing while it holds, too.
const sizes = results.at(-1);
if (sizes?.exit === 0) console.log(`${sizes.output.trim()}\n`);
console.log(results.map(row).join('\n'));
process.exitCode = results.every(({ exit }) => exit === 0) ? 0 : 1;
