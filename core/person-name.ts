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
