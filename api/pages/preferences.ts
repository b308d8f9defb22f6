/** The page on which readers choose what they are written about, how soon again, and in which language. It never shows the address. */

import { html } from 'hono/html';
import { OTHER_TOPIC } from '../../core/letters/letter-wishes.ts';
import { LOCALES, type Locale, localeOf } from '../../core/values/locale.ts';
import type { PageShop } from './brand.ts';
import { FORM_STYLE } from './form-style.ts';
import { type Html, page } from './layout.ts';

const LANGUAGES: Record<Locale, string> = { en: 'English', ru: 'Русский' };

interface PageWords {
  title: string;
  from: string;
  topics: string;
  always: string;
  pause: string;
  pauseRow: string;
  paused(day: string): string;
  language: string;
  save: string;
  saved: string;
  allTitle: string;
  all: string;
  offTitle: string;
  off: string;
  on: string;
  /** What flows are about, by their intent. */
  topic: Record<string, string>;
}

const WORDS: Record<Locale, PageWords> = {
  en: {
    title: 'Your letters',
    from: 'Choose what you hear from',
    topics: 'Write to me about',
    always: 'We will write about your orders in any case.',
    pause: 'A break',
    pauseRow: 'No offers and reminders for 30\u00a0days',
    paused: (day) => `Quiet until ${day}`,
    language: 'Language of the letters',
    save: 'Save',
    saved: 'Saved.',
    allTitle: 'Or none at all?',
    all: 'Unsubscribe from all offers and reminders',
    offTitle: 'You are unsubscribed',
    off: 'No offers and reminders come from',
    on: 'Subscribe again',
    topic: {
      leaving: 'My discount and what I was looking at',
      cart: 'What I left in my cart',
      browse: 'What I was looking at',
      welcome: 'Getting to know the shop',
      'after-sale': 'Tips and questions after an order',
      review: 'Reviews of what I bought',
      replenishment: 'When it is time to reorder',
      'win-back': 'An offer now and then, when I have been away',
      birthday: 'My birthday',
      holiday: 'Holidays',
      news: 'News',
      stock: 'What is back or has become cheaper',
      [OTHER_TOPIC]: 'Other offers and news',
    },
  },
  ru: {
    title: 'Ваши письма',
    from: 'Выберите, о чём вам пишет магазин',
    topics: 'Писать мне',
    always: 'О ваших заказах мы сообщим в любом случае.',
    pause: 'Перерыв',
    pauseRow: 'Без предложений и напоминаний 30\u00a0дней',
    paused: (day) => `Не пишем до ${day}`,
    language: 'Язык писем',
    save: 'Сохранить',
    saved: 'Сохранено.',
    allTitle: 'Или не писать совсем?',
    all: 'Отписаться от всех предложений и напоминаний',
    offTitle: 'Вы отписаны',
    off: 'Предложения и напоминания больше не приходят от магазина',
    on: 'Подписаться снова',
    topic: {
      leaving: 'О моей скидке и о том, что я смотрю',
      cart: 'О том, что осталось в корзине',
      browse: 'О том, что я смотрю',
      welcome: 'О магазине, для знакомства',
      'after-sale': 'С советами и вопросами после заказа',
      review: 'Об отзывах на мои покупки',
      replenishment: 'Когда пора купить снова',
      'win-back': 'Изредка с предложением, если меня давно не было',
      birthday: 'Ко дню рождения',
      holiday: 'К праздникам',
      news: 'О новостях',
      stock: 'О том, что снова есть или подешевело',
      [OTHER_TOPIC]: 'О других предложениях и новостях',
    },
  },
};

export interface PreferencesPage {
  locale: string;
  shop: PageShop;
  timeZone: string;
  subscribed: boolean;
  topics: readonly { topic: string; wanted: boolean }[];
  pausedUntil: number | null;
  /** Just now. */
  saved: boolean;
}

export function preferencesPage(shown: PreferencesPage): Promise<string> {
  const lang = localeOf(shown.locale);
  const words = WORDS[lang];
  return page(
    { lang, shop: shown.shop, title: words.title, style: FORM_STYLE },
    shown.subscribed ? choices(shown, lang, words) : unsubscribed(shown, words),
  );
}

function choices(
  { shop, timeZone, topics, pausedUntil, saved }: PreferencesPage,
  lang: Locale,
  words: PageWords,
): Html {
  const until =
    pausedUntil === null
      ? ''
      : words.paused(new Intl.DateTimeFormat(lang, { day: 'numeric', month: 'long', timeZone }).format(pausedUntil));
  return html`<main><h1>${words.title}</h1>
${saved ? html`<p class="said" role="status">${words.saved}</p>` : ''}
<p>${words.from} <b>${shop.name}</b>.</p>
<form method="post">
<fieldset><legend>${words.topics}</legend>${topics.map(({ topic, wanted }) => row('topic', topic, wanted, nameOf(topic, words)))}</fieldset>
<fieldset><legend>${words.pause}</legend>${row('pause', '30', pausedUntil !== null, until || words.pauseRow)}</fieldset>
<fieldset><legend><label for="locale">${words.language}</label></legend><select id="locale" name="locale">${LOCALES.map((one) => html`<option value="${one}" ${one === lang ? 'selected' : ''}>${LANGUAGES[one]}</option>`)}</select></fieldset>
<button name="act" value="save">${words.save}</button>
</form>
<p class="soft">${words.always}</p>
<form method="post" class="rule"><h2>${words.allTitle}</h2><button class="quiet" name="act" value="unsubscribe">${words.all}</button></form></main>`;
}

const unsubscribed = ({ shop }: PreferencesPage, words: PageWords): Html =>
  html`<main><h1>${words.offTitle}</h1><p>${words.off} <b>${shop.name}</b>.</p><form method="post"><button name="act" value="subscribe">${words.on}</button></form></main>`;

const row = (name: string, value: string, checked: boolean, label: string): Html =>
  html`<label class="row"><input type="checkbox" name="${name}" value="${value}" ${checked ? 'checked' : ''}><span>${label}</span></label>`;

/** A topic of the shop's own goes by its own word. */
function nameOf(topic: string, words: PageWords): string {
  const plain = topic.replace(/[-_]+/g, ' ').trim();
  return words.topic[topic] ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}
