/** Tells what readers of some mail programs will see otherwise in a letter's own markup, by the tables of `support`. */

import { CSS_PROPERTIES, FORBIDDEN, MAX_LETTER_BYTES } from './support.ts';

const PROGRAMS: Record<string, string> = {
  gmail: 'Gmail',
  'outlook-windows': 'Outlook for Windows',
  'apple-mail': 'Apple Mail',
  yandex: 'Yandex Mail',
  'mail-ru': 'Mail.ru',
};

/** `own`: the shop's markup. `bytes`: of the whole letter. */
export function lint(own: string, bytes: number): string[] {
  const used = [...own.matchAll(/style="([^"]*)"/g)].flatMap(([, style = '']) =>
    style.split(';').map((one) => one.split(':')[0]?.trim() ?? ''),
  );
  return [
    ...(bytes > MAX_LETTER_BYTES
      ? [`the letter has ${Math.ceil(bytes / 1024)} KB: Gmail hides what comes after ${MAX_LETTER_BYTES / 1024} KB`]
      : []),
    ...FORBIDDEN.filter(({ pattern }) => pattern.test(own)).map(({ what }) => `not drawn everywhere: ${what}`),
    ...[...new Set(used)].flatMap((property) => {
      // `margin-top` is drawn where `margin` is.
      const { gaps = [], instead = '' } =
        CSS_PROPERTIES[property] ?? CSS_PROPERTIES[property.replace(/-(top|right|bottom|left|style|width)$/, '')] ?? {};
      return gaps.length > 0 && !instead.startsWith('nothing')
        ? [
            `${property}: not or only in part drawn by ${gaps.map((one) => PROGRAMS[one]).join(', ')} (instead: ${instead})`,
          ]
        : [];
    }),
  ];
}
