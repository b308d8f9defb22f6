/** Believes what a page claims of itself only where it was first met: a page drawn without loading often leaves the last one's markup standing. */

import { toJson } from '../json.ts';

/** Whether this claim may be true of the page at this place. */
export type Believe = (claim: unknown, place: string) => boolean;

export function createClaims(): Believe {
  const firstMet = new Map<string, string>();
  return (claim, place) => {
    const text = typeof claim === 'string' ? claim : toJson(claim);
    const met = firstMet.get(text) ?? place;
    firstMet.set(text, met);
    return met === place;
  };
}
