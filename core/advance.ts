/** How a flow runs: from a step and a moment to what happens next. Pure; called by the tick, and by whoever wants to see a plan. */

import { after, nextAt } from './calendar.ts';
import { type Duration, durationMs } from './duration.ts';
import type { Flow, LetterKey } from './flow.ts';

export type Next =
  /** Queue this letter; go on with `step` once it has left, or is known not to leave. */
  | { send: LetterKey; step: number; expiresAfter: Duration | null; prompt: boolean }
  /** Nothing until this moment (ms since the epoch), then `step`. */
  | { wait: number; step: number }
  | { stop: string }
  | { done: true };

/** An hour: letters that follow a shorter wait were asked for to the minute, so caps and quiet hours let them pass. */
const PROMPT_MS = 3_600_000;

/** What step number `step` of the flow means at the moment `at` for a person in `zone`. */
export function advance(flow: Pick<Flow, 'steps'>, step: number, at: number, zone: string): Next {
  const current = flow.steps[step];
  if (!current) return { done: true };
  if ('send' in current) {
    return {
      send: current.send,
      step: step + 1,
      expiresAfter: current.expiresAfter ?? null,
      prompt: isPrompt(flow.steps, step),
    };
  }
  if ('wait' in current) {
    const waited = after(at, current.wait, zone);
    return { wait: current.until ? nextAt(waited, current.until, zone) : waited, step: step + 1 };
  }
  return { stop: current.stop };
}

/** Whether everything waited for since the letter before, or since the claim, comes to less than an hour. */
function isPrompt(steps: Flow['steps'], step: number): boolean {
  let waited = 0;
  for (const earlier of steps.slice(0, step).reverse()) {
    if (!('wait' in earlier)) break;
    if (earlier.until) return false;
    waited += durationMs(earlier.wait);
  }
  return waited < PROMPT_MS;
}
