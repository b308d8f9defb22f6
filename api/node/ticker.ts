/** The engine's clock on Node: a turn every so often, and at once when something has become due. */

export interface Ticker {
  /** Asks for a turn now, or, where one has begun just now, a moment later. */
  wake(): void;
  /** Waits for the running turn to end. */
  stop(): Promise<void>;
}

export interface TickerOptions {
  /** A turn comes at the latest so long after the one before. */
  everyMs: number;
  /** And at the earliest: where wakes come in a stream, turns that each do a little would take the machine from what wakes them. */
  apartMs: number;
  onError: (error: unknown) => void;
}

/** In a stream of wakes one turn in this time looks for everything that may be due, and the others for what is wanted at once. */
const WHOLE_MS = 1_000;

/** `turn` must not throw for what is expected; what it throws goes to `onError`, and the next turn comes in its time. */
export function startTicker(
  turn: (whole: boolean) => Promise<void>,
  { everyMs, apartMs, onError }: TickerOptions,
): Ticker {
  let stopped = false;
  let woken = false;
  let rouse = (): void => {};

  const sleep = (ms: number, until: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      if (until()) return resolve();
      const timer = setTimeout(resolve, Math.max(0, ms));
      rouse = () => {
        if (!until()) return;
        clearTimeout(timer);
        resolve();
      };
    });

  const running = (async () => {
    let nextWhole = performance.now();
    while (!stopped) {
      const now = performance.now();
      const apart = now + Math.min(apartMs, everyMs);
      const whole = now >= nextWhole;
      if (whole) nextWhole = now + Math.min(WHOLE_MS, everyMs);
      woken = false;
      await turn(whole).catch(onError);
      await sleep(whole ? everyMs : nextWhole - performance.now(), () => woken || stopped);
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
