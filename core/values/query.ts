/** Reads the query of a url without the browser's URL: core has none. */

/** The first value of each named parameter, decoded and of at most 200 characters; "" where absent or undecodable. */
export function queryValue(url: string, name: string): string {
  const start = url.indexOf('?');
  if (start < 0) return '';
  for (const pair of url
    .slice(start + 1)
    .split('#', 1)
    .join('')
    .split('&')) {
    if (pair.startsWith(`${name}=`)) return decode(pair.slice(name.length + 1));
  }
  return '';
}

function decode(text: string): string {
  try {
    const plain = decodeURIComponent(text.replaceAll('+', ' '));
    // NUL is text in no database; cutting by code points tears no surrogate pair.
    return [...plain.replace(/\p{Cc}/gu, '')].slice(0, 200).join('');
  } catch {
    return '';
  }
}
