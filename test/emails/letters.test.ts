import { describe, expect, it } from 'vitest';
import { LETTER_KEYS, type LetterKey } from '../../core/flows/flow.ts';
import { LOCALES, type Locale } from '../../core/values/locale.ts';
import type { LetterProps } from '../../emails/letter.ts';
import { renderLetter } from '../../emails/render-letter.ts';
import { fullProps, propsIn } from './letter-props.ts';
import { textOf } from './text-of.ts';

const NO_OFFER = { offer: { kind: 'none' as const }, code: null, expiresAt: null };

/** How little a letter may be told, and how much. */
const SITUATIONS: Record<string, (locale: Locale) => LetterProps> = {
  full: (locale) => fullProps(locale),
  'full without an offer': (locale) => fullProps(locale, NO_OFFER),
  'without a name': (locale) => fullProps(locale, { name: null }),
  'without items': (locale) => fullProps(locale, { items: [] }),
  'without an end': (locale) => fullProps(locale, { expiresAt: null }),
  'an offer promised': (locale) => fullProps(locale, { code: null }),
  'free shipping': (locale) => fullProps(locale, { offer: { kind: 'shipping' } }),
  'a gift': (locale) => fullProps(locale, { offer: { kind: 'gift' } }),
  minimal: (locale) => propsIn(locale, { name: null, items: [], ...NO_OFFER }),
  'a code alone': (locale) => propsIn(locale, { name: null, items: [] }),
};

const every: [string, LetterKey, LetterProps][] = LETTER_KEYS.flatMap((key) =>
  LOCALES.flatMap((locale) =>
    Object.entries(SITUATIONS).map(([name, props]): [string, LetterKey, LetterProps] => [
      `${key} ${locale}, ${name}`,
      key,
      props(locale),
    ]),
  ),
);

describe('every letter in every situation', () => {
  it.each(every)('%s, is whole', (_, key, props) => {
    const { subject, html, text } = renderLetter(key, props);
    const said = `${subject}\n${text}\n${textOf(html)}`;
    expect(said).not.toMatch(/undefined|\bnull\b|NaN|\[object/);
    expect(said).not.toMatch(/ {2}[^h]| [,.!?]|\(\)|“”|«»|,,|\.\.|: ?\.|^\s*[.,:]/m);
    expect(subject.length).toBeGreaterThan(5);
    expect(subject.length).toBeLessThan(90);
    for (const part of [textOf(html), text]) expect(part).toContain('18 Harbour Street, Portland, ME 04101');
    expect(html).toContain('href="https://l.example/u/token"');
    expect(text).toContain('https://l.example/u/token');
    expect(new TextEncoder().encode(html).length).toBeLessThan(60_000);
    expect(html).not.toMatch(/<p[^>]*>\s*<\/p>|href=""|src=""/);
  });

  it.each(every)('%s, raises its voice nowhere', (_, key, props) => {
    const { subject, text } = renderLetter(key, props);
    const body = text.split('\n-- \n')[0] ?? '';
    // A greeting may end in one, and so may a birthday.
    const calls = [...`${subject}\n${body}`.matchAll(/[^\n]*!/g)].map(([line]) => line);
    for (const line of calls) expect(line).toMatch(/Здравствуйте|С\sДН[ЁЕ]М\sРОЖДЕНИЯ|С\sднём\sрождения/u);
    expect(`${subject}\n${body}`).not.toMatch(
      /hurry|noticed|last chance|don.t miss|act now|торопитесь|не упустите|заметили/i,
    );
  });

  it.each(LETTER_KEYS)('%s reads the same letter for letter in a second rendering', (key) => {
    for (const locale of LOCALES)
      expect(renderLetter(key, fullProps(locale))).toEqual(renderLetter(key, fullProps(locale)));
  });

  it.each(LOCALES.flatMap((locale) => LETTER_KEYS.map((key) => [key, locale] as const)))(
    '%s in %s is the letter that was read and approved',
    async (key, locale) => {
      const { subject, text } = renderLetter(key, fullProps(locale));
      await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`letters/${locale}/${key}.txt`);
    },
  );
});
