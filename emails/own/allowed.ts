/** What markup of a shop may keep: elements, attributes and styles that mail programs draw and that can't reach beyond their own place. */

import { recipient } from '../mail-fields.ts';
import { INK, SOFT } from '../palette.ts';
import { safeUrl } from '../safe-url.ts';

/** Gone together with what is in them. */
export const HIDDEN_ELEMENTS = new Set(
  'script style title textarea iframe noscript noembed noframes xmp plaintext svg math object embed applet template select audio video canvas'.split(
    ' ',
  ),
);
export const VOID_ELEMENTS = new Set(['br', 'hr', 'img']);
export const ALLOWED_ELEMENTS = new Set(
  'a b blockquote br center div em h1 h2 h3 hr i img li ol p s small span strong sub sup table tbody td tfoot th thead tr u ul'.split(
    ' ',
  ),
);

const TEXT_ATTRIBUTES = new Set(['alt', 'title', 'aria-label', 'lang']);
const SIZE_ATTRIBUTES = new Set('width height cellpadding cellspacing border colspan rowspan'.split(' '));
const CHOICES: Record<string, RegExp> = {
  align: /^(left|center|right)$/,
  valign: /^(top|middle|bottom|baseline)$/,
  dir: /^(ltr|rtl)$/,
  role: /^(presentation|none|heading|img|list|listitem)$/,
  bgcolor: /^#([\da-f]{3}|[\da-f]{6})$/i,
};
/** Ours, for what changes in the dark. */
const CLASSES = new Set(['ink', 'soft', 'tint', 'line', 'chip', 'button', 'h1', 'large']);

/** Nothing among them takes a thing out of its place, or fetches anything. */
const PROPERTIES =
  /^(background-color|border(-(top|right|bottom|left))?(-(color|style|width))?|border-(collapse|radius|spacing)|color|display|font-(family|size|style|weight)|height|letter-spacing|line-height|list-style-type|(max|min)-(width|height)|margin(-(top|right|bottom|left))?|mso-padding-alt|object-fit|opacity|padding(-(top|right|bottom|left))?|text-(align|decoration|transform|wrap|underline-offset)|vertical-align|white-space|width|word-break)$/;
/** Words, sizes, colours, font names: no address, no escape, no way out of the attribute; nothing negative but between letters. */
const VALUE = /^(?!.*(?:url|expression|image|var|calc|attr|env)\s*\()[-\w\s#%.,!()'"\u00a0-\u024f\u0400-\u04ff]+$/iu;
const LONGEST_VALUE = 200;
const NEGATIVE = /(^|\s|\()-[\d.]/;

/** The declarations that stay. */
export function cleanStyle(style: string, drop: (what: string) => void): string {
  const kept = style.split(';').flatMap((one) => {
    if (one.trim() === '') return [];
    const colon = one.indexOf(':');
    const property = one.slice(0, Math.max(0, colon)).trim().toLowerCase();
    const value = one.slice(colon + 1).trim();
    const fine =
      value.length <= LONGEST_VALUE &&
      PROPERTIES.test(property) &&
      VALUE.test(value) &&
      (property === 'letter-spacing' || !NEGATIVE.test(value));
    if (!fine) drop(`the style ${(property || one.trim()).slice(0, 40)}`);
    return fine ? [`${property}:${value}`] : [];
  });
  return kept.join(';');
}

/** An address that a link of a letter may lead to, or null. */
export function cleanLink(href: string): string | null {
  const [, scheme = '', rest = ''] = /^\s*(mailto|tel):(.*)$/is.exec(href) ?? [];
  if (scheme.toLowerCase() === 'tel')
    return /^\+?[\d\s().-]{3,24}$/.test(rest) ? `tel:${rest.replace(/[^\d+]/g, '')}` : null;
  if (!scheme) return safeUrl(href.trim());
  const [address = '', ...query] = rest.trim().split('?');
  const to = recipient(address);
  return to && !query.some((part) => /[\r\n]|%0[ad]/i.test(part)) ? `mailto:${[to, ...query].join('?')}` : null;
}

/** The value that an attribute keeps, or null where it goes. Links, pictures and styles are others' business. */
export function cleanAttribute(name: string, value: string): string | null {
  if (TEXT_ATTRIBUTES.has(name)) return value.slice(0, 500);
  if (SIZE_ATTRIBUTES.has(name)) return /^\d{1,4}%?$/.test(value.trim()) ? value.trim() : null;
  if (name === 'class')
    return (
      value
        .split(/\s+/)
        .filter((one) => CLASSES.has(one))
        .join(' ') || null
    );
  return CHOICES[name]?.test(value.trim()) ? value.trim() : null;
}

/** How plain markup looks: what mail programs make of it by themselves differs from one to the next. */
export const DEFAULT_STYLES: Record<string, string> = {
  p: 'margin:0 0 12px',
  h1: `margin:0 0 16px;font-size:27px;line-height:33px;font-weight:700;letter-spacing:-0.022em`,
  h2: 'margin:16px 0 8px;font-size:21px;line-height:28px;font-weight:700',
  h3: 'margin:12px 0 6px;font-size:17px;line-height:25px;font-weight:700',
  ul: 'margin:0 0 12px;padding:0 0 0 24px',
  ol: 'margin:0 0 12px;padding:0 0 0 24px',
  li: 'margin:0 0 4px',
  a: `color:${INK};text-decoration:underline`,
  hr: 'margin:16px 0;border:0;border-top:1px solid #e9e8e4',
  blockquote: `margin:0 0 12px;padding:0 0 0 16px;color:${SOFT}`,
  img: 'border:0;max-width:100%',
};
export const DEFAULT_CLASSES: Record<string, string> = { h1: 'h1', a: 'ink', hr: 'line', blockquote: 'soft' };
