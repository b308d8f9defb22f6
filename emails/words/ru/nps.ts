/** Would you recommend us. */

import type { LetterWords } from '../words.ts';
import { quoted } from './grammar.ts';

const npsLetter: LetterWords = {
  subject: ({ shop }) => `Порекомендуете магазин ${quoted(shop)} друзьям?`,
  preheader: 'Достаточно одного нажатия.',
  headline: 'Порекомендуете нас друзьям?',
  body: ({ shop }) =>
    `Насколько вероятно, что вы посоветуете магазин ${quoted(shop)} друзьям? Достаточно одного нажатия, а комментарии мы читаем все.`,
  button: 'Ответить',
  why: ({ shop }) => `Вы получили это письмо, потому что покупали в магазине ${quoted(shop)}.`,
};

export const nps: Record<'nps', LetterWords> = {
  nps: npsLetter,
};
