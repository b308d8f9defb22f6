/** The engine's clock on Node: a turn every so often, and at once when something has become due. */

export interface Ticker {
  /** Asks for a turn now, or right after the running one. */
  wake(): void;
  /** Waits for the running turn to end. */
  stop(): Promise<void>;
}

/** `turn` must not throw for what is expected; what it throws goes to `onError`, and the next turn comes in its time. */
export function startTicker(turn: () => Promise<void>, everyMs: number, onError: (error: unknown) => void): Ticker {
  let stopped = false;
  let woken = false;
  let rouse = (): void => {};

  const sleep = (): Promise<void> =>
    new Promise((resolve) => {
      if (woken || stopped) return resolve();
      const timer = setTimeout(resolve, everyMs);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const running = (async () => {
    while (!stopped) {
      woken = false;
      await turn().catch(onError);
      await sleep();
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
