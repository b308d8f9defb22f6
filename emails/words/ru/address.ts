/** The question whether an address is theirs. */

import type { LetterWords } from '../words.ts';
import { quoted } from './grammar.ts';

const confirmLetter: LetterWords = {
  subject: ({ shop }) => `Подтвердите адрес для магазина ${quoted(shop)}`,
  preheader: 'Один клик, и мы будем знать, что адрес ваш.',
  headline: 'Это ваш адрес?',
  body: ({ shop }) =>
    `Этот адрес оставили в магазине ${quoted(shop)}, чтобы получать от нас письма. Пожалуйста, подтвердите, что это были вы.`,
  button: 'Да, это мой адрес',
  after: 'Если это были не вы, ничего делать не нужно: без вашего подтверждения мы больше не напишем.',
  why: ({ shop }) => `Вы получили это письмо, потому что этот адрес указали в магазине ${quoted(shop)}.`,
};

export const address: Record<'confirm', LetterWords> = {
  confirm: confirmLetter,
};
