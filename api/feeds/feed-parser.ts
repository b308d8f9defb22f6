/** What readers of feeds have in common: text in, piece by piece, offers out. */

import type { RawOffer } from './read-offer.ts';

export interface FeedParser {
  format: 'yml' | 'rss' | 'atom' | 'csv' | 'tsv';
  /** The offers that end in this piece. Throws a Problem where the file is none that can be read. */
  write(piece: string): RawOffer[];
  /** The rest, and whether the file ended as it should. */
  end(): { offers: RawOffer[]; cutOff: boolean };
  /** Names from the root to the category of this id, as far as they have been read. */
  category(id: string): string[];
}

/** Of the text before the first offer it needs so much to be known. */
export const HEAD_CHARS = 4_096;

/** More fields than any feed has, and longer ones than are kept. */
export const MOST_FIELDS = 200;
export const LONGEST_VALUE = 4_000;
