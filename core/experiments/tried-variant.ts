/** Which of the variants that a step tries a letter is. */

import type { LetterVariant, Step } from '../flows/flow.ts';
import { programOf } from '../flows/program.ts';

/** `place` in the program of `steps`; null where the letter there tries none. */
export function triedVariant(steps: readonly Step[], place: number, variant: number | null): LetterVariant | null {
  const instruction = variant === null ? undefined : programOf(steps)[place];
  return instruction?.do === 'send' ? (instruction.variants[variant ?? 0] ?? null) : null;
}
