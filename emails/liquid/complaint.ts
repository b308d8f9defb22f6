/** What is wrong with a template, where, and what may have been meant. */

export interface Complaint {
  message: string;
  line: number;
  column: number;
}

/** Of one text: who has made more begins with these. */
export const MOST_COMPLAINTS = 10;

export const worded = ({ message, line, column }: Complaint): string => `${message} (line ${line}, column ${column})`;

/** The nearest of these names, where one is near: a slip of the keys, not another word. */
export function meant(name: string, names: Iterable<string>): string | null {
  if (name.length < 3 || name.length > 60) return null;
  let best: string | null = null;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const one of names) {
    if (Math.abs(one.length - name.length) >= least) continue;
    const steps = distance(name, one);
    if (steps < least) [best, least] = [one, steps];
  }
  return best;
}

/** How many keys apart two words are; two that were swapped are one. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      let steps = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        steps = Math.min(steps, (before[column - 2] ?? 0) + 1);
      next.push(steps);
    }
    [before, last] = [last, next];
  }
  return last[other.length] ?? 0;
}
