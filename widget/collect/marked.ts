/** Elements that the shop has marked for us: `data-linger-open`, `data-linger-wishlist`, `data-linger-form`. */

import { FORM_KINDS, type FormKind } from '../../core/event.ts';
import { guarded } from '../guard.ts';

export interface Marked {
  /** The rule that the mark names, or undefined. */
  open(rule: string | undefined): void;
  wish(): void;
  /** The visitor has begun to fill a form in. Nothing that is typed into it is read before it is submitted. */
  begun(): void;
  /** A form was submitted. */
  form(kind: FormKind, form: Element): void;
}

export function onMarked({ open, wish, begun, form }: Marked): void {
  const on = (type: string, act: (marked: (name: string) => Element | null) => void): void =>
    document.addEventListener(
      type,
      guarded((event: Event) => {
        const [target] = event.composedPath();
        act((name) => (target instanceof Element ? target.closest(`[${name}]`) : null));
      }),
      true,
    );
  on('click', (marked) => {
    const opener = marked('data-linger-open');
    if (opener) open(opener.getAttribute('data-linger-open') || undefined);
    if (marked('data-linger-wishlist')) wish();
  });
  on('focusin', (marked) => marked(FORM) && begun());
  on('submit', (marked) => {
    const found = marked(FORM);
    if (found) form(formKind(found.getAttribute(FORM)) ?? 'generate_lead', found);
  });
}

const FORM = 'data-linger-form';

/** A kind of form as the shop names it, or null. */
export const formKind = (kind: unknown): FormKind | null => FORM_KINDS.find((known) => known === kind) ?? null;
