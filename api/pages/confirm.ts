/** The page behind the link that confirms an address. It never shows the address. */

import { html } from 'hono/html';
import { type Locale, localeOf } from '../../core/values/locale.ts';
import type { PageShop } from './brand.ts';
import { FORM_STYLE } from './form-style.ts';
import { page } from './layout.ts';

const WORDS: Record<Locale, Record<'title' | 'ask' | 'button' | 'doneTitle' | 'done', string>> = {
  en: {
    title: 'Is this your address?',
    ask: 'One tap, and the letters that you asked for come from',
    button: 'Yes, write to me',
    doneTitle: 'Thank you, it is confirmed',
    done: 'What you asked for is on its way from',
  },
  ru: {
    title: 'Это ваш адрес?',
    ask: 'Одно нажатие — и письма, которые вы просили, придут от магазина',
    button: 'Да, пишите мне',
    doneTitle: 'Спасибо, адрес подтверждён',
    done: 'Письмо, которое вы просили, уже в пути от магазина',
  },
};

export function confirmPage(locale: string, shop: PageShop, confirmed: boolean): Promise<string> {
  const lang = localeOf(locale);
  const words = WORDS[lang];
  const content = confirmed
    ? html`<main><h1>${words.doneTitle}</h1><p>${words.done} <b>${shop.name}</b>.</p></main>`
    : html`<main><h1>${words.title}</h1><p>${words.ask} <b>${shop.name}</b>.</p><form method="post"><button>${words.button}</button></form></main>`;
  return page({ lang, shop, title: confirmed ? words.doneTitle : words.title, style: FORM_STYLE }, content);
}
