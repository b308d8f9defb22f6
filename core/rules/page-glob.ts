/** Which pages a rule speaks on, as globs. A star stands at the end or at both ends, so that each is one comparison of the path. */

import type { Comparison, Condition } from './condition.ts';

export interface PageFilter {
  /** Any of these must match; absent or empty: every page. */
  include?: readonly string[];
  /** None of these may. */
  exclude?: readonly string[];
}

/** `/sale` (with or without a slash behind it), `/sale/*` (begins so), `*sale*` (has it somewhere). At most 200 characters. */
export const PAGE_GLOB = /^(\/[^*?#\s]*\*?|\*[^*?#\s]+\*|\*)$/;

/** The filter in the language of conditions, which every page speaks; null where it lets every page through. */
export function pageCondition({ include = [], exclude = [] }: PageFilter): Condition | null {
  const parts: Condition[] = [
    ...(include.length > 0 ? [{ any: include.map(matches) }] : []),
    ...(exclude.length > 0 ? [{ not: { any: exclude.map(matches) } }] : []),
  ];
  return parts.length > 0 ? { all: parts } : null;
}

function matches(glob: string): Comparison {
  const text = encoded(glob.replaceAll('*', ''));
  if (glob.startsWith('*')) return ['path', 'contains', text];
  if (glob.endsWith('*')) return ['path', 'startsWith', text];
  const bare = text.length > 1 ? text.replace(/\/$/, '') : text;
  return ['path', 'in', bare === '/' ? ['/'] : [bare, `${bare}/`]];
}

/** As browsers tell a path: letters beyond ASCII come percent-encoded. What is encoded already stays. */
const encoded = (path: string): string => path.replace(/[^\x21-\x7e]+/g, (text) => encodeURI(text));
