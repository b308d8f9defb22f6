/** Decodes the `xn--` labels of a domain (RFC 3492), so that one domain has one form. */

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;

/** The domain with each `xn--` label in Unicode; a label that is not valid Punycode stays as it is. */
export const domainToUnicode = (domain: string): string =>
  domain
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decodeLabel(label.slice(4)) ?? label) : label))
    .join('.');

function decodeLabel(input: string): string | null {
  const split = input.lastIndexOf('-');
  const output = [...(split > 0 ? input.slice(0, split) : '')].map((character) => character.codePointAt(0) ?? 0);
  let rest = split > 0 ? input.slice(split + 1) : input;
  // Nothing to insert: plain ASCII in disguise, which no registry hands out.
  if (!rest) return null;
  let code = 128;
  let index = 0;
  let bias = 72;
  while (rest) {
    const start = index;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const digit = digitOf(rest);
      if (digit < 0) return null;
      rest = rest.slice(1);
      index += digit * weight;
      const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias));
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const length = output.length + 1;
    bias = adapt(index - start, length, start === 0);
    code += Math.floor(index / length);
    index %= length;
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
    output.splice(index, 0, code);
    index += 1;
  }
  return String.fromCodePoint(...output);
}

function digitOf(rest: string): number {
  const value = rest.charCodeAt(0);
  if (value >= 97 && value <= 122) return value - 97;
  if (value >= 48 && value <= 57) return value - 22;
  return -1;
}

function adapt(delta: number, length: number, first: boolean): number {
  let left = Math.floor(delta / (first ? DAMP : 2));
  left += Math.floor(left / length);
  let k = 0;
  while (left > ((BASE - T_MIN) * T_MAX) / 2) {
    left = Math.floor(left / (BASE - T_MIN));
    k += BASE;
  }
  return k + Math.floor(((BASE - T_MIN + 1) * left) / (left + SKEW));
}
