/** The page behind a friend's link, in the reader's language: an address for a code. It never says who sent it, nor whom it is for. */

import { html } from 'hono/html';
import type { Offer } from '../../core/rules/offer.ts';
import { type Locale, localeOf } from '../../core/values/locale.ts';
import { formatMoney } from '../../core/values/money.ts';
import type { ConsentForm } from '../../core/visits/wire.ts';
import { FORM_STYLE } from './form-style.ts';
import { type Html, page } from './layout.ts';

const STYLE = `${FORM_STYLE}
input[type=email] { font: inherit; width: 100%; min-height: 44px; padding: .6rem .7rem; margin: .4rem 0 1rem; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px }
.elsewhere { position: absolute; left: -999rem }
`;

interface PageWords {
  title: (worth: string, shop: string) => string;
  /** `from`: the smallest order, or null. */
  explain: (from: string | null) => string;
  address: string;
  /** Each box that the law may want, and what stands where it wants none. */
  data: string;
  letters: (shop: string) => string;
  both: (shop: string) => string;
  notice: (shop: string) => string;
  privacy: string;
  button: string;
  wrongAddress: string;
  consentNeeded: string;
  doneTitle: string;
  done: (shop: string) => string;
  doubt: string;
  toShop: string;
  lostTitle: string;
  lost: string;
  overTitle: string;
  over: (shop: string) => string;
  worth: (offer: Offer, money: (amount: number) => string, percent: string) => string;
}

const WORDS: Record<Locale, PageWords> = {
  en: {
    title: (worth, shop) => `A friend sends you ${worth} at ${shop}`,
    explain: (from) =>
      `It is for your first order${from ? ` of ${from} or more` : ''}. Leave your address, and the code comes by e-mail.`,
    address: 'Your e-mail address',
    data: 'I agree to my e-mail address being processed for this.',
    letters: (shop) => `E-mail me the code, reminders and offers from ${shop}. I can unsubscribe at any time.`,
    both: (shop) =>
      `I agree to my e-mail address being processed, and to letters from ${shop}. I can unsubscribe at any time.`,
    notice: (shop) => `By asking for it you agree to letters from ${shop}. You can unsubscribe at any time.`,
    privacy: 'Privacy policy',
    button: 'Send me the code',
    wrongAddress: 'Please check the address: it should look like name@example.com.',
    consentNeeded: 'We need your consent to send you the code.',
    doneTitle: 'Please check your mail',
    done: (shop) => `If you are new to ${shop}, a letter is on its way to you.`,
    doubt:
      'Nothing after a few minutes? Look into the spam folder. The code is for people who have not bought here yet.',
    toShop: 'Have a look around the shop',
    lostTitle: 'This link does not work',
    lost: 'It is incomplete, or whoever sent it is no longer with the shop. Please ask your friend for it once more.',
    overTitle: 'This invitation is over',
    over: (shop) => `${shop} gives no codes to friends at the moment.`,
    worth: ({ kind, value = 0, gift }, money, percent) =>
      ({
        percent: `${percent} off`,
        fixed: `${money(value)} off`,
        shipping: 'free shipping',
        gift: `a gift: ${gift ?? ''}`,
        none: '',
      })[kind],
  },
  ru: {
    title: (worth, shop) => `Друг дарит вам ${worth} в магазине «${shop}»`,
    explain: (from) => `Это на первый заказ${from ? ` от ${from}` : ''}. Оставьте адрес, и код придёт по почте.`,
    address: 'Ваш адрес электронной почты',
    data: 'Даю согласие на обработку моего адреса электронной почты.',
    letters: (shop) =>
      `Присылайте мне код, напоминания и предложения магазина «${shop}». Отписаться можно в любой момент.`,
    both: (shop) =>
      `Даю согласие на обработку моего адреса и на письма магазина «${shop}». Отписаться можно в любой момент.`,
    notice: (shop) => `Запрашивая код, вы соглашаетесь на письма магазина «${shop}». Отписаться можно в любой момент.`,
    privacy: 'Политика конфиденциальности',
    button: 'Прислать код',
    wrongAddress: 'Проверьте, пожалуйста, адрес: он должен выглядеть как name@example.com.',
    consentNeeded: 'Чтобы прислать вам код, нам нужно ваше согласие.',
    doneTitle: 'Проверьте, пожалуйста, почту',
    done: (shop) => `Если вы ещё не покупали в магазине «${shop}», письмо уже в пути.`,
    doubt: 'Через несколько минут ничего нет? Загляните в «Спам». Код — для тех, кто здесь ещё ничего не покупал.',
    toShop: 'Посмотреть, что есть в магазине',
    lostTitle: 'Эта ссылка не работает',
    lost: 'Она неполная, или того, кто её прислал, в магазине больше нет. Попросите друга прислать её ещё раз.',
    overTitle: 'Это приглашение больше не действует',
    over: (shop) => `Сейчас магазин «${shop}» не раздаёт кодов друзьям.`,
    worth: ({ kind, value = 0, gift }, money, percent) =>
      ({
        percent: `скидку ${percent}`,
        fixed: `скидку ${money(value)}`,
        shipping: 'бесплатную доставку',
        gift: `подарок: ${gift ?? ''}`,
        none: '',
      })[kind],
  },
};

export interface InvitationShop {
  name: string;
  url: string;
  currency: string;
  privacyUrl: string | null;
  consent: ConsentForm;
}

/** The words to agree to: a box for each, or none where asking is agreeing. */
function boxesOf(words: PageWords, { name, consent }: InvitationShop): string[] {
  switch (consent) {
    case 'both':
      return [words.data, words.letters(name)];
    case 'one':
      return [words.both(name)];
    case 'none':
      return [];
  }
}

/** What was agreed to, in the words that stood on the page; null where a box is not ticked. */
export function consentOf(lang: Locale, shop: InvitationShop, ticked: readonly string[]): string | null {
  const words = WORDS[lang];
  const boxes = boxesOf(words, shop);
  if (boxes.length === 0) return words.notice(shop.name);
  return boxes.every((_box, index) => ticked.includes(String(index))) ? boxes.join('\n') : null;
}

export interface Asked {
  lang: Locale;
  shop: InvitationShop;
  offer: Offer;
  /** What was wrong with the form. */
  wrong?: 'address' | 'consent';
}

export function invitationPage({ lang, shop, offer, wrong }: Asked): Promise<string> {
  const words = WORDS[lang];
  const money = (amount: number): string => formatMoney(amount, shop.currency, lang);
  const percent = new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 2 }).format(
    (offer.value ?? 0) / 100,
  );
  const title = words.title(words.worth(offer, money, percent), shop.name);
  const boxes = boxesOf(words, shop);
  const content = html`<main><h1>${title}</h1>
<p>${words.explain(offer.minOrder ? money(offer.minOrder) : null)}</p>
${wrong ? html`<p class="said" role="alert" id="wrong">${wrong === 'address' ? words.wrongAddress : words.consentNeeded}</p>` : ''}
<form method="post">
<label for="email">${words.address}</label>
<input type="email" id="email" name="email" required maxlength="254" autocomplete="email" ${wrong === 'address' ? html`aria-invalid="true" aria-describedby="wrong"` : ''}>
<div class="elsewhere" aria-hidden="true"><input name="hp" tabindex="-1" autocomplete="off"></div>
${boxes.map((text, index) => html`<label class="row"><input type="checkbox" name="agree" value="${index}" required><span>${text}</span></label>`)}
${boxes.length === 0 ? html`<p class="soft">${words.notice(shop.name)}</p>` : ''}
${shop.privacyUrl ? html`<p class="soft"><a href="${shop.privacyUrl}" rel="noreferrer">${words.privacy}</a></p>` : ''}
<p><button>${words.button}</button></p>
</form></main>`;
  return page({ lang, title, style: STYLE }, content);
}

/** The same for everybody who has asked. */
export function invitedPage(lang: Locale, { name, url }: InvitationShop): Promise<string> {
  const words = WORDS[lang];
  const content = html`<main><h1>${words.doneTitle}</h1><p>${words.done(name)}</p><p class="soft">${words.doubt}</p>${toShop(words, url)}</main>`;
  return page({ lang, title: words.doneTitle, style: FORM_STYLE }, content);
}

export function overPage(lang: Locale, { name, url }: InvitationShop): Promise<string> {
  const words = WORDS[lang];
  const content = html`<main><h1>${words.overTitle}</h1><p>${words.over(name)}</p>${toShop(words, url)}</main>`;
  return page({ lang, title: words.overTitle, style: FORM_STYLE }, content);
}

/** For a link that is none of ours: nobody's language is known but the browser's. */
export function lostPage(acceptLanguage: string | null): Promise<string> {
  const lang = localeOf(acceptLanguage?.slice(0, 2));
  const { lostTitle, lost } = WORDS[lang];
  return page({ lang, title: lostTitle, style: FORM_STYLE }, html`<main><h1>${lostTitle}</h1><p>${lost}</p></main>`);
}

const toShop = ({ toShop: text }: PageWords, url: string): Html =>
  html`<p class="rule"><a href="${url}" rel="noreferrer">${text}</a></p>`;
