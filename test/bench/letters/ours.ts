/** The offer letter as Linger renders it: words chosen, money and dates formatted, html and text. */

import type { LetterProps } from '../../../emails/letter.ts';
import { renderLetter, renderOwnLetter } from '../../../emails/render-letter.ts';

const HOME = 'https://shop.example/';

/** Every letter has a code and a name of its own, so that nothing can be kept from one to the next. */
export const propsOf = (number: number): LetterProps => ({
  shop: { name: 'Linen & Clay', url: HOME, postalAddress: '18 Harbour Street, Portland, ME 04101', brand: {} },
  locale: 'en',
  timeZone: 'America/New_York',
  currency: 'USD',
  name: number % 2 ? 'Anna' : 'Peter',
  items: ['Washed linen shirt', 'Morning mug', 'Willow basket'].map((title, n) => ({
    id: `${n}`,
    title,
    price: 84 + n,
    currency: 'USD',
    url: `${HOME}${n}`,
    image: `${HOME}${n}.jpg`,
  })),
  offer: { kind: 'percent', value: 10, minOrder: 50 },
  code: `BACK-${number}`,
  expiresAt: Date.UTC(2026, 10, 30, 4, 59),
  unsubscribeUrl: `https://l.example/u/${number}`,
});

/** The characters of html and text, so that no engine can leave the work undone. */
export function render(number: number): Promise<number> {
  const { html, text } = renderLetter('offer', propsOf(number));
  return Promise.resolve(html.length + text.length);
}

const WORDS = {
  subject: '{{ contact.first_name }}, {{ offer.benefit }} for you',
  html: '<h1>Thank you for stopping by</h1><p>{{ greeting }}</p><p>Here is the code we promised, good until {{ expires.day }}.</p>{% part coupon %}<table width="100%">{% for item in items %}<tr><td><a href="{{ item.url }}"><img src="{{ item.image }}" alt="{{ item.title }}" width="88" height="88"></a></td><td style="padding:16px 0 16px 20px"><a href="{{ item.url }}">{{ item.title }}</a><br><b>{{ item.price }}</b> <s>{{ item.was }}</s></td></tr>{% endfor %}</table>{% part to-shop %}',
};

/** The same in a shop's own words: written out, cleaned, and made into text. */
export function renderOwn(number: number): Promise<number> {
  const { html, text } = renderOwnLetter('offer', propsOf(number), { words: WORDS, link: (url) => url });
  return Promise.resolve(html.length + text.length);
}
