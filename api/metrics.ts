/** The instance's workload in the text that Prometheus reads: https://prometheus.io/docs/instrumenting/exposition_formats/ */

import type { Workload } from '../db/metrics.ts';

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

interface Metric {
  name: string;
  help: string;
  /** By label; the empty one is the metric itself. */
  values: Record<string, number>;
}

export const writeMetrics = (load: Workload, now: number): string => metricsOf(load, now).map(written).join('');

const metricsOf = (load: Workload, now: number): Metric[] => [
  {
    name: 'linger_due_lag_seconds',
    help: 'How long the oldest due letter has been waiting.',
    values: { '': load.oldestDueAt === null ? 0 : Math.max(0, now - load.oldestDueAt) / 1_000 },
  },
  {
    name: 'linger_letters',
    help: 'Letters that are due, being handed to the provider, or of unknown fate.',
    values: { 'state="due"': load.due, 'state="sending"': load.sending, 'state="unknown"': load.unknown },
  },
  {
    name: 'linger_letters_sent_last_hour',
    help: 'Letters that left in the last hour.',
    values: { '': load.sentLastHour },
  },
  {
    name: 'linger_work_due',
    help: 'What else is due: chains to go on with, entries into flows, errands to the staff and to endpoints.',
    values: { 'kind="chains"': load.chainsDue, 'kind="entries"': load.entriesDue, 'kind="errands"': load.errandsDue },
  },
  { name: 'linger_shops', help: 'Shops of this instance.', values: { '': load.shops } },
  {
    name: 'linger_shops_halted',
    help: 'Shops whose letters wait: all of them, or those that sell.',
    values: { 'letters="all"': load.shopsHalted, 'letters="marketing"': load.shopsMarketingHalted },
  },
];

const written = ({ name, help, values }: Metric): string =>
  [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...Object.entries(values).map(([label, value]) => `${name}${label && `{${label}}`} ${value}`),
    '',
  ].join('\n');
