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
