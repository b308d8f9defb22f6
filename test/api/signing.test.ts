import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  identityProof,
  identitySecret,
  randomKey,
  readToken,
  sameText,
  signToken,
  type TokenPurpose,
} from '../../api/signing.ts';

const KEY = 'signing-key';
const ID = '01234567-89ab-4cde-8f01-23456789abcd';

describe('tokens', () => {
  it('name the row they were signed for', async () => {
    for (const id of [
      ID,
      '00000000-0000-0000-0000-000000000000',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
      randomUUID(),
    ]) {
      const token = await signToken(KEY, 'unsubscribe', id);
      expect(token).toMatch(/^[\w-]{43}$/);
      expect(await readToken(KEY, 'unsubscribe', token)).toBe(id);
    }
  });

  it('are worth nothing once a character differs', async () => {
    const token = await signToken(KEY, 'unsubscribe', ID);
    for (let index = 0; index < token.length; index += 1) {
      const other = token[index] === 'A' ? 'B' : 'A';
      const tampered = token.slice(0, index) + other + token.slice(index + 1);
      expect([index, await readToken(KEY, 'unsubscribe', tampered)]).toEqual([index, null]);
    }
  });

  it('are worth nothing for another purpose, under another key, or for another row', async () => {
    const token = await signToken(KEY, 'unsubscribe', ID);
    expect(await readToken(KEY, 'click' as TokenPurpose, token)).toBeNull();
    expect(await readToken('another-key', 'unsubscribe', token)).toBeNull();
    const other = await signToken(KEY, 'unsubscribe', randomUUID());
    expect(await readToken(KEY, 'unsubscribe', other.slice(0, 21) + token.slice(21))).toBeNull();
  });

  it.each([
    '',
    'x',
    '=',
    'A'.repeat(42),
    'A'.repeat(43),
    'A'.repeat(44),
    'A'.repeat(9_000),
    '../'.repeat(14),
    'é'.repeat(43),
    '\0'.repeat(43),
    `${'A'.repeat(42)}=`,
  ])('of the wrong form are nobody’s (%#)', async (token) => {
    expect(await readToken(KEY, 'unsubscribe', token)).toBeNull();
  });
});

describe('secrets', () => {
  it('differ from shop to shop, and prove an address however it is written', async () => {
    const [one, other] = [await identitySecret(KEY, ID), await identitySecret(KEY, randomUUID())];
    expect(one).not.toBe(other);
    expect(await identityProof(one, ' Ann@Example.com ')).toBe(await identityProof(one, 'ann@example.com'));
    expect(await identityProof(one, 'ann@example.com')).not.toBe(await identityProof(other, 'ann@example.com'));
  });

  it('hold 32 random bytes', () => {
    expect(randomKey('sk_')).toMatch(/^sk_[0-9a-f]{64}$/);
    expect(randomKey('sk_')).not.toBe(randomKey('sk_'));
  });

  it.each([
    ['', '', true],
    ['a', 'a', true],
    ['a', 'b', false],
    ['a', 'aa', false],
    ['aa', 'a', false],
    ['', 'a', false],
    ['\0', '', false],
  ])('compare %j with %j', (one, other, same) => {
    expect(sameText(one, other)).toBe(same);
  });
});
