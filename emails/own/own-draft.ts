/** A letter in the shop's own words before it is drawn: what it says instead of the built-in one, in the places that it names. */

import type { LetterKey } from '../../core/flows/flow.ts';
import { OWN_SENTENCES, type OwnSentence, type OwnWords } from '../../core/letters/own-letter.ts';
import type { Block, Piece } from '../block.ts';
import { cleanText } from '../clean-text.ts';
import { blockOf, type Draft, type Sentences, sentencesOf } from '../draft.ts';
import { DRAFTS } from '../drafts.ts';
import { drawn } from '../drawn.ts';
import { html, trusted, written } from '../html.ts';
import type { LetterProps } from '../letter.ts';
import { nothingSpent, parse, rendered, type Spent, type Syntax } from '../liquid/engine.ts';
import type { Palette } from '../palette.ts';
import { textOf } from '../plain-text.ts';
import { safeUrl } from '../safe-url.ts';
import { type Story, storyOf } from '../story.ts';
import { cleanMarkup, type PlacedPart } from './clean-markup.ts';
import { compile } from './compile.ts';
import { placesOf, valuesOf } from './vocabulary.ts';

export interface OwnOptions {
  words: OwnWords;
  /** The address that a link of theirs leads to in the letter. */
  link(url: string): string;
}

export interface OwnDraft {
  draft: Draft;
  story: Story;
  /** The plain text's body where they wrote one. */
  text: string | null;
  /** Their markup as they wrote it, filled in; and what of it is left out of the letter. */
  markup: string;
  dropped: string[];
}

/** The shop's words can't be made into a letter. */
export class OwnLetterError extends Error {
  override name = 'OwnLetterError';
  /** Which words, dotted within those of one language. */
  readonly path: string;
  readonly why: string;

  constructor(path: string, why: string) {
    super(`${path}: ${why}`);
    this.path = path;
    this.why = why;
  }
}

const LONGEST: Record<OwnSentence, number> = {
  subject: 150,
  preheader: 200,
  headline: 200,
  greeting: 200,
  body: 4_000,
  after: 4_000,
  button: 60,
  items: 100,
};

/** Parts in the shop's markup: a loop must not fill the letter with them. */
const MOST_PARTS = 40;

export function ownDraftOf(
  key: LetterKey,
  props: LetterProps,
  palette: Palette,
  { words, link }: OwnOptions,
): OwnDraft {
  const { complaints, tellsCode } = compile(key, words);
  const [first] = complaints;
  if (first) throw new OwnLetterError(first.path, first.message);
  // A letter that shows no code speaks of none, and counts no price with it.
  const story = storyOf(tellsCode ? props : { ...props, code: null });
  const builtin = sentencesOf(key, story);
  const values = valuesOf(key, { props, story, builtin });
  const spent = nothingSpent();
  const write: Write = (path, source, syntax) => writtenOut(path, source, syntax, { values, spent });

  const { button, body } = sentencesOf(key, story, props);
  // What a variant of the letter says is tried against the shop's own words, too.
  const tried = { ...(props.button ? { button } : {}), ...(props.body ? { body } : {}) };
  const sentences = { ...builtin, ...ownSentences(words, write), ...tried };
  const dropped = new Set<string>();
  let [given, parts] = ['', 0];
  const markup = (path: string, source: string): Block => {
    const filled = write(path, source, 'html');
    given += filled;
    const part = (name: string): PlacedPart | null => {
      parts += 1;
      return parts <= MOST_PARTS ? placed(name, { key, story, palette, sentences }) : null;
    };
    const clean = cleanMarkup(filled, { part, link });
    for (const one of clean.dropped) dropped.add(one);
    return { kind: 'own', html: trusted(clean.html), text: clean.text };
  };
  const blocks = blocksOf(words, key, sentences, { write, markup });
  if (blocks.every((block) => block.kind === 'own' && written(block.html) === ''))
    throw new OwnLetterError(words.html === undefined ? 'blocks' : 'html', 'nothing is left of it');
  const text = words.text === undefined ? null : linkedText(tidy(write('text', words.text, 'text')), link);
  const { subject, preheader } = sentences;
  return { draft: { subject, preheader, blocks }, story, text, markup: given, dropped: [...dropped] };
}

function writtenOut(
  path: string,
  source: string,
  syntax: Syntax,
  { values, spent }: { values: object; spent: Spent },
): string {
  const parsed = parse(source, syntax);
  if ('complaint' in parsed) throw new OwnLetterError(path, parsed.complaint.message);
  try {
    return rendered(parsed.templates, syntax, values, spent);
  } catch (error) {
    throw new OwnLetterError(path, error instanceof Error ? error.message : 'can’t be written out');
  }
}

type Write = (path: string, source: string, syntax: Syntax) => string;

/** Without those that come to nothing, but for what may be left out: a letter has a subject whatever happens. */
function ownSentences(words: OwnWords, write: Write): Partial<Sentences> {
  const told = OWN_SENTENCES.flatMap((name): [OwnSentence, string][] => {
    const source = words[name];
    if (source === undefined) return [];
    const said = write(name, source, 'text');
    const clean = MANY.has(name) ? cut(tidy(said), LONGEST[name]) : cleanText(said, LONGEST[name]);
    return clean || MANY.has(name) ? [[name, clean]] : [];
  });
  return Object.fromEntries(told);
}

/** An empty line begins another paragraph in these. */
const MANY: ReadonlySet<string> = new Set<OwnSentence>(['body', 'after']);

interface Makers {
  write: Write;
  markup(path: string, source: string): Block;
}

function blocksOf(words: OwnWords, key: LetterKey, sentences: Sentences, { write, markup }: Makers): Block[] {
  if (words.html !== undefined) return [markup('html', words.html)];
  return (words.blocks ?? DRAFTS[key]).flatMap((block, index): Block[] => {
    if (typeof block === 'string') return placeOf(block as Piece, key, sentences);
    const path = `blocks.${index}`;
    return 'html' in block
      ? [markup(`${path}.html`, block.html)]
      : paragraphs(cut(tidy(write(`${path}.paragraph`, block.paragraph, 'text')), 4_000));
  });
}

function placeOf(piece: Piece, key: LetterKey, sentences: Sentences): Block[] {
  if (piece === 'body' || piece === 'after') return paragraphs(sentences[piece]);
  return [blockOf(piece, key, sentences) ?? []].flat();
}

const paragraphs = (text: string): Block[] =>
  text.split(/\n{2,}/).flatMap((one): Block[] => {
    const clean = cleanText(one, 4_000);
    return clean ? [{ kind: 'paragraph', text: clean }] : [];
  });

interface Placing {
  key: LetterKey;
  story: Story;
  palette: Palette;
  sentences: Sentences;
}

/** A part of the letter within the shop's markup: a table of its own. */
function placed(name: string, { key, story, palette, sentences }: Placing): PlacedPart | null {
  if (!placesOf(key).has(name)) return null;
  const blocks = placeOf(name as Piece, key, sentences);
  const rows = blocks.map((block) => drawn(block, story, palette)).filter((row) => row !== null);
  if (rows.length === 0) return null;
  const table = html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${rows}</table>`;
  const text = blocks.map((block) => textOf(block, story)).filter(Boolean);
  return { html: written(table), text: text.join('\n\n') };
}

/** Lines without marks that turn them round or end them elsewhere, and no more than one empty one between two. */
const tidy = (text: string): string =>
  text
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map((line) => cleanText(line, 4_000))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;

/** What ends a sentence behind an address is none of it. */
const AFTER_LINK = '.,;:!?)]';

const linkedText = (text: string, link: OwnOptions['link']): string =>
  text.replace(/https?:\/\/[^\s<>"']+/gi, (all) => {
    let end = all.length;
    while (AFTER_LINK.includes(all[end - 1] ?? ' ')) end -= 1;
    const safe = safeUrl(all.slice(0, end));
    return safe ? link(safe) + all.slice(end) : all;
  });
