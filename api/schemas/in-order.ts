/** An object as people read it: what they look for first stands first. The database keeps its fields by their length. */

export function inOrder<T extends object>(names: readonly string[], value: T): T {
  const first = names.filter((name) => Object.hasOwn(value, name));
  const rest = Object.keys(value).filter((name) => !names.includes(name));
  return Object.fromEntries([...first, ...rest].map((name) => [name, value[name as keyof T]])) as T;
}
