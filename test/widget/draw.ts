/**
 * `node test/widget/draw.ts`: draws the popup into `docs/popup/`: every format and what may stand in it, in both languages, wide
 * and on a phone, for somebody to look at. `OUT=` another folder; `SHEET=` the sheets whose names begin so.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Popup, PopupFormat, Theme } from '../../core/rules/popup.ts';
import type { Locale } from '../../core/values/locale.ts';
import type { Config, PublicRule } from '../../core/visits/wire.ts';
import { findProduct } from '../../demo/catalogue.ts';
import { pictureFor } from '../../demo/picture.ts';
import { buildWidget } from '../../widget/build.ts';
import { launchBrowser } from '../support/browser.ts';
import { config, openRecorder, type Recorder, rule, summary, taken } from './recorder.ts';
import { newVisitor, type Visitor } from './visitor.ts';

const FOLDER = process.env.OUT ?? join(import.meta.dirname, '../../docs/popup');
/** A popup that has just come hears no press: whoever was about to press something else meant that. */
const DEAF_MS = 550;
const HEIGHTS: Record<number, number> = { 1280: 760, 390: 780, 320: 620 };
/** Of a picture on its sheet. */
const SCALES: Record<number, number> = { 1280: 0.5, 390: 0.62, 320: 0.75 };

/** One picture in each language. */
interface Shot {
  popup: Partial<Popup>;
  offer?: Partial<PublicRule['offer']>;
  settings?: Partial<Config['settings']>;
  /** More things than the one of the page. */
  many?: boolean;
  sold?: boolean;
  apply?: boolean;
  forced?: boolean;
  act?(visitor: Visitor, locale: Locale): Promise<void>;
}

interface Sheet {
  file: string;
  width: 1280 | 390 | 320;
  shots: Shot[];
  /** Of the pictures' own size; a column each, or so many. */
  scale?: number;
  columns?: number;
}

const press =
  (...selectors: string[]): NonNullable<Shot['act']> =>
  async ({ popup }) => {
    for (const selector of selectors) await popup.locator(selector).click();
  };

async function answer({ popup }: Visitor, address = 'anna@example.com'): Promise<void> {
  await popup.locator('#email').fill(address);
  for (const box of await popup.locator('[type=checkbox]').all()) await box.check();
  await popup.locator('form .accept').click();
}

const FOLD: Partial<Record<PopupFormat, string>> = { bar: '.tease .accept', tab: '.pull' };
const asks = (format: PopupFormat): Shot[] => {
  const fold = FOLD[format];
  return fold ? [{ popup: { format } }, { popup: { format }, act: press(fold) }] : [{ popup: { format } }];
};
const FIELDS: Popup['fields'] = { name: 'required', birthday: 'optional', phone: 'optional' };
const ACT: Partial<Popup> = { steps: ['act'], act: { act: 'share', network: 'vk' } };
const BOTH = { settings: { consent: 'both' } } as const;
const LACKS: Shot['offer'] = { minOrder: 80 };

const wide = (shots: Shot[]) => ({ width: 1280 as const, shots });
const phone = (shots: Shot[]) => ({ width: 390 as const, shots });
const inBoth = (file: string, shots: Shot[], narrow = shots): Sheet[] => [
  { file: `${file}-1280`, ...wide(shots) },
  { file: `${file}-390`, ...phone(narrow) },
];

const themed = (format: PopupFormat, theme: Theme): Shot => ({ popup: { format, theme } });

const ALL = (['modal', 'sheet', 'slide', 'bar', 'tab', 'inline'] as const).map((format) => ({ popup: { format } }));

const SHEETS: Sheet[] = [
  { file: 'all-1280', ...wide(ALL), scale: 0.3, columns: 4 },
  { file: 'all-390', ...phone(ALL), scale: 0.42, columns: 6 },
  ...(['modal', 'sheet', 'slide', 'bar', 'tab', 'inline'] as const).flatMap((format) => inBoth(format, asks(format))),
  ...inBoth('many', [{ popup: { format: 'modal' }, many: true }]),
  ...inBoth('reviews', [
    { popup: { format: 'modal', reviews: 'shop' } },
    { popup: { format: 'slide', reviews: 'shop' } },
  ]),
  ...inBoth('fields', [{ popup: { format: 'modal', fields: FIELDS }, ...BOTH }]),
  ...inBoth('act', [{ popup: { format: 'modal', ...ACT } }]),
  ...inBoth('progress', [
    { popup: { format: 'bar', steps: ['progress'] }, offer: { kind: 'shipping', ...LACKS }, many: true },
    { popup: { format: 'inline', steps: ['progress'] }, offer: LACKS, many: true },
  ]),
  ...inBoth('waiting', [{ popup: { format: 'modal' }, sold: true }]),
  ...inBoth('apply', [{ popup: { format: 'modal' }, apply: true, act: (visitor) => answer(visitor) }]),
  ...inBoth('steps', [
    { popup: { format: 'slide', steps: ['tease'] } },
    { popup: { format: 'slide', steps: ['reason'] }, act: press('form .decline') },
  ]),
  {
    file: 'themes',
    ...wide([
      themed('modal', { background: '#1d2430', text: '#eef1f6', accent: '#e0b15a', radius: 6, font: 'serif' }),
      themed('slide', { background: '#fff4e8', text: '#3a2313', accent: '#c2410c', radius: 28, side: 'left' }),
    ]),
  },
  {
    file: 'errors-320',
    width: 320,
    shots: [{ popup: { format: 'modal', fields: FIELDS }, ...BOTH, act: press('form .accept') }],
  },
  { file: 'forced-colours', ...wide([{ popup: { format: 'modal' }, forced: true }]) },
];

const WORDS = {
  en: {
    shop: 'Hearth & Hush',
    language: 'en-US',
    about: 'Thick stoneware under a matt moss glaze. The spout pours without a drip, and the lid stays where it is.',
    opinions: [
      { stars: 5, author: 'Anna', text: 'Pours without a drop, and the lid stays put. We use it every morning.' },
      { stars: 4, author: 'Martin', text: 'Smaller than I thought, but so well made that it stays.' },
    ],
  },
  ru: {
    shop: '«Тёплый дом»',
    language: 'ru-RU',
    about: 'Толстая керамика под матовой зелёной глазурью. Носик льёт без капель, а крышка держится на месте.',
    opinions: [
      { stars: 5, author: 'Анна', text: 'Льёт без единой капли, крышка сидит плотно. Пьём из него каждое утро.' },
      { stars: 4, author: 'Марина', text: 'Меньше, чем я думала, но сделан так хорошо, что остаётся у нас.' },
    ],
  },
} as const;

const GOODS = ['stoneware-teapot', 'two-cups', 'oak-tray'];

function goodsIn(locale: Locale, origin: string) {
  return GOODS.flatMap((id) => findProduct(id) ?? []).map(({ id, price, text }) => ({
    id,
    title: text[locale].name,
    price: locale === 'ru' ? price : price / 100,
    currency: locale === 'ru' ? 'RUB' : 'EUR',
    image: `${origin}/${id}.svg`,
    url: `${origin}/${id}`,
  }));
}

/** A shop's page of one thing, with a place for `inline`. */
function pageOf(shop: Recorder, locale: Locale, { many, sold, apply }: Shot): string {
  const [item, ...others] = goodsIn(locale, shop.url);
  const { shop: name, about } = WORDS[locale];
  const offers = {
    price: item?.price,
    priceCurrency: item?.currency,
    availability: sold ? 'OutOfStock' : 'InStock',
  };
  const markup = { '@type': 'Product', name: item?.title, sku: item?.id, image: item?.image, offers };
  const cart = { currency: item?.currency, items: (many ? others : []).map((one) => ({ ...one, quantity: 1 })) };
  return `<!doctype html><html lang="${locale}"><meta name="viewport" content="width=device-width"><title>${name}</title>
<script type="application/ld+json">${JSON.stringify(markup)}</script>
${apply ? '<script>window.Shopify = { shop: "x.myshopify.com" }</script>' : ''}TAG
<script>linger = window.linger || function () { (linger.q = linger.q || []).push(arguments) }; ${many ? `linger('cart', ${JSON.stringify(cart)})` : ''}</script>
<style>body { max-width: 60rem; margin: 0 auto; padding: 1.25rem; font: 17px/1.6 system-ui, sans-serif; color: #33302b; background: #f8f6f1 }
main { display: grid; gap: 2rem; margin-top: 1.5rem } main > img { width: 100%; aspect-ratio: 1; border-radius: 8px; background: #d9d1c1 }
h1 { margin: 0; font-size: 1.8rem; line-height: 1.2 } @media (min-width: 700px) { main { grid-template-columns: 1fr 1fr } }</style>
<b>${name}</b><main><img src="${item?.image}" alt=""><div><h1>${item?.title}</h1><p>${about}</p></div></main><div data-linger-inline style="margin-top:2rem"></div>
<div style="height:60rem"></div>`;
}

async function draw(
  browser: Browser,
  shop: Recorder,
  { shot, locale, width }: { shot: Shot; locale: Locale; width: number },
) {
  const { shop: name, language, opinions } = WORDS[locale];
  const goods = goodsIn(locale, shop.url);
  const currency = goods[0]?.currency ?? '';
  shop.reset();
  for (const { image } of goods) {
    const path = new URL(image).pathname;
    shop.pages[path] = pictureFor(path.slice(1, -'.svg'.length)) ?? '';
  }
  shop.pages['/p'] = pageOf(shop, locale, shot);
  const minOrder = shot.offer?.minOrder && locale === 'ru' ? { minOrder: shot.offer.minOrder * 100 } : {};
  const offer = { kind: 'percent', value: 10, expiresIn: '7d', ...shot.offer, ...minOrder } as PublicRule['offer'];
  shop.config = config([rule({ moment: 'manual', offer, popup: { format: 'modal', ...shot.popup } })], {
    consent: 'one',
    privacyUrl: 'https://shop.example/privacy',
    ...shot.settings,
  });
  Object.assign((shop.config.body as Config).shop, { name, currency, locale });
  shop.visits = summary();
  shop.claims = taken(
    shot.apply
      ? { status: 'shown', code: 'BACK-7KQ2M-9FX4TR', expiresAt: new Date(Date.now() + 6.4 * 86_400_000).toISOString() }
      : { status: 'sent' },
  );
  shop.answers['/v1/reviews/published'] = {
    status: 200,
    body: { count: 2, average: 4.5, data: opinions.map((one) => ({ ...one, item: { id: GOODS[0] } })) },
  };
  const visitor = await newVisitor(browser, { locale: language, width });
  const { page, popup } = visitor;
  if (shot.forced) await page.emulateMedia({ forcedColors: 'active' });
  await page.setViewportSize({ width, height: HEIGHTS[width] ?? 800 });
  await page.goto(`${shop.url}/p`);
  await page.waitForFunction(() => localStorage.getItem('linger')?.includes('"arms"'));
  await page.evaluate((inline) => {
    if (inline) document.querySelector('[data-linger-inline]')?.scrollIntoView({ block: 'start' });
    (window as unknown as { linger(name: string): void }).linger('open');
  }, shot.popup.format === 'inline');
  await popup.locator('#title').waitFor({ state: 'attached' });
  await page.waitForTimeout(DEAF_MS);
  await shot.act?.(visitor, locale);
  // Away from what it has pressed.
  await page.mouse.move(4, 400);
  await page.waitForTimeout(DEAF_MS);
  if (shot.popup.format === 'inline') await popup.evaluate((host) => host.scrollIntoView({ block: 'center' }));
  const picture = await page.screenshot({ animations: 'disabled' });
  await visitor.close();
  return picture;
}

async function drawSheet(browser: Browser, shop: Recorder, sheet: Sheet): Promise<void> {
  const { file, width, shots, scale = SCALES[width] ?? 1 } = sheet;
  const pictures: Buffer[] = [];
  for (const locale of ['en', 'ru'] as const)
    for (const shot of shots) pictures.push(await draw(browser, shop, { shot, locale, width }));
  const side = Math.round(width * scale);
  const columns = sheet.columns ?? (width === 1280 ? 2 : pictures.length);
  const page = await browser.newPage({ viewport: { width: columns * (side + 12) + 12, height: 200 } });
  const images = pictures.map((one) => `<img src="data:image/png;base64,${one.toString('base64')}" width="${side}">`);
  // Wide ones stand beside their translation, narrow ones above it.
  const order = width === 1280 ? shots.flatMap((_shot, at) => [images[at], images[at + shots.length]]) : images;
  await page.setContent(
    `<body style="display:flex;flex-wrap:wrap;gap:12px;margin:0;padding:12px;background:#e5e4df">${order.join('')}</body>`,
  );
  const size = await page.evaluate(() => ({ width: innerWidth, height: document.body.scrollHeight }));
  await page.setViewportSize(size);
  writeFileSync(join(FOLDER, `${file}.png`), await page.screenshot());
  await page.close();
}

mkdirSync(FOLDER, { recursive: true });
await buildWidget({ quiet: true });
const [browser, shop] = await Promise.all([launchBrowser(), openRecorder()]);
for (const sheet of SHEETS) {
  if (!sheet.file.startsWith(process.env.SHEET ?? '')) continue;
  await drawSheet(browser, shop, sheet);
  console.log(sheet.file);
}
await browser.close();
await shop.close();
