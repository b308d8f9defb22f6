/** Which language this visitor is spoken to. */

/** The first BCP 47 tag that anyone names: the script tag, the page, the browser, the shop. */
export const localeTag = (tag: string, shop: string): string =>
  [tag, document.documentElement.lang, navigator.language, shop].find((one) => /^[a-z]{2,3}([-_]\w+)*$/i.test(one)) ??
  'en';
