/** All visits of all variants as one report: each beside the page without any script, then what was promised of ours. */

import { type Quartiles, quartiles, rounded } from '../report/quartiles.ts';
import type { BenchReport, Goal } from '../report/report.ts';
import { table } from '../report/table.ts';
import type { Reading, Spent } from './trace.ts';
import type { VariantName } from './variants.ts';

export interface Measured extends Reading {
  lcpMs: number;
  cls: number;
  requests: number;
}

/** Part of what a visitor feels on purpose: shorter trips out of the window are no leaving. */
const CONFIRM_MS = 350;

interface Line {
  name: VariantName;
  /** Script time until the visitor first moves, before the leaving, and all in all, beyond that of the page without any. */
  landing: Quartiles;
  script: Quartiles;
  scriptInAll: Quartiles;
  named: Quartiles;
  tasks: Quartiles;
  tasksInAll: Quartiles;
  /** In all visits. */
  long: number[];
  lcp: Quartiles;
  cls: number;
  requests: Quartiles;
  exitToPaint: Quartiles;
}

export function summed(
  measured: ReadonlyMap<VariantName, Measured[]>,
  run: { runs: number; seed: number },
): BenchReport {
  const none = measured.get('none') ?? [];
  const lines = [...measured].map(([name, visits]) => lineOf(name, visits, none));
  const line = (name: VariantName): Line => {
    const found = lines.find((one) => one.name === name);
    if (!found) throw new Error(`${name} was not measured`);
    return found;
  };
  const [ours, read, bare] = [line('linger'), line('linger, read'), line('bare Preact popup')];
  const figures = {
    ...run,
    landingToPlausible: rounded(ours.landing.median / line('plausible').landing.median, 2),
    scriptToPlausible: rounded(ours.script.median / line('plausible').script.median, 2),
    readToPlausible: rounded(read.script.median / line('plausible').script.median, 2),
    shownToBarePopup: rounded(ours.scriptInAll.median / bare.scriptInAll.median, 2),
    longTasks: ours.long.length,
    readLongTasks: read.long.length,
    cls: rounded(ours.cls, 4),
    lcpMs: rounded(ours.lcp.median),
    exitToPaintMs: rounded(ours.exitToPaint.median),
    ...Object.fromEntries(lines.flatMap(figuresOf)),
  };
  const goals: Record<string, Goal> = {
    scriptToPlausible: { most: 0.75 },
    readToPlausible: { most: 0.75 },
    shownToBarePopup: { most: 1.5 },
    longTasks: { most: 0 },
    readLongTasks: { most: 0 },
    cls: { most: 0 },
    lcpMs: { most: rounded(line('none').lcp.q3) },
    exitToPaintMs: { most: 50 },
  };
  const title = `median (first to third quartile) of ${run.runs} visits each, seed ${run.seed}, CPU slowed down four times, milliseconds`;
  return { name: 'page', tables: [title, looking(lines), leaving(lines)], figures, goals };
}

function lineOf(name: VariantName, visits: readonly Measured[], none: readonly Measured[]): Line {
  const beyond = (value: (visit: Measured) => number): Quartiles => {
    const base = name === 'none' ? 0 : quartiles(none.map(value)).median;
    return quartiles(visits.map((visit) => value(visit) - base));
  };
  const inAll = (key: 'script' | 'named' | 'tasks') => (visit: Measured) => visit.before[key] + visit.after[key];
  const long = ({ before, after }: { before: Spent; after: Spent }): number[] => [...before.long, ...after.long];
  return {
    name,
    landing: beyond(({ landing }) => landing.script),
    script: beyond(({ before }) => before.script),
    scriptInAll: beyond(inAll('script')),
    named: quartiles(visits.map(inAll('named'))),
    tasks: beyond(({ before }) => before.tasks),
    tasksInAll: beyond(inAll('tasks')),
    long: visits.flatMap(long),
    lcp: quartiles(visits.map(({ lcpMs }) => lcpMs)),
    cls: Math.max(...visits.map(({ cls }) => cls)),
    requests: quartiles(visits.map(({ requests }) => requests)),
    exitToPaint: quartiles(
      visits.flatMap(({ leftToPaintedMs }) => (leftToPaintedMs === null ? [] : [leftToPaintedMs - CONFIRM_MS])),
    ),
  };
}

const spread = ({ q1, median, q3 }: Quartiles): string =>
  Number.isNaN(median) ? '' : `${median.toFixed(1)} (${q1.toFixed(1)}–${q3.toFixed(1)})`;

const looking = (lines: readonly Line[]): string =>
  table(
    [
      'before a popup',
      'landed: script added',
      'looked around: script added',
      'all tasks added',
      'LCP',
      'CLS',
      'requests',
    ],
    lines.map((line) => [
      line.name === 'none' ? 'none (in all)' : line.name,
      spread(line.landing),
      spread(line.script),
      spread(line.tasks),
      spread(line.lcp),
      line.cls.toFixed(4),
      String(line.requests.median),
    ]),
  );

const leaving = (lines: readonly Line[]): string =>
  table(
    [
      'with the leaving',
      'script added',
      'of it named',
      'all tasks added',
      'long tasks',
      'longest',
      'exit to paint − 350',
    ],
    lines.map((line) => [
      line.name === 'none' ? 'none (in all)' : line.name,
      spread(line.scriptInAll),
      spread(line.named),
      spread(line.tasksInAll),
      String(line.long.length),
      line.long.length ? Math.max(...line.long).toFixed(1) : '',
      spread(line.exitToPaint),
    ]),
  );

const figuresOf = ({
  name,
  landing,
  script,
  scriptInAll,
  tasks,
  long,
  lcp,
  cls,
  requests,
}: Line): [string, number][] => [
  [`${name}: script on landing`, rounded(landing.median)],
  [`${name}: script`, rounded(script.median)],
  [`${name}: script with the leaving`, rounded(scriptInAll.median)],
  [`${name}: tasks`, rounded(tasks.median)],
  [`${name}: long tasks`, long.length],
  [`${name}: LCP`, rounded(lcp.median)],
  [`${name}: CLS`, rounded(cls, 4)],
  [`${name}: requests`, requests.median],
];
