/** Feeds as tables: a first line of names, then an offer a line. With tabs nothing is quoted: Google's own files have bare quotes in them. */

import { Problem } from '../problem.ts';
import { type FeedParser, LONGEST_VALUE, MOST_FIELDS } from './feed-parser.ts';
import type { RawOffer } from './read-offer.ts';

const LONGEST_LINE = 1_048_576;

/** Null where the first line names nothing that an offer has. */
export function tableFeed(head: string): FeedParser | null {
  const line = head.split(/\r?\n|\r/, 1)[0] ?? '';
  const mark = ['\t', ';', ',', '|'].find((one) => line.includes(one));
  if (!mark || !/(^|[^a-z])(id|sku|offer_id)([^a-z]|$)/i.test(line)) return null;
  const rows = rowReader(mark, mark !== '\t');
  let names: string[] | null = null;
  const offersOf = (read: Row[]): RawOffer[] =>
    read.flatMap(({ line: at, cells }) => {
      if (cells.every((cell) => cell === '')) return [];
      if (names) return [offerOf(names, cells, at)];
      names = cells.slice(0, MOST_FIELDS).map(nameOf);
      return [];
    });
  return {
    format: mark === '\t' ? 'tsv' : 'csv',
    write: (piece) => offersOf(rows.write(piece)),
    end: () => ({ offers: offersOf(rows.end()), cutOff: false }),
    category: () => [],
  };
}

const nameOf = (cell: string): string =>
  cell
    .toLowerCase()
    .replace(/^g:/, '')
    .replace(/[\s-]+/g, '_');

function offerOf(names: readonly string[], cells: readonly string[], line: number): RawOffer {
  const fields = new Map<string, string[]>();
  for (const [index, name] of names.entries()) {
    const cell = (cells[index] ?? '').slice(0, LONGEST_VALUE);
    fields.set(name, [...(fields.get(name) ?? []), cell]);
  }
  return { line, fields, broken: false };
}

export interface Row {
  line: number;
  cells: string[];
}

export interface RowReader {
  /** The rows that end in this piece. */
  write(piece: string): Row[];
  end(): Row[];
}

/** RFC 4180, but that a quote inside a bare cell is a quote; where nothing is quoted, it is one everywhere. */
export function rowReader(mark: string, quotes: boolean): RowReader {
  let held = '';
  let line = 1;
  /** Rows that are whole; what is left over is held. */
  const take = (text: string, last: boolean): Row[] => {
    const rows: Row[] = [];
    let at = 0;
    let start = 0;
    let cells: string[] = [];
    let breaks = 0;
    const endRow = (): void => {
      rows.push({ line, cells });
      line += breaks + 1;
      cells = [];
      breaks = 0;
      start = at;
    };
    for (;;) {
      let cell: string;
      if (quotes && text[at] === '"') {
        let end = at + 1;
        for (;;) {
          end = text.indexOf('"', end);
          if (end < 0 || (end + 1 === text.length && !last) || text[end + 1] !== '"') break;
          end += 2;
        }
        if (end < 0 || (end + 1 === text.length && !last)) {
          // A quote that nobody closes would swallow the rest of the file.
          if (last) {
            end = text.length;
          } else break;
        }
        const inner = text.slice(at + 1, end);
        breaks += inner.split('\n').length - 1;
        cell = inner.replaceAll('""', '"');
        at = end + 1;
      } else {
        let end = at;
        while (end < text.length && text[end] !== mark && text[end] !== '\n') end += 1;
        if (end === text.length && !last) break;
        cell = text.slice(at, end);
        at = end;
      }
      // What stands between a closing quote and the mark belongs nowhere.
      while (at < text.length && text[at] !== mark && text[at] !== '\n') at += 1;
      if (at >= text.length && !last) break;
      cells.push(cell.trim());
      const next = text[at];
      at += 1;
      if (next !== mark) endRow();
      if (at > text.length || (at === text.length && next !== mark)) break;
    }
    held = text.slice(start);
    if (held.length > LONGEST_LINE)
      throw new Problem('invalid', { errors: [{ path: '', message: `holds a line that is too long (line ${line})` }] });
    return rows;
  };
  return {
    write: (piece) => take(held + piece, false),
    end: () => (held === '' ? [] : take(held, true)),
  };
}
