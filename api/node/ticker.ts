/** The engine's clock on Node: a turn every so often, and at once when something has become due. */

export interface Ticker {
  /** Asks for a turn now, or, where one has begun just now, a moment later. */
  wake(): void;
  /** Waits for the running turn to end. */
  stop(): Promise<void>;
}

/** A turn looks for everything that may be due: where wakes come in a stream, turns that each do a little would take the machine from what wakes them. */
const APART_MS = 200;

/** `turn` must not throw for what is expected; what it throws goes to `onError`, and the next turn comes in its time. */
export function startTicker(turn: () => Promise<void>, everyMs: number, onError: (error: unknown) => void): Ticker {
  let stopped = false;
  let woken = false;
  let rouse = (): void => {};

  const sleep = (ms: number, until: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      if (until()) return resolve();
      const timer = setTimeout(resolve, ms);
      rouse = () => {
        if (!until()) return;
        clearTimeout(timer);
        resolve();
      };
    });

  const running = (async () => {
    while (!stopped) {
      const apart = performance.now() + Math.min(APART_MS, everyMs);
      woken = false;
      await turn().catch(onError);
      await sleep(everyMs, () => woken || stopped);
      await sleep(apart - performance.now(), () => stopped || performance.now() >= apart);
    }
  })();

  return {
    wake() {
      woken = true;
      rouse();
    },
    async stop() {
      stopped = true;
      rouse();
      await running;
    },
  };
}
