/** The make of a discount code: a prefix, 50 random bits in Crockford's base 32, a check character. */

/** Crockford's alphabet: no I, L, O, U, so that nothing is misread. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_LENGTH = 10;

/** Random bytes that `mintCode` needs. 256 is a multiple of 32, so the low five bits of a byte are uniform. */
export const CODE_BYTES = RANDOM_LENGTH;

/** A code such as `BACK-7KQ2M-9FX4TR`. */
export function mintCode(prefix: string, bytes: Uint8Array): string {
  const random = Array.from(bytes.subarray(0, RANDOM_LENGTH), (byte) => ALPHABET[byte & 31]).join('');
  if (random.length < RANDOM_LENGTH) throw new RangeError(`a code needs ${RANDOM_LENGTH} random bytes`);
  const body = `${random.slice(0, 5)}-${random.slice(5)}${checkCharacter(random)}`;
  return prefix ? `${prefix}-${body}` : body;
}

/** What codes are compared by: shops change case, people add spaces and dashes, copying adds characters without width. */
export const codeKey = (code: string): string =>
  code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}−_]/gu, '');

/** Letters of the other keyboard that look like those of a code. */
const CYRILLIC = 'АВЕКМНОРСТУХ';
const LATIN = 'ABEKMHOPCTYX';

/**
 * What `key` was before somebody misread it: Crockford's O is 0, his I and L are 1, and who types in Russian takes letters that look the
 * same. Null where it could be no code that was made here: the check character must be right.
 */
export function misreadKey(key: string): string | null {
  const latin = key.replace(/[АВЕКМНОРСТУХ]/g, (letter) => LATIN[CYRILLIC.indexOf(letter)] ?? letter);
  const made = latin
    .slice(-RANDOM_LENGTH - 1)
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  const read = latin.slice(0, -RANDOM_LENGTH - 1) + made;
  const [random, check] = [made.slice(0, -1), made.slice(-1)];
  const isMade = random.length === RANDOM_LENGTH && [...made].every((letter) => ALPHABET.includes(letter));
  return isMade && read !== key && checkCharacter(random) === check ? read : null;
}

/** Luhn's algorithm modulo 32: catches every single wrong character and every swap of neighbours but 0 with Z. */
export function checkCharacter(random: string): string {
  let sum = 0;
  let factor = 2;
  for (const character of [...random].reverse()) {
    const product = ALPHABET.indexOf(character) * factor;
    sum += Math.floor(product / 32) + (product % 32);
    factor = factor === 2 ? 1 : 2;
  }
  return ALPHABET[(32 - (sum % 32)) % 32] ?? '0';
}
