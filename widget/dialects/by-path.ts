/** A value deep inside somebody else's object, or undefined where the way ends. */

export function byPath(from: unknown, ...path: readonly string[]): unknown {
  let value = from;
  for (const key of path) {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
