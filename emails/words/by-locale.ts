/** Which words belong to which locale. */

import type { Locale } from '../../core/values/locale.ts';
import { en } from './en.ts';
import { ru } from './ru.ts';
import type { Words } from './words.ts';

export const WORDS: Record<Locale, Words> = { en, ru };
