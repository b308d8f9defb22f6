/** Stands ready for the tests' database requests during one run. Starts nothing before a test file asks. */

import type { TestProject } from 'vitest/node';

export function setup(_project: TestProject): void {}
