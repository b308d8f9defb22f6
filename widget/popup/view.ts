/** What a popup shows at one time, and what its visitor may do: the parts draw this, and decide nothing. */

import type { LeavingReason, PopupText } from '../../core/popup.ts';
import type { ClaimAnswer } from '../../core/wire.ts';
import type { PopupOptions, Words } from '../bridge.ts';

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

export type Stage = { phase: 'teasing' } | Asking | Done | { phase: 'gone' } | { phase: 'parting' };

/** As long as the offer stands. */
export const isOpen = ({ phase }: Stage): boolean => phase === 'teasing' || phase === 'asking';

export interface View {
  options: PopupOptions;
  words: Words;
  stage: Stage;
  /** Pictures that did not load, by address. */
  broken: ReadonlySet<string>;
  act: {
    /** From the tease to the question. */
    go(event: Event): void;
    /** Of the button that submits. */
    press(event: Event): void;
    submit(event: Event): void;
    decline(event: Event): void;
    reason(why: LeavingReason): (event: Event) => void;
    close(event: Event): void;
    copy(event: Event): void;
    lose(image: string): void;
  };
}
