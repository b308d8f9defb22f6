/** Why somebody wants no more letters: one tap, or none. */

import { html } from 'hono/html';
import { MAIL_REASONS, type MailReason } from '../../core/letters/letter-wishes.ts';
import { type Locale, localeOf } from '../../core/values/locale.ts';
import type { PageShop } from './brand.ts';
import { FORM_STYLE } from './form-style.ts';
import { type Html, page } from './layout.ts';

const WORDS: Record<
  Locale,
  Record<'title' | 'why' | 'thanks' | 'thanksText', string> & { reasons: Record<MailReason, string> }
> = {
  en: {
    title: 'What was it?',
    why: 'What made you leave? One tap is enough.',
    thanks: 'Thank you',
    thanksText: 'It helps us to write better, or less often.',
    reasons: {
      too_often: 'Too many letters',
      not_interesting: 'Nothing for me in them',
      price: 'It is too expensive for me',
      bought_elsewhere: 'I bought it somewhere else',
      never_asked: 'I never asked for them',
      other: 'Something else',
    },
  },
  ru: {
    title: 'Что было не так?',
    why: 'Почему вы уходите? Достаточно одного нажатия.',
    thanks: 'Спасибо',
    thanksText: 'Это поможет писать лучше или реже.',
    reasons: {
      too_often: 'Слишком много писем',
      not_interesting: 'Мне это неинтересно',
      price: 'Для меня слишком дорого',
      bought_elsewhere: 'Куплено в другом месте',
      never_asked: 'Это не моя подписка',
      other: 'Другое',
    },
  },
};

/** Buttons that answer at `path`. */
export function reasonForm(lang: Locale, path: string): Html {
  const { why, reasons } = WORDS[lang];
  return html`<form method="post" action="${path}"><fieldset><legend>${why}</legend><div class="choices">${MAIL_REASONS.map(
    (reason) => html`<button name="reason" value="${reason}">${reasons[reason]}</button>`,
  )}</div></fieldset></form>`;
}

export function reasonPage(locale: string, shop: PageShop, path: string): Promise<string> {
  const lang = localeOf(locale);
  const { title } = WORDS[lang];
  return page({ lang, shop, title, style: FORM_STYLE }, html`<main><h1>${title}</h1>${reasonForm(lang, path)}</main>`);
}

export function reasonThanksPage(locale: string, shop: PageShop): Promise<string> {
  const lang = localeOf(locale);
  const { thanks, thanksText } = WORDS[lang];
  return page(
    { lang, shop, title: thanks, style: FORM_STYLE },
    html`<main><h1>${thanks}</h1><p>${thanksText}</p></main>`,
  );
}
