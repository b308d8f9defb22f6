/**
 * `node test/pages/draw.ts`: draws what links in letters lead to into `docs/pages/`, in both languages, wide and on a phone,
 * for somebody to look at. `OUT=` another folder.
 */

import { join } from 'node:path';
import { confirmPage } from '../../api/pages/confirm.ts';
import { type InvitationShop, invitationPage, invitedPage } from '../../api/pages/invitation.ts';
import { npsPage, npsThanksPage } from '../../api/pages/nps.ts';
import { type PreferencesPage, preferencesPage } from '../../api/pages/preferences.ts';
import { reasonPage, reasonThanksPage } from '../../api/pages/reasons.ts';
import { reviewPage, reviewThanksPage } from '../../api/pages/review.ts';
import { unsubscribePage } from '../../api/pages/unsubscribe.ts';
import { LOCALES, type Locale } from '../../core/values/locale.ts';
import { launchBrowser } from '../support/browser.ts';

const FOLDER = process.env.OUT ?? join(import.meta.dirname, '../../docs/pages');
const WIDTHS = [1280, 390];

const NAMES: Record<Locale, string> = { en: 'Fern & Loom', ru: 'Ткань и папоротник' };
const THINGS: Record<Locale, string> = { en: 'Wool throw “Fern”', ru: 'Шерстяной плед «Папоротник»' };

function pagesIn(locale: Locale): Record<string, Promise<string>> {
  const shop = { name: NAMES[locale], brand: {} };
  const asking: InvitationShop = {
    name: NAMES[locale],
    url: 'https://shop.example/',
    currency: locale === 'ru' ? 'RUB' : 'EUR',
    privacyUrl: 'https://shop.example/privacy',
    consent: 'both',
  };
  const item = { id: '1', title: THINGS[locale], price: 90, currency: asking.currency, url: asking.url, image: null };
  const links = { preferencesPath: '#', reasonPath: '#' };
  const chosen: PreferencesPage = {
    locale,
    shop,
    timeZone: 'Europe/Moscow',
    subscribed: true,
    topics: [
      { topic: 'leaving', wanted: true },
      { topic: 'cart', wanted: true },
      { topic: 'after-sale', wanted: true },
      { topic: 'birthday', wanted: false },
    ],
    pausedUntil: null,
    saved: true,
  };
  return {
    confirm: confirmPage(locale, shop, false),
    confirmed: confirmPage(locale, shop, true),
    preferences: preferencesPage(chosen),
    nps: npsPage({ locale, shop, score: 9, missing: false }),
    'nps-thanks': npsThanksPage(locale, shop),
    reasons: reasonPage(locale, shop, '#'),
    'reasons-thanks': reasonThanksPage(locale, shop),
    review: reviewPage({ locale, shop, name: null, items: [{ ...item, category: null }], stars: 4, missing: false }),
    'review-thanks': reviewThanksPage(locale, shop, true),
    unsubscribe: unsubscribePage({ locale, shop, subscribed: true, ...links }),
    unsubscribed: unsubscribePage({ locale, shop, subscribed: false, ...links }),
    invitation: invitationPage({ lang: locale, shop: asking, offer: { kind: 'percent', value: 10, minOrder: 50 } }),
    invited: invitedPage(locale, asking),
  };
}

const browser = await launchBrowser();
for (const width of WIDTHS) {
  const page = await browser.newPage({ viewport: { width, height: 200 } });
  for (const locale of LOCALES)
    for (const [name, html] of Object.entries(pagesIn(locale))) {
      await page.setContent(await html);
      await page.screenshot({ path: join(FOLDER, `${name}-${locale}-${width}.png`), fullPage: true });
    }
}
await browser.close();
