/** A report or a list as a table that a spreadsheet opens, where that is what was asked for. */

import { type Cell, csvRows, toCsv } from '../csv.ts';

/** By `format`, else by what the caller takes. */
export const wantsCsv = (request: Request, format: 'json' | 'csv' | undefined): boolean =>
  format ? format === 'csv' : /^text\/csv\b/i.test((request.headers.get('accept') ?? '').trim());

const headersOf = (file: string): Record<string, string> => ({
  'content-type': 'text/csv; charset=utf-8; header=present',
  'content-disposition': `attachment; filename="${file}"`,
  'cache-control': 'no-store',
  vary: 'accept',
});

export const csvAnswer = (file: string, [names, rows]: [names: readonly string[], rows: Cell[][]]): Response =>
  new Response(toCsv(names, rows), { headers: headersOf(file) });

/** The same for a table too long to be held: some rows at a time, the first of them before anything is answered. */
export async function csvStream(
  file: string,
  names: readonly string[],
  rows: AsyncGenerator<Cell[][], void>,
): Promise<Response> {
  const encoder = new TextEncoder();
  const first = await rows.next();
  const begin = toCsv(names, first.done ? [] : first.value);
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(begin)),
    async pull(controller) {
      const { done, value } = await rows.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(csvRows(value)));
    },
    async cancel() {
      await rows.return();
    },
  });
  return new Response(stream, { headers: headersOf(file) });
}
