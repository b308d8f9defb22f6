/** The hour and weekday in a zone, as core's calendar says them: that one can do more, and is more to load. */

const WEEKDAYS = 'MonTueWedThuFriSatSun';

/** Null in a browser that is older than the zone's name: it must not take the other facts down with it. */
export function wallClock(at: number, timeZone: string): { hour: number; weekday: number } | null {
  try {
    const read = (options: Intl.DateTimeFormatOptions): string =>
      new Date(at).toLocaleString('en', { timeZone, ...options });
    return {
      hour: Number(read({ hour: '2-digit', hourCycle: 'h23' })),
      weekday: WEEKDAYS.indexOf(read({ weekday: 'short' })) / 3 + 1,
    };
  } catch {
    return null;
  }
}
