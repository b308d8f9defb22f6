/** Discount codes: their make, their check character, and what they are compared by. */

import { describe, expect, test } from 'vitest';
import { CODE_BYTES, checkCharacter, codeKey, mintCode, misreadKey } from '../../../core/codes/code.ts';
import { seeded } from '../../support/random.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('minting', () => {
  test('a code is the prefix, five characters, five characters and the check', () => {
    expect(mintCode('BACK', new Uint8Array(CODE_BYTES))).toBe('BACK-00000-000000');
    expect(
      mintCode(
        'BACK',
        Uint8Array.from({ length: CODE_BYTES }, (_, n) => n),
      ),
    ).toMatch(/^BACK-01234-56789[0-9A-Z]$/);
  });

  test('without a prefix there is no dash before it', () => {
    expect(mintCode('', new Uint8Array(CODE_BYTES))).toBe('00000-000000');
  });

  test('bytes beyond the ones needed change nothing', () => {
    const bytes = seeded(1).bytes(CODE_BYTES + 6);
    expect(mintCode('X', bytes)).toBe(mintCode('X', bytes.subarray(0, CODE_BYTES)));
  });

  test('too few bytes throw: a guessable code is never made', () => {
    for (let length = 0; length < CODE_BYTES; length += 1) {
      expect(() => mintCode('X', new Uint8Array(length))).toThrow(RangeError);
    }
  });

  test('no character is easily misread, and the check is the check', () => {
    const random = seeded(2);
    for (let run = 0; run < 2_000; run += 1) {
      const code = mintCode('', random.bytes(CODE_BYTES)).replace('-', '');
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{11}$/);
      expect(checkCharacter(code.slice(0, 10))).toBe(code.slice(10));
    }
  });

  test('every character is as likely as any other in each place (chi-square, p > 0.01)', () => {
    const random = seeded(3);
    const runs = 32_000;
    const counts = Array.from({ length: 10 }, () => new Map<string, number>());
    for (let run = 0; run < runs; run += 1) {
      const code = mintCode('', random.bytes(CODE_BYTES)).replace('-', '');
      counts.forEach((count, place) => {
        const character = code.charAt(place);
        count.set(character, (count.get(character) ?? 0) + 1);
      });
    }
    const expected = runs / ALPHABET.length;
    for (const count of counts) {
      const squares = [...ALPHABET].map((character) => ((count.get(character) ?? 0) - expected) ** 2 / expected);
      // 31 degrees of freedom: 52.19 is exceeded once in a hundred.
      expect(squares.reduce((sum, one) => sum + one, 0)).toBeLessThan(52.19);
    }
  });

  test('every value of a byte leads to a character, eight to each', () => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 256; byte += 1) {
      const character = mintCode('', new Uint8Array(CODE_BYTES).fill(byte)).charAt(0);
      counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    expect([...counts.values()]).toEqual(Array.from({ length: 32 }, () => 8));
  });
});

describe('the check character', () => {
  const codes = Array.from({ length: 200 }, (_, seed) => {
    const random = mintCode('', seeded(seed).bytes(CODE_BYTES)).replace('-', '');
    return { random: random.slice(0, 10), check: random.slice(10) };
  });
  const holds = (code: string): boolean => checkCharacter(code.slice(0, 10)) === code.slice(10);

  test('catches every single wrong character, in any place', () => {
    for (const { random, check } of codes) {
      const code = random + check;
      for (let place = 0; place < code.length; place += 1) {
        for (const wrong of ALPHABET) {
          if (wrong === code.charAt(place)) continue;
          expect(holds(code.slice(0, place) + wrong + code.slice(place + 1))).toBe(false);
        }
      }
    }
  });

  test('catches every swap of two neighbours but 0 with Z', () => {
    for (const a of ALPHABET) {
      for (const b of ALPHABET) {
        if (a === b) continue;
        for (let place = 0; place < 9; place += 1) {
          const rest = 'ABCDEFGH';
          const swap = (pair: string): string => rest.slice(0, place) + pair + rest.slice(place);
          const unseen = checkCharacter(swap(a + b)) === checkCharacter(swap(b + a));
          expect(unseen, `${a}${b} at ${place}`).toBe(a + b === '0Z' || a + b === 'Z0');
        }
      }
    }
  });

  test('catches the swap of the last character with the check', () => {
    for (const { random, check } of codes) {
      const last = random.slice(9);
      if (last === check || [last, check].sort().join('') === '0Z') continue;
      expect(holds(random.slice(0, 9) + check + last)).toBe(false);
    }
  });
});

describe('what codes are compared by', () => {
  test.each([
    ['back-7kq2m-9fx4tr', 'upper case'],
    ['BACK7KQ2M9FX4TR', 'no dashes'],
    [' BACK 7KQ2M 9FX4TR\n', 'spaces and a line break'],
    ['BACK–7KQ2M—9FX4TR', 'typographic dashes'],
    ['BACK‑7KQ2M‐9FX4TR', 'hyphens that do not break'],
    ['BACK−7KQ2M_9FX4TR', 'a minus and an underscore'],
    ['ＢＡＣＫ-7KQ2M-9FX4TR', 'full-width letters'],
    ['BACK\u00a07KQ2M\u202f9FX4TR', 'no-break spaces'],
    ['\u200bBACK-7KQ2M\u00ad-9FX4TR\ufeff', 'characters without width'],
  ])('%s: %s', (typed) => {
    expect(codeKey(typed)).toBe('BACK7KQ2M9FX4TR');
  });

  test.each(['BACK-7KQ2M-9FX4TS', 'BACK-7KQ2M-9FX4T', 'BACK-7KQ2M-9FX4TR0', ''])('%s is another code', (typed) => {
    expect(codeKey(typed)).not.toBe('BACK7KQ2M9FX4TR');
  });

  test('a key is its own key', () => {
    const random = seeded(4);
    for (let run = 0; run < 500; run += 1) {
      const key = codeKey(mintCode('Sale', random.bytes(CODE_BYTES)));
      expect(codeKey(key)).toBe(key);
    }
  });
});

describe('a code that was misread', () => {
  // 01234-56789 and its check character.
  const made = codeKey(
    mintCode(
      'BACK',
      Uint8Array.from({ length: CODE_BYTES }, (_, n) => n),
    ),
  );

  test.each([
    ['BACK-O1234-56789', 'a letter for the nought'],
    ['BACK-0I234-56789', 'a letter for the one'],
    ['back-ol234-56789', 'in small letters'],
    ['ВАСК-01234-56789', 'typed in Russian'],
    ['васк-о1234-56789', 'typed in Russian, the nought as well'],
  ])('%s: %s', (typed) => {
    expect(misreadKey(codeKey(typed) + made.slice(-1))).toBe(made);
  });

  test.each([
    [made, 'as it is'],
    [`${made.slice(0, -1)}O`, 'the check character is another'],
    ['HELLO', 'too short for one that was made here'],
    ['БЛОГЕР-ЛЕТО', 'holds letters that are in no code'],
    ['', 'nothing'],
  ])('but not %s: %s', (key) => {
    expect(misreadKey(key)).toBeNull();
  });

  test('no code is another misread: what was made is found as it is', () => {
    const random = seeded(4);
    for (let run = 0; run < 2_000; run += 1)
      expect(misreadKey(codeKey(mintCode(run % 2 ? 'BACK' : '', random.bytes(CODE_BYTES))))).toBeNull();
  });
});
