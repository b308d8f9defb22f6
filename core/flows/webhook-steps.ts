/** Where a flow's steps name the shop's webhooks. */

import type { Step } from './flow.ts';
import { pathsOf } from './places.ts';
import { programOf } from './program.ts';

export interface NamedWebhook {
  /** "steps.2.webhook" */
  path: string;
  webhook: string;
}

export function webhooksIn(steps: readonly Step[]): NamedWebhook[] {
  const paths = pathsOf(steps);
  return programOf(steps).flatMap((one, place) =>
    one.do === 'webhook' ? [{ path: `${paths[place]}.webhook`, webhook: one.name }] : [],
  );
}
