import { expect, it } from 'vitest';
import { type Asker, type ConfirmMode, mustConfirm } from '../../../core/letters/confirmation.ts';

const SHOP = { shopLocale: 'en', language: null, country: null };

const CASES: [name: string, mode: ConfirmMode, asker: Partial<Asker>, expected: boolean][] = [
  ['always, whoever asks', 'always', {}, true],
  ['never, wherever they are', 'never', { shopLocale: 'de', language: 'de', country: 'DE' }, false],
  ['nobody of Germany', 'de-at', {}, false],
  ['a German shop', 'de-at', { shopLocale: 'de' }, true],
  ['a German shop with its country', 'de-at', { shopLocale: 'de-DE' }, true],
  ['an Austrian shop with its script', 'de-at', { shopLocale: 'de-Latn-AT' }, true],
  ['a Swiss shop', 'de-at', { shopLocale: 'de-CH' }, false],
  ['a shop whose language only begins so', 'de-at', { shopLocale: 'del' }, false],
  ['a visitor in Germany', 'de-at', { country: 'DE', language: 'en' }, true],
  ['a visitor in Austria', 'de-at', { country: 'AT' }, true],
  ['a reader of German somewhere', 'de-at', { language: 'de' }, true],
  ['a reader of German in Switzerland', 'de-at', { language: 'de', country: 'CH' }, false],
  ['a Swiss reader in Germany', 'de-at', { language: 'de-CH', country: 'DE' }, true],
  ['a visitor in France', 'de-at', { country: 'FR', language: 'fr' }, false],
];

it.each(CASES)('%s', (_, mode, asker, expected) => {
  expect(mustConfirm(mode, { ...SHOP, ...asker })).toBe(expected);
});
