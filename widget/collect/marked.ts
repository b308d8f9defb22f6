/** Elements that the shop has marked for us: `data-linger-open`, `data-linger-wishlist`, `data-linger-form`. */

import { FORM_KINDS, type FormKind } from '../../core/visits/event.ts';
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

/** `clicked`: what was clicked before. */
export function onMarked({ open, wish, begun, form }: Marked, clicked: readonly EventTarget[] = []): void {
  const on = (type: string, act: (marked: Finder) => void): void =>
    document.addEventListener(
      type,
      guarded((event: Event) => {
        act(markedFrom(event.composedPath()[0]));
      }),
      true,
    );
  function pressed(marked: Finder): void {
    const opener = marked('data-linger-open');
    if (opener) open(opener.getAttribute('data-linger-open') || undefined);
    if (marked('data-linger-wishlist')) wish();
  }

  on('click', pressed);
  for (const target of clicked) pressed(markedFrom(target));
  on('focusin', (marked) => marked(FORM) && begun());
  on('submit', (marked) => {
    const found = marked(FORM);
    if (found) form(formKind(found.getAttribute(FORM)) ?? 'generate_lead', found);
  });
}

type Finder = (name: string) => Element | null;

const markedFrom =
  (target: EventTarget | undefined): Finder =>
  (name) =>
    target instanceof Element ? target.closest(`[${name}]`) : null;

const FORM = 'data-linger-form';

/** A kind of form as the shop names it, or null. */
export const formKind = (kind: unknown): FormKind | null => FORM_KINDS.find((known) => known === kind) ?? null;
