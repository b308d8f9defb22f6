/** Which addresses are taken, and which are one person. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseEmail } from '../../../core/values/email-address.ts';
import { domainToUnicode } from '../../../core/values/punycode.ts';
import { badAddresses, goodAddresses, samePerson } from '../../cases/email-addresses.ts';
import { seeded } from '../../support/random.ts';

const shown = (text: string): string => {
  const quoted = JSON.stringify(text);
  return quoted.length > 80 ? `${quoted.slice(0, 40)}… (${text.length})` : quoted;
};

describe('addresses that are taken', () => {
  test.each(goodAddresses.map((row) => [shown(row[0]), ...row] as const))('%s', (_shown, typed, address, canonical) => {
    expect(parseEmail(typed)).toEqual({ address, canonical });
  });

  test.each(goodAddresses.map((row) => [shown(row[2]), row[2]] as const))(
    '%s, once canonical, stays so',
    (_shown, text) => {
      expect(parseEmail(text)?.canonical).toBe(text);
    },
  );
});

describe('addresses that are none', () => {
  test.each(badAddresses.map((text) => [shown(text), text] as const))('%s', (_shown, text) => {
    expect(parseEmail(text)).toBeNull();
  });
});

describe('one person', () => {
  test.each(samePerson.map((row) => [row.join(' ')] as const))('%s', (row) => {
    expect(new Set(row.split(' ').map((text) => parseEmail(text)?.canonical)).size).toBe(1);
  });
});

describe('domains', () => {
  test.each([
    ['xn--e1afmkfd.xn--p1ai', 'пример.рф'],
    ['example.com', 'example.com'],
    ['xn--bcher-kva.example', 'bücher.example'],
    ['xn--n3h.example', '☃.example'],
    ['xn--ls8h.la', '💩.la'],
    ['xn---.example', 'xn---.example'],
    ['xn--a-!.example', 'xn--a-!.example'],
    ['xn--a-!a.example', 'xn--a-!a.example'],
    ['xn---e1afmkfd.example', 'xn---e1afmkfd.example'],
    ['xn--zzzzzzzz.example', 'xn--zzzzzzzz.example'],
    ['xn--gmail-.com', 'xn--gmail-.com'],
  ])('%s is %s', (domain, unicode) => {
    expect(domainToUnicode(domain)).toBe(unicode);
  });

  test('decoding agrees with the address parser of the platform, for 3,000 random words', () => {
    const random = seeded(1);
    const letters = [...'abcxyz019абвгдеёжщъюяąčęéüßñøłğışख例えテスト한국어'];
    for (let run = 0; run < 3_000; run += 1) {
      const word = `${random.list(12, () => random.pick(letters)).join('')}б`;
      const ascii = new URL(`http://${word}.example`).hostname;
      expect(domainToUnicode(ascii)).toBe(`${word.normalize('NFKC')}.example`);
    }
  });

  test('no label makes it throw or yields half of a pair', () => {
    const random = seeded(2);
    const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789-'];
    for (let run = 0; run < 20_000; run += 1) {
      const unicode = domainToUnicode(`xn--${random.list(59, () => random.pick(letters)).join('')}.example`);
      expect(unicode).not.toMatch(/\p{Cs}/u);
    }
  });
});

const samples = join(
  process.env.FIXTURES ?? fileURLToPath(new URL('../../../shared/fixtures', import.meta.url)),
  'email-alias/validator-normalize.json',
);

describe.skipIf(!existsSync(samples))('aliases that others collected', () => {
  const rows: { input: string; normalized: string }[] = existsSync(samples)
    ? JSON.parse(readFileSync(samples, 'utf8'))
    : [];

  test.each(rows.map((row) => [row.input, row.normalized] as const))('%s', (input, normalized) => {
    // Two dots in a row are no address here, whatever a provider might make of them.
    expect(parseEmail(input)?.canonical ?? null).toBe(input.includes('..') ? null : normalized);
  });
});
