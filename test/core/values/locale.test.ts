/** Which of our languages a reader gets. */

import { expect, test } from 'vitest';
import { type Locale, localeOf } from '../../../core/values/locale.ts';

const cases: readonly (readonly [tag: string | null | undefined, locale: Locale])[] = [
  ['ru', 'ru'],
  ['ru-RU', 'ru'],
  ['RU', 'ru'],
  ['ru_RU.UTF-8', 'ru'],
  ['ru-Cyrl-KZ', 'ru'],
  ['be-BY', 'ru'],
  ['kk-KZ', 'ru'],
  ['uz-Latn-UZ', 'ru'],
  ['uk-UA', 'ru'],
  ['en', 'en'],
  ['en-US', 'en'],
  ['de', 'en'],
  ['zh-Hans-CN', 'en'],
  ['rue', 'en'],
  ['r', 'en'],
  ['', 'en'],
  ['*', 'en'],
  [null, 'en'],
  [undefined, 'en'],
];

test.each(cases)('%s reads %s', (tag, locale) => {
  expect(localeOf(tag)).toBe(locale);
});
