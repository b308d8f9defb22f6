/** What a benchmark found: tables to read, what was asked of which figure, then one line for machines. */

import { table } from './table.ts';

export interface BenchReport {
  name: string;
  /** Printed above the goals, each a table or a line of its own. */
  tables: string[];
  /** By name, the unit in the name where it is not plain. */
  figures: Record<string, number>;
  /** Of some figures. */
  goals: Record<string, Goal>;
}

export type Goal = { most: number } | { least: number };

/** A figure that could not be had misses its goal. */
export const isMet = ({ figures, goals }: BenchReport): boolean =>
  Object.entries(goals).every(([name, goal]) => meets(figures[name], goal));

export function printReport(report: BenchReport, write: (line: string) => void): void {
  const { name, tables, figures, goals } = report;
  for (const text of tables) write(`${text}\n`);
  const rows = Object.entries(goals).map(([figure, goal]) => [
    figure,
    figures[figure]?.toLocaleString('en') ?? 'none',
    'most' in goal ? `≤ ${goal.most.toLocaleString('en')}` : `≥ ${goal.least.toLocaleString('en')}`,
    meets(figures[figure], goal) ? 'met' : 'MISSED',
  ]);
  if (rows.length) write(`${table(['goal', 'seen', 'wanted', ''], rows)}\n`);
  write(JSON.stringify({ name, figures, goals, met: isMet(report) }));
}

function meets(figure: number | undefined, goal: Goal): boolean {
  if (figure === undefined || Number.isNaN(figure)) return false;
  return 'most' in goal ? figure <= goal.most : figure >= goal.least;
}
