/** Codes out of a table that a shop exports: which column they are in, and which cells are codes at all. */

/** What exports call the column, in lower case. */
const NAMES =
  /^(discount |promo |coupon |voucher )?(codes?|coupons?|vouchers?|promo-?codes?)$|^(код(ы)?|промо-?код(ы)?|купон(ы)?)( скидки| купона)?$/;

/** The first thing of a code is a letter or a digit: no spreadsheet takes it for a formula, and no reader for punctuation. */
const CODE = /^[\p{L}\p{Nd}][\p{L}\p{Nd}\p{M}._/#%+*$&@!-]{0,63}$/u;

export const isCode = (text: string): boolean => CODE.test(text);

/** A cell as it was meant: exports put an apostrophe before what a spreadsheet might calculate. */
export const bareCell = (cell: string): string => cell.trim().replace(/^['’](?=.)/, '');

/**
 * The codes of a CSV by line: the first entry is line 1. Lines without one (the header, blank ones, the inside of a cell of
 * several lines) are "". Commas, semicolons and tabs part the cells, quotes hold them together (RFC 4180).
 */
export function codesByLine(csv: string): string[] {
  const rows = rowsOf(csv.replace(/^\uFEFF/, ''));
  const [head] = rows;
  const named = head ? head.cells.findIndex((cell) => NAMES.test(cell.trim().toLowerCase())) : -1;
  const codes: string[] = [];
  for (const { line, cells } of named < 0 ? rows : rows.slice(1))
    codes[line - 1] = bareCell(cells[Math.max(0, named)] ?? '');
  return Array.from(codes, (code) => code ?? '');
}

interface Row {
  /** Where it begins, from 1. */
  line: number;
  cells: string[];
}

function rowsOf(text: string): Row[] {
  const separator = separatorOf(text);
  const rows: Row[] = [];
  let line = 1;
  let row: Row = { line, cells: [] };
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    row.cells.push(cell);
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    rows.push(row);
    row = { line, cells: [] };
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\n' || (character === '\r' && text.charAt(index + 1) !== '\n')) line += 1;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text.charAt(index + 1) === '"') {
        cell += '"';
        index += 1;
      } else quoted = false;
    } else if (character === '"' && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (character === separator) endCell();
    else if (character === '\n') endRow();
    else if (character === '\r') {
      if (text.charAt(index + 1) !== '\n') endRow();
    } else cell += character;
  }
  if (cell !== '' || row.cells.length > 0) endRow();
  return rows;
}

/** Whichever the first line has more of; a comma where it has none. */
function separatorOf(text: string): string {
  const first = text.slice(0, 2_000).split(/[\r\n]/, 1)[0] ?? '';
  const count = (separator: string): number => first.split(separator).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
}
