/** The page behind the reasons of a letter to who stays away: the one that was tapped is chosen, and more may be said. */

import { html } from 'hono/html';
import { AWAY_REASONS, type AwayReason } from '../../core/letters/letter-wishes.ts';
import { type Locale, localeOf } from '../../core/values/locale.ts';
import { WORDS as LETTERS } from '../../emails/words/by-locale.ts';
import type { PageShop } from './brand.ts';
import { FORM_STYLE, LONGEST_COMMENT } from './form-style.ts';
import { page } from './layout.ts';

const WORDS: Record<
  Locale,
  Record<'title' | 'why' | 'comment' | 'send' | 'missing' | 'thanks' | 'thanksText' | 'less', string>
> = {
  en: {
    title: 'What kept you away?',
    why: 'The main reason',
    comment: 'Would you like to say more? (optional)',
    send: 'Send',
    missing: 'Please choose a reason.',
    thanks: 'Thank you',
    thanksText: 'Your answer has arrived and will be read at',
    less: 'Choose what we write about, or take a break for 30 days',
  },
  ru: {
    title: 'Почему вас давно не было?',
    why: 'Главная причина',
    comment: 'Хотите что-то добавить? (по желанию)',
    send: 'Отправить',
    missing: 'Пожалуйста, выберите причину.',
    thanks: 'Спасибо',
    thanksText: 'Ваш ответ получен. Его прочтут в магазине',
    less: 'Выберите, о чём вам писать, или сделайте перерыв на 30 дней',
  },
};

export interface AwayPage {
  locale: string;
  shop: PageShop;
  /** The reason that was tapped. */
  reason: AwayReason | null;
  /** It was sent without one. */
  missing: boolean;
}

export function awayPage({ locale, shop, reason, missing }: AwayPage): Promise<string> {
  const lang = localeOf(locale);
  const words = WORDS[lang];
  const { reasons } = LETTERS[lang];
  const content = html`<main><h1>${words.title}</h1>
${missing ? html`<p class="said" role="alert">${words.missing}</p>` : ''}
<form method="post">
<fieldset><legend>${words.why}</legend>${AWAY_REASONS.map((one) => html`<label class="row"><input type="radio" name="reason" value="${one}" required ${one === reason ? 'checked' : ''}><span>${reasons[one]}</span></label>`)}</fieldset>
<fieldset><legend><label for="comment">${words.comment}</label></legend><textarea id="comment" name="comment" rows="4" maxlength="${LONGEST_COMMENT}"></textarea></fieldset>
<button>${words.send}</button></form></main>`;
  return page({ lang, shop, title: words.title, style: FORM_STYLE }, content);
}

/** `preferencesPath`: where fewer letters are chosen, for whom they are too many; else null. */
export function awayThanksPage(locale: string, shop: PageShop, preferencesPath: string | null): Promise<string> {
  const lang = localeOf(locale);
  const words = WORDS[lang];
  return page(
    { lang, shop, title: words.thanks },
    html`<main><h1>${words.thanks}</h1><p>${words.thanksText} <b>${shop.name}</b>.</p>
${preferencesPath ? html`<p><a href="${preferencesPath}">${words.less}</a></p>` : ''}</main>`,
  );
}
