/** Judges a run by the two that can't be fooled: what the provider accepted, and what the rows say. */

import type { AcceptedMessage } from '../../support/fake-postmark.ts';
import type { FaultReport } from '../report.ts';

export interface Row {
  id: string;
  letter: string;
  status: string;
  reason: string | null;
  resends: number;
}

export interface Seen {
  seed: number;
  /** How many letters were to be planned. */
  letters: number;
  rows: readonly Row[];
  accepted: readonly AcceptedMessage[];
  kills: number;
  restarts: number;
  freezes: number;
  calls: number;
  faulty: number;
  /** What the workers wrote. */
  said: readonly string[];
  seconds: number;
}

const OPEN = ['queued', 'sending', 'unknown'];

/** How a worker speaks of a database that is going, gone, or not back yet. */
const LOST_DATABASE = /CONNECTION_(CLOSED|ENDED|DESTROYED)|ECONNREFUSED|ECONNRESET|EPIPE|57P0[1-3]|08P01/;

export function verdict({ seed, letters, rows, accepted, kills, restarts, freezes, ...seen }: Seen): FaultReport {
  const times = new Map<string, number>();
  for (const { Metadata } of accepted) times.set(Metadata?.m ?? '', (times.get(Metadata?.m ?? '') ?? 0) + 1);
  const count = (which: (row: Row, times: number) => boolean): number =>
    rows.filter((row) => which(row, times.get(row.id) ?? 0)).length;
  const saysWhy = ({ status, reason }: Row): boolean => status === 'failed' && reason !== null;
  const isLost = (row: Row, n: number): boolean =>
    n === 0 && !(saysWhy(row) && (row.letter !== 'offer' || row.resends > 0));
  const lost = rows.filter((row) => isLost(row, times.get(row.id) ?? 0)).map((row) => `lost: ${JSON.stringify(row)}`);
  const complaints = seen.said.filter((line) => !LOST_DATABASE.test(line));
  return {
    name: 'sending',
    seed,
    notes: [...complaints, ...lost],
    figures: {
      letters: rows.length,
      kills,
      'database restarts': restarts,
      freezes,
      calls: seen.calls,
      'calls with a fault': seen.faulty,
      'turns that lost the database': seen.said.length - complaints.length,
      'accepted once': count((_row, n) => n === 1),
      'reminders given up, and the row says why': count((row, n) => n === 0 && saysWhy(row) && row.letter !== 'offer'),
      'offers given up after a second try, likewise': count(
        (row, n) => n === 0 && saysWhy(row) && row.letter === 'offer' && row.resends > 0,
      ),
      'sent once more': count((row) => row.resends > 0),
      lost: lost.length,
      'accepted twice': count((_row, n) => n > 1),
      'accepted, but the row says otherwise': count((row, n) => n > 0 && row.status !== 'sent'),
      'accepted, but planned by nobody': [...times.keys()].filter((id) => !rows.some((row) => row.id === id)).length,
      'not final': count(({ status }) => OPEN.includes(status)),
      'not sent, and no reason told': count(({ status, reason }) => status !== 'sent' && reason === null),
      'never planned': letters - rows.length,
      'worker complaints': complaints.length,
      seconds: Math.round(seen.seconds),
    },
    goals: {
      lost: 0,
      'accepted twice': 0,
      'accepted, but the row says otherwise': 0,
      'accepted, but planned by nobody': 0,
      'not final': 0,
      'not sent, and no reason told': 0,
      'never planned': 0,
      'worker complaints': 0,
    },
  };
}
