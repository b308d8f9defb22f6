/** Reads a Chromium trace: how long the page's main thread was kept by scripts and by everything, and when a dialog was on screen. */

/** https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU: times in microseconds. */
export interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** Of `dur`, what the thread really ran: others may want the machine, too. */
  tdur?: number;
  args: { data?: { url?: string; documentLoaderURL?: string }; fileName?: string; url?: string };
}

export interface Spent {
  /** Milliseconds in scripts, the page's own as well, with the garbage they collect and the layout they force on their way. */
  script: number;
  /** The part of it that names a watched script as its origin; what promises go on with names none. */
  named: number;
  /** Milliseconds of all tasks: scripts, layout, paint, garbage. */
  tasks: number;
  /**
   * Milliseconds of each task of 50 and more: before the leaving, that would not be one without the scripts that are not the page's own; from
   * then on, of each: what a script has put into the page is laid out and painted in the browser's own tasks, and the page itself has no long ones.
   */
  long: number[];
}

export interface Reading {
  /** Until the visitor first moves. */
  landing: Spent;
  /** From the beginning until the visitor moves to leave. */
  before: Spent;
  /** From then on. */
  after: Spent;
  /** From the pointer's leaving to the first frame with the dialog in it; null where there is none. */
  leftToPaintedMs: number | null;
}

interface Watched {
  /** The page's address. */
  page: string;
  /** What the addresses of the watched scripts begin with. */
  scripts: string;
  /** The address of the scripts that do the measuring. */
  probe: string;
}

const SCRIPTS = new Set([
  'EvaluateScript',
  'FunctionCall',
  'RunMicrotasks',
  'v8.compile',
  'v8.compileModule',
  'v8.evaluateModule',
  'v8.produceCache',
  'v8.produceModuleCache',
]);
/** https://www.w3.org/TR/longtasks-1/ */
const LONG_MS = 50;

export function readTrace(events: readonly TraceEvent[], watched: Watched): Reading {
  const start = events.find(
    ({ name, args }) => name === 'navigationStart' && args.data?.documentLoaderURL === watched.page,
  );
  if (!start) throw new Error(`The trace knows nothing of ${watched.page}.`);
  const main = events
    .filter(({ ph, pid, tid, ts }) => ph === 'X' && pid === start.pid && tid === start.tid && ts >= start.ts)
    .sort((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0));
  const mark = (name: string): number | undefined => events.find((event) => event.name === name)?.ts;
  const looked = mark('bench:looked') ?? Number.POSITIVE_INFINITY;
  const landed = mark('bench:landed') ?? looked;
  const within = (from: number, to: number): Spent =>
    spent(
      main.filter(({ ts }) => ts >= from && ts < to),
      { ...watched, left: from === looked },
    );
  return {
    landing: within(0, landed),
    before: within(0, looked),
    after: within(looked, Number.POSITIVE_INFINITY),
    leftToPaintedMs: painted(events, main, mark('bench:left'), mark('bench:shown')),
  };
}

/** `main`: of one thread, in the order of their beginnings, outer before inner. */
function spent(main: readonly TraceEvent[], watched: Watched & { left: boolean }): Spent {
  const scripts = main.filter(({ name }) => SCRIPTS.has(name));
  const counted = outermost(scripts).filter((event) => !isProbe(event, watched.probe));
  const pictures = main.filter((event) => isPicture(event, watched) && counted.some((script) => holds(script, event)));
  const others = counted.filter((event) => originOf(event) !== watched.page);
  const named = scripts.filter((event) => originOf(event)?.startsWith(watched.scripts));
  const tasks = main.filter(({ name }) => name === 'RunTask');
  const long = tasks.filter((task) => {
    const inside = others.filter(({ ts }) => ts >= task.ts && ts < task.ts + (task.dur ?? 0));
    return msOf([task]) >= LONG_MS && (watched.left || msOf([task]) - msOf(inside) < LONG_MS);
  });
  return {
    script: msOf(counted) - msOf(pictures),
    named: msOf(outermost(named)),
    tasks: msOf(outermost(tasks)),
    long: long.map((task) => msOf([task])),
  };
}

/** Those that lie in no other of them. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  let until = 0;
  return events.filter(({ ts, dur = 0 }) => {
    if (ts < until) return false;
    until = ts + dur;
    return true;
  });
}

const msOf = (events: readonly TraceEvent[]): number =>
  events.reduce((sum, { dur = 0, tdur = dur }) => sum + tdur, 0) / 1_000;

const originOf = ({ args }: TraceEvent): string | undefined => args.data?.url ?? args.fileName;

/** What the tools evaluate in the page has a name only where we gave it one. */
const isProbe = (event: TraceEvent, probe: string): boolean =>
  originOf(event) === probe || (event.name === 'EvaluateScript' && !originOf(event));

/** A request of the page's own that the browser makes in the turn of its promises, though no script asks for it. */
const isPicture = ({ name, args }: TraceEvent, { page }: Watched): boolean =>
  name === 'ResourceFetcher::requestResource' && Boolean(args.url?.startsWith(new URL(page).origin));

const holds = (outer: TraceEvent, { ts }: TraceEvent): boolean => ts >= outer.ts && ts < outer.ts + (outer.dur ?? 0);

/** Drawn by the compositor after the main thread has handed it the first frame that holds the dialog. */
function painted(
  events: readonly TraceEvent[],
  main: readonly TraceEvent[],
  left: number | undefined,
  shown: number | undefined,
): number | null {
  const commit = main.find(({ name, ts }) => name === 'Commit' && shown !== undefined && ts >= shown);
  if (left === undefined || !commit) return null;
  const committed = commit.ts + (commit.dur ?? 0);
  const frames = events.filter(({ name, pid, ts }) => name === 'DrawFrame' && pid === commit.pid && ts >= committed);
  const drawn = frames.reduce((first, { ts }) => Math.min(first, ts), Number.POSITIVE_INFINITY);
  return ((Number.isFinite(drawn) ? drawn : committed) - left) / 1_000;
}
