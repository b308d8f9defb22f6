import { describe, expect, it } from 'vitest';
import type { Item } from '../../core/catalogue/item.ts';
import { LETTER_KEYS } from '../../core/flows/flow.ts';
import { LOCALES } from '../../core/values/locale.ts';
import type { LetterProps } from '../../emails/letter.ts';
import { renderLetter } from '../../emails/render-letter.ts';
import { safeUrl } from '../../emails/safe-url.ts';
import { launchBrowser } from '../support/browser.ts';
import { fullProps, ORDER, propsIn, SHIRT } from './letter-props.ts';

const TEXTS = [
  '<script>canary()</script>',
  '"><img src=x onerror=canary()>',
  "' onmouseover='canary()",
  '</td></table></body><svg onload=canary()>',
  '--><script>canary()</script><!--',
  '<![endif]--><img src="http://canary.test/1">',
  '</title></style><script>canary()</script>',
  '&lt;script&gt;canary()&lt;/script&gt;',
  '&#60;script&#62;canary()',
  '{{constructor.constructor("canary()")()}}',
  'Shirt\r\nBcc: victim@x.example\r\n\r\n<p>new body',
  'Shirt \u202Egpj.exe\u2066\u200F',
  'Shirt\0\u2028\u2029\ud800 end',
  'x'.repeat(50_000),
];

const URLS = [
  'javascript:canary()',
  ' java\nscript:canary()',
  'JaVaScRiPt:canary()',
  'data:text/html,<script>canary()</script>',
  'data:image/svg+xml,<svg onload=canary()>',
  'vbscript:canary()',
  'file:///etc/passwd',
  '//canary.test/x',
  '/relative',
  'https://shop.example@canary.test/',
  'https://user:word@canary.test/',
  'https://',
  '',
  `https://shop.example/${'x'.repeat(5_000)}`,
];

const TRICKY_URL = `https://shop.example/"onclick="canary()'><script>?q=<b>&a=1&amp;b=2#"'>`;

/** Everything a letter can tell, with this text wherever text from outside may stand. */
const hostile = (text: string): Partial<LetterProps> => {
  const full = fullProps('en');
  const item = { ...SHIRT, title: text, currency: text };
  return {
    ...full,
    name: text,
    nameParts: { patronymic: text, last: text },
    nameStyle: 'formal',
    code: text,
    items: [item],
    offer: { kind: 'gift', gift: text },
    currency: text,
    timeZone: text,
    shop: {
      name: text,
      url: 'https://shop.example/',
      postalAddress: text,
      brand: {
        accent: text,
        logo: text,
        font: text as 'serif',
        footer: text,
        social: [{ name: text, url: 'https://social.example/' }],
      },
    },
    order: { ...ORDER, number: text, currency: text, tracking: text, items: [{ title: text, quantity: 2, price: 4 }] },
    recommendations: { reason: 'popular', category: text, items: [item] },
    reviews: [{ author: text, stars: 5, text }],
    facts: { delivery: text, returns: text, choosing: text, replyTo: text },
    holiday: { name: text },
    ends: { what: text, at: 0, daysLeft: 3 },
    download: { title: text, url: 'https://shop.example/guide.pdf' },
    answer: text,
  };
};

/** Letters that together show every part. */
const SINKS = LOCALES.flatMap((locale) =>
  (['offer', 'browse-1', 'order-delayed', 'form-answer'] as const).map((key) => ({ locale, key })),
);

describe('what strangers typed', () => {
  it.each(TEXTS.map((text) => [text.slice(0, 60), text]))('%j changes no tag and no attribute', (_, text) => {
    for (const key of LETTER_KEYS) {
      const letter = renderLetter(key, propsIn('en', hostile(text)));
      expect(skeleton(letter.html)).toEqual(skeleton(renderLetter(key, propsIn('en', hostile('plain'))).html));
      expect(letter.subject).not.toMatch(/\p{Cc}|[\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
      expect(letter.text).not.toMatch(/[\u2028\u2029\u202A-\u202E\u2066-\u2069\0]/);
      expect(letter.text).not.toMatch(/^Bcc/m);
      expect(letter.html.length).toBeLessThan(60_000);
    }
  });

  it.each(URLS.map((url) => [url.slice(0, 60), url]))('a link to %j is left out', (_, url) => {
    expect(safeUrl(url)).toBeNull();
    const items: Item[] = [{ ...SHIRT, url, image: url }];
    const shop = { ...propsIn('en').shop, url, brand: { logo: url, social: [{ name: 'Elsewhere', url }] } };
    const order = { ...ORDER, payUrl: url, trackingUrl: url, items: [{ title: 'Shirt', quantity: 1, price: 9, url }] };
    const links = {
      buttonUrl: url,
      scoreUrl: url,
      reasonsUrl: url,
      starsUrl: url,
      referralUrl: url,
      subscribeUrl: url,
    };
    const download = { title: 'A guide', url };
    const recommendations = { reason: 'new' as const, items };
    const props = propsIn('en', { items, shop, order, download, recommendations, preferencesUrl: url, ...links });
    for (const key of LETTER_KEYS) {
      const { html, text } = renderLetter(key, props);
      expect(addresses(html)).toEqual(['https://l.example/u/token']);
      expect(text).not.toContain('canary');
    }
  });

  it('a tricky but honest link stays inside its attribute', () => {
    const items = [{ ...SHIRT, url: TRICKY_URL, image: TRICKY_URL }];
    const { html } = renderLetter('offer', propsIn('en', { items }));
    expect(skeleton(html)).toEqual(skeleton(renderLetter('offer', propsIn('en', { items: [SHIRT] })).html));
    for (const address of addresses(html)) expect(new URL(address).protocol).toBe('https:');
  });

  it('runs nothing and calls nobody in a browser', { timeout: 120_000 }, async () => {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const ran: string[] = [];
      const called: string[] = [];
      await page.exposeFunction('canary', () => ran.push('canary'));
      await page.route('**', (route) => {
        called.push(new URL(route.request().url()).host);
        return route.abort();
      });
      await page.setContent('<img src="http://shop.example/x" onerror="canary()">', { waitUntil: 'load' });
      await expect.poll(() => ran.splice(0), { message: 'the canary sings when markup gets through' }).toHaveLength(1);
      for (const text of [...TEXTS, ...URLS, TRICKY_URL]) {
        const items = [{ ...SHIRT, title: text, url: text, image: text }];
        const props = { ...hostile(text), items };
        for (const { locale, key } of SINKS) {
          const { html } = renderLetter(key, propsIn(locale, { ...props, locale }));
          await page.setContent(html, { waitUntil: 'load' });
          await page.evaluate(() => {
            for (const element of document.querySelectorAll('*')) {
              element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
            }
          });
        }
      }
      expect(ran).toEqual([]);
      expect(new Set(called)).toEqual(new Set(['shop.example']));
    } finally {
      await browser.close();
    }
  });
});

/** Tags with the names of their attributes, in order: what text must not be able to change. */
function skeleton(html: string): string[] {
  return [...html.matchAll(/<!--\[.*?\]-->|<\/?[a-z][^\s>]*(?:\s+[a-z-]+(?:="[^"]*")?)*\s*>/gi)].map(([tag]) =>
    tag.replace(/="[^"]*"/g, ''),
  );
}

const addresses = (html: string): string[] =>
  [...html.matchAll(/(?:href|src|background|action)="([^"]*)"/g)].map(([, address]) => address ?? '');
