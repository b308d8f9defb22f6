/** Reads a letter of the shop's own as a whole: each of its texts in its place, and all that is wrong with them. */

import type { LetterKey } from '../../core/flows/flow.ts';
import { OWN_SENTENCES, type OwnWords } from '../../core/letters/own-letter.ts';
import { DRAFTS } from '../drafts.ts';
import { check } from '../liquid/check.ts';
import { type Complaint, meant, worded } from '../liquid/complaint.ts';
import { parse, type Syntax } from '../liquid/engine.ts';
import { unquoted } from './quoted.ts';
import { placesOf, vocabularyOf } from './vocabulary.ts';

export interface OwnComplaint {
  /** Dotted, within the words of one language: `body`, `blocks.2.html`. */
  path: string;
  message: string;
}

interface Text {
  path: string;
  source: string;
  syntax: Syntax;
}

/** Every text that is written out. */
function textsOf({ blocks = [], html, text, ...words }: OwnWords): Text[] {
  const plain = (path: string, source: string | undefined): Text[] =>
    source === undefined ? [] : [{ path, source, syntax: 'text' }];
  const markup = (path: string, source: string | undefined): Text[] =>
    source === undefined ? [] : [{ path, source, syntax: 'html' }];
  return [
    ...OWN_SENTENCES.flatMap((name) => plain(name, words[name])),
    ...blocks.flatMap((block, index) => {
      if (typeof block === 'string') return [];
      const path = `blocks.${index}`;
      return 'html' in block ? markup(`${path}.html`, block.html) : plain(`${path}.paragraph`, block.paragraph);
    }),
    ...markup('html', html),
    ...plain('text', text),
  ];
}

export interface Compiled {
  complaints: OwnComplaint[];
  /** Whether the code is shown or spoken of. */
  tellsCode: boolean;
  /** The parts that it places and what it speaks of: what has to be asked for before it is written. */
  needs: Set<string>;
}

/** Of letters that were written last: a shop writes many by one template. */
const kept = new Map<string, Compiled>();
const MOST_KEPT = 100;
const LONGEST_KEPT = 20_000;

export function compile(key: LetterKey, words: OwnWords): Compiled {
  const name = `${key} ${JSON.stringify(words)}`;
  const compiled = kept.get(name) ?? compileAnew(key, words);
  if (kept.size >= MOST_KEPT) kept.clear();
  if (name.length <= LONGEST_KEPT) kept.set(name, compiled);
  return compiled;
}

function compileAnew(key: LetterKey, words: OwnWords): Compiled {
  const places = placesOf(key);
  const complaints: OwnComplaint[] = [];
  const parts = new Set<string>();
  const speaksOf = new Set<string>();
  const needPlace = (name: string, path: string, at?: Omit<Complaint, 'message'>): void => {
    parts.add(name);
    if (places.has(name)) return;
    const near = meant(name, places);
    const message = `this letter has no part "${name.slice(0, 40)}"${near ? `, did you mean ${near}?` : `, but ${[...places].join(', ')}`}`;
    complaints.push({ path, message: at ? worded({ message, ...at }) : message });
  };

  for (const [index, block] of (words.blocks ?? []).entries())
    if (typeof block === 'string') needPlace(block, `blocks.${index}`);
  for (const { path, source, syntax } of textsOf(words)) {
    const parsed = parse(source, syntax);
    if ('complaint' in parsed) {
      complaints.push({ path, message: worded(parsed.complaint) });
      continue;
    }
    const found = check(parsed.templates, vocabularyOf(key));
    for (const root of found.speaksOf) speaksOf.add(root);
    for (const { name, ...at } of found.parts) {
      if (syntax === 'html') needPlace(name, path, at);
      else complaints.push({ path, message: worded({ message: 'a part can stand in html alone', ...at }) });
    }
    const loose = syntax === 'html' ? unquoted(source) : [];
    for (const one of [...found.complaints, ...loose]) complaints.push({ path, message: worded(one) });
  }
  const drafted = words.blocks === undefined && words.html === undefined ? DRAFTS[key] : [];
  const needs = new Set([...drafted, ...parts, ...speaksOf]);
  return { complaints, tellsCode: ['coupon', 'code', 'offer', 'expires'].some((one) => needs.has(one)), needs };
}
