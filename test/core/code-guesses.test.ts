/** What guessing codes leads to: nothing (TRUST 4). */

import { expect, test } from 'vitest';
import { CODE_BYTES, checkCharacter, codeKey, mintCode } from '../../core/codes/code.ts';
import { seeded } from '../support/random.ts';

test('a million guesses of the right form hit none of a hundred thousand codes', () => {
  const [shop, thief] = [seeded(11), seeded(12)];
  const codes = new Set(Array.from({ length: 100_000 }, () => codeKey(mintCode('BACK', shop.bytes(CODE_BYTES)))));
  expect(codes.size).toBe(100_000);
  let hits = 0;
  for (let guess = 0; guess < 1_000_000; guess += 1)
    if (codes.has(codeKey(mintCode('BACK', thief.bytes(CODE_BYTES))))) hits += 1;
  expect(hits).toBe(0);
}, 120_000);

test('of a thousand codes with one character changed none has the check character it had', () => {
  const random = seeded(13);
  for (let run = 0; run < 1_000; run += 1) {
    const code = mintCode('', random.bytes(CODE_BYTES)).replace('-', '');
    const other = code.startsWith('7') ? '8' : '7';
    expect(checkCharacter(other + code.slice(1, 10))).not.toBe(code.slice(10));
  }
});
