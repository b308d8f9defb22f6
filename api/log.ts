/** Structured logs with a closed list of fields: none of them can hold an address, a name or a key. */

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogFields {
  shop?: string;
  visit?: string;
  message?: string;
  rule?: string;
  /** A letter's key and the version of its template. */
  template?: string;
  status?: number;
  method?: string;
  /** A route's pattern, never the url that was asked for. */
  route?: string;
  reason?: string;
  count?: number;
  ms?: number;
  /** Class, code and place of an error; never its text from the database, which quotes rows. */
  error?: string;
}

export type Log = (level: LogLevel, what: string, fields?: LogFields) => void;

/** Writes one JSON line per entry at or above `least`. */
export function jsonLog(least: LogLevel, write: (line: string) => void, now: () => number): Log {
  const floor = LOG_LEVELS.indexOf(least);
  return (level, what, fields = {}) => {
    if (LOG_LEVELS.indexOf(level) < floor) return;
    write(JSON.stringify({ at: new Date(now()).toISOString(), level, what, ...fields }));
  };
}

/** What may be told of an error: its class, its code, and the first line of ours that it passed. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const place = /\((?:file:\/\/)?[^()]*?((?:api|core|db|emails)\/[\w./-]+:\d+)/.exec(error.stack ?? '')?.[1];
  return `${error.name}${code}${place ? ` at ${place}` : ''}`;
}
