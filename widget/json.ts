/** JSON of our own: what older libraries hang on `Array.prototype.toJSON` makes text of every list. */

/** Taken before a page can put something else in its place. */
const { parse, stringify } = JSON;

export const fromJson = parse;

/** Plain data only: no `toJSON`, no dates, no cycles. */
export const toJson = (value: unknown): string =>
  'toJSON' in Array.prototype || 'toJSON' in Object.prototype ? written(value) : (stringify(value) ?? 'null');

function written(value: unknown): string {
  if (typeof value !== 'object' || value === null) return stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(written)}]`;
  const fields = Object.entries(value).flatMap(([key, one]) =>
    one === undefined ? [] : `${stringify(key)}:${written(one)}`,
  );
  return `{${fields}}`;
}
