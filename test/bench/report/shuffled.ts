/** The same things in an order that a seed decides: what runs next to what must not decide who wins. */

import type { Random } from '../../support/random.ts';

export function shuffled<T>(things: readonly T[], random: Random): T[] {
  const left = [...things];
  // Fisher and Yates: every order is as likely as any other.
  return things.map(() => left.splice(random.int(0, left.length - 1), 1)[0] as T);
}
