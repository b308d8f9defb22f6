/** Which of the subjects that a step tries a letter carries. */

import type { Step, Subject } from './flow.ts';
import { programOf } from './program.ts';

/** `place` in the program of `steps`; null where the letter there tries none. */
export function triedSubject(steps: readonly Step[], place: number, variant: number | null): Subject | null {
  const instruction = variant === null ? undefined : programOf(steps)[place];
  return instruction?.do === 'send' ? (instruction.subjects[variant ?? 0] ?? null) : null;
}
