/** A feed's text with the parser that it needs. Holds one piece at a time. */

import { Problem } from '../problem.ts';
import { type FeedParser, HEAD_CHARS } from './feed-parser.ts';
import { openText, type TextSource } from './open-text.ts';
import { tableFeed } from './table-feed.ts';
import { xmlFeed } from './xml-feed.ts';

/** Unpacked, and as it came. */
const MOST_FEED_BYTES = 512 * 1024 * 1024;

export interface OpenFeed {
  parser: FeedParser;
  /** As the Encoding Standard calls it. */
  encoding: string;
  pieces: AsyncIterable<string>;
}

export type FeedSource = Omit<TextSource, 'mostBytes'>;

/** Throws `invalid` where the bytes are no feed, `too_large`. */
export async function openFeed(source: FeedSource): Promise<OpenFeed> {
  const { encoding, pieces } = await openText({ ...source, mostBytes: MOST_FEED_BYTES });
  let head = '';
  // A file may begin with comments and white space.
  while (head.length < HEAD_CHARS) {
    const next = await pieces.next();
    if (next.done) break;
    head += next.value;
  }
  head = head.replace(/^\ufeff?\s+(?=<)/, '');
  const parser = head.startsWith('<') ? xmlFeed(head) : tableFeed(head);
  if (!parser)
    throw new Problem('invalid', {
      errors: [
        { path: '', message: 'must be a feed: YML, RSS or Atom with products, or a table with a first line of names' },
      ],
    });
  async function* all(): AsyncGenerator<string> {
    yield head;
    yield* pieces;
  }
  return { parser, encoding, pieces: all() };
}
