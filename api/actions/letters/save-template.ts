/** Puts a letter in the shop's own words, back to words it had before, or back to the built-in ones. */

import type { LetterKey } from '../../../core/flows/flow.ts';
import type { OwnLetter } from '../../../core/letters/own-letter.ts';
import { LOCALES } from '../../../core/values/locale.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { currentTemplate, saveTemplate, type TemplateRow, templateAtVersion } from '../../../db/templates.ts';
import { lint } from '../../../emails/lint.ts';
import { OwnLetterError } from '../../../emails/own/own-draft.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import { checkTemplate } from './check-template.ts';
import { composeLetter } from './compose-letter.ts';
import { exampleLetter } from './letter-source.ts';
import { warningsOf } from './preview-template.ts';

export interface SavedTemplate {
  row: TemplateRow;
  warnings: string[];
}

export async function putTemplate(
  deps: Deps,
  shop: ShopRow,
  key: LetterKey,
  letter: OwnLetter,
): Promise<SavedTemplate> {
  checkTemplate(key, letter);
  const warnings = await tryTemplate(deps, shop, key, letter);
  const row = await deps.db.shop(shop.id, async (tx) => {
    const current = await currentTemplate(tx, shop.id, key);
    return current && same(current.words, letter) ? current : saveTemplate(tx, shop.id, key, letter);
  });
  return { row, warnings };
}

/** Null where there is no such version. */
export async function revertTemplate(
  deps: Deps,
  shop: ShopRow,
  key: LetterKey,
  version: number,
): Promise<SavedTemplate | null> {
  const former = await deps.db.shop(shop.id, (tx) => templateAtVersion(tx, shop.id, key, version));
  if (!former) return null;
  if (former.words) return putTemplate(deps, shop, key, former.words);
  const row = await deps.db.shop(shop.id, (tx) => saveTemplate(tx, shop.id, key, null));
  return { row, warnings: [] };
}

/** False where the built-in letter is in force already. */
export async function dropTemplate(deps: Deps, shop: ShopRow, key: LetterKey): Promise<boolean> {
  return deps.db.shop(shop.id, async (tx) => {
    if (!(await currentTemplate(tx, shop.id, key))?.words) return false;
    await saveTemplate(tx, shop.id, key, null);
    return true;
  });
}

/** Writes it once for a made-up person: what takes too much, or comes to nothing, is found here and not by readers. */
async function tryTemplate(deps: Deps, shop: ShopRow, key: LetterKey, letter: OwnLetter): Promise<string[]> {
  const warnings = new Set<string>();
  for (const locale of LOCALES) {
    if (!letter[locale]) continue;
    const { source, extras } = exampleLetter(shop, { key, locale, words: letter }, deps.now());
    try {
      const { dropped, markup, letter: made } = await composeLetter(deps.settings, source, extras);
      const bytes = new TextEncoder().encode(made.html).length;
      for (const one of warningsOf(dropped, lint(markup, bytes))) warnings.add(`${locale}: ${one}`);
    } catch (error) {
      if (!(error instanceof OwnLetterError)) throw error;
      throw new Problem('invalid', { errors: [{ path: `${locale}.${error.path}`, message: error.why }] });
    }
  }
  return [...warnings];
}

/** The order of fields is no difference: rows come back in the database's own. */
const same = (one: unknown, other: unknown): boolean => sorted(one) === sorted(other);
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
