/** What a fault run found: a table to read, then one line for machines. */

export interface FaultReport {
  name: string;
  /** One, or those that were summed up. */
  seed: number | number[];
  figures: Record<string, number>;
  /** The figures that have to be just this. */
  goals: Record<string, number>;
  /** What was seen beside the figures. */
  notes: string[];
}

export const isMet = ({ figures, goals }: FaultReport): boolean =>
  Object.entries(goals).every(([name, goal]) => figures[name] === goal);

export function printReport(report: FaultReport, write: (line: string) => void): void {
  const { name, seed, figures, goals, notes } = report;
  write(`${name}, seed ${[seed].flat().join(', ')}`);
  const width = Math.max(...Object.keys(figures).map((label) => label.length));
  for (const [label, value] of Object.entries(figures)) {
    const goal = goals[label];
    write(
      `  ${label.padEnd(width)}  ${String(value).padStart(7)}${goal === undefined ? '' : value === goal ? '  as it must be' : `  MUST BE ${goal}`}`,
    );
  }
  for (const note of notes.slice(0, 10)) write(`  ! ${note}`);
  write(JSON.stringify({ name, seed, figures, goals, met: isMet(report) }));
}

/** Reports of one kind as one. Every goal of such a run is 0, so that nothing that was missed can cancel out. */
export function total(reports: readonly FaultReport[]): FaultReport {
  const [first] = reports;
  if (!first) throw new RangeError('nothing to sum up');
  const figures: Record<string, number> = {};
  for (const report of reports) {
    for (const [label, value] of Object.entries(report.figures)) figures[label] = (figures[label] ?? 0) + value;
  }
  return {
    ...first,
    seed: reports.flatMap(({ seed }) => seed),
    figures,
    notes: reports.flatMap(({ notes }) => notes),
  };
}
