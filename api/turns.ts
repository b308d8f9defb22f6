/** Lets calls of pages to the database by turns, so that who sends many holds up nobody but himself. Knows no shop's rows and stores nothing. */

import { latelySent } from './lately-sent.ts';

export interface Caller {
  shop: string;
  /** A range of addresses; null: whoever it is, calls of one network are not told apart from others’. */
  network: string | null;
}

export interface Turns {
  /** Does the work when it is this caller's turn. Null: too many of its network wait already, and it is not done. */
  take<T>(caller: Caller, work: () => Promise<T>): Promise<T | null>;
}

export const NO_TURNS: Turns = { take: (_caller, work) => work() };

export interface FairTurnsOptions {
  /** ms since the epoch. */
  now: () => number;
  /** Resolves after so many ms. */
  pause: (ms: number) => Promise<void>;
  /** Calls at work at once: less than the database has connections, so that the tick and the shops' servers always find one. */
  places?: number;
  /** Of one network. */
  perNetwork?: number;
  /** Calls of one network that may wait: what it can do in a second or two. */
  mostWaiting?: number;
  /** Of all networks together: each may hold a body of 64 KB. */
  mostWaitingInAll?: number;
  /**
   * A network that lately sent more than a quarter of all calls, and these are many, has one at work at a time, and none for this many
   * times as long as each took: its work is the others' delay, on the processor and in the database, whoever's turn it is.
   */
  restOfGreedy?: number;
}

interface Waiting extends Caller {
  begin(): void;
  drop(): void;
}

/**
 * A place that becomes free goes to the shop that has the fewest calls at work, there to the network that has waited longest. Where too
 * many wait, the network with the most loses the last that came.
 */
export function fairTurns({
  now,
  pause,
  restOfGreedy = 2,
  places = 8,
  perNetwork = 2,
  mostWaiting = 300,
  mostWaitingInAll = 2_000,
}: FairTurnsOptions): Turns & { waiting(): number } {
  const atWork = { all: 0, shops: new Map<string, number>(), networks: new Map<string, number>() };
  /** By network, in the order of their last turn; each in the order in which they came. */
  const queues = new Map<string | null, Waiting[]>();
  let waiting = 0;
  const sent = latelySent(now);
  const resting = new Set<string>();

  const count = ({ shop, network }: Caller, by: 1 | -1): void => {
    atWork.all += by;
    add(atWork.shops, shop, by);
    if (network !== null) add(atWork.networks, network, by);
  };
  const hasRoom = (network: string | null): boolean =>
    atWork.all < places &&
    (network === null ||
      (!resting.has(network) && (atWork.networks.get(network) ?? 0) < (sent.greedy(network) ? 1 : perNetwork)));

  /** The next to begin, taken from its queue. */
  const next = (): Waiting | null => {
    let best: Waiting | null = null;
    for (const [network, [first]] of queues) {
      if (!first || !hasRoom(network)) continue;
      if (!best || busy(first) < busy(best)) best = first;
    }
    if (best) leave(best, 'first');
    return best;
  };
  const busy = ({ shop }: Caller): number => atWork.shops.get(shop) ?? 0;

  const leave = ({ network }: Caller, which: 'first' | 'last'): Waiting | undefined => {
    const queue = queues.get(network) ?? [];
    const one = which === 'first' ? queue.shift() : queue.pop();
    waiting -= 1;
    queues.delete(network);
    if (queue.length > 0) queues.set(network, queue);
    return one;
  };

  const greediest = (): Waiting[] =>
    [...queues.values()].reduce((most, queue) => (queue.length > most.length ? queue : most), []);

  const pass = (): void => {
    for (let one = next(); one; one = next()) one.begin();
  };

  const rest = async (network: string, ms: number): Promise<void> => {
    resting.add(network);
    await pause(ms);
    resting.delete(network);
    pass();
  };

  const run = async <T>(caller: Caller, work: () => Promise<T>): Promise<T> => {
    count(caller, 1);
    const began = now();
    try {
      return await work();
    } finally {
      count(caller, -1);
      const { network } = caller;
      if (network !== null && sent.greedy(network)) void rest(network, (now() - began) * restOfGreedy);
      pass();
    }
  };

  return {
    async take(caller, work) {
      sent.count(caller.network);
      // Whoever waits does so because there is no room for it, so nobody is overtaken.
      if (hasRoom(caller.network)) return run(caller, work);
      const queue = queues.get(caller.network) ?? [];
      if (queue.length >= mostWaiting) return null;
      return new Promise((resolve, reject) => {
        queue.push({
          ...caller,
          begin: () => void run(caller, work).then(resolve, reject),
          drop: () => resolve(null),
        });
        queues.set(caller.network, queue);
        waiting += 1;
        if (waiting <= mostWaitingInAll) return;
        const [first] = greediest();
        if (first) leave(first, 'last')?.drop();
      });
    },
    waiting: () => waiting,
  };
}

function add(counts: Map<string, number>, key: string, by: number): void {
  const sum = (counts.get(key) ?? 0) + by;
  if (sum > 0) counts.set(key, sum);
  else counts.delete(key);
}
