/** Asks the owner of an address whether it was they who left it. What waits for the answer is kept in the chain. */

import type { Flow } from '../flows/flow.ts';

export const CONFIRM_ADDRESS: Flow = {
  key: 'confirm-address',
  name: 'Confirm the address',
  enabled: true,
  // Neither advertising nor a code is in it.
  purpose: 'transactional',
  entry: { on: 'custom', name: 'confirm-address' },
  stopOn: [],
  steps: [{ send: 'confirm', expiresAfter: '1d' }],
};
