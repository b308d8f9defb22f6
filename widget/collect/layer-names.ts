/** What else a page calls its `dataLayer`: as Yandex Metrica and the tag manager's snippet are told. */

const NAMES = [/ecommerce["']?\s*:\s*["']([\w$]+)["']/, /["']script["']\s*,\s*["']([\w$]+)["']\s*,\s*["']GTM-/];

export function layerNames(): string[] {
  const texts = Array.from(document.scripts, ({ src, textContent }) => (src ? '' : (textContent ?? '')));
  const found = texts.flatMap((text) => NAMES.flatMap((pattern) => pattern.exec(text)?.[1] ?? []));
  return [...new Set(found)].filter((name) => name !== 'dataLayer');
}
