import { describe, expect, it } from 'vitest';
import { LETTER_KEYS } from '../../core/flows/flow.ts';
import { LOCALES } from '../../core/values/locale.ts';
import type { NameStyle } from '../../core/values/person-name.ts';
import type { LetterProps } from '../../emails/letter.ts';
import { addressed, type NameParts } from '../../emails/naming.ts';
import { renderLetter } from '../../emails/render-letter.ts';
import { fullProps, MUG, ORDER, propsIn, SHIRT } from './letter-props.ts';

const ORDER_LETTERS = LETTER_KEYS.filter((key) => key.startsWith('order-'));
const inBoth = <T>(keys: readonly T[]) => LOCALES.flatMap((locale) => keys.map((key) => [key, locale] as const));
const spaced = (text: string): string => text.replace(/[\u00a0\u2009\u202f]/g, ' ');
const bodyOf = (key: Parameters<typeof renderLetter>[0], props: LetterProps): string => {
  const { subject, text } = renderLetter(key, props);
  return spaced(`${subject}\n${text.split('\n-- \n')[0]}`);
};

describe('letters that sell nothing', () => {
  it.each(inBoth([...ORDER_LETTERS, 'confirm', 'nps', 'nps-critic', 'nps-passive'] as const))(
    '%s in %s shows no code, no price cut and nothing else to buy',
    (key, locale) => {
      const props = fullProps(locale, { items: [{ ...MUG, title: 'Something to buy' }] });
      const { html, text } = renderLetter(key, props);
      for (const part of [html, text]) {
        expect(part).not.toMatch(/BACK-7KQ2M|Something to buy|Willow basket|Ивовая корзина|10\s?%/);
      }
    },
  );

  it.each(inBoth(['browse-1', 'miss-you', 'cart-1'] as const))('%s in %s speaks of no discount yet', (key, locale) => {
    const said = bodyOf(key, fullProps(locale, { items: [SHIRT, MUG] }));
    expect(said).not.toMatch(/BACK-7KQ2M|%|discount|скидк|промокод|\bcode\b|instead of|вместо/i);
  });
});

describe('the letter that answers doubts', () => {
  it.each(LOCALES)('says in %s what the things are, what buyers give them, the terms and whom to ask', (locale) => {
    const told = { description: 'Stonewashed, with a soft collar.', rating: { average: 4.6667, count: 21 } };
    const { html, text } = renderLetter('browse-1', fullProps(locale, { items: [{ ...SHIRT, ...told }, MUG] }));
    const rating = locale === 'ru' ? '★ 4,7 · 21 отзыв' : '★ 4.7 · 21 reviews';
    for (const part of [html, text].map(spaced))
      for (const said of [told.description, rating, 'hello@shop.example']) expect(part).toContain(said);
    expect(text.match(/[★☆]{5}/g)).toHaveLength(2);
  });

  it('promises no reviews where there are none', () => {
    for (const locale of LOCALES)
      expect(renderLetter('browse-1', fullProps(locale, { reviews: [] })).preheader).not.toMatch(/buyers|покупатели/);
  });
});

describe('letters about an order', () => {
  it.each(inBoth(ORDER_LETTERS))('%s in %s name the number, the things and the sum', (key, locale) => {
    const said = bodyOf(key, fullProps(locale));
    for (const part of ['1042', '129', '84', '× 2']) expect(said).toContain(part);
  });

  const days: [Parameters<typeof renderLetter>[0], string, string][] = [
    ['order-placed', 'Delivery: November 28 – 30', 'Доставка: 28–30 ноября'],
    ['order-awaiting-payment', 'Pay before: November 26', 'Оплатить до: 26 ноября'],
    ['order-paid', 'Delivery: November 28 – 30', 'Доставка: 28–30 ноября'],
    ['order-shipped', 'Tracking number: LC123456789US', 'Трек-номер: LC123456789US'],
    ['order-delayed', 'New delivery date: December 4', 'Новая дата доставки: 4 декабря'],
    ['order-refunded', 'Refunded: $45', 'Возвращено: 45 $'],
  ];
  it.each(days)('%s tells "%s"', (key, english, russian) => {
    const { delayedUntil, ...onTime } = fullProps('en').order ?? ORDER;
    const order = key === 'order-delayed' ? { ...onTime, delayedUntil: delayedUntil ?? 0 } : onTime;
    expect(bodyOf(key, fullProps('en', { order }))).toContain(english);
    expect(bodyOf(key, fullProps('ru', { order }))).toContain(russian);
  });

  it('asks for what is due alone, and leads to the payment', () => {
    const order = { ...ORDER, due: 45.5, payUrl: 'https://shop.example/pay/1042' };
    const { html, text } = renderLetter('order-awaiting-payment', fullProps('en', { order }));
    expect(text).toContain('Pay $45.50:\nhttps://shop.example/pay/1042');
    expect(html).toContain('href="https://shop.example/pay/1042"');
  });

  it('keeps to one date where the delivery was put off', () => {
    const said = bodyOf('order-shipped', fullProps('en'));
    expect(said).toContain('Delivery is planned for December 4.');
    expect(said).not.toContain('November 28');
  });
});

describe('what is scarce and what ends', () => {
  it.each([
    [1, 'Only 1 left'],
    [5, 'Only 5 left'],
  ])('with %i pieces left it says so', (stockLeft, said) => {
    expect(bodyOf('cross-sell-1', propsIn('en', { items: [{ ...SHIRT, stockLeft }] }))).toContain(said);
  });

  it.each([0, 6, 40, -1, 2.5, Number.NaN])('with %d it says nothing', (stockLeft) => {
    expect(bodyOf('cross-sell-1', propsIn('en', { items: [{ ...SHIRT, stockLeft }] }))).not.toContain('left');
  });

  it('says that things are kept only where the shop said so', () => {
    expect(bodyOf('cross-sell-1', fullProps('en'))).toContain('We are keeping these for you until November 28.');
    expect(bodyOf('cross-sell-1', propsIn('en'))).not.toContain('keep');
  });

  it('tells the end of a code only where it has one', () => {
    for (const key of LETTER_KEYS) {
      const {
        ends: _ends,
        points: _points,
        holiday: _holiday,
        order: _order,
        keptUntil: _kept,
        ...props
      } = fullProps('en');
      expect(bodyOf(key, { ...props, expiresAt: null })).not.toMatch(/November|December|\buntil\b(?! (then|it))/);
    }
  });

  it.each([
    [14, '14 days left', 'Осталось 14 дней'],
    [3, '3 days left', 'Осталось 3 дня'],
    [1, 'Ends tomorrow', 'Остался 1 день'],
    [0, 'Ends today', 'Сегодня последний день'],
  ])('%i days before the end of a service', (daysLeft, english, russian) => {
    const ends = { what: 'Warranty', at: Date.UTC(2026, 10, 27, 12), daysLeft };
    expect(bodyOf('service-end', propsIn('en', { ends }))).toContain(english.toUpperCase());
    expect(bodyOf('service-end', propsIn('ru', { ends }))).toContain(russian.toUpperCase());
  });

  it('shows what a thing cost before the shop lowered its price', () => {
    const items = [{ ...SHIRT, was: 98 }];
    const props = propsIn('en', { items, offer: { kind: 'none' }, code: null });
    expect(bodyOf('price-drop', props)).toContain('Washed linen shirt: $84 instead of $98');
    expect(bodyOf('price-drop', { ...props, items: [{ ...SHIRT, was: 70 }] })).not.toContain('instead');
  });
});

describe('a critic', () => {
  it.each(LOCALES)('is apologised to and promised a person (%s)', (locale) => {
    const said = bodyOf('nps-critic', fullProps(locale));
    expect(said).toMatch(locale === 'en' ? /We are sorry/i : /Простите нас/i);
    expect(said).toContain('1042');
    expect(said).not.toContain('https://shop.example');
  });
});

describe('a review', () => {
  it.each(LOCALES)('is asked for with the same thanks, good or bad (%s)', (locale) => {
    expect(bodyOf('review-request', fullProps(locale))).toMatch(
      locale === 'en' ? /5% off, whether the review is good or bad/ : /скидку 5 % — за любой отзыв, хороший или плохой/,
    );
  });
});

describe('a tap is an answer', () => {
  it('leads each reason, star and number to a page of its own', () => {
    const { html } = renderLetter('why', fullProps('en'));
    for (const reason of ['price', 'bought_elsewhere', 'not_needed', 'delivery', 'quality', 'too_often']) {
      expect(html).toContain(`href="https://l.example/why/token?reason=${reason}"`);
    }
    const stars = renderLetter('review-request', fullProps('en')).html;
    for (const star of [1, 2, 3, 4, 5]) expect(stars).toContain(`href="https://l.example/stars/token?stars=${star}"`);
  });
});

const FULL: NameParts = { patronymic: 'Сергеевна', last: 'Петрова' };
const NAMES: [string | null, NameParts, NameStyle, english: string | null, russian: string | null][] = [
  ['Анна', FULL, 'none', null, null],
  ['Анна', FULL, 'first', 'Анна', 'Анна'],
  ['Анна', FULL, 'first-patronymic', 'Анна', 'Анна Сергеевна'],
  ['Анна', FULL, 'formal', 'Анна Петрова', 'Анна Сергеевна'],
  ['Анна', { last: 'Петрова' }, 'formal', 'Анна Петрова', 'Анна Петрова'],
  ['Анна', {}, 'first-patronymic', 'Анна', 'Анна'],
  ['Анна', {}, 'formal', 'Анна', 'Анна'],
  ['Анна', { patronymic: 'http://x.test' }, 'first-patronymic', 'Анна', 'Анна'],
  ['Петрова Анна Сергеевна', {}, 'first', 'Анна', 'Анна'],
  ['Анна Сергеевна Петрова', {}, 'first-patronymic', 'Анна', 'Анна Сергеевна'],
  ['Анна Сергеевна', {}, 'formal', 'Анна', 'Анна Сергеевна'],
  ['Иванович Пётр', {}, 'first', 'Иванович Пётр', 'Иванович Пётр'],
  ['Пётр Иванович http://x.test', {}, 'first', null, null],
  [null, FULL, 'first', null, null],
  [null, FULL, 'first-patronymic', null, null],
  [null, FULL, 'formal', null, null],
  ['Win http://x.test', FULL, 'first', null, null],
  ['a@b.example', FULL, 'formal', null, null],
  ['x'.repeat(41), {}, 'first', null, null],
];

describe('names', () => {
  it.each(NAMES)('%s %j as %s: %s in English, %s in Russian', (name, parts, style, english, russian) => {
    expect(addressed(name, parts, style, 'en')).toBe(english);
    expect(addressed(name, parts, style, 'ru')).toBe(russian);
    const change = { name, nameParts: parts, nameStyle: style };
    expect(bodyOf('thanks', fullProps('en', change))).toContain(
      english ? `\n${style === 'formal' ? 'Dear' : 'Hi'} ${english},\n` : '\nHello,\n',
    );
    expect(bodyOf('thanks', fullProps('ru', change))).toContain(
      russian ? `\nЗдравствуйте, ${russian}!\n` : '\nЗдравствуйте!\n',
    );
  });
});

describe('the shop’s own look', () => {
  const withBrand = (brand: LetterProps['shop']['brand']) =>
    renderLetter('offer', propsIn('en', { shop: { ...propsIn('en').shop, brand } }));

  it('takes one of four fonts', () => {
    expect(withBrand({ font: 'serif' }).html).toContain('font-family:Georgia');
    expect(withBrand({ font: 'humanist' }).html).toContain('font-family:Verdana');
    expect(withBrand({ font: 'comic' as 'serif' }).html).toBe(withBrand({}).html);
  });

  it('signs with the shop’s line and its other places, in html and text', () => {
    const { html, text } = withBrand({
      footer: 'Open from 10 to 7',
      social: [
        { name: 'Instagram', url: 'https://instagram.com/linenandclay' },
        { name: 'Elsewhere', url: 'javascript:alert(1)' },
      ],
    });
    for (const part of [html, text]) {
      expect(part).toContain('Open from 10 to 7');
      expect(part).toContain('https://instagram.com/linenandclay');
      expect(part).not.toContain('Elsewhere');
    }
  });
});
