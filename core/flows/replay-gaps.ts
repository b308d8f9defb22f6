/** What the past doesn't tell of those whom a flow would have let in, and how it is taken then. Pure. */

import type { Entry } from './flow.ts';

const PEOPLE = 'Tags, segments, city, source, zone and topics of contacts are taken as they are today.';

const SEGMENTS = [
  'Who belonged to the segment is reckoned to the day, by its condition as it is today.',
  'Opened letters, and where somebody stands among all buyers, are not known of then.',
];

/** In whole sentences. */
export function gapsOf({ on }: Entry): string[] {
  const own: Partial<Record<Entry['on'], string[]>> = {
    date: ['Dates are taken as they are today; whose date was told only now is taken to have had it all the time.'],
    holiday: ['Where the shop’s people live, and how long delivery takes, is taken as the shop says it today.'],
    ends: ['An end that was moved is known as it is today: the one before, and who was to hear of it, is not.'],
    runs_out: ['How long things last is taken as it is known today.'],
    item_back: ['Of each thing only its latest coming back is known.', 'What can’t be bought today is left out.'],
    item_price_dropped: [
      'Prices are remembered for 30 days before each thing’s latest change.',
      'What can’t be bought today is left out.',
    ],
    items_arrived: ['What can’t be bought today is left out.'],
    segment_entered: SEGMENTS,
    segment_left: SEGMENTS,
    letter_clicked: ['Clicks are those on letters that left then; of each letter the first.'],
  };
  return [...(own[on] ?? []), PEOPLE];
}
