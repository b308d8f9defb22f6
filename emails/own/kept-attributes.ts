/** The attributes that an element of a shop's markup keeps, and those that mail programs need beside them. */

import { safeUrl } from '../safe-url.ts';
import { cleanAttribute, cleanLink, cleanStyle, DEFAULT_CLASSES, DEFAULT_STYLES } from './allowed.ts';
import { isCell } from './open-elements.ts';
import type { Tag } from './read-markup.ts';

export interface KeptOptions {
  /** The address that a link leads to in the letter. */
  link(url: string): string;
  drop(what: string): void;
}

/** Null where nothing of it is left to show. */
export function keptAttributes({ name, attributes }: Tag, { link, drop }: KeptOptions): Record<string, string> | null {
  const kept: Record<string, string> = {};
  for (const [key, value] of attributes) {
    if (key === 'href' || key === 'src' || key === 'target') continue;
    const clean = key === 'style' ? cleanStyle(value, drop) : cleanAttribute(key, value);
    if (clean === null) drop(`the attribute ${key.slice(0, 40)}`);
    else if (clean !== '' || key === 'alt') kept[key] = clean;
  }
  if (name === 'a') {
    const given = attributes.get('href')?.trim();
    const clean = given ? cleanLink(given) : null;
    if (given && !clean) drop('a link that leads to no web page, address or telephone');
    if (clean) Object.assign(kept, { href: link(clean), target: '_blank' });
  }
  if (name === 'img') {
    const src = safeUrl(attributes.get('src')?.trim());
    if (!src) {
      drop('a picture without a web address');
      return null;
    }
    Object.assign(kept, { src, alt: kept.alt ?? '' });
  }
  return { ...(name === 'table' ? TABLE : {}), ...looks(name, kept) };
}

const TABLE = { role: 'presentation', cellpadding: '0', cellspacing: '0', border: '0' };

/** Plain markup looks as the letter around it does; Outlook for Windows paints cells by their attribute alone. */
function looks(name: string, kept: Record<string, string>): Record<string, string> {
  const plain = kept.style === undefined;
  const style = kept.style ?? DEFAULT_STYLES[name];
  const dark = plain ? DEFAULT_CLASSES[name] : undefined;
  const colour = /(?:^|;)background-color:\s*(#[\da-f]{6})/i.exec(style ?? '')?.[1]?.toLowerCase();
  return {
    ...(colour && (name === 'table' || isCell(name)) ? { bgcolor: colour } : {}),
    ...(dark ? { class: dark } : {}),
    ...(style ? { style } : {}),
    ...kept,
  };
}
