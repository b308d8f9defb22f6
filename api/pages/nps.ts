/** The page behind the numbers of a letter: the one that was tapped is chosen, and a comment may be added. */

import { html } from 'hono/html';
import { NPS_SCORES } from '../../core/letters/letter-wishes.ts';
import { type Locale, localeOf } from '../../core/values/locale.ts';
import type { PageShop } from './brand.ts';
import { FORM_STYLE, LONGEST_COMMENT } from './form-style.ts';
import { page } from './layout.ts';

const WORDS: Record<
  Locale,
  Record<'title' | 'question' | 'least' | 'most' | 'comment' | 'send' | 'missing' | 'thanks' | 'thanksText', string>
> = {
  en: {
    title: 'Would you recommend us?',
    question: 'How likely are you to recommend',
    least: '0: not at all likely',
    most: '10: very likely',
    comment: 'What is the main reason? (optional)',
    send: 'Send',
    missing: 'Please choose a number.',
    thanks: 'Thank you',
    thanksText: 'Your answer has arrived and will be read at',
  },
  ru: {
    title: 'Порекомендуете нас?',
    question: 'Насколько вероятно, что вы посоветуете друзьям магазин',
    least: '0: точно нет',
    most: '10: точно да',
    comment: 'Что повлияло на оценку? (по желанию)',
    send: 'Отправить',
    missing: 'Пожалуйста, выберите число.',
    thanks: 'Спасибо',
    thanksText: 'Ваш ответ получен. Его прочтут в магазине',
  },
};

export interface NpsPage {
  locale: string;
  shop: PageShop;
  /** The number that was tapped or is chosen already. */
  score: number | null;
  /** It was sent without a number. */
  missing: boolean;
}

export function npsPage({ locale, shop, score, missing }: NpsPage): Promise<string> {
  const lang = localeOf(locale);
  const words = WORDS[lang];
  const content = html`<main><h1>${words.title}</h1>
${missing ? html`<p class="said" role="alert">${words.missing}</p>` : ''}
<form method="post">
<fieldset><legend>${words.question} <b>${shop.name}</b>?</legend>
<div class="scale">${NPS_SCORES.map((one) => html`<label><input type="radio" name="score" value="${one}" required ${one === score ? 'checked' : ''}>${one}</label>`)}</div>
<p class="ends soft"><small>${words.least}</small><small>${words.most}</small></p></fieldset>
<fieldset><legend><label for="comment">${words.comment}</label></legend><textarea id="comment" name="comment" rows="4" maxlength="${LONGEST_COMMENT}"></textarea></fieldset>
<button>${words.send}</button></form></main>`;
  return page({ lang, shop, title: words.title, style: FORM_STYLE }, content);
}

export function npsThanksPage(locale: string, shop: PageShop): Promise<string> {
  const lang = localeOf(locale);
  const words = WORDS[lang];
  return page(
    { lang, shop, title: words.thanks, style: FORM_STYLE },
    html`<main><h1>${words.thanks}</h1><p>${words.thanksText} <b>${shop.name}</b>.</p></main>`,
  );
}
