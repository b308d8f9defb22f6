/** English turns of phrase that several letters share. */

import type { Told } from '../words.ts';

/** The offer inside a sentence: "your 10% off". */
export const offer = ({ kind, amount }: Pick<Told, 'kind' | 'amount'>): string =>
  ({ percent: `${amount} off`, fixed: `${amount} off`, shipping: 'free shipping', gift: 'gift', none: '' })[kind];

/** The offer where it stands alone: a gift by its own name. */
export const benefitIn = (told: Pick<Told, 'kind' | 'amount'>): string =>
  told.kind === 'gift' ? told.amount || 'a gift' : offer(told);

/** The end of the code as the end of a sentence; nothing where it has none. */
export const until = ({ day }: Pick<Told, 'day'>): string => (day ? ` until ${day}` : '');

export const picks = ({ first, count }: Told): string =>
  count > 1 ? `“${first}” and ${count - 1} more` : `“${first}”`;
