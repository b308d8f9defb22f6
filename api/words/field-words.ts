/**
 * What each field of the API means, for the reader and for OpenAPI. A field is found by the longest end of its path that is
 * here: `Shop.sender.email` before `sender.email` before `email`. What a schema says of a field itself goes first.
 */

import { CALL_WORDS } from './call-words.ts';
import { COMMON_WORDS } from './common-words.ts';
import { FLOW_WORDS } from './flow-words.ts';
import { PAGE_WORDS } from './page-words.ts';
import { PEOPLE_WORDS } from './people-words.ts';
import { REPORT_WORDS } from './report-words.ts';
import { RULE_WORDS } from './rule-words.ts';
import { SALE_WORDS } from './sale-words.ts';
import { SHOP_WORDS } from './shop-words.ts';

const GROUPS: Record<string, string>[] = [
  COMMON_WORDS,
  SHOP_WORDS,
  RULE_WORDS,
  FLOW_WORDS,
  PEOPLE_WORDS,
  SALE_WORDS,
  REPORT_WORDS,
  PAGE_WORDS,
  CALL_WORDS,
];

export const FIELD_WORDS: ReadonlyMap<string, string> = new Map(GROUPS.flatMap((group) => Object.entries(group)));

/** The key under which words for this field stand, or undefined. `path` begins with the name of its schema or operation. */
export function wordsKeyOf(path: readonly string[]): string | undefined {
  return path.map((_, start) => path.slice(start).join('.')).find((key) => FIELD_WORDS.has(key));
}

export const wordsFor = (path: readonly string[]): string | undefined => FIELD_WORDS.get(wordsKeyOf(path) ?? '');
