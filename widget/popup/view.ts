/** What a popup shows at one time, and what its visitor may do: the parts draw this, and decide nothing. */

import type { PopupText } from '../../core/popup.ts';
import type { ClaimAnswer } from '../../core/wire.ts';
import type { PopupOptions } from '../bridge.ts';
import type { Words } from './words.ts';

export interface Asking {
  phase: 'asking';
  busy: boolean;
  error: PopupText | null;
}

export interface Done {
  phase: 'done';
  email: string;
  answer: ClaimAnswer;
  copied: boolean;
}

export type Stage = Asking | Done | { phase: 'gone' };

export interface View {
  options: PopupOptions;
  words: Words;
  stage: Stage;
  /** Pictures that did not load, by address. */
  broken: ReadonlySet<string>;
  act: {
    /** Of the button that submits. */
    press(event: Event): void;
    submit(event: Event): void;
    decline(event: Event): void;
    close(event: Event): void;
    copy(event: Event): void;
    lose(image: string): void;
  };
}
