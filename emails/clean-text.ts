/** Text from outside, made fit to stand in a letter: one line, no invisible tricks, not endless. */

/** Marks that turn the direction of what follows them, so that a title could rewrite the line it stands in. */
const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** Control characters and white space become one space, direction marks and lone surrogates vanish; `max` characters. */
export function cleanText(text: string, max: number): string {
  const clean = text
    .replace(BIDI, '')
    .replace(/\p{Cs}/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, (space) => (/^\u00a0+$/.test(space) ? '\u00a0' : ' '))
    .trim();
  const characters = [...clean];
  return characters.length <= max
    ? clean
    : `${characters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}
