/** The page behind the unsubscribe link, in the reader's language. It never shows the address. */

import { html } from 'hono/html';
import { type Locale, localeOf } from '../../core/values/locale.ts';
import type { PageShop } from './brand.ts';
import { FORM_STYLE } from './form-style.ts';
import { page } from './layout.ts';
import { reasonForm } from './reasons.ts';

const WORDS: Record<
  Locale,
  Record<
    'ask' | 'explain' | 'button' | 'lessTitle' | 'less' | 'doneTitle' | 'done' | 'mistake' | 'goneTitle' | 'gone',
    string
  >
> = {
  en: {
    ask: 'Stop these letters?',
    explain: 'We will send you no more offers and reminders from',
    button: 'Unsubscribe',
    lessTitle: 'Or a little less?',
    less: 'Choose what we write about, or take a break for 30 days',
    doneTitle: 'You are unsubscribed',
    done: 'No more offers and reminders will come from',
    mistake: 'A mistake? Subscribe again',
    goneTitle: 'This link does not work',
    gone: 'It is incomplete or was changed on its way. Please use the link in the letter itself.',
  },
  ru: {
    ask: 'Больше не писать вам?',
    explain: 'Мы не будем присылать вам предложения и напоминания от магазина',
    button: 'Отписаться',
    lessTitle: 'Или писать реже?',
    less: 'Выберите, о чём вам писать, или сделайте перерыв на 30 дней',
    doneTitle: 'Вы отписаны',
    done: 'Предложения и напоминания больше не придут от магазина',
    mistake: 'Ошиблись? Подпишитесь снова',
    goneTitle: 'Эта ссылка не работает',
    gone: 'Она неполная или изменилась по дороге. Пожалуйста, откройте ссылку прямо из письма.',
  },
};

export interface UnsubscribePage {
  locale: string;
  shop: PageShop;
  subscribed: boolean;
  /** Where the reader's letters are chosen, and where a reason is given. */
  preferencesPath: string;
  reasonPath: string;
}

export function unsubscribePage({
  locale,
  shop,
  subscribed,
  preferencesPath,
  reasonPath,
}: UnsubscribePage): Promise<string> {
  const lang = localeOf(locale);
  const words = WORDS[lang];
  const content = subscribed
    ? html`<main><h1>${words.ask}</h1><p>${words.explain} <b>${shop.name}</b>.</p><form method="post"><button>${words.button}</button></form>
<div class="rule"><h2>${words.lessTitle}</h2><p><a href="${preferencesPath}">${words.less}</a></p></div></main>`
    : html`<main><h1>${words.doneTitle}</h1><p>${words.done} <b>${shop.name}</b>.</p>
${reasonForm(lang, reasonPath)}
<p class="rule"><a href="${preferencesPath}">${words.mistake}</a></p></main>`;
  return page({ lang, shop, title: subscribed ? words.ask : words.doneTitle, style: FORM_STYLE }, content);
}

/** For a link that is not ours: nobody's language is known but the browser's. */
export function brokenLinkPage(acceptLanguage: string | null): Promise<string> {
  const lang = localeOf(acceptLanguage?.slice(0, 2));
  const words = WORDS[lang];
  return page({ lang, title: words.goneTitle }, html`<main><h1>${words.goneTitle}</h1><p>${words.gone}</p></main>`);
}
