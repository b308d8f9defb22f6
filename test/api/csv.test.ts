/** No cell of an export is run as a formula, and every text comes out as it went in. */

import { describe, expect, it } from 'vitest';
import { toCsv } from '../../api/csv.ts';

const FORMULAS = ['=', '+', '-', '@', '＝', '＋', '－', '＠'].flatMap((sign) => [
  `${sign}1+1`,
  `${sign}cmd|' /C calc'!A0`,
  ` ${sign}SUM(A1)`,
  `\t${sign}1`,
  `\r${sign}1`,
]);

/** A reader of RFC 4180, written from its grammar. */
function parse(csv: string): string[][] {
  const rows: string[][] = [];
  for (const line of csv.match(/(?:"(?:[^"]|"")*"|[^"\r\n])*\r\n/g) ?? []) {
    const cells = line.slice(0, -2).match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^",]*)/g) ?? [];
    rows.push(cells.map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)));
  }
  return rows;
}

describe('a table as CSV', () => {
  it('has names first, ends each line with CRLF, and leaves cells of nothing empty', () => {
    expect(
      toCsv(
        ['a', 'b'],
        [
          [1, null],
          [-2.5, 'x'],
        ],
      ),
    ).toBe('a,b\r\n1,\r\n-2.5,x\r\n');
  });

  it.each(FORMULAS)('shows %j as text', (text) => {
    const [[cell] = []] = parse(toCsv([], [[text]])).slice(1);
    expect(cell).toBe(`'${text}`);
  });

  it.each([
    ['a "quoted" word'],
    ['one, two'],
    ['two\r\nlines'],
    ['two\nlines'],
    ['Скидка — 10 %'],
    ['a=b'],
    ['1-2'],
    ["it's"],
  ])('keeps %j', (text) => {
    expect(parse(toCsv(['n'], [[text, 'after']]))).toEqual([['n'], [text, 'after']]);
  });

  it('leaves numbers to be numbers, less than nothing too', () => {
    expect(toCsv(['n'], [[-5]])).toBe('n\r\n-5\r\n');
  });
});
