/** A file of contacts, read line by line: a table with a first line of names, or JSON lines. Knows nothing of who is known already. */

import {
  type ContactColumn,
  contactColumn,
  dayOf,
  languageOf,
  momentOf,
  plainCell,
  saidYes,
  tagsOf,
} from '../core/contacts/contact-columns.ts';
import { openText } from './feeds/open-text.ts';
import { type Row, type RowReader, rowReader } from './feeds/table-feed.ts';
import { uncleanParts } from './http/clean.ts';
import { type FieldError, Problem } from './problem.ts';
import { type ContactInput, contactInput } from './schemas/contact.ts';
import { fieldErrors, wording } from './schemas/field-errors.ts';

/** What a line says, or what is wrong with it, by field. */
export type ContactLine = { line: number } & ({ input: ContactInput } | { errors: FieldError[] });

export interface ContactLines {
  encoding: string;
  /** Columns that are none of ours. */
  ignored: string[];
  lines: AsyncIterable<ContactLine>;
}

export interface ContactText {
  body: ReadableStream<Uint8Array> | null;
  contentType: string | null;
  /** The words of every yes that has none of its own. */
  consentText: string | null;
}

const MOST_BYTES = 256 * 1024 * 1024;
const MOST_COLUMNS = 200;
/** Of the text so much is needed to know what it is. */
const HEAD = 65_536;

/** Throws `invalid` where the file is none, or says yes without words; `too_large`. */
export async function contactLines(
  { body, contentType, consentText }: ContactText,
  { cyrillic }: { cyrillic: boolean },
): Promise<ContactLines> {
  const { encoding, pieces } = await openText({ body, contentType, cyrillic, mostBytes: MOST_BYTES });
  const isJson = /^application\/(x-ndjson|jsonl?)\b/i.test(contentType ?? '');
  if (isJson) return { encoding, ignored: [], lines: jsonLines(pieces, consentText) };
  return { encoding, ...(await tableLines(pieces, consentText)) };
}

async function tableLines(
  pieces: AsyncGenerator<string>,
  consentText: string | null,
): Promise<Pick<ContactLines, 'ignored' | 'lines'>> {
  let head = '';
  while (head.length < HEAD && !/\S[^\r\n]*[\r\n]/.test(head)) {
    const next = await pieces.next();
    if (next.done) break;
    head += next.value;
  }
  const [top = ''] = /\S.*/.exec(head.replace(/^\uFEFF/, '')) ?? [];
  // How Excel is told of the mark.
  const told = /^"?sep=(.)"?\s*$/i.exec(top)?.[1];
  const rows = everyRow(rowReader(told ?? markOf(top), true), head, pieces);
  if (told) await rows.next();
  const first = await rows.next();
  const names = first.done ? [] : first.value.cells.slice(0, MOST_COLUMNS);
  const columns = names.map(contactColumn);
  refuseHeader(columns, consentText);
  async function* lines(): AsyncGenerator<ContactLine> {
    for await (const { line, cells } of rows) yield { line, ...checked(saidIn(columns, cells, consentText)) };
  }
  return { ignored: names.filter((name, index) => name !== '' && columns[index] === null), lines: lines() };
}

/** Those with anything in them. */
async function* everyRow(reader: RowReader, head: string, pieces: AsyncIterable<string>): AsyncGenerator<Row> {
  const filled = (rows: readonly Row[]): Row[] => rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
  yield* filled(reader.write(head.replace(/^\uFEFF/, '')));
  for await (const piece of pieces) yield* filled(reader.write(piece));
  yield* filled(reader.end());
}

/** Whichever the first line has most of; a comma where it has none. */
function markOf(line: string): string {
  const count = (mark: string): number => line.split(mark).length;
  return [',', ';', '\t', '|'].reduce((best, one) => (count(one) > count(best) ? one : best));
}

/** Columns twice, none with addresses, or a yes that nobody knows the words of: nothing of such a file is taken. */
function refuseHeader(columns: readonly (ContactColumn | null)[], consentText: string | null): void {
  const refuse = (message: string): never => {
    throw new Problem('invalid', { errors: [{ path: '', message }] });
  };
  const known = columns.flatMap((column) =>
    column === null ? [] : [typeof column === 'string' ? column : `date: ${column.date}`],
  );
  if (!known.includes('email')) refuse('must be a table with a first line of names, one of them email');
  const twice = known.find((name, index) => known.indexOf(name) !== index);
  if (twice) refuse(`has two columns for ${twice}`);
  if (known.includes('consent') && !known.includes('consent.text') && consentText === null)
    refuse(
      'has a column of consent without the words that were agreed to: add a column "consent text", or ?consentText=…',
    );
}

/** As `POST /v1/contacts` takes it. Empty cells say nothing. */
function saidIn(
  columns: readonly (ContactColumn | null)[],
  cells: readonly string[],
  consentText: string | null,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  const consent: Record<string, unknown> = {};
  const dates: Record<string, string> = {};
  for (const [index, column] of columns.entries()) {
    const cell = plainCell(cells[index] ?? '');
    if (column === null || cell === '') continue;
    if (typeof column !== 'string') dates[column.date] = dayOf(cell);
    else if (column === 'consent') {
      const said = saidYes(cell);
      if (said !== null) consent.marketing = said ?? cell;
    } else if (column === 'consent.at') consent.at = momentOf(cell);
    else if (column.startsWith('consent.')) consent[column.slice('consent.'.length)] = cell;
    else value[column] = read(column, cell);
  }
  if (Object.keys(dates).length > 0) value.dates = dates;
  // Words and a time without a yes or a no say nothing.
  if (consent.marketing !== undefined)
    value.consent = {
      ...(consent.marketing === true && consentText !== null ? { text: consentText } : {}),
      ...consent,
    };
  return value;
}

function read(column: string, cell: string): unknown {
  if (column === 'birthday') return dayOf(cell);
  if (column === 'tags') return tagsOf(cell);
  return column === 'locale' ? languageOf(cell) : cell;
}

function checked(value: unknown): { input: ContactInput } | { errors: FieldError[] } {
  const unclean = uncleanParts(value, 4);
  if (unclean.length > 0) return { errors: unclean };
  const { success, data, error } = contactInput.safeParse(value, { error: wording, reportInput: true });
  return success ? { input: data } : { errors: fieldErrors(error.issues, '') };
}

const LONGEST_LINE = 65_536;

async function* jsonLines(pieces: AsyncIterable<string>, consentText: string | null): AsyncGenerator<ContactLine> {
  let held = '';
  let line = 0;
  async function* texts(): AsyncGenerator<string> {
    for await (const piece of pieces) {
      const parts = (held + piece).split('\n');
      held = parts.pop() ?? '';
      if (held.length > LONGEST_LINE)
        throw new Problem('invalid', {
          errors: [{ path: '', message: `line ${line + parts.length + 1} is too long` }],
        });
      yield* parts;
    }
    yield held;
  }
  for await (const text of texts()) {
    line += 1;
    if (text.replace(/^\uFEFF/, '').trim() !== '') yield { line, ...fromJson(text, consentText) };
  }
}

function fromJson(text: string, consentText: string | null): { input: ContactInput } | { errors: FieldError[] } {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return checked(withWords(value, consentText));
  } catch {
    return { errors: [{ path: '', message: 'must be JSON' }] };
  }
}

function withWords(value: unknown, text: string | null): unknown {
  if (text === null || typeof value !== 'object' || value === null || !('consent' in value)) return value;
  const { consent } = value;
  return typeof consent === 'object' && consent !== null && !('text' in consent)
    ? { ...value, consent: { ...consent, text } }
    : value;
}
