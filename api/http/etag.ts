/** Entity tags as RFC 9110 has them. */

/** Whether an If-None-Match names it (§13.1.2). Compared weakly: what lies between may have compressed the answer and said so by `W/`. */
export const isKnown = (header: string | null, etag: string): boolean =>
  named(header, (tag) => weak(tag) === weak(etag));

/** Whether an If-Match asks for it (§13.1.1), strongly, or for any; true where there is none. */
export const isWanted = (header: string | null, etag: string): boolean =>
  header === null || named(header, (tag) => tag === etag);

function named(header: string | null, same: (tag: string) => boolean): boolean {
  if (header?.trim() === '*') return true;
  return [...(header ?? '').matchAll(/(W\/)?"[^"]*"/g)].some(([tag]) => same(tag));
}

const weak = (tag: string): string => tag.replace(/^W\//, '');
