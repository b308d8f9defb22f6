/** Writes the letter that leaves, in the shop's own words where it has some. A letter is never held up by them: where they fail, the built-in one goes. */

import { ONLY_RECOMMENDING } from '../../../core/catalogue/recommend.ts';
import { noteTemplateFailure } from '../../../db/templates.ts';
import type { OutgoingLetter } from '../../../emails/mailer.ts';
import { OwnLetterError } from '../../../emails/own/own-draft.ts';
import type { Deps } from '../../deps.ts';
import { describeError } from '../../log.ts';
import { sells } from '../sending/permit-input.ts';
import { composeLetter, type LetterSource } from './compose-letter.ts';
import { gatherExtras, type LetterExtras, needsOf } from './gather-extras.ts';
import { NOBODY } from './letter-source.ts';

export interface WrittenLetter {
  letter: OutgoingLetter;
  extras: LetterExtras;
  /** It is about nothing but what goes with an order, and nothing does; nothing of it can be bought any more; or nobody said what was to be downloaded. */
  bare: boolean;
}

/** The letter itself can't be made, now or later. Whatever else is thrown says only that something was not to be had. */
export class UnwritableLetter extends Error {
  override name = 'UnwritableLetter';
}

/** Throws an UnwritableLetter, or what the database throws. */
export async function writeLetter(deps: Deps, source: LetterSource): Promise<WrittenLetter> {
  try {
    return await written(deps, source);
  } catch (error) {
    if (!source.own || !(error instanceof OwnLetterError)) throw error;
    // What is only tried leaves no trace.
    if (source.id !== NOBODY) await noteFailure(deps, source, source.own.version, error.message);
    return written(deps, { ...source, own: null });
  }
}

async function written(deps: Deps, source: LetterSource): Promise<WrittenLetter> {
  const extras = await gatherExtras(deps, source);
  const { letter } = await composeLetter(deps.settings, source, extras).catch((error: unknown) => {
    throw error instanceof OwnLetterError ? error : new UnwritableLetter('the letter can’t be made', { cause: error });
  });
  const key = ONLY_RECOMMENDING.find((one) => one === source.letter);
  const alone = key !== undefined && !extras.recommended && needsOf(key, source).has('recommended');
  const gone = sells(source) && source.code === null && extras.items?.length === 0;
  // What was asked for is not to be had, or nobody said what it was.
  const unsaid = extras.form === 'download' && source.items.length === 0;
  return { letter, extras, bare: alone || gone || unsaid };
}

/** Why it failed is for the shop to read; logs tell only that it did. */
async function noteFailure(
  deps: Deps,
  { shopId, letter: key }: LetterSource,
  version: number,
  failure: string,
): Promise<void> {
  const about = { shop: shopId, template: `${key} ${version}` };
  try {
    const fresh = await deps.db.shop(shopId, (tx) => noteTemplateFailure(tx, { shopId, key, version }, failure));
    if (fresh) deps.log('warn', 'template failed', about);
  } catch (error) {
    deps.log('error', 'template failure not noted', { ...about, error: describeError(error) });
  }
}
