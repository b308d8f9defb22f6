/** Birthdays as people tell them: the day, perhaps with the year. */

const EARLIEST_YEAR = 1900;
/** A birthday without its year may be the 29th of February. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the text is `MM-DD` or `YYYY-MM-DD`, a day that there was, from 1900 to the day `today` (`YYYY-MM-DD`). */
export function isBirthday(text: string, today: string): boolean {
  const [, year, month, day] = /^(?:(\d{4})-)?(\d{2})-(\d{2})$/.exec(text) ?? [];
  const days = DAYS[Number(month) - 1];
  if (days === undefined || Number(day) < 1 || Number(day) > days) return false;
  if (year === undefined) return true;
  const leap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  return Number(year) >= EARLIEST_YEAR && text <= today && (leap || !text.endsWith('-02-29'));
}
