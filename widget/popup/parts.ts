/** What the full popup fetches only where a rule wants it: each part is a chunk of its own, and draws without Preact's renderer. */

import type { ComponentChild } from 'preact';
import type { onlyTells, PopupText, SocialAct } from '../../core/rules/popup.ts';
import type { ClaimForm } from '../bridge.ts';
import type { Towards } from './swipe.ts';
import type { MoreWords } from './texts/built-in.ts';
import type { Acting, Asking, View } from './view.ts';

/** The fields as they were filled in, or what is wrong with which. */
export type Filled =
  | { given: Pick<ClaimForm, 'name' | 'phone' | 'birthday'> }
  | { problem: FieldProblem; field: string };
export type FieldProblem = Extract<PopupText, 'invalidName' | 'invalidPhone' | 'invalidBirthday'>;

/** All that the parts' chunks export, laid together. */
export interface Parts {
  /** The looks of all of them. */
  css: string;
  more: MoreWords;
  Teasing(props: { view: View }): ComponentChild;
  Parting(props: { view: View }): ComponentChild;
  /** How far the cart is: a line, and a bar under it. `heading` where the line is the popup's title. */
  Progress(props: { view: View; heading?: boolean }): ComponentChild;
  /** "820 ₽ to free delivery", or that it is reached; "" where nobody knows the cart. */
  progressText(view: View): string;
  onlyTells: typeof onlyTells;
  Doing(props: { view: View; stage: Acting }): ComponentChild;
  /** Opens the network's own dialog. `gone` once it is open, `back` when the visitor returns. */
  perform(act: SocialAct, tell: { gone(): void; back(): void }): void;
  /** What buyers wrote, once that is known. */
  Opinions(props: { view: View }): ComponentChild;
  Fields(props: { view: View; stage: Asking }): ComponentChild;
  readFields(view: View, typed: FormData): Filled;
  onSwipe(card: HTMLElement, towards: Towards, thrown: (event: Event) => void): void;
}
