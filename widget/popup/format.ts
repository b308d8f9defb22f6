/** What the formats differ in: what is drawn around the offer, where it stands in the page, and how it comes and goes. */

import type { ComponentChild } from 'preact';
import type { Parts } from './parts.ts';
import type { View } from './view.ts';

/** A popup that is in the page's memory but not yet in the page. */
export interface Opened {
  host: HTMLElement;
  root: ShadowRoot;
  parts: Partial<Parts>;
  draw(): void;
  close(): void;
  /** For what a person does: deaf to programs, and to what was meant for the page underneath. */
  meant(act: (event: Event) => void): (event: Event) => void;
}

export interface Format {
  /** Looks beside the common ones. */
  css: string;
  /** Whether it begins with less than the question by nature. */
  teases?: boolean;
  frame(view: View): ComponentChild;
  /** It lies over the page, so that it can be there unseen. */
  over?: true;
  /** Puts the host into the page; returns what needn't be done before it can be seen. */
  show(opened: Opened): () => void;
}
