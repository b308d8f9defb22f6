/** The only door by which an address from outside gets into a letter. */

/** Longer ones are no links that people follow, and would swell the letter. */
const MAX_LENGTH = 2_048;

/**
 * The absolute http(s) url in its normal form, or null: other schemes, relative ones and those that carry a user name
 * (which make `https://shop.example@evil.test` look like the shop) are none.
 */
export function safeUrl(url: string | null | undefined): string | null {
  if (!url || url.length > MAX_LENGTH) return null;
  try {
    const { protocol, username, password, href } = new URL(url);
    const web = protocol === 'https:' || protocol === 'http:';
    return web && !username && !password && href.length <= MAX_LENGTH ? href : null;
  } catch {
    return null;
  }
}
