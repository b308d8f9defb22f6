/** Names that strangers type: good enough to greet with, or not used at all. */

/** How a reader is addressed. */
export const NAME_STYLES = ['none', 'first', 'first-patronymic', 'formal'] as const;
export type NameStyle = (typeof NAME_STYLES)[number];

/** The name, or null unless it is letters (with space, hyphen, apostrophe; on one line) of at most 40 characters: an address or a slogan is no name. */
export function greetableName(text: string | null | undefined): string | null {
  const name = (text ?? '')
    .normalize('NFC')
    .trim()
    .replace(/\p{Zs}+/gu, ' ');
  return name.length <= 40 && /^\p{L}[\p{L}\p{M}'’ -]*$/u.test(name) ? name : null;
}

export interface FullName {
  first: string;
  patronymic: string;
  last: string | null;
}

const PATRONYMIC = /(?:вич|вна|ична|інична|івна)$/iu;

/** A Russian name written out whole, in either order: «Петрова Анна Сергеевна», «Анна Сергеевна Петрова», «Анна Сергеевна»; null for any other. */
export function fullNameOf(text: string): FullName | null {
  const words = text.trim().split(/\s+/);
  const place = words.findIndex((word, index) => index > 0 && word.length > 4 && PATRONYMIC.test(word));
  const [first, second, third] = words;
  if (words.length > 3 || place < 1 || !first || !second) return null;
  if (place === 1) return { first, patronymic: second, last: third ?? null };
  return third ? { first: second, patronymic: third, last: first } : null;
}
