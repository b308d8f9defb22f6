/** Days that calendars have: holiday, country, day. */

import type { HolidayKey } from '../../core/holidays/holiday.ts';

export const HOLIDAY_DAYS: [HolidayKey, string, string][] = [
  ['new-year', 'RU', '2027-01-01'],
  ['orthodox-christmas', 'RU', '2027-01-07'],
  ['valentines-day', 'US', '2027-02-14'],
  ['defenders-day', 'RU', '2027-02-23'],
  ['womens-day', 'RU', '2027-03-08'],
  ['christmas', 'US', '2026-12-25'],
  // Easter: tables of the US Naval Observatory and the Ecumenical Patriarchate.
  ['easter', 'US', '2024-03-31'],
  ['easter', 'US', '2025-04-20'],
  ['easter', 'US', '2026-04-05'],
  ['easter', 'US', '2027-03-28'],
  ['easter', 'US', '2038-04-25'],
  ['easter', 'US', '2049-04-18'],
  ['easter', 'US', '2076-04-19'],
  ['orthodox-easter', 'RU', '2024-05-05'],
  ['orthodox-easter', 'RU', '2025-04-20'],
  ['orthodox-easter', 'RU', '2026-04-12'],
  ['orthodox-easter', 'RU', '2027-05-02'],
  ['orthodox-easter', 'RU', '2028-04-16'],
  ['mothers-day', 'US', '2026-05-10'],
  ['mothers-day', 'DE', '2027-05-09'],
  ['mothers-day', 'GB', '2026-03-15'],
  ['mothers-day', 'GB', '2027-03-07'],
  ['mothers-day', 'FR', '2026-05-31'],
  // The last Sunday of May is Whit Sunday.
  ['mothers-day', 'FR', '2023-06-04'],
  ['mothers-day', 'ES', '2026-05-03'],
  ['mothers-day', 'PL', '2026-05-26'],
  ['mothers-day', 'RU', '2026-11-29'],
  ['mothers-day', 'NO', '2027-02-14'],
  ['mothers-day', 'KZ', '2026-09-20'],
  ['fathers-day', 'US', '2027-06-20'],
  ['fathers-day', 'DE', '2027-05-06'],
  ['fathers-day', 'RU', '2026-10-18'],
  ['fathers-day', 'AU', '2027-09-05'],
  ['fathers-day', 'SE', '2026-11-08'],
  ['fathers-day', 'IT', '2027-03-19'],
  ['black-friday', 'US', '2026-11-27'],
  ['black-friday', 'US', '2024-11-29'],
  ['cyber-monday', 'US', '2026-11-30'],
  ['cyber-monday', 'US', '2024-12-02'],
];

/** Holiday, its day, working days of delivery, what the shop says of it, the last day to order. */
export const LAST_ORDERS: [HolidayKey, string, number | null, number | null, string | null][] = [
  // A Friday: Thursday is the eve.
  ['christmas', '2026-12-25', 1, null, '2026-12-23'],
  ['christmas', '2026-12-25', 3, null, '2026-12-21'],
  // Over the weekend nothing moves.
  ['christmas', '2026-12-25', 5, null, '2026-12-17'],
  ['valentines-day', '2027-02-14', 3, null, '2027-02-09'],
  ['womens-day', '2027-03-08', 2, null, '2027-03-03'],
  ['christmas', '2026-12-25', 3, 7, '2026-12-18'],
  ['christmas', '2026-12-25', null, 7, '2026-12-18'],
  ['christmas', '2026-12-25', null, 0, '2026-12-25'],
  ['christmas', '2026-12-25', null, null, null],
  // Nobody has to have it by then.
  ['black-friday', '2026-11-27', 3, null, null],
];
