/** What a fault run found: a table to read, then one line for machines. */

export interface FaultReport {
  name: string;
  seed: number;
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
  write(`${name}, seed ${seed}`);
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
