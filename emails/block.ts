/** The parts that a letter is put together from, before anything decides how they look. */

export type Block =
  | { kind: 'headline'; text: string }
  | { kind: 'paragraph'; text: string }
  /** Nothing is shown where there is nowhere to go. */
  | { kind: 'button'; label: string }
  | { kind: Part };

/** What is drawn from the letter's props. Each is absent where they have nothing for it. */
export type Part =
  /** The offer, the code and its terms. */
  | 'coupon'
  /** The items with their prices. */
  | 'items'
  /** The numbers from 0 to 10, each a link. */
  | 'scale';

/** What a draft is written in: a sentence of the letter's words, or a part. */
export type Piece = 'headline' | 'greeting' | 'body' | 'after' | 'button' | Part;
