/** The words that a results page was asked for, read from its address. */

import { queryValue } from '../../core/values/query.ts';
import { plainText } from './text.ts';

/** These say themselves what they are; `s` does so on the front page alone. */
const CLEAR = ['search_query', 'search_term', 'searchterm', 'search'];
/** These mean a search only where the path or the route says so. */
const VAGUE = ['q', 'query', 'text', 'keyword', 'keywords', 'term', 'phrase', 'words', 's'];
const RESULTS = /(^|[/=_-])(search|catalogsearch|searchresults?|find|poisk)(?=[/=&_.-]|$)/i;

export function searchTerm(url: string): string | null {
  // Most addresses: each pattern is dear the first time.
  if (!url.includes('?')) return null;
  const [, path = '', query = ''] = /^https?:\/\/[^/?#]+([^?#]*)(\?[^#]*)?/.exec(url) ?? [];
  const route = queryValue(url, 'route');
  const results = RESULTS.test(path) || RESULTS.test(route);
  const blog = (path === '' || path === '/') && (query.includes('post_type=product') || /[?&]s=/.test(query));
  const names = [...CLEAR, ...(results ? VAGUE : blog ? ['s'] : [])];
  for (const name of names) {
    const term = plainText(queryValue(url, name));
    if (term) return term;
  }
  return null;
}
