/** Elements that the shop has marked for us: `data-linger-open`, `data-linger-wishlist`, `data-linger-form`. */

import { FORM_KINDS, type FormKind } from '../../core/event.ts';
import { guarded } from '../guard.ts';

export interface Marked {
  /** The rule that the mark names, or undefined. */
  open(rule: string | undefined): void;
  wish(): void;
  /** A form was submitted. Nothing that was typed into it is read: its own consent is the shop's to ask for. */
  form(kind: FormKind): void;
}

export function onMarked({ open, wish, form }: Marked): void {
  const marked = (event: Event, name: string): string | null | undefined => {
    const [target] = event.composedPath();
    return target instanceof Element ? target.closest(`[${name}]`)?.getAttribute(name) : null;
  };
  document.addEventListener(
    'click',
    guarded((event: Event) => {
      const rule = marked(event, 'data-linger-open');
      if (rule != null) open(rule || undefined);
      if (marked(event, 'data-linger-wishlist') != null) wish();
    }),
    true,
  );
  document.addEventListener(
    'submit',
    guarded((event: Event) => {
      const kind = marked(event, 'data-linger-form');
      if (kind != null) form(formKind(kind) ?? 'generate_lead');
    }),
    true,
  );
}

/** A kind of form as the shop names it, or null. */
export const formKind = (kind: unknown): FormKind | null => FORM_KINDS.find((known) => known === kind) ?? null;
