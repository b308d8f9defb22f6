/** YML, RSS and Atom, read by saxes in one pass. What shops' templates get wrong is put right before it is parsed, so that a broken offer costs no other. */

import { SaxesParser } from 'saxes';
import { HTML_ENTITIES } from '../html-entities.ts';
import { Problem } from '../problem.ts';
import { type FeedParser, LONGEST_VALUE, MOST_FIELDS } from './feed-parser.ts';
import type { RawOffer } from './read-offer.ts';

/** Roots of feeds, and what an offer is called in them. */
const FORMATS = { yml_catalog: ['yml', 'offer'], rss: ['rss', 'item'], feed: ['atom', 'entry'] } as const;

/** A signed-off bound on what one tag, text or comment may hold before something else follows. */
const LONGEST_RUN = 1_048_576;
const DEEPEST = 32;
const MOST_CATEGORIES = 100_000;

interface Category {
  name: string;
  parent: string | null;
}

export function xmlFeed(head: string): FeedParser | null {
  const root = /<(yml_catalog|rss|feed)(?=[\s>])/i.exec(head)?.[1]?.toLowerCase() as keyof typeof FORMATS | undefined;
  if (!root) return null;
  const [format, offerName] = FORMATS[root];
  const parser = new SaxesParser({ xmlns: false, position: true });
  Object.assign(parser.ENTITIES, HTML_ENTITIES);
  const mend = mender();
  const categories = new Map<string, Category>();
  let done: RawOffer[] = [];
  let offer: { line: number; depth: number; fields: Map<string, string[]> } | null = null;
  let category: { id: string; parent: string | null } | null = null;
  let text = '';
  let depth = 0;
  let lastPosition = 0;
  let complete = false;

  const note = (name: string, value: string): void => {
    const clean = restore(value).trim().slice(0, LONGEST_VALUE);
    if (!offer || (offer.fields.size >= MOST_FIELDS && !offer.fields.has(name))) return;
    const plain = name.startsWith('g:') ? name.slice(2) : name;
    const values = offer.fields.get(plain) ?? [];
    // Google's own field beats the one that RSS has by that name.
    if (plain === name) values.push(clean);
    else values.unshift(clean);
    offer.fields.set(plain, values.slice(0, 20));
  };
  const close = (): void => {
    if (!offer) return;
    done.push({ line: offer.line, fields: offer.fields, broken });
    offer = null;
    broken = false;
  };

  /** In the tag that begins an offer, too. */
  let broken = false;
  parser.on('error', () => {
    broken = true;
  });
  parser.on('doctype', (doctype) => {
    if (/<!ENTITY/i.test(doctype)) throw refused('must declare no entities', parser.line);
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    lastPosition = parser.position;
    if (depth > DEEPEST) throw refused(`is nested deeper than ${DEEPEST} levels`, parser.line);
    const plain = name.toLowerCase();
    if (plain === offerName) {
      if (offer) {
        // It was never closed.
        broken = true;
        close();
      }
      offer = { line: parser.line, depth, fields: new Map() };
      for (const [key, value] of Object.entries(attributes)) note(`@${key.toLowerCase()}`, value);
    } else if (offer) {
      if (depth === offer.depth + 1) text = '';
      if (plain === 'outlet') note('outlet@instock', attributes.instock ?? '');
      if (plain === 'link' && attributes.href && /^(alternate)?$/.test(attributes.rel ?? ''))
        note('link', attributes.href);
    } else {
      broken = false;
      if (plain !== 'category' || format !== 'yml') return;
      category = { id: attributes.id ?? '', parent: attributes.parentId ?? attributes.parentid ?? null };
      text = '';
    }
  });
  const hear = (piece: string): void => {
    lastPosition = parser.position;
    if ((offer || category) && text.length < LONGEST_VALUE) text += piece;
  };
  parser.on('text', (piece) => {
    if (piece.includes(AND) || piece.includes(LESS)) broken = true;
    hear(piece);
  });
  // There they may stand as they are.
  parser.on('cdata', hear);
  parser.on('comment', () => {
    lastPosition = parser.position;
  });
  parser.on('closetag', ({ name }) => {
    lastPosition = parser.position;
    const plain = name.toLowerCase();
    if (offer && depth === offer.depth) close();
    else if (offer && depth === offer.depth + 1) note(plain, text);
    else if (category && plain === 'category') {
      const { id, parent } = category;
      if (id && categories.size < MOST_CATEGORIES) categories.set(id, { name: restore(text).trim(), parent });
      category = null;
    }
    if (plain === root) complete = true;
    depth -= 1;
  });

  const feed = (piece: string): RawOffer[] => {
    done = [];
    if (piece) parser.write(piece);
    if (parser.position - lastPosition > LONGEST_RUN)
      throw refused('holds a text or tag that is too long', parser.line);
    return done;
  };
  return {
    format,
    write: (piece) => feed(mend(piece)),
    end: () => ({ offers: feed(mend(null)), cutOff: !complete }),
    category: (id) => pathOf(categories, id),
  };
}

const refused = (message: string, line: number): Problem =>
  new Problem('invalid', { errors: [{ path: '', message: `${message} (line ${line})` }] });

function pathOf(categories: ReadonlyMap<string, Category>, id: string): string[] {
  const path: string[] = [];
  // A category may be its own grandparent.
  for (let next: string | null = id; next !== null && path.length < 10; ) {
    const found: Category | undefined = categories.get(next);
    if (found?.name) path.unshift(found.name);
    next = found?.parent || null;
  }
  return path;
}

/** Stand for `&` and `<` that belong to the text: nobody's letters, from Unicode's private use area. */
const AND = '\ue000';
const LESS = '\ue001';
const restore = (text: string): string => text.replaceAll(AND, '&').replaceAll(LESS, '<');

const STRAY_AND = /&(?!(?:[A-Za-z][A-Za-z\d]{1,30}|#\d{1,7}|#x[\da-fA-F]{1,6});)/g;
/** No tag of a feed begins with anything else: "<5 шт", "<сбор №1>". */
const STRAY_LESS = /<(?![A-Za-z_!?]|\/[A-Za-z_])/g;
/** As long as what can be half read at the end of a piece. */
const LONGEST_MARK = 40;

/** Puts right what comes piece by piece; null: that was all. */
function mender(): (piece: string | null) => string {
  let held = '';
  return (piece) => {
    const text = held + (piece ?? '');
    const from = Math.max(text.lastIndexOf('&'), text.lastIndexOf('<'));
    const cut = piece !== null && from >= 0 && text.length - from < LONGEST_MARK ? from : text.length;
    held = text.slice(cut);
    return text.slice(0, cut).replace(STRAY_AND, AND).replace(STRAY_LESS, LESS);
  };
}
