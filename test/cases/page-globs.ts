/** On which pages a rule speaks: the filter, the path as browsers tell it, and the verdict. */

import type { Verdict } from '../../core/rules/condition.ts';
import type { PageFilter } from '../../core/rules/page-glob.ts';

export type PageGlobCase = readonly [name: string, filter: PageFilter, path: string | undefined, expected: Verdict];

export const pageGlobCases: PageGlobCase[] = [
  ['an exact path', { include: ['/sale'] }, '/sale', true],
  ['with a slash behind it', { include: ['/sale'] }, '/sale/', true],
  ['whichever way it is written', { include: ['/sale/'] }, '/sale', true],
  ['in another case', { include: ['/Sale'] }, '/sALE', true],
  ['a longer path', { include: ['/sale'] }, '/sale/shoes', false],
  ['a path that only begins alike', { include: ['/sale'] }, '/sales', false],
  ['the home page', { include: ['/'] }, '/', true],
  ['and no other', { include: ['/'] }, '/sale', false],
  ['a beginning', { include: ['/sale/*'] }, '/sale/shoes/7', true],
  ['a beginning by itself', { include: ['/sale/*'] }, '/sale/', true],
  ['a beginning without its slash', { include: ['/sale/*'] }, '/sale', false],
  ['a beginning in the middle', { include: ['/sale/*'] }, '/en/sale/', false],
  ['a beginning of a word', { include: ['/sale*'] }, '/sales', true],
  ['a part', { include: ['*sale*'] }, '/en/summer-sale/7', true],
  ['no such part', { include: ['*sale*'] }, '/cart', false],
  ['every page', { include: ['*'] }, '/anything', true],
  ['every page, from its root', { include: ['/*'] }, '/anything', true],
  ['a dot is a dot', { include: ['/a.c'] }, '/abc', false],
  ['brackets are brackets', { include: ['/a[bc]'] }, '/ab', false],
  ['one of several', { include: ['/cart', '/sale/*'] }, '/sale/7', true],
  ['none of several', { include: ['/cart', '/sale/*'] }, '/about', false],
  [
    'Cyrillic, as browsers encode it',
    { include: ['/каталог/*'] },
    '/%D0%BA%D0%B0%D1%82%D0%B0%D0%BB%D0%BE%D0%B3/1',
    true,
  ],
  ['already encoded', { include: ['/%D0%BA%D0%B0*'] }, '/%d0%ba%d0%b0%d1%82', true],
  ['an empty list asks for nothing', { include: [], exclude: [] }, '/sale', true],

  ['excluded', { exclude: ['/checkout/*'] }, '/checkout/pay', false],
  ['not excluded', { exclude: ['/checkout/*'] }, '/cart', true],
  ['excluded by one of several', { exclude: ['/cart', '*pay*'] }, '/en/payment', false],
  ['included and excluded: excluded', { include: ['/sale/*'], exclude: ['*shoes*'] }, '/sale/shoes', false],
  ['included and not excluded', { include: ['/sale/*'], exclude: ['*shoes*'] }, '/sale/hats', true],

  ['before any page nothing is known to match', { include: ['*'] }, undefined, undefined],
  ['nor to be excluded', { exclude: ['/checkout'] }, undefined, undefined],
];
