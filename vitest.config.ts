/** How the tests run: the rooms two files at a time, then the whole thing (browser, workerd) one after another. */

import { defineConfig } from 'vitest/config';

const WHOLE = ['test/browser/**/*.test.ts', 'test/edge/**/*.test.ts'];

export default defineConfig({
  // Named, so that Vite does not walk the references: a room under construction must not break the others' tests.
  tsconfig: 'tsconfig.base.json',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    // Not the one second that is usual: what comes late on a busy machine has come.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', ...WHOLE],
          maxWorkers: 2,
          // A test that hangs is found later; one on a busy machine is no failure.
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: WHOLE,
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
