/** How a chain that began with a form remembers which: in what it is about. */

import { FORM_KINDS, type FormKind } from '../visits/event.ts';

/** `id`: of the sending; the same form may be sent again. */
export const aboutForm = (kind: FormKind, id: string | number): string => `form:${kind}:${id}`;

/** The form that a chain's key or occasion speaks of; null where it began with none. */
export function formOf(about: string): FormKind | null {
  const [, named] = /(?:^|:)form:([a-z_]+):/.exec(about) ?? [];
  return FORM_KINDS.find((kind) => kind === named) ?? null;
}
