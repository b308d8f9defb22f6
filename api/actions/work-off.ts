/** Works a list off with several hands, until it is done or time is up. */

/** Calls to the provider that run at the same time. */
const AT_ONCE = 10;

/** Does `work` for each item while `goOn` says so; returns the items that were not begun. What `work` throws ends the turn. */
export async function workOff<T>(
  items: readonly T[],
  goOn: () => boolean,
  work: (item: T) => Promise<void>,
): Promise<T[]> {
  const waiting = [...items];
  const hand = async (): Promise<void> => {
    while (goOn()) {
      const item = waiting.shift();
      if (item === undefined) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, hand));
  return waiting;
}
