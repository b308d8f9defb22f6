import { expect, test } from 'vitest';
import { summaryLine, tally } from './tally.ts';

const file = (status: string, ...tests: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

const CASES = [
  ['all passed', [file('passed', 'passed', 'passed')], 0, '2 passed, 0 failed', true],
  [
    'skipped and todo are counted apart',
    [file('passed', 'passed', 'skipped', 'todo')],
    0,
    '1 passed, 0 failed, 2 skipped',
    true,
  ],
  ['one failed', [file('failed', 'passed', 'failed')], 1, '1 passed, 1 failed', false],
  ['a file that did not load', [file('failed'), file('passed', 'passed')], 1, '1 passed, 1 failed', false],
  ['a failed hook', [file('failed', 'skipped', 'skipped')], 1, '0 passed, 1 failed, 2 skipped', false],
  ['an error outside every test', [file('passed', 'passed')], 1, '1 passed, 1 failed', false],
  ['a runner killed after its report', [file('passed', 'passed')], 'SIGKILL', '1 passed, 1 failed', false],
  ['no file', [], 1, '0 passed, 0 failed', false],
  ['no file, allowed by a flag', [], 0, '0 passed, 0 failed', false],
  ['everything skipped', [file('passed', 'skipped')], 0, '0 passed, 0 failed, 1 skipped', false],
] as const;

test.each(CASES)('%s', (_name, testResults, exit, line, ok) => {
  const outcome = tally(JSON.stringify({ testResults }), exit);
  expect([summaryLine(outcome), outcome.ok]).toEqual([line, ok]);
});

test.each([null, '', '{"testResults":'])('a report that is %j is a failure', (report) => {
  const outcome = tally(report, 0);
  expect([summaryLine(outcome), outcome.ok]).toEqual(['0 passed, 1 failed', false]);
});
