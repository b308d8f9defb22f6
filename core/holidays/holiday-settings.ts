/** What a shop says of holidays, and the calendar that comes of it. */

import type { HolidayKey } from './holiday.ts';

/** What the shop says of holidays. */
export interface HolidaySettings {
  /** ISO 3166, where its people live; null: what its locale says. */
  country: string | null;
  /** Working days (Monday – Friday) from an order to its delivery; null: not told, and no letter promises a day. */
  deliveryDays: number | null;
  /** The last day to order by, in days before the holiday, where the days of delivery don't say it. */
  lastOrder: { [key in HolidayKey]?: number };
  /** Categories that the gift guide of a holiday is made from; the whole shop's best where none are named. */
  guide: { [key in HolidayKey]?: string[] };
}

export const NO_HOLIDAYS: HolidaySettings = { country: null, deliveryDays: null, lastOrder: {}, guide: {} };

/** What is said anew, over what was said; null takes back. */
export interface HolidayPatch {
  country?: string | null;
  deliveryDays?: number | null;
  lastOrder?: { [key in HolidayKey]?: number | null };
  guide?: { [key in HolidayKey]?: string[] | null };
}

export const patchedHolidays = (said: HolidaySettings, patch: HolidayPatch = {}): HolidaySettings => ({
  country: patch.country === undefined ? said.country : patch.country,
  deliveryDays: patch.deliveryDays === undefined ? said.deliveryDays : patch.deliveryDays,
  lastOrder: overlaid(said.lastOrder, patch.lastOrder),
  guide: overlaid(said.guide, patch.guide),
});

const overlaid = <Value>(
  said: { [key in HolidayKey]?: Value },
  anew: { [key in HolidayKey]?: Value | null } = {},
): { [key in HolidayKey]?: Value } =>
  Object.fromEntries(Object.entries({ ...said, ...anew }).filter(([, value]) => value !== null));

/** The days as one shop keeps them. */
export interface HolidayCalendar extends Pick<HolidaySettings, 'deliveryDays' | 'lastOrder'> {
  country: string;
}

/** Where most of those live who read a language that is told without a country. */
const HOMES: Readonly<Record<string, string>> = {
  en: 'US',
  uk: 'UA',
  be: 'BY',
  kk: 'KZ',
  cs: 'CZ',
  da: 'DK',
  sv: 'SE',
  el: 'GR',
};

export const calendarOf = ({ country, deliveryDays, lastOrder }: HolidaySettings, locale: string): HolidayCalendar => ({
  country: country ?? countryOf(locale),
  deliveryDays,
  lastOrder,
});

function countryOf(locale: string): string {
  const [language = '', ...rest] = locale.split(/[-_]/);
  const region = rest.find((part) => /^[a-z]{2}$/i.test(part));
  return (region ?? HOMES[language.toLowerCase()] ?? language).toUpperCase();
}
