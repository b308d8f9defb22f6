/** What else a page calls its `dataLayer`: as Yandex Metrica and the tag manager's snippet are told. */

/** Each begins with plain letters: pages carry hundreds of kilobytes of scripts, and few of them hold these. */
const NAMES = [/ecommerce["']?\s*:\s*["']([\w$]+)["']/, /script["']\s*,\s*["']([\w$]+)["']\s*,\s*["']GTM-/];

export function layerNames(): string[] {
  const scripts = [...document.querySelectorAll('script:not([src]):not([type*=json])')];
  const texts = scripts.map(({ textContent }) => textContent ?? '').filter((text) => /ecommerce|GTM-/.test(text));
  const found = texts.flatMap((text) => NAMES.flatMap((pattern) => pattern.exec(text)?.[1] ?? []));
  return [...new Set(found)].filter((name) => name !== 'dataLayer');
}
