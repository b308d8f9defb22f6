/** What the popups of a shop's rules are made of: which chunks must be there before the first of them is drawn. */

import type { Popup } from '../../core/rules/popup.ts';
import type { Locale } from '../../core/values/locale.ts';
import type { PublicRule } from '../../core/visits/wire.ts';

type Drawn = Pick<PublicRule, 'popup' | 'variants'>;

/** The popup of each arm. */
const popupsOf = ({ popup, variants }: Drawn): Popup[] => [
  popup,
  ...variants.map((arm) => ({ ...popup, ...arm.popup })),
];

/** Whether any arm of the rule has more than a plain dialog: another format, further steps or fields, looks of its own. */
export const isFull = (rule: Drawn): boolean =>
  popupsOf(rule).some(
    ({ format, steps, fields, theme, reviews }) => format !== 'modal' || steps || fields || theme || reviews,
  );

/** The parts that a full popup fetches. */
export function partsOf(rules: readonly Drawn[], locale: Locale): string[] {
  const parts = rules
    .flatMap(popupsOf)
    .flatMap(({ format, steps = [], fields, reviews }) => [
      ...(steps.length || fields || reviews || /bar|tab/.test(format) ? [`more-${locale}`] : []),
      ...(reviews ? ['opinions'] : []),
      ...(fields ? ['fields'] : []),
      ...steps.map((step) => (/act|progress/.test(step) ? step : 'steps')),
      ...(/sheet|slide|tab/.test(format) && 'ontouchstart' in window ? ['swipe'] : []),
    ]);
  return [...new Set(parts)];
}
