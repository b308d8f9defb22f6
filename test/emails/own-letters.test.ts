import { describe, expect, it } from 'vitest';
import { LETTER_KEYS, type LetterKey } from '../../core/flows/flow.ts';
import type { OwnWords } from '../../core/letters/own-letter.ts';
import { LOCALES } from '../../core/values/locale.ts';
import { DRAFTS } from '../../emails/drafts.ts';
import type { LetterProps } from '../../emails/letter.ts';
import { namesIn } from '../../emails/liquid/shape.ts';
import { compile } from '../../emails/own/compile.ts';
import { OwnLetterError } from '../../emails/own/own-draft.ts';
import { vocabularyOf } from '../../emails/own/vocabulary.ts';
import { renderLetter, renderOwnLetter } from '../../emails/render-letter.ts';
import { fullProps, propsIn } from './letter-props.ts';
import { textOf } from './text-of.ts';

const plain = (url: string): string => url;
const write = (words: OwnWords, props: LetterProps = fullProps('en'), key: LetterKey = 'offer') =>
  renderOwnLetter(key, props, { words, link: plain });

describe('a letter in the shop’s own words', () => {
  it.each(LETTER_KEYS)('%s of no words is the built-in one', (key) => {
    for (const locale of LOCALES) {
      const props = fullProps(locale);
      expect(write({}, props, key)).toEqual({ ...renderLetter(key, props), markup: '', dropped: [] });
      const builtin = {
        blocks: [...DRAFTS[key]],
        subject: '{{ builtin.subject }}',
        headline: '{{ builtin.headline }}',
      };
      expect(write(builtin, props, key)).toEqual({ ...renderLetter(key, props), markup: '', dropped: [] });
    }
  });

  it.each(LETTER_KEYS)('%s may speak of everything that it is said to know', (key) => {
    const names = namesIn(vocabularyOf(key)).filter(({ name }) => !name.includes('[]'));
    const said = names.map(({ name, kind }) => (kind === 'list' ? `{{ ${name}.size }}` : `{{ ${name} }}`)).join('\n');
    expect(compile(key, { text: said }).complaints).toEqual([]);
    for (const props of [fullProps('ru'), propsIn('ru', { name: null, items: [], code: null })])
      expect(write({ text: said }, props, key).text).not.toMatch(/undefined|null|\[object|NaN/);
  });

  it('replaces single sentences, and leaves out those that are empty', () => {
    const { subject, html, text } = write({
      subject: '{{ contact.first_name | default: "Friend" }}, {{ offer.benefit | downcase }}',
      preheader: 'Until {{ expires.day }}',
      body: 'We kept {{ items.size }} things.\n\nThe first is {{ items[0].title }}.',
      button: 'To {{ shop.name }}',
    });
    expect(subject).toBe('Anna, 10% off');
    expect(html).toMatch(/<div style="display:none[^>]*>Until November 29/);
    expect(text).toContain(
      'Hi Anna,\n\nWe kept 2 things.\n\nThe first is Washed linen shirt.\n\nYour code: BACK-7KQ2M-9FX4TR',
    );
    expect(text).toContain('To Linen & Clay:\nhttps://shop.example/shirt');
    expect(write({ body: '' }).text).not.toContain('Here is the code we promised');
    expect(write({ subject: '{{ expires.day }}' }, fullProps('en', { expiresAt: null })).subject).toBe(
      'Your 10% off at Linen & Clay',
    );
  });

  it('puts parts, paragraphs and markup in the order that it names', () => {
    const { text } = write({
      blocks: ['items', { paragraph: 'For {{ contact.name }}.' }, { html: '<p>Use <b>{{ code }}</b></p>' }, 'to-shop'],
    });
    expect(text).toMatch(
      /^Your prices with the code:[\s\S]*\n\nFor Anna\.\n\nUse BACK-7KQ2M-9FX4TR\n\nShop with 10% off:\n/,
    );
    expect(text).not.toContain('Hi Anna');
  });

  it('takes a whole body, with our parts in it, and writes the plain text from it', () => {
    const { html, text } = write({
      html: `<h2>{{ shop.name }}</h2>
        <p>Look at <a href="{{ items[0].url }}">this</a>.</p>
        <ul>{% for item in items %}<li>{{ item.title }}: {{ item.price }}</li>{% endfor %}</ul>
        {% part coupon %}`,
    });
    expect(text).toMatch(
      /^Linen & Clay\n\nLook at this \(https:\/\/shop\.example\/shirt\)\.\n\n\* Washed linen shirt: \$75\.60\n\* Morning mug: \$20\.25\n\nYour code: BACK-/,
    );
    expect(html).toContain('<h2 style=');
    expect(html).toContain('user-select:all">BACK-7KQ2M-9FX4TR</td>');
    expect(write({ html: '<p>Short</p>', text: 'Long: {{ button.url }}' }).text).toMatch(
      /^Long: https:\/\/shop\.example\/shirt\n\n-- \n/,
    );
  });

  it('leads its links where they are told to, once each, in both parts', () => {
    const words = { html: '<a href="https://shop.example/?a=1&amp;b=2">A</a>', text: 'See https://shop.example/new.' };
    const { html, text } = renderOwnLetter('offer', fullProps('en'), {
      words,
      link: (url) => `https://l.example/c/${url.length}`,
    });
    expect(html).toContain('href="https://l.example/c/29"');
    expect(text).toMatch(/^See https:\/\/l\.example\/c\/24\.\n/);
  });

  it('keeps what the law wants around it', () => {
    for (const words of [
      { html: '<p>Hi</p>' },
      { html: '<p>Hi</p>', text: 'Hi' },
      { blocks: ['headline'], preheader: '' },
    ]) {
      const { html, text } = write(words);
      for (const part of [textOf(html), text]) expect(part).toContain('18 Harbour Street, Portland, ME 04101');
      expect(html).toContain('href="https://l.example/u/token"');
      expect(text).toContain('Unsubscribe: https://l.example/u/token');
      expect(html).toMatch(/<div style="display:none[^>]*>[^<&]{10}/);
    }
  });

  it('counts no price with a code that it doesn’t tell', () => {
    expect(write({ html: '{% part items %}' }).text).toContain('Washed linen shirt: $84');
    expect(write({ html: '{% part items %}{{ code }}' }).text).toContain('Washed linen shirt: $75.60');
    expect(write({ blocks: ['items'] }).text).not.toContain('$75.60');
  });

  it('looks like the letters around it, in the dark as well', () => {
    const { html } = write({
      html: '<h1>A</h1><p>B <a href="https://a.example/">c</a></p><table><tr><td style="background-color:#ffeecc">D</td></tr></table>',
    });
    expect(html).toContain('<h1 class="h1" style="margin:0 0 16px');
    expect(html).toContain('<a class="ink" style="color:');
    expect(html).toContain('<td bgcolor="#ffeecc" style="background-color:#ffeecc">');
    expect(html).toMatch(/<td class="ink" style="padding:0 0 12px;font-size:17px/);
  });
});

/** `[key, words, path, message]` */
const MISTAKES: [LetterKey, OwnWords, string, RegExp][] = [
  [
    'offer',
    { body: 'Hi {{ contact.frist_name }}' },
    'body',
    /^unknown variable contact\.frist_name, did you mean contact\.first_name\? \(line 1, column 7\)$/,
  ],
  [
    'offer',
    { body: 'Hi\n  {{ first_name }}' },
    'body',
    /^unknown variable first_name, did you mean contact\.first_name\? \(line 2, column 6\)$/,
  ],
  [
    'offer',
    { body: '{% for item in items %}{{ item.titel }}{% endfor %}' },
    'body',
    /^unknown variable item\.titel, did you mean item\.title\?/,
  ],
  ['offer', { body: '{% for item in items %}{% endfor %}{{ item.title }}' }, 'body', /^unknown variable item/],
  [
    'offer',
    { body: '{% assign one = items.first %}{{ one.prise }}' },
    'body',
    /^unknown variable one\.prise, did you mean one\.price\?/,
  ],
  ['offer', { body: '{% if contact.nam == "x" %}{% endif %}' }, 'body', /^unknown variable contact\.nam/],
  ['offer', { body: '{{ items[0].constructor }}' }, 'body', /^unknown variable items\[0\]\.constructor/],
  ['offer', { body: '{{ "a" | append: contact.x }}' }, 'body', /^unknown variable contact\.x/],
  ['offer', { body: '{{ shop[code] }}' }, 'body', /^unknown variable shop\[…\]/],
  ['offer', { body: '{% for a in shop.name %}{% endfor %}' }, 'body', /^a can’t go through what is no list/],
  ['offer', { body: '{{ order.number }}' }, 'body', /^unknown variable order/],
  ['order-shipped', { body: '{{ code }}' }, 'body', /^unknown variable code/],
  ['confirm', { body: '{{ items.size }}' }, 'body', /^unknown variable items/],
  [
    'offer',
    { subject: '{{ code | upcsae }}' },
    'subject',
    /^unknown filter "upcsae", did you mean "upcase"\? \(line 1, column 1\)$/,
  ],
  ['offer', { html: '<p>\n{% include "x" %}</p>' }, 'html', /^unknown tag "include" \(line 2, column 1\)$/],
  ['offer', { html: '{% iff code %}{% endif %}' }, 'html', /^unknown tag "iff"/],
  ['offer', { html: '{% else %}' }, 'html', /stands where nothing was begun/],
  ['offer', { html: '{% if code %}' }, 'html', /^{% if code %} is not closed/],
  ['offer', { html: '{{ code' }, 'html', /^{{ code is not closed/],
  ['offer', { html: '{% part cupon %}' }, 'html', /^this letter has no part "cupon", did you mean coupon\?/],
  ['order-paid', { html: '{% part coupon %}' }, 'html', /^this letter has no part "coupon", but headline/],
  ['confirm', { blocks: ['headline', 'recommended'] }, 'blocks.1', /^this letter has no part "recommended"/],
  ['offer', { blocks: ['headline', { html: '{{ x }}' }] }, 'blocks.1.html', /^unknown variable x/],
  ['offer', { text: '{% part coupon %}' }, 'text', /^a part can stand in html alone/],
  [
    'offer',
    { html: '<a href={{ button.url }}>x</a>' },
    'html',
    /^what stands in a tag must stand in quotes \(line 1, column 9\)$/,
  ],
  ['offer', { html: '<{{ code }}>' }, 'html', /^what stands in a tag must stand in quotes/],
];

describe('mistakes', () => {
  it.each(MISTAKES)('%s %j is told of', (key, words, path, message) => {
    expect(compile(key, words).complaints).toEqual([{ path, message: expect.stringMatching(message) }]);
    expect(() => write(words, fullProps('en'), key)).toThrow(OwnLetterError);
  });

  it('are told of all at once', () => {
    const { complaints } = compile('offer', { subject: '{{ a1 }}{{ b1 }}', body: '{{ c1 | d }}', blocks: ['x'] });
    expect(complaints.map(({ path }) => path)).toEqual(['blocks.0', 'subject', 'subject', 'body']);
  });

  it('are none where Liquid is used as it is meant', () => {
    const fine = [
      '{%- assign who = contact.first_name | default: "there" -%}Hi {{ who | upcase }}',
      '{% for item in items limit: 2 %}{{ forloop.index }}. {{ item.title }}{% unless forloop.last %}, {% endunless %}{% endfor %}',
      '{% if code and expires %}{{ code }} until {{ expires.moment }}{% elsif items.size > 1 %}{{ items.size }}{% else %}-{% endif %}',
      '{% case items.size %}{% when 0 %}none{% when 1, 2 %}few{% else %}many{% endcase %}',
      '{% assign one = items | first %}{{ one.title | truncate: 20 }}{{ items.last.url }}{{ items[0]["price"] }}',
      '{% for n in (1..3) %}{{ n | times: 2 }}{% break %}{% endfor %}{% comment %}{{ x }}{% endcomment %}{% # note %}',
    ];
    for (const body of fine) expect([body, compile('offer', { body }).complaints]).toEqual([body, []]);
  });
});
