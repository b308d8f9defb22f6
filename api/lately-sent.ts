/** Which networks send more than their share. Counts by windows of time, so that what it remembers is bounded by the calls of two of them. */

const WINDOW_MS = 5_000;
/** In the last one to two windows; fewer are nobody's delay. */
const MANY = 100;
const SHARE = 0.25;

interface Window {
  all: number;
  networks: Map<string, number>;
}

const newWindow = (): Window => ({ all: 0, networks: new Map() });

export interface LatelySent {
  /** Null: nobody knows from where. */
  count(network: string | null): void;
  /** Whether it sent many calls, and more than a quarter of all; never where it alone sends any, as behind a proxy that nobody has told of. */
  greedy(network: string): boolean;
}

/** `now`: ms since the epoch. */
export function latelySent(now: () => number): LatelySent {
  let [current, before, began] = [newWindow(), newWindow(), now()];

  const turn = (): void => {
    const age = now() - began;
    // A clock that is set back begins anew.
    if (age >= 0 && age < WINDOW_MS) return;
    [before, current, began] = [age >= 0 && age < 2 * WINDOW_MS ? current : newWindow(), newWindow(), now()];
  };

  return {
    count(network) {
      turn();
      current.all += 1;
      if (network !== null) current.networks.set(network, (current.networks.get(network) ?? 0) + 1);
    },
    greedy(network) {
      turn();
      const all = current.all + before.all;
      const own = (current.networks.get(network) ?? 0) + (before.networks.get(network) ?? 0);
      return own > MANY && own > all * SHARE && own < all;
    },
  };
}
