/** The parts that a letter is put together from, before anything decides how they look. */

import type { Story } from './story.ts';

export type Block =
  | { kind: 'headline'; text: string }
  | { kind: 'paragraph'; text: string }
  /** The offer, the code and its terms. Nothing is shown where there is no code. */
  | { kind: 'coupon' }
  /** The items with their prices. Nothing is shown where there are none. */
  | { kind: 'items' }
  /** The numbers from 0 to 10, each a link. Nothing is shown where the letter asks for none. */
  | { kind: 'scale' }
  /** Nothing is shown where there is nowhere to go. */
  | { kind: 'button'; label: string };

export interface Draft {
  subject: string;
  preheader: string;
  blocks: Block[];
}

export type WriteDraft = (story: Story) => Draft;
