/** Presses a button of the popup as a person would: again, until it has taken effect. */

import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

/** For half a second after it appears the popup ignores clicks; `goes` is what is gone once one has counted. */
export async function press(button: Locator, goes: Locator): Promise<void> {
  await expect
    .poll(
      async () => {
        // The button may go with what it has done.
        await button.click({ timeout: 500 }).catch(() => null);
        return goes.count();
      },
      { timeout: 15_000 },
    )
    .toBe(0);
}
