/** Which language this visitor is spoken to. */

/** The first BCP 47 tag that anyone names: the script tag, the page, the browser, the shop. */
export function localeTag(tag: string, shop: string): string {
  const named = [tag, document.documentElement.lang, navigator.language, shop];
  const first = named.find((one) => /^[a-z]{2,3}([-_][a-z\d]{2,8})*$/i.test(one)) ?? 'en';
  return first.replace(/_/g, '-').replace(/^\w+/, (language) => language.toLowerCase());
}
