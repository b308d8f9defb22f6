/** Tables as CSV (RFC 4180) that a spreadsheet shows as it was said: a text that it would run as a formula is marked as text. */

export type Cell = string | number | null;

/** With a first row of names; null is an empty cell. */
export function toCsv(names: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return csvRows([names, ...rows]);
}

export const csvRows = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');

/** What spreadsheets take for the beginning of a formula, in plain and in full width, also behind white space they trim. */
const FORMULA = /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n]/;

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
