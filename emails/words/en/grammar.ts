/** English turns of phrase that several letters share. */

import type { Told } from '../words.ts';

/** The offer inside a sentence: "your 10% off". */
export const offer = ({ kind, amount }: Told): string =>
  ({ percent: `${amount} off`, fixed: `${amount} off`, shipping: 'free shipping', gift: 'gift', none: '' })[kind];

export const picks = ({ first, count }: Told): string =>
  count > 1 ? `“${first}” and ${count - 1} more` : `“${first}”`;
