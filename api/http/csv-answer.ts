/** A report as a table that a spreadsheet opens, where that is what was asked for. */

import { type Cell, toCsv } from '../csv.ts';

/** By `format`, else by what the caller takes. */
export const wantsCsv = (request: Request, format: 'json' | 'csv' | undefined): boolean =>
  format ? format === 'csv' : /^text\/csv\b/i.test((request.headers.get('accept') ?? '').trim());

export const csvAnswer = (file: string, [names, rows]: [names: readonly string[], rows: Cell[][]]): Response =>
  new Response(toCsv(names, rows), {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${file}"`,
      'cache-control': 'no-store',
      vary: 'accept',
    },
  });
