/** What a shop needs to know to write a letter of its own: the built-in words, what may be spoken of, and which parts there are. */

import type { LetterKey } from '../../core/flows/flow.ts';
import type { Locale } from '../../core/values/locale.ts';
import { type Sentences, sentencesOf } from '../draft.ts';
import { DRAFTS } from '../drafts.ts';
import type { LetterProps } from '../letter.ts';
import { type NamedShape, namesIn } from '../liquid/shape.ts';
import { storyOf } from '../story.ts';
import { placesOf, vocabularyOf } from './vocabulary.ts';

export interface LetterGuide {
  /** As they read for the given example; without those that the letter leaves out. */
  default: Record<Locale, Partial<Sentences> & { blocks: string[] }>;
  variables: NamedShape[];
  parts: string[];
}

export function guideTo(key: LetterKey, examples: Record<Locale, LetterProps>): LetterGuide {
  const words = (props: LetterProps) => ({
    ...Object.fromEntries(Object.entries(sentencesOf(key, storyOf(props))).filter(([, said]) => said !== '')),
    blocks: [...DRAFTS[key]],
  });
  return {
    default: { en: words(examples.en), ru: words(examples.ru) },
    variables: namesIn(vocabularyOf(key)),
    parts: [...placesOf(key)],
  };
}
