/** What is a birthday on the 23rd of November 2026: `[text, whether it is]`. */

export const TODAY = '2026-11-23';

export const BIRTHDAYS: [text: string, is: boolean][] = [
  ['03-27', true],
  ['02-29', true],
  ['12-31', true],
  ['11-24', true],
  ['1990-03-27', true],
  ['2000-02-29', true],
  ['1996-02-29', true],
  ['1900-01-01', true],
  ['2026-11-23', true],
  ['2026-11-24', false],
  ['2027-01-01', false],
  ['1899-12-31', false],
  ['1900-02-29', false],
  ['1990-02-29', false],
  ['02-30', false],
  ['04-31', false],
  ['00-10', false],
  ['10-00', false],
  ['13-01', false],
  ['3-27', false],
  ['27.03', false],
  ['1990-3-27', false],
  ['90-03-27', false],
  ['1990-03-27 ', false],
  ['٠٣-٢٧', false],
  ['', false],
];
