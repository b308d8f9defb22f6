/** What a template may speak of, as types: texts, numbers, things with names, lists. */

export type Scalar = 'text' | 'number' | 'yes-or-no';
export interface Group {
  readonly [name: string]: Shape;
}
/** `[shape]` is a list of such. */
export type Shape = Scalar | Group | readonly [Shape];

export const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);
export const isGroup = (shape: Shape): shape is Group => typeof shape === 'object' && !isList(shape);

export interface NamedShape {
  name: string;
  kind: Scalar | 'list';
}

/** Every name in it, dotted; those of a list's things as `items[].title`. */
export function namesIn(group: Group, before = ''): NamedShape[] {
  return Object.entries(group).flatMap(([key, shape]): NamedShape[] => {
    const name = before + key;
    if (isGroup(shape)) return namesIn(shape, `${name}.`);
    if (!isList(shape)) return [{ name, kind: shape }];
    const [inner] = shape;
    return [{ name, kind: 'list' }, ...(isGroup(inner) ? namesIn(inner, `${name}[].`) : [])];
  });
}
