import { describe, expect, it } from 'vitest';
import type { ClaimedOffer, Offer } from '../../core/rules/offer.ts';
import { LOCALES } from '../../core/values/locale.ts';
import type { LetterProps } from '../../emails/letter.ts';
import { renderLetter } from '../../emails/render-letter.ts';
import { MUG, propsIn, SHIRT } from './letter-props.ts';
import { textOf } from './text-of.ts';

/** The chain after an offer, every letter of which brings the code. */
const CHAIN = ['offer', 'reminder-1', 'reminder-2', 'last-chance'] as const;

const OFFERS: Offer[] = [
  { kind: 'percent', value: 10 },
  { kind: 'percent', value: 12.5, minOrder: 2000 },
  { kind: 'fixed', value: 15 },
  { kind: 'fixed', value: 15, minOrder: 50, tiers: [{ from: 90, kind: 'fixed', value: 30 }] },
  { kind: 'shipping' },
  { kind: 'gift', gift: 'a linen tea towel' },
  { kind: 'gift' },
  { kind: 'none' },
];

const every: [string, (typeof CHAIN)[number], LetterProps][] = CHAIN.flatMap((key) =>
  LOCALES.flatMap((locale) =>
    OFFERS.flatMap((offer) =>
      [true, false].flatMap((full) =>
        [[], [SHIRT], [SHIRT, MUG]].map((items): [string, typeof key, LetterProps] => [
          `${key} ${locale} ${JSON.stringify(offer)} ${full ? 'full' : 'bare'} ${items.length} items`,
          key,
          propsIn(locale, {
            offer,
            items,
            name: full ? 'Anna' : null,
            code: offer.kind === 'none' ? null : 'BACK-1',
            expiresAt: full ? Date.UTC(2026, 10, 30, 4, 59) : null,
          }),
        ]),
      ),
    ),
  ),
);

describe('the chain under every offer', () => {
  it.each(every)('%s is whole', (_, key, props) => {
    const { subject, html, text } = renderLetter(key, props);
    const said = `${subject}\n${text}\n${textOf(html)}`;
    expect(said).not.toMatch(/undefined|null|NaN|\[object/);
    expect(said).not.toMatch(/ {2}[^h]| [,.!?]|\(\)|“”|«»|,,|\.\./);
    expect(subject.length).toBeGreaterThan(5);
    expect(subject.length).toBeLessThan(90);
    for (const part of [textOf(html), text]) {
      expect(part).toContain('18 Harbour Street, Portland, ME 04101');
      expect(part.includes('BACK-1')).toBe(props.code !== null);
      for (const { title } of props.items) expect(part).toContain(title);
    }
    expect(html).toContain('href="https://l.example/u/token"');
    expect(text).toContain('https://l.example/u/token');
    expect(html.length).toBeLessThan(30_000);
  });

  it('tells at the code what a larger order gets, and nothing of it where there is no code', () => {
    const tiers = [
      { from: 100, kind: 'percent', value: 15 },
      { from: 200, kind: 'shipping' },
      { from: 250, kind: 'fixed', value: 60 },
    ] as const;
    const offer: Offer = { kind: 'percent', value: 10, tiers: [...tiers] };
    for (const [locale, said] of [
      ['en', ['15% off on orders from $100', 'Free shipping on orders from $200', '$60 off on orders from $250']],
      [
        'ru',
        [
          'Скидка 15 % при заказе от 100 $',
          'Бесплатная доставка при заказе от 200 $',
          'Скидка 60 $ при заказе от 250 $',
        ],
      ],
    ] as const) {
      const { html, text } = renderLetter('offer', propsIn(locale, { offer }));
      const without = renderLetter('offer', propsIn(locale, { offer, code: null }));
      for (const line of said) {
        for (const part of [textOf(html), text]) expect(part.replace(/[\u00a0\u202f]/g, ' ')).toContain(line);
        expect(without.text.replace(/[\u00a0\u202f]/g, ' ')).not.toContain(line);
      }
    }
  });

  it('shows the prices that the code makes, and says what it is for and what not', () => {
    const thing = (id: string, more: object = {}) => ({ id, title: id, price: 100, currency: 'USD', url: '', ...more });
    const items = [
      thing('Tea', { category: 'Tea' }),
      thing('Mug', { category: 'Mugs' }),
      thing('Pot', { category: 'Mugs', was: 120 }),
      thing('Jar', { category: 'Mugs' }),
    ];
    const offer: ClaimedOffer = {
      kind: 'percent',
      value: 10,
      on: 'items',
      exclude: { categories: ['tea'], reduced: true },
      tiers: [{ from: 200, kind: 'percent', value: 20 }],
      claimed: { items: ['Tea', 'Mug', 'Pot'], cart: 200 },
    };
    for (const [locale, said] of [
      [
        'en',
        [
          'Tea: $100\n',
          'Mug: $80 instead of $100',
          'Pot: $100 instead of $120',
          'Jar: $100\n',
          'On the items in this letter',
          'Not for tea, reduced items',
        ],
      ],
      [
        'ru',
        ['Tea: 100 $\n', 'Mug: 80 $ вместо 100 $', 'На товары из этого письма', 'Кроме: «tea», товары со скидкой'],
      ],
    ] as const) {
      const { html, text } = renderLetter('offer', propsIn(locale, { offer, items }));
      for (const line of said) expect(text.replace(/[\u00a0\u202f]/g, ' ')).toContain(line);
      expect(textOf(html).replace(/[\u00a0\u202f]/g, ' ')).toContain(said.at(-1));
      expect(renderLetter('offer', propsIn(locale, { offer, items, code: null })).text).not.toContain(said.at(-1));
    }
  });

  it('is the same for the same props', () => {
    expect(renderLetter('offer', propsIn('ru'))).toEqual(renderLetter('offer', propsIn('ru')));
  });
});

describe('a letter of 10% off', () => {
  const english = renderLetter('offer', propsIn('en'));
  const russian = renderLetter('offer', propsIn('ru'));

  it('greets by name, and well without one', () => {
    expect(english.text).toContain('Hi Anna,');
    expect(russian.text).toContain('Здравствуйте, Анна!'.replace('Анна', 'Anna'));
    expect(renderLetter('offer', propsIn('en', { name: null })).text).toContain('Hello,');
    expect(renderLetter('offer', propsIn('ru', { name: null })).text).toContain('Здравствуйте!');
  });

  it('shows each price before and after', () => {
    expect(english.text).toContain('Washed linen shirt: $75.60 instead of $84');
    expect(textOf(english.html)).toMatch(/\$75\.60\s+\$84/);
    expect(english.html).toMatch(/<s [^>]*>\$84<\/s>/);
    expect(english.text).toContain('Morning mug: $20.25 instead of $22.50');
  });

  it('shows no price where the page named none', () => {
    const { text, html } = renderLetter('offer', propsIn('en', { items: [{ ...SHIRT, price: null }] }));
    expect(text).toMatch(/^\* Washed linen shirt$/m);
    expect(html).not.toContain('<s ');
    expect(text).not.toContain('Your prices');
  });

  it('tells the true end of the code in the zone of the shop', () => {
    expect(english.text).toMatch(/Valid until November 29, 2026, 11:59\sPM\s\(ET\)/);
    expect(russian.text).toMatch(/Действует до 29 ноября 2026 г\., 23:59\s\(/u);
    const moscow = propsIn('ru', { timeZone: 'Europe/Moscow', expiresAt: Date.UTC(2026, 10, 29, 20, 59) });
    expect(spaced(renderLetter('offer', moscow).text)).toContain('29 ноября 2026 г., 23:59 (Москва)');
    const nowhere = renderLetter('offer', propsIn('en', { timeZone: 'Nowhere/Land' })).text;
    expect(spaced(nowhere)).toContain('November 30, 2026, 4:59 AM (UTC)');
  });

  it('names the smallest order beside the code and under the prices', () => {
    expect(spaced(english.text)).toContain('10% off, on orders from $50');
    expect(spaced(english.text)).toContain('Reduced prices apply to orders from $50.');
    const free = renderLetter('offer', propsIn('en', { offer: { kind: 'percent', value: 10 } })).text;
    expect(free).not.toContain('orders from');
  });

  it('leads to the first thing, or to the shop when there is none', () => {
    expect(english.text).toContain('Shop with 10% off:\nhttps://shop.example/shirt');
    expect(renderLetter('offer', propsIn('en', { items: [] })).text).toContain('https://shop.example/');
  });
});

describe('other offers', () => {
  it('leave single prices alone', () => {
    const { text, html } = renderLetter('reminder-2', propsIn('en', { offer: { kind: 'fixed', value: 15 } }));
    expect(text).toMatch(/^\* Washed linen shirt: \$84$/m);
    expect(html).not.toContain('<s ');
    expect(text).toContain('$15 off');
  });

  it('without a code speak of the things alone', () => {
    for (const key of CHAIN) {
      const { text, subject } = renderLetter(key, propsIn('en', { code: null }));
      expect(text).not.toMatch(/code|%|Valid until/);
      expect(subject).not.toMatch(/%/);
      expect(text).toContain('Washed linen shirt: $84');
    }
  });
});

describe('the Russian', () => {
  it('counts', () => {
    const subjectFor = (count: number): string =>
      renderLetter('reminder-1', propsIn('ru', { items: Array.from({ length: count }, () => SHIRT) })).subject;
    expect([1, 2, 3, 5].map((count) => spaced(subjectFor(count)))).toEqual([
      'Вы смотрели: «Washed linen shirt»',
      'Вы смотрели: «Washed linen shirt» и ещё 1 товар',
      'Вы смотрели: «Washed linen shirt» и ещё 2 товара',
      'Вы смотрели: «Washed linen shirt» и ещё 4 товара',
    ]);
  });

  it('keeps numbers with their words and prepositions with what follows', () => {
    const { subject, text } = renderLetter('last-chance', propsIn('ru', { currency: 'RUB' }));
    expect(subject).toBe('Последнее напоминание: скидка 10\u00a0% до\u00a029\u00a0ноября');
    expect(text).toContain('Больше мы\u00a0о\u00a0промокоде не\u00a0напишем.');
  });

  it('puts „лапки“ inside «ёлочки»', () => {
    const shop = { ...propsIn('ru').shop, name: 'Дом «Уют»' };
    expect(renderLetter('offer', propsIn('ru', { shop })).subject).toContain('«Дом „Уют“»');
  });
});

describe('the sheet', () => {
  const { html } = renderLetter('offer', propsIn('en'));

  it('speaks its language, fits dark mode and hides its preheader', () => {
    expect(html).toMatch(/^<!doctype html>\s*<html lang="en"/);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toMatch(/<div style="display:none[^>]*>The code inside is good until November 29\./);
  });

  it('gives every picture an alternative text and every layout table its role', () => {
    for (const [image] of html.matchAll(/<img [^>]*>/g)) expect(image).toMatch(/alt="[^"]+"/);
    for (const [table] of html.matchAll(/<table [^>]*>/g)) expect(table).toContain('role="presentation"');
  });

  it('takes the accent only as #rrggbb or #rgb', () => {
    const withAccent = (accent: string): string =>
      renderLetter('offer', propsIn('en', { shop: { ...propsIn('en').shop, brand: { accent } } })).html;
    expect(withAccent('#B4552D')).toContain('background-color:#b4552d');
    expect(withAccent('#A52')).toBe(withAccent('#aa5522'));
    for (const bad of ['red;}*{x:1', 'url(//x)', '</style>', '#ff']) expect(withAccent(bad)).toBe(html);
  });

  it('takes the corners in their proportion', () => {
    const cornersOf = (brand: object): string[] => {
      const shop = { ...propsIn('en').shop, brand };
      const page = renderLetter('offer', propsIn('en', { shop })).html;
      return [...new Set([...page.matchAll(/border-radius:(\S+?)[;"]/g)].map(([, radius]) => radius ?? ''))];
    };
    expect(cornersOf({})).toEqual(expect.arrayContaining(['20px', '12px']));
    expect(cornersOf({ radius: 20 })).toEqual(cornersOf({}));
    expect(cornersOf({ radius: 5 })).toEqual(expect.arrayContaining(['5px', '3px']));
    expect(cornersOf({ radius: 0 })).toEqual(['0px']);
  });

  it('writes on a pale accent in ink', () => {
    const shop = { ...propsIn('en').shop, brand: { accent: '#ffd84d' } };
    expect(renderLetter('offer', propsIn('en', { shop })).html).toMatch(/color:#1b1d1c">Shop with 10% off/);
  });

  it('never leaves without a way out', () => {
    expect(() => renderLetter('offer', propsIn('en', { unsubscribeUrl: 'javascript:alert(1)' }))).toThrow(RangeError);
  });
});

const spaced = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
