/** Reads the query of a url without the browser's URL: core has none. */

/** The first value of each named parameter, decoded; "" where absent or undecodable. */
export function queryValue(url: string, name: string): string {
  const start = url.indexOf('?');
  if (start < 0) return '';
  for (const pair of url
    .slice(start + 1)
    .split('#', 1)
    .join('')
    .split('&')) {
    const [key, value = ''] = pair.split('=', 2);
    if (key === name) return decode(value);
  }
  return '';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' ')).slice(0, 200);
  } catch {
    return '';
  }
}
