/**
 * `node test/emails/draw.ts`: draws every letter into `docs/letters/`: all of them on sheets in both languages, wide and on a
 * phone, in the dark and with pictures off, for somebody to look at. `OUT=` another folder; `LETTER=` one letter at full size.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { ONLY_RECOMMENDING, type RecommendationReason, WISHES } from '../../core/catalogue/recommend.ts';
import { LETTER_KEYS, type LetterKey } from '../../core/flows/flow.ts';
import type { Locale } from '../../core/values/locale.ts';
import { PRODUCTS } from '../../demo/catalogue.ts';
import { pictureFor } from '../../demo/picture.ts';
import type { LetterItem, LetterProps } from '../../emails/letter.ts';
import { renderLetter } from '../../emails/render-letter.ts';
import { launchBrowser } from '../support/browser.ts';
import { fullProps } from './letter-props.ts';

const FOLDER = process.env.OUT ?? join(import.meta.dirname, '../../docs/letters');

interface View {
  file: string;
  locale: Locale;
  width: 360 | 720;
  dark?: boolean;
  pictures?: boolean;
  letters: readonly LetterKey[];
}

const SOME: LetterKey[] = [
  'offer',
  'cart-1',
  'browse-1',
  'order-shipped',
  'nps',
  'review-request',
  'why',
  'cross-sell-1',
  'holiday',
  'service-end',
];

const VIEWS: View[] = [
  { file: 'all-en-720', locale: 'en', width: 720, letters: LETTER_KEYS },
  { file: 'all-ru-360', locale: 'ru', width: 360, letters: LETTER_KEYS },
  { file: 'dark-ru-720', locale: 'ru', width: 720, dark: true, letters: SOME },
  { file: 'no-pictures-en-360', locale: 'en', width: 360, pictures: false, letters: SOME },
];

const WITHOUT_CODE: readonly LetterKey[] = [
  'browse-2',
  'long-time',
  'thanks',
  'cross-sell-1',
  'cross-sell-2',
  'price-drop',
  'service-end',
  'last-letter',
];

const DESCRIPTION = {
  en: 'Thrown by hand, glazed inside and out. Holds 0.9 litres and keeps tea warm for an hour.',
  ru: 'Сделан вручную, покрыт глазурью внутри и снаружи. Вмещает 0,9 литра, чай остаётся тёплым около часа.',
};
const REVIEWS = {
  en: ['It pours without a drip, and it is lovely to hold.', 'The green is a little darker than in the picture.'],
  ru: ['Льёт без единой капли, и держать приятно.', 'Зелёный чуть темнее, чем на фото.'],
};

const PICTURES = 'https://shop.example/pictures/';

const reasonFor = (key: LetterKey): RecommendationReason =>
  key.startsWith('holiday') ? 'gift' : (WISHES[key]?.reasons[0] ?? 'popular');

/** The demo shop's goods in place of those that the tests count on. */
function propsOf(key: LetterKey, locale: Locale): LetterProps {
  const currency = locale === 'ru' ? 'RUB' : 'EUR';
  const goods = PRODUCTS.map(
    ({ id, price, text }): LetterItem => ({
      id,
      title: text[locale].name,
      price: locale === 'ru' ? price : price / 100,
      currency,
      url: `https://shop.example/${id}`,
      image: `${PICTURES}${id}`,
    }),
  );
  const [first, second, ...rest] = goods;
  if (!first || !second) throw new Error('The demo shop has run out of goods.');
  const items = itemsOf(key, locale, { first, second, rest });
  const base = fullProps(locale, { currency, timeZone: locale === 'ru' ? 'Europe/Moscow' : 'Europe/Berlin' });
  const total = (first.price ?? 0) + 2 * (second.price ?? 0);
  const {
    delayedUntil,
    due: _due,
    ...order
  } = {
    ...base.order,
    number: '1042',
    items: [
      { ...first, quantity: 1 },
      { ...second, quantity: 2 },
    ],
    total,
    refunded: second.price ?? 0,
    currency,
  };
  return {
    ...base,
    shop: { ...base.shop, brand: { ...base.shop.brand, font: 'system' } },
    items,
    offer: { kind: 'percent', value: 10, minOrder: locale === 'ru' ? 2000 : 20 },
    // As the recipes send them.
    ...(WITHOUT_CODE.includes(key) ? { code: null, offer: { kind: 'none' } } : {}),
    reviews: base.reviews?.map((review, index) => ({ ...review, text: REVIEWS[locale][index] ?? review.text })) ?? [],
    order: {
      ...order,
      ...(key === 'order-awaiting-payment' ? { due: total } : {}),
      ...(key === 'order-delayed' && delayedUntil ? { delayedUntil } : {}),
    },
    recommendations: {
      reason: reasonFor(key),
      items: ONLY_RECOMMENDING.some((one) => one === key) ? [] : rest.slice(0, 2),
    },
  };
}

interface Goods {
  first: LetterItem;
  second: LetterItem;
  rest: LetterItem[];
}

/** What goes with the order, what was looked at, or nothing where the letter is about nothing yet. */
function itemsOf(key: LetterKey, locale: Locale, { first, second, rest }: Goods): LetterItem[] {
  if (key === 'welcome-2' || key === 'miss-you') return [];
  const [third = first, fourth = second] = rest;
  if (key === 'cross-sell-1') return [{ ...third, stockLeft: 3 }, fourth];
  if (key === 'cross-sell-2') return [fourth, third];
  if (key === 'price-drop') return [{ ...first, was: Math.round((first.price ?? 0) * 1.25) }];
  if (key === 'browse-1')
    return [{ ...first, description: DESCRIPTION[locale], rating: { average: 4.7, count: 23 } }, second];
  return [first, second];
}

async function drawSheet(browser: Browser, view: View): Promise<void> {
  const crowded = view.letters.length > 10;
  const scale = view.width === 720 || crowded ? 0.4 : 0.6;
  const columns = Math.min(view.letters.length, crowded ? 8 : 4);
  const page = await browser.newPage({
    viewport: { width: Math.ceil(columns * (view.width * scale + 16)) + 16, height: 900 },
    colorScheme: view.dark ? 'dark' : 'light',
  });
  await page.route(/^https:/, (route) => {
    const name = route.request().url().replace(PICTURES, '');
    const body = view.pictures === false ? undefined : pictureFor(name);
    return body ? route.fulfill({ contentType: 'image/svg+xml', body }) : route.abort();
  });
  await page.setContent('<body style="margin:16px 0 0 16px;font:13px sans-serif;background:#8a8f8c"></body>');
  const letters = view.letters.map((key) => ({ key, ...renderLetter(key, propsOf(key, view.locale)) }));
  await page.evaluate(
    async ({ letters, width, scale, columns }) => {
      const stacks = Array.from({ length: columns }, () => document.createElement('div'));
      for (const stack of stacks) stack.style.cssText = `float:left;width:${width * scale}px;margin-right:16px`;
      document.body.append(...stacks);
      for (const { key, html } of letters) {
        const name = document.createElement('p');
        name.textContent = key;
        name.style.cssText = 'margin:0 0 4px;color:#fff';
        const frame = document.createElement('iframe');
        frame.width = String(width);
        frame.style.cssText = `border:0;transform:scale(${scale});transform-origin:0 0`;
        const box = document.createElement('div');
        box.append(frame);
        const shortest = stacks.reduce((low, stack) => (stack.offsetHeight < low.offsetHeight ? stack : low));
        shortest.append(name, box);
        const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
        frame.srcdoc = html;
        await loaded;
        const height = frame.contentDocument?.documentElement.scrollHeight ?? 0;
        frame.height = String(height);
        box.style.cssText = `height:${height * scale}px;margin-bottom:16px;overflow:hidden`;
      }
    },
    { letters, width: view.width, scale, columns },
  );
  await page.screenshot({ path: join(FOLDER, `${view.file}.png`), fullPage: true });
  await page.close();
}

mkdirSync(FOLDER, { recursive: true });
const one = LETTER_KEYS.find((key) => key === process.env.LETTER);
const browser = await launchBrowser();
try {
  for (const view of VIEWS) {
    const file = one ? `${one}-${view.file}` : view.file;
    await drawSheet(browser, one ? { ...view, file, letters: [one] } : view);
    console.log(`${file}.png`);
  }
} finally {
  await browser.close();
}
