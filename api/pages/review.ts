/** The page behind the stars of a letter: the one that was tapped is chosen; words, a name and the right to publish are up to the reader. */

import { html } from 'hono/html';
import type { Item } from '../../core/catalogue/item.ts';
import { STARS } from '../../core/letters/letter-wishes.ts';
import { type Locale, localeOf } from '../../core/values/locale.ts';
import type { PageShop } from './brand.ts';
import { FORM_STYLE, LONGEST_COMMENT } from './form-style.ts';
import { page } from './layout.ts';

const STYLE = `${FORM_STYLE}
.stars { grid-template-columns: repeat(5, 1fr) }
.stars small { color: inherit }
input[type=text] { font: inherit; width: 100%; min-height: 44px; padding: .6rem .7rem; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px }
`;

type Word =
  | 'title'
  | 'stars'
  | 'least'
  | 'most'
  | 'about'
  | 'order'
  | 'text'
  | 'author'
  | 'publish'
  | 'send'
  | 'missing'
  | 'thanks'
  | 'read'
  | 'shown';

const WORDS: Record<Locale, Record<Word, string>> = {
  en: {
    title: 'How do you like it?',
    stars: 'Your stars',
    least: '1: poor',
    most: '5: excellent',
    about: 'What is it about?',
    order: 'The whole order',
    text: 'Your words (optional)',
    author: 'The name to show (optional)',
    publish: 'My review and this name may be shown to everybody.',
    send: 'Send',
    missing: 'Please choose the stars.',
    thanks: 'Thank you',
    read: 'Your review has arrived and will be read at',
    shown: 'It appears once somebody has read it.',
  },
  ru: {
    title: 'Как вам покупка?',
    stars: 'Сколько звёзд',
    least: '1: плохо',
    most: '5: отлично',
    about: 'О чём отзыв?',
    order: 'Обо всём заказе',
    text: 'Несколько слов (по желанию)',
    author: 'Как вас подписать (по желанию)',
    publish: 'Мой отзыв и это имя можно показывать всем.',
    send: 'Отправить',
    missing: 'Пожалуйста, выберите звёзды.',
    thanks: 'Спасибо',
    read: 'Ваш отзыв получен. Его прочтут в магазине',
    shown: 'Отзыв появится, когда его прочтут.',
  },
};

export interface ReviewFormPage {
  locale: string;
  shop: PageShop;
  /** The reader's, to begin with. */
  name: string | null;
  items: readonly Item[];
  /** The star that was tapped. */
  stars: number | null;
  /** It was sent without one. */
  missing: boolean;
}

export function reviewPage({ locale, shop, name, items, stars, missing }: ReviewFormPage): Promise<string> {
  const lang = localeOf(locale);
  const words = WORDS[lang];
  const [only] = items;
  const about =
    items.length > 1
      ? html`<fieldset><legend><label for="item">${words.about}</label></legend><select id="item" name="item"><option value="">${words.order}</option>${items.map(({ id, title }) => html`<option value="${id}">${title}</option>`)}</select></fieldset>`
      : only
        ? html`<p><b>${only.title}</b></p>`
        : '';
  const content = html`<main><h1>${words.title}</h1>
${missing ? html`<p class="said" role="alert">${words.missing}</p>` : ''}
<form method="post">
${about}
<fieldset><legend>${words.stars}</legend>
<div class="scale stars">${STARS.map((one) => html`<label><input type="radio" name="stars" value="${one}" required ${one === stars ? 'checked' : ''}><span>★\u00a0${one}</span></label>`)}</div>
<p class="ends soft"><small>${words.least}</small><small>${words.most}</small></p></fieldset>
<fieldset><legend><label for="comment">${words.text}</label></legend><textarea id="comment" name="comment" rows="5" maxlength="${LONGEST_COMMENT}"></textarea></fieldset>
<fieldset><legend><label for="author">${words.author}</label></legend><input type="text" id="author" name="author" maxlength="60" autocomplete="given-name" value="${name ?? ''}">
<label class="row"><input type="checkbox" name="publish" value="yes"><span>${words.publish}</span></label></fieldset>
<button>${words.send}</button></form></main>`;
  return page({ lang, shop, title: words.title, style: STYLE }, content);
}

export function reviewThanksPage(locale: string, shop: PageShop, mayPublish: boolean): Promise<string> {
  const lang = localeOf(locale);
  const words = WORDS[lang];
  return page(
    { lang, shop, title: words.thanks, style: FORM_STYLE },
    html`<main><h1>${words.thanks}</h1><p>${words.read} <b>${shop.name}</b>.${mayPublish ? ` ${words.shown}` : ''}</p></main>`,
  );
}
