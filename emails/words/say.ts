/** A sentence said of something: fixed words as they are, the others by what they are told. */

import type { Say, Told } from './words.ts';

/** Empty where the language has nothing to say here. */
export function say(sentence: Say | undefined, told: Told): string {
  return typeof sentence === 'function' ? sentence(told) : (sentence ?? '');
}
