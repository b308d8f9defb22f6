/** Texts that are durations, with what they mean, and texts that are none. */

import type { ParsedDuration } from '../../core/values/duration.ts';

const exact = (ms: number): ParsedDuration => ({ unit: 'exact', ms });
const days = (count: number): ParsedDuration => ({ unit: 'days', days: count });

export const goodDurations: readonly (readonly [text: string, parsed: ParsedDuration, ms: number])[] = [
  ['0s', exact(0), 0],
  ['1s', exact(1_000), 1_000],
  ['90s', exact(90_000), 90_000],
  ['30m', exact(1_800_000), 1_800_000],
  ['2h', exact(7_200_000), 7_200_000],
  ['48h', exact(172_800_000), 172_800_000],
  ['007s', exact(7_000), 7_000],
  ['0d', days(0), 0],
  ['1d', days(1), 86_400_000],
  ['30d', days(30), 2_592_000_000],
  ['1w', days(7), 604_800_000],
  ['4w', days(28), 2_419_200_000],
  ['3660d', days(3_660), 316_224_000_000],
  ['522w', days(3_654), 315_705_600_000],
  ['87840h', exact(316_224_000_000), 316_224_000_000],
];

export const badDurations: readonly string[] = [
  '',
  ' ',
  's',
  '5',
  '5 s',
  ' 5s',
  '5s ',
  '5s\n',
  '-5s',
  '+5s',
  '1.5h',
  '1,5h',
  '1e3s',
  '5S',
  '5D',
  '5M',
  '5min',
  '5ms',
  '5y',
  '1d12h',
  'PT5S',
  'P1D',
  '0x5s',
  '٣d',
  '５s',
  'NaNs',
  'Infinityd',
  '3661d',
  '523w',
  '87841h',
  '9999999999s',
  '1234567890d',
  'toString',
];
