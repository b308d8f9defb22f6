/** What a popup shows at one time, and what its visitor may do: the parts draw this, and decide nothing. */

import type { Item } from '../../core/catalogue/item.ts';
import type { LeavingReason, PopupText } from '../../core/rules/popup.ts';
import type { ClaimAnswer } from '../../core/visits/wire.ts';
import type { Opinion, PopupOptions, Words } from '../bridge.ts';
import type { Parts } from './parts.ts';

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

/** `gone` is whoever was sent to the network, and may be back. */
export interface Acting {
  phase: 'acting';
  gone: boolean;
}

export type Stage =
  | { phase: 'teasing' }
  | Acting
  | Asking
  /** Of the cart; nothing is asked for. */
  | { phase: 'telling' }
  | Done
  | { phase: 'gone' }
  | { phase: 'parting' };

/** As long as the offer stands. */
export const isOpen = ({ phase }: Stage): boolean => phase !== 'done' && phase !== 'gone' && phase !== 'parting';

/** What it is about. */
export const thingsOf = ({ options }: View): Item[] => (options.waitFor ? [options.waitFor] : options.items);

export interface View {
  options: PopupOptions;
  words: Words;
  stage: Stage;
  /** Pictures that did not load, by address. */
  broken: ReadonlySet<string>;
  /** What draws and does the further steps and fields, where the rule has any. */
  parts: Partial<Parts>;
  /** What the cart is worth, where the rule tells what it lacks; null where nobody knows. */
  cart: number | null;
  /** What buyers wrote, as far as it is known. */
  opinions: readonly Opinion[];
  act: {
    /** From the tease to what comes next. */
    go(event: Event): void;
    /** To the network, and on from there for whoever says that it is done. */
    perform(event: Event): void;
    performed(event: Event): void;
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
