/** What a test run came to, counted from vitest's JSON report and its exit. Runs nothing itself. */

export interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
  /** False when anything failed, nothing ran, or the runner itself fell. */
  ok: boolean;
  /** What the numbers don't tell. */
  note?: string;
}

interface Report {
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
}

/** `report` is the JSON, null when none was written; `exit` the runner's exit code or the signal that ended it. */
export function tally(report: string | null, exit: number | string): Outcome {
  const parsed = parse(report);
  if (!parsed) {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      ok: false,
      note: `The test runner ended with ${exit} and left no report.`,
    };
  }
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { status, assertionResults } of parsed.testResults) {
    const failedBefore = counts.failed;
    for (const test of assertionResults) {
      if (test.status === 'passed') counts.passed += 1;
      else if (test.status === 'failed') counts.failed += 1;
      else counts.skipped += 1;
    }
    // A file that could not be loaded, or whose hooks failed, is a failure although no test of it says so.
    if (status === 'failed' && counts.failed === failedBefore) counts.failed += 1;
  }
  if (exit !== 0 && counts.failed === 0) {
    if (counts.passed + counts.skipped === 0) return { ...counts, ok: false, note: 'No test ran.' };
    return {
      ...counts,
      failed: 1,
      ok: false,
      note: `All tests passed, but the test runner ended with ${exit}: see above.`,
    };
  }
  if (counts.passed === 0 && counts.failed === 0) return { ...counts, ok: false, note: 'No test ran.' };
  return { ...counts, ok: exit === 0 && counts.failed === 0 };
}

export function summaryLine({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function parse(report: string | null): Report | null {
  if (report === null) return null;
  try {
    return JSON.parse(report) as Report;
  } catch {
    return null;
  }
}
