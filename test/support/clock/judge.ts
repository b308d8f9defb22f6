/** What was sent, judged by the wall alone: plain readings of local time, step by step, and none of the arithmetic under test. */

import type { Step } from '../../../core/flows/flow.ts';
import { parseDuration } from '../../../core/values/duration.ts';
import { HOUR, type Journey, type Sending, type SentLetter } from './journeys.ts';

const QUARTER = 15 * 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** "2028-02-29 10:00:00 Tue" */
export function wall(at: number, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(zone, format);
  }
  return format.format(at);
}

const weekdayOf = (text: string): number => new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDay() || 7;

/** Everything that is wrong, in words. `letters` are in the order in which they left or were given up. */
export function complaintsAbout(
  journeys: readonly Journey[],
  letters: readonly SentLetter[],
  { dailyCap, quietHours }: Sending,
): string[] {
  const complaints: string[] = [];
  const complain = (what: string, { journey, place, sentAt }: SentLetter): void =>
    void complaints.push(
      `${what}: ${journey.person} in ${journey.zone}, step ${place}, ${wall(sentAt ?? 0, journey.zone)}`,
    );
  const days = new Map<string, number>();
  const turns = new Map<string, number>();
  for (const letter of letters) {
    const { journey, sentAt, reason, prompt } = letter;
    const { zone, person } = journey;
    if (sentAt === null) {
      if (reason !== 'expired') complain(`given up for ${reason}`, letter);
      continue;
    }
    const local = wall(sentAt, zone);
    if (quietHours && !prompt && isQuiet(local.slice(11, 16), quietHours)) complain('in quiet hours', letter);
    const day = `${person} ${local.slice(0, 10)}`;
    if (dailyCap !== null && !prompt && (days.get(day) ?? 0) >= dailyCap) complain('one too many that day', letter);
    days.set(day, (days.get(day) ?? 0) + 1);
    const turn = `${person} ${sentAt}`;
    turns.set(turn, (turns.get(turn) ?? 0) + 1);
    if ((turns.get(turn) ?? 0) > 2) complain('three at once', letter);
  }
  const byJourney = Map.groupBy(letters, ({ journey }) => journey);
  for (const journey of journeys) {
    const own = byJourney.get(journey) ?? [];
    const planned = journey.steps.flatMap((step, place) => ('send' in step ? [place] : []));
    if (own.map(({ place }) => place).join() !== planned.join())
      complaints.push(`not each letter once: ${journey.person} got ${own.map(({ place }) => place).join()}`);
    complaints.push(...tooEarly(journey, own));
  }
  return complaints;
}

const isQuiet = (time: string, { from, to }: { from: string; to: string }): boolean =>
  from < to ? from <= time && time < to : from <= time || time < to;

/** Waits count from when the letter before left. After one that was given up they count from a moment that nobody wrote down. */
function tooEarly(journey: Journey, own: readonly SentLetter[]): string[] {
  return own.flatMap((letter, index) => {
    const before = own[index - 1];
    const from = index === 0 ? journey.enterAt : before?.sentAt;
    if (letter.sentAt === null || from === null || from === undefined) return [];
    const step = journey.steps[letter.place - 1];
    const earliest = step && 'wait' in step ? earliestAfter(from, step, journey.zone) : from;
    return letter.sentAt >= earliest
      ? []
      : [
          `too early: ${journey.person} in ${journey.zone}, ${wall(letter.sentAt, journey.zone)} after ${wall(from, journey.zone)}, ${JSON.stringify(step)}`,
        ];
  });
}

/** No moment before this one fulfils the wait. */
function earliestAfter(from: number, { wait, until, days }: Extract<Step, { wait: unknown }>, zone: string): number {
  const parsed = parseDuration(wait);
  if (!parsed) throw new RangeError(wait);
  let at = parsed.unit === 'exact' ? from + parsed.ms : sameWallLater(from, parsed.days, zone);
  // Days and a time: that day, however late it was.
  if (until && parsed.unit !== 'exact' && parsed.days > 0) at = beginningOf(at, zone);
  if (until) {
    // The first time that the wall comes to it or leaps over it.
    const before = (moment: number): boolean => wall(moment, zone).slice(11, 16) < until;
    const stroke = Math.ceil(at / QUARTER) * QUARTER;
    at = stroke;
    const strikes = (moment: number): boolean =>
      !before(moment) &&
      (before(moment - QUARTER) || wall(moment - QUARTER, zone).slice(0, 10) < wall(moment, zone).slice(0, 10));
    while (!strikes(at)) at += QUARTER;
  }
  while (days && !days.includes(weekdayOf(wall(at, zone)))) at += QUARTER;
  return at;
}

function beginningOf(at: number, zone: string): number {
  const day = wall(at, zone).slice(0, 10);
  let begun = Math.floor(at / QUARTER) * QUARTER;
  while (wall(begun - QUARTER, zone).slice(0, 10) === day) begun -= QUARTER;
  return begun;
}

/** The first quarter of an hour from which the wall shows that local time, so many days on. */
function sameWallLater(from: number, days: number, zone: string): number {
  const now = wall(from, zone);
  const date = new Date(`${now.slice(0, 10)}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  const wanted = `${date.toISOString().slice(0, 10)}${now.slice(10)}`;
  let at = from + days * 24 * HOUR - 3 * HOUR;
  while (wall(at, zone) < wanted) at += QUARTER;
  return at;
}
